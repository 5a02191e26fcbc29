// The table of pods. Upstream: pkg/printers/internalversion/printers.go.
import { humanDuration } from '../../../api/duration';
import type { Pod } from '../../../api/types';
import { ageColumn, column, nameColumn, orNone } from '../../columns';
import type { TableColumn } from '../../definition';
import { podDisplayStatus } from './pod-display-status';

export const podColumns: readonly TableColumn<Pod>[] = [
  nameColumn,
  column(
    'Ready',
    'string',
    'The aggregate readiness state of this pod for accepting traffic.',
    (pod) => {
      const { readyContainers, totalContainers } = podDisplayStatus(pod);
      return `${readyContainers}/${totalContainers}`;
    },
  ),
  column(
    'Status',
    'string',
    'The aggregate status of the containers in this pod.',
    (pod) => podDisplayStatus(pod).reason,
  ),
  column(
    'Restarts',
    'string',
    'The number of times the containers in this pod have been restarted and when the last ' +
      'container in this pod has restarted.',
    restarts,
  ),
  ageColumn,
  column(
    'IP',
    'string',
    'podIP address allocated to the pod. Routable at least within the cluster. Empty if not yet ' +
      'allocated.',
    ({ status }) => orNone(status.podIPs?.[0]?.ip ?? status.podIP),
    1,
  ),
  column(
    'Node',
    'string',
    'NodeName indicates in which node this pod is scheduled. If empty, this pod is a ' +
      'candidate for scheduling by the scheduler defined in schedulerName. Once this field is ' +
      'set, the kubelet for this node becomes responsible for the lifecycle of this pod. This ' +
      'field should not be used to express a desire for the pod to be scheduled on a specific ' +
      'node. https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#nodename',
    ({ spec }) => orNone(spec.nodeName),
    1,
  ),
  column(
    'Nominated Node',
    'string',
    'nominatedNodeName is set only when this pod preempts other pods on the node, but it ' +
      'cannot be scheduled right away as preemption victims receive their graceful termination ' +
      'periods. This field does not guarantee that the pod will be scheduled on this node. ' +
      'Scheduler may decide to place the pod elsewhere if other nodes become available sooner. ' +
      'Scheduler may also decide to give the resources on this node to a higher priority pod ' +
      'that is created after preemption. As a result, this field may be different than ' +
      'PodSpec.nodeName when the pod is scheduled.',
    ({ status }) => orNone(status.nominatedNodeName),
    1,
  ),
  column(
    'Readiness Gates',
    'string',
    'If specified, all readiness gates will be evaluated for pod readiness. A pod is ready ' +
      'when all its containers are ready AND all conditions specified in the readiness gates ' +
      'have status equal to "True" More info: ' +
      'https://git.k8s.io/enhancements/keps/sig-network/580-pod-readiness-gates',
    readinessGates,
    1,
  ),
];

function restarts(pod: Pod, nowMs: number): string {
  const { restarts: count, lastRestartMs } = podDisplayStatus(pod);
  if (count === 0 || lastRestartMs === undefined) return String(count);
  return `${count} (${humanDuration(nowMs - lastRestartMs)} ago)`;
}

function readinessGates({ spec, status }: Pod): string {
  const gates = spec.readinessGates ?? [];
  if (gates.length === 0) return '<none>';
  const met = gates.filter(({ conditionType }) =>
    status.conditions?.some((each) => each.type === conditionType && each.status === 'True'),
  );
  return `${met.length}/${gates.length}`;
}
