// A cluster put away and brought back. The stores are the only state; what runs on the machines is
// taken up again from the pods' own status, and programs resume the leases that they held.
import { leases, nodes, pods } from '../api/resource-ref';
import { parseTime } from '../api/time';
import type { Machine } from '../api/machine';
import type { Lease, Node, Pod } from '../api/types';
import type { Store, StoreSnapshot } from '../store/store';
import type { Cluster, ClusterOptions } from './cluster';
import type { RestoredMachines } from './machine-room';

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

/** What the restored store tells of the machines; asked when each boots. */
export function restoredMachines(store: Store): RestoredMachines {
  const podsOn = (machine: string): Pod[] => store.listIndexed(pods.key, machine) as Pod[];
  return {
    podsOn: (machine) => podsOn(machine).filter((pod) => staticUidOf(pod) === undefined),
    // Under the uids that the kubelet knows, which are not those of their mirrors.
    staticPodsOf: (machine) =>
      podsOn(machine).flatMap((pod) => {
        const uid = staticUidOf(pod);
        return uid === undefined ? [] : [{ ...pod, metadata: { ...pod.metadata, uid } }];
      }),
    bootIdOf: (machine) =>
      (store.get(nodes.key, '', machine) as Node | undefined)?.status.nodeInfo?.bootID,
  };
}

/** Up to so many machines go on at once. */
const RESUMED_AT_ONCE = 200;
const RENEW_MS = 10_000;

/**
 * How long after the load the machines' programs go on: of a large cluster each when its Node's
 * Lease is due, for thousands at once would stop everything for seconds.
 */
export function resumeDelays(store: Store, nowMs: number): (machine: Machine) => number {
  const isLarge = store.count(nodes.key) > RESUMED_AT_ONCE;
  return ({ metadata: { name }, spec }) => {
    if (!isLarge || spec.role === 'control-plane') return 0;
    const lease = store.get(leases.key, 'kube-node-lease', name) as Lease | undefined;
    const renewedMs = lease?.spec.renewTime ? parseTime(lease.spec.renewTime) : 0;
    return Math.min(RENEW_MS, Math.max(0, renewedMs + RENEW_MS - nowMs));
  };
}

function staticUidOf({ metadata }: Pod): string | undefined {
  return metadata.annotations?.['kubernetes.io/config.mirror'];
}

/** Who held a leader Lease, when it was a program of that machine. */
export function leaderOn(store: Store, machine: string, name: string): string | undefined {
  const lease = store.get(leases.key, 'kube-system', name) as Lease | undefined;
  const holder = lease?.spec.holderIdentity;
  return holder?.startsWith(machine + '_') ? holder : undefined;
}
