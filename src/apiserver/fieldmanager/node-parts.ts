// The parts of a Node: its kubelet registers it, the controller manager gives it pod ranges,
// taints and the lifetime of caches, kubeadm says what it is there for.
import type { WrittenPart } from './derived-ownership';
import { FieldSet } from './field-set';

const CONTROLLERS = FieldSet.of(
  ['metadata', 'annotations', 'node.alpha.kubernetes.io/ttl'],
  ['spec', 'podCIDR'],
  ['spec', 'podCIDRs'],
  ['spec', 'taints'],
);

const KUBEADM = FieldSet.of(
  ['metadata', 'annotations', 'kubeadm.alpha.kubernetes.io/cri-socket'],
  ['metadata', 'labels', 'node-role.kubernetes.io/control-plane'],
  ['metadata', 'labels', 'node.kubernetes.io/exclude-from-external-load-balancers'],
);

/** `set`: all fields of the Node that are not status. */
export function nodeParts(set: FieldSet): WrittenPart[] {
  const rest = set.without(CONTROLLERS);
  const ranges = set.difference(rest);
  return [
    { manager: 'kubelet', set: rest.without(KUBEADM) },
    { manager: 'kubeadm', set: rest.intersection(KUBEADM) },
    { manager: 'kube-controller-manager', set: ranges },
  ];
}
