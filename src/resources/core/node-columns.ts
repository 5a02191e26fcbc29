// The table of nodes. Upstream: pkg/printers/internalversion/printers.go.
import type { Node } from '../../api/types';
import { ageColumn, column, nameColumn, orNone } from '../columns';
import type { TableColumn } from '../definition';

const ROLE_PREFIX = 'node-role.kubernetes.io/';
const ROLE_LABEL = 'kubernetes.io/role';
const ADDRESSES =
  'List of addresses reachable to the node. Queried from cloud provider, if available. More ' +
  'info: https://kubernetes.io/docs/reference/node/node-status/#addresses Note: This field is ' +
  'declared as mergeable, but the merge key is not sufficiently unique, which can cause data ' +
  'corruption when it is merged. Callers should instead use a full-replacement patch. See ' +
  'https://pr.k8s.io/79391 for an example. Consumers should assume that addresses can change ' +
  'during the lifetime of a Node. However, there are some exceptions where this may not be ' +
  "possible, such as Pods that inherit a Node's address in its own status or consumers of the " +
  'downward API (status.hostIP).';

export const nodeColumns: readonly TableColumn<Node>[] = [
  nameColumn,
  column('Status', 'string', 'The status of the node', nodeDisplayStatus),
  column('Roles', 'string', 'The roles of the node', (node) => orNone(nodeRoles(node).join(','))),
  ageColumn,
  column(
    'Version',
    'string',
    'Kubelet Version reported by the node.',
    ({ status }) => status.nodeInfo?.kubeletVersion ?? '',
  ),
  column('Internal-IP', 'string', ADDRESSES, (node) => orNone(addressOf(node, 'InternalIP')), 1),
  column('External-IP', 'string', ADDRESSES, (node) => orNone(addressOf(node, 'ExternalIP')), 1),
  column(
    'OS-Image',
    'string',
    'OS Image reported by the node from /etc/os-release (e.g. Debian GNU/Linux 7 (wheezy)).',
    ({ status }) => status.nodeInfo?.osImage || '<unknown>',
    1,
  ),
  column(
    'Kernel-Version',
    'string',
    "Kernel Version reported by the node from 'uname -r' (e.g. 3.16.0-0.bpo.4-amd64).",
    ({ status }) => status.nodeInfo?.kernelVersion || '<unknown>',
    1,
  ),
  column(
    'Container-Runtime',
    'string',
    'ContainerRuntime Version reported by the node through runtime remote API ' +
      '(e.g. containerd://1.4.2).',
    ({ status }) => status.nodeInfo?.containerRuntimeVersion || '<unknown>',
    1,
  ),
];

/** 'Ready', 'NotReady' or 'Unknown', with 'SchedulingDisabled' when cordoned. */
export function nodeDisplayStatus({ spec, status }: Node): string {
  const ready = status.conditions?.find(({ type }) => type === 'Ready');
  const words = [!ready ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady'];
  if (spec.unschedulable) words.push('SchedulingDisabled');
  return words.join(',');
}

/** The roles that the node's labels give it, in order. */
export function nodeRoles({ metadata }: Node): string[] {
  const roles = new Set<string>();
  for (const [label, value] of Object.entries(metadata.labels ?? {})) {
    if (label.startsWith(ROLE_PREFIX) && label.length > ROLE_PREFIX.length) {
      roles.add(label.slice(ROLE_PREFIX.length));
    } else if (label === ROLE_LABEL && value) roles.add(value);
  }
  return [...roles].sort();
}

function addressOf({ status }: Node, wanted: string): string | undefined {
  return status.addresses?.find(({ type }) => type === wanted)?.address;
}
