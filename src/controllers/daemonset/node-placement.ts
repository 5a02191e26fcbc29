// On which nodes a DaemonSet's pods belong, and the pod that it makes for one.
// Upstream: pkg/controller/daemon/daemon_controller.go, util/daemonset_util.go.
import { matchesRequiredNodeAffinity } from '../../api/node-affinity';
import {
  findUntoleratedTaint,
  TAINT_DISK_PRESSURE,
  TAINT_MEMORY_PRESSURE,
  TAINT_NETWORK_UNAVAILABLE,
  TAINT_NOT_READY,
  TAINT_PID_PRESSURE,
  TAINT_UNREACHABLE,
  TAINT_UNSCHEDULABLE,
} from '../../api/tolerations';
import type { Affinity, DaemonSet, Node, Pod, PodSpec, Toleration } from '../../api/types';

export interface Placement {
  /** A pod should be started here. */
  shouldRun: boolean;
  /** A pod that is here may stay. */
  mayStay: boolean;
}

const NOWHERE: Placement = Object.freeze({ shouldRun: false, mayStay: false });
const HERE: Placement = Object.freeze({ shouldRun: true, mayStay: true });
const LEFT: Placement = Object.freeze({ shouldRun: false, mayStay: true });

/** `tolerations` are those of the pod that would be made: see `daemonTolerations`. */
export function placementOn(
  node: Node,
  daemonSet: DaemonSet,
  tolerations: readonly Toleration[],
): Placement {
  const spec = daemonSet.spec.template.spec!;
  if (spec.nodeName && spec.nodeName !== node.metadata.name) return NOWHERE;
  if (!matchesRequiredNodeAffinity(spec, node)) return NOWHERE;
  const { taints } = node.spec;
  if (!findUntoleratedTaint(taints, tolerations, ['NoExecute', 'NoSchedule'])) return HERE;
  return findUntoleratedTaint(taints, tolerations, ['NoExecute']) ? NOWHERE : LEFT;
}

/** The template's tolerations and those that let a daemon run where others may not. */
export function daemonTolerations({ spec }: DaemonSet): Toleration[] {
  const template = spec.template.spec!;
  const tolerations = [...(template.tolerations ?? [])];
  for (const added of ADDED_TOLERATIONS) addToleration(tolerations, added);
  if (template.hostNetwork) addToleration(tolerations, NETWORK_TOLERATION);
  return tolerations;
}

const tolerate = (key: string, effect: 'NoExecute' | 'NoSchedule'): Toleration =>
  Object.freeze({ key, operator: 'Exists', effect });

const ADDED_TOLERATIONS: readonly Toleration[] = [
  tolerate(TAINT_NOT_READY, 'NoExecute'),
  tolerate(TAINT_UNREACHABLE, 'NoExecute'),
  tolerate(TAINT_DISK_PRESSURE, 'NoSchedule'),
  tolerate(TAINT_MEMORY_PRESSURE, 'NoSchedule'),
  tolerate(TAINT_PID_PRESSURE, 'NoSchedule'),
  tolerate(TAINT_UNSCHEDULABLE, 'NoSchedule'),
];
const NETWORK_TOLERATION = tolerate(TAINT_NETWORK_UNAVAILABLE, 'NoSchedule');

function addToleration(tolerations: Toleration[], added: Toleration): void {
  const index = tolerations.findIndex(
    ({ key, effect, operator = 'Equal', value = '' }) =>
      key === added.key && effect === added.effect && operator === added.operator && value === '',
  );
  if (index < 0) tolerations.push(added);
  else tolerations[index] = added;
}

/** The template's pod spec, tied to one node; shares everything else with the template. */
export function podSpecFor(
  template: PodSpec,
  nodeName: string,
  tolerations: Toleration[],
): PodSpec {
  return { ...template, affinity: tiedTo(template.affinity, nodeName), tolerations };
}

function tiedTo(affinity: Affinity | undefined, nodeName: string): Affinity {
  const term = {
    matchFields: [{ key: 'metadata.name', operator: 'In' as const, values: [nodeName] }],
  };
  const nodeAffinity = affinity?.nodeAffinity;
  const old = nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  // Terms are alternatives: each would let the pod go elsewhere, so the node's name replaces them.
  const required = { ...old, nodeSelectorTerms: [term] };
  return {
    ...affinity,
    nodeAffinity: { ...nodeAffinity, requiredDuringSchedulingIgnoredDuringExecution: required },
  };
}

/** The node that a daemon pod is on or was made for; '' when it cannot be told. */
export function targetNodeOf({ spec }: Pod): string {
  if (spec.nodeName) return spec.nodeName;
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  for (const { matchFields } of required?.nodeSelectorTerms ?? []) {
    for (const { key, operator, values } of matchFields ?? []) {
      if (key === 'metadata.name' && operator === 'In' && values?.length === 1) return values[0];
    }
  }
  return '';
}
