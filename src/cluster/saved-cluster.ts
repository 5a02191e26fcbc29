// A cluster put away and brought back. The stores are the only state; what runs on the machines is
// taken up again from the pods' own status, and programs resume the leases that they held.
import { pods, leases } from '../api/resource-ref';
import type { Lease, Pod } from '../api/types';
import type { Store, StoreSnapshot } from '../store/store';
import type { Cluster, ClusterOptions } from './cluster';

/** Raised whenever an older save can no longer be read. */
export const SAVE_VERSION = 1;

export interface SavedCluster {
  version: typeof SAVE_VERSION;
  options: ClusterOptions;
  startMs: number;
  nowMs: number;
  random: Record<string, readonly number[]>;
  store: StoreSnapshot;
  world: StoreSnapshot;
}

/** Plain JSON; shares the stored objects, so it costs little until it is cloned. */
export function saveCluster(cluster: Cluster): SavedCluster {
  return {
    version: SAVE_VERSION,
    options: cluster.options,
    startMs: cluster.clock.startMs,
    nowMs: cluster.clock.nowMs,
    random: cluster.sim.saveRandom(),
    store: cluster.store.snapshot(),
    world: cluster.worldStore.snapshot(),
  };
}

/** Throws RangeError when it is not a save of this version. */
export function assertSaved(saved: unknown): asserts saved is SavedCluster {
  const version = (saved as Partial<SavedCluster> | null)?.version;
  if (version !== SAVE_VERSION) {
    throw new RangeError(`a saved cluster of version ${String(version)}, not ${SAVE_VERSION}`);
  }
}

/**
 * The static pods of a machine as their mirrors show them, under the uids that the kubelet knows.
 */
export function staticPodsOf(store: Store, machine: string): Pod[] {
  const found: Pod[] = [];
  for (const pod of store.list(pods.key, 'kube-system') as Pod[]) {
    const uid = pod.metadata.annotations?.['kubernetes.io/config.mirror'];
    if (!uid || pod.spec.nodeName !== machine) continue;
    found.push({ ...pod, metadata: { ...pod.metadata, uid } });
  }
  return found;
}

/** Who held a leader Lease, when it was a program of that machine. */
export function leaderOn(store: Store, machine: string, name: string): string | undefined {
  const lease = store.get(leases.key, 'kube-system', name) as Lease | undefined;
  const holder = lease?.spec.holderIdentity;
  return holder?.startsWith(machine + '_') ? holder : undefined;
}
