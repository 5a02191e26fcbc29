// The parts of a pod that components made: what its controller asked for, less what the server's
// admission put in and what the scheduler bound, and the status that scheduler and kubelet report.
import type { KubeObject } from '../../api/object';
import type { Pod } from '../../api/types';
import type { WrittenPart } from './derived-ownership';
import { FieldSet } from './field-set';
import { fieldElement, keyElement } from './path-element';

/** Set by admission or by binding, never by whoever makes a pod. */
const SERVER_SET = FieldSet.of(
  ['spec', 'nodeName'],
  ['spec', 'priority'],
  ['spec', 'preemptionPolicy'],
  ['spec', 'serviceAccount'],
);
const TOKEN_VOLUME = 'kube-api-access-';
const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
const DEFAULT_TOLERATIONS: ReadonlySet<string | undefined> = new Set([
  'node.kubernetes.io/not-ready',
  'node.kubernetes.io/unreachable',
]);

/** `set`: all fields of the pod that are not status. */
export function podCreatorSet(object: KubeObject, set: FieldSet): FieldSet {
  const { spec } = object as Pod;
  const injected = new FieldSet();
  const volumes = spec.volumes ?? [];
  for (const { name } of volumes) {
    if (name.startsWith(TOKEN_VOLUME)) {
      injected.insert(['f:spec', 'f:volumes', keyElement({ name })]);
      if (volumes.length === 1) injected.insert(['f:spec', 'f:volumes']);
    }
  }
  for (const part of ['containers', 'initContainers'] as const) {
    for (const { name, volumeMounts = [] } of spec[part] ?? []) {
      const path = ['f:spec', fieldElement(part), keyElement({ name }), 'f:volumeMounts'];
      if (!volumeMounts.some(({ mountPath }) => mountPath === TOKEN_PATH)) continue;
      injected.insert([...path, keyElement({ mountPath: TOKEN_PATH })]);
      if (volumeMounts.length === 1) injected.insert(path);
    }
  }
  const tolerations = spec.tolerations ?? [];
  if (tolerations.every(({ key }) => DEFAULT_TOLERATIONS.has(key))) {
    injected.insert(['f:spec', 'f:tolerations']);
  }
  if (spec.serviceAccountName === 'default') injected.insert(['f:spec', 'f:serviceAccountName']);
  return set.without(SERVER_SET).without(injected);
}

const CONDITIONS = FieldSet.of(['status', 'conditions']);
const NOT_KUBELETS = FieldSet.of(
  ['status', 'qosClass'],
  ['status', 'conditions'],
  ['status', 'nominatedNodeName'],
);
const PHASE = FieldSet.of(['status', 'phase']);
const SCHEDULED = condition('PodScheduled');

/** `status`: the fields of the pod's status. */
export function podStatusParts(object: KubeObject, status: FieldSet): WrittenPart[] {
  const pod = object as Pod;
  const { conditions = [], phase, startTime, hostIP } = pod.status;
  const parts: WrittenPart[] = [];
  const refusal = conditions.some(
    ({ type, status: value, reason }) =>
      type === 'PodScheduled' && value === 'False' && reason !== 'SchedulingGated',
  );
  if (refusal) {
    const below = status.difference(status.without(SCHEDULED));
    const set = below.union(status.intersection(CONDITIONS)).union(nominated(status));
    parts.push({ manager: 'kube-scheduler', subresource: 'status', set });
  }
  if (!startTime && !hostIP) return parts;
  let set = status.difference(NOT_KUBELETS).without(SCHEDULED).without(DISRUPTED);
  if (phase === 'Pending') set = set.difference(PHASE);
  return [...parts, { manager: 'kubelet', subresource: 'status', set }];
}

const DISRUPTED = condition('DisruptionTarget');

function nominated(status: FieldSet): FieldSet {
  return status.intersection(FieldSet.of(['status', 'nominatedNodeName']));
}

function condition(type: string): FieldSet {
  const set = new FieldSet();
  set.insert(['f:status', 'f:conditions', keyElement({ type })]);
  return set;
}
