// Disks that only one machine can have, and claims that only one pod can have.
// Upstream: pkg/scheduler/framework/plugins/volumerestrictions/volume_restrictions.go.
import { persistentVolumeClaims } from '../../api/extension-refs';
import type { Pod, Volume } from '../../api/types';
import { claimKeysOf, hasClaims } from '../../api/pod-volume-claims';
import { SKIP, type Handle, type Plugin, type Rejection } from '../framework';
import type { NodeInfo } from '../node-info';

const name = 'VolumeRestrictions';
const DISK_TAKEN: Rejection = {
  plugin: name,
  reasons: ['node(s) had no available disk'],
  isResolvable: true,
};
const CLAIM_TAKEN: Rejection = {
  plugin: name,
  reasons: [
    'node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode',
  ],
  isResolvable: true,
};

export function volumeRestrictions({ component, cache }: Handle): Plugin {
  const claims = component.informer(persistentVolumeClaims);
  let soleClaims: string[] = [];
  let disks: Volume[] = [];
  /** Pods on each node that use one of the sole claims. */
  let users = new Map<string, number>();
  let userCount = 0;
  return {
    name,
    hints: [{ on: ['AssignedPodDelete', 'NodeAdd'] }, { on: ['PersistentVolumeClaimAdd'] }],
    preFilter({ pod }) {
      disks = disksOf(pod);
      soleClaims = [];
      if (hasClaims(pod)) {
        soleClaims = claimKeysOf(pod).filter((key) =>
          claims.get(key)?.spec.accessModes?.includes('ReadWriteOncePod'),
        );
      }
      if (soleClaims.length === 0) return disks.length === 0 ? SKIP : undefined;
      users = new Map();
      userCount = 0;
      for (const node of cache.nodes) {
        const count = usersOn(node, soleClaims);
        if (count === 0) continue;
        users.set(node.name, count);
        userCount += count;
      }
      return undefined;
    },
    filter(_cycle, node) {
      if (soleClaims.length > 0) {
        // The node may be an imagined one, on which there are fewer.
        const others = userCount - (users.get(node.name) ?? 0);
        if (others + usersOn(node, soleClaims) > 0) return CLAIM_TAKEN;
      }
      return disks.some((disk) => isTaken(disk, node)) ? DISK_TAKEN : undefined;
    },
  };
}

function usersOn({ pods }: NodeInfo, claimKeys: readonly string[]): number {
  let count = 0;
  for (const { pod } of pods) {
    if (!hasClaims(pod)) continue;
    if (claimKeysOf(pod).some((key) => claimKeys.includes(key))) count++;
  }
  return count;
}

function disksOf({ spec }: Pod): Volume[] {
  let disks: Volume[] = NONE;
  for (const volume of spec.volumes ?? NONE) {
    const { gcePersistentDisk, awsElasticBlockStore, rbd, iscsi } = volume;
    if (gcePersistentDisk ?? awsElasticBlockStore ?? rbd ?? iscsi) disks = [...disks, volume];
  }
  return disks;
}

const NONE: Volume[] = [];

function isTaken(disk: Volume, { pods }: NodeInfo): boolean {
  return pods.some(({ pod }) => disksOf(pod).some((other) => conflicts(disk, other)));
}

function conflicts(a: Volume, b: Volume): boolean {
  const isShared = (
    one: { readOnly?: boolean } | undefined,
    two: { readOnly?: boolean } | undefined,
  ): boolean => Boolean(one?.readOnly && two?.readOnly);
  if (a.gcePersistentDisk?.pdName && a.gcePersistentDisk.pdName === b.gcePersistentDisk?.pdName) {
    return !isShared(a.gcePersistentDisk, b.gcePersistentDisk);
  }
  const { volumeID } = a.awsElasticBlockStore ?? {};
  if (volumeID && volumeID === b.awsElasticBlockStore?.volumeID) return true;
  if (a.iscsi && a.iscsi.iqn === b.iscsi?.iqn) return !isShared(a.iscsi, b.iscsi);
  if (!a.rbd || !b.rbd) return false;
  const hasSameMonitor = a.rbd.monitors.some((monitor) => b.rbd!.monitors.includes(monitor));
  const isSame = a.rbd.image === b.rbd.image && a.rbd.pool === b.rbd.pool;
  return hasSameMonitor && isSame && !isShared(a.rbd, b.rbd);
}
