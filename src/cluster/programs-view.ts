// What the picture shows of programs: which run, who leads, how long the queues are. The one part
// of it that no list or watch can tell.
import type { SceneComponent, SceneController, SceneGauges } from '../scene/scene';
import type { Store } from '../store/store';
import type { ControlPlane, ProgramName } from './control-plane';
import type { ControlPlanes } from './control-planes';

const PROGRAMS: readonly ProgramName[] = [
  'kube-apiserver',
  'etcd',
  'kube-scheduler',
  'kube-controller-manager',
];
const ALL_PROGRAMS: readonly ProgramName[] = [...PROGRAMS, 'cloud-controller-manager'];

export function componentsOf(controlPlanes: ControlPlanes): SceneComponent[] {
  return controlPlanes.all().flatMap((controlPlane) =>
    (controlPlane.hasCloud ? ALL_PROGRAMS : PROGRAMS).map((name) => ({
      name,
      machine: controlPlane.name,
      state: controlPlane.isRunning(name) ? ('running' as const) : ('stopped' as const),
      leader: leads(name, controlPlane, controlPlanes),
    })),
  );
}

function leads(
  program: ProgramName,
  { name, scheduler, controllerManager, cloudControllerManager }: ControlPlane,
  { etcd }: ControlPlanes,
): boolean {
  if (program === 'kube-scheduler') return scheduler?.isLeading ?? false;
  if (program === 'kube-controller-manager') return controllerManager?.isLeader ?? false;
  if (program === 'cloud-controller-manager') return cloudControllerManager?.isLeader ?? false;
  return program === 'etcd' && etcd.leader === name;
}

export function controllersOf(controlPlanes: ControlPlanes): SceneController[] {
  const { controllerManager } = controlPlanes.leading('controllerManager');
  return (controllerManager?.states() ?? []).map(({ name, depth, busy }) => ({
    name,
    queue: depth,
    busy,
  }));
}

/**
 * Bytes that an object takes in etcd, about: counting them exactly would cost a serialisation each.
 */
const BYTES_AN_OBJECT = 1800;

export function gaugesOf(
  store: Store,
  controlPlanes: ControlPlanes,
): Omit<SceneGauges, 'requestsPerSecond'> {
  const { scheduler } = controlPlanes.leading('scheduler');
  const sizes = scheduler?.queue.sizes() ?? { active: 0, backoff: 0, unschedulable: 0 };
  return {
    revision: store.revision,
    objectCount: store.objectCount,
    databaseBytes:
      (store.objectCount + (store.revision - store.compactedRevision)) * BYTES_AN_OBJECT,
    watchCount: store.watcherCount,
    schedulerActive: sizes.active,
    schedulerBackoff: sizes.backoff,
    schedulerUnschedulable: sizes.unschedulable,
  };
}
