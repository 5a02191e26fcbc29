// What the picture shows of programs: which run, who leads, how long the queues are. The one part
// of it that no list or watch can tell.
import type { SceneComponent, SceneController, SceneGauges } from '../scene/scene';
import type { Store } from '../store/store';
import type { ControlPlane, ProgramName } from './control-plane';

const PROGRAMS: readonly ProgramName[] = [
  'kube-apiserver',
  'etcd',
  'kube-scheduler',
  'kube-controller-manager',
];

export function componentsOf(machine: string, controlPlane: ControlPlane): SceneComponent[] {
  return PROGRAMS.map((name) => ({
    name,
    machine,
    state: controlPlane.isRunning(name) ? 'running' : 'stopped',
    leader: leads(name, controlPlane),
  }));
}

function leads(name: ProgramName, { scheduler, controllerManager }: ControlPlane): boolean {
  if (name === 'kube-scheduler') return scheduler?.isLeading ?? false;
  if (name === 'kube-controller-manager') return controllerManager?.isLeader ?? false;
  return name === 'etcd';
}

export function controllersOf({ controllerManager }: ControlPlane): SceneController[] {
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
  { scheduler }: ControlPlane,
): Omit<SceneGauges, 'requestsPerSecond'> {
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
