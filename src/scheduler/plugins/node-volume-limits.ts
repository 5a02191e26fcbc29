// No more volumes of a CSI driver on a node than its CSINode allows.
// Upstream: pkg/scheduler/framework/plugins/nodevolumelimits/csi.go.
import {
  csiNodes,
  persistentVolumeClaims,
  persistentVolumes,
  storageClasses,
  volumeAttachments,
} from '../../api/extension-refs';
import type { CSINode } from '../../api/extension-types';
import type { Pod } from '../../api/types';
import { claimKeysOf, hasClaims } from '../../api/pod-volume-claims';
import { claimClassName } from '../../api/volume-binding';
import type { Component } from '../../client/component';
import { SKIP, type Handle, type Plugin, type Rejection } from '../framework';

const name = 'NodeVolumeLimits';
const EXCEEDED: Rejection = {
  plugin: name,
  reasons: ['node(s) exceed max volume count'],
  isResolvable: true,
};

/** Driver by the volume's unique name. */
type VolumeSet = Map<string, string>;

export function nodeVolumeLimits({ component }: Handle): Plugin {
  const nodes = component.informer(csiNodes);
  const attachments = component.informer(volumeAttachments);
  const volumesOf = volumeReader(component);
  let wanted: VolumeSet = new Map();
  return {
    name,
    hints: [
      { on: ['CSINodeAdd', 'CSINodeUpdate', 'AssignedPodDelete'] },
      { on: ['PersistentVolumeClaimAdd', 'VolumeAttachmentDelete'] },
    ],
    preFilter({ pod }) {
      if (!mayHaveCsiVolumes(pod)) return SKIP;
      wanted = volumesOf(pod);
      return wanted.size === 0 ? SKIP : undefined;
    },
    filter(_cycle, node) {
      const limits = limitsOf(nodes.get(node.name));
      if (limits.size === 0) return undefined;
      const there: VolumeSet = new Map();
      for (const { pod } of node.pods) {
        if (!mayHaveCsiVolumes(pod)) continue;
        for (const [volume, driver] of volumesOf(pod)) there.set(volume, driver);
      }
      for (const { spec } of attachments.items.values()) {
        if (spec.nodeName !== node.name) continue;
        const handle = handleOf(component, spec.source.persistentVolumeName);
        if (handle) there.set(`${spec.attacher}/${handle}`, spec.attacher);
      }
      return exceeds(limits, there, wanted) ? EXCEEDED : undefined;
    },
  };
}

function exceeds(
  limits: ReadonlyMap<string, number>,
  there: VolumeSet,
  wanted: VolumeSet,
): boolean {
  const counts = new Map<string, number>();
  const count = (driver: string): void => void counts.set(driver, (counts.get(driver) ?? 0) + 1);
  for (const driver of there.values()) count(driver);
  for (const [volume, driver] of wanted) if (!there.has(volume)) count(driver);
  const drivers = new Set(wanted.values());
  return [...drivers].some((driver) => counts.get(driver)! > (limits.get(driver) ?? Infinity));
}

function limitsOf(node: CSINode | undefined): Map<string, number> {
  const limits = new Map<string, number>();
  for (const { name: driver, allocatable } of node?.spec.drivers ?? []) {
    if (allocatable?.count != null) limits.set(driver, allocatable.count);
  }
  return limits;
}

function mayHaveCsiVolumes(pod: Pod): boolean {
  return hasClaims(pod) || (pod.spec.volumes?.some(({ csi }) => csi !== undefined) ?? false);
}

function handleOf(component: Component, volumeName: string | undefined): string | undefined {
  if (!volumeName) return undefined;
  return component.informer(persistentVolumes).get(volumeName)?.spec.csi?.volumeHandle;
}

/** Reads which CSI volumes a pod has, or will have once they are made. */
function volumeReader(component: Component): (pod: Pod) => VolumeSet {
  const claims = component.informer(persistentVolumeClaims);
  const volumes = component.informer(persistentVolumes);
  const classes = component.informer(storageClasses);
  return (pod) => {
    const found: VolumeSet = new Map();
    for (const key of claimKeysOf(pod)) {
      const claim = claims.get(key);
      if (!claim) continue;
      const volume = claim.spec.volumeName ? volumes.get(claim.spec.volumeName) : undefined;
      const provisioner = classes.get(claimClassName(claim) || ' ')?.provisioner;
      if (volume?.spec.csi) {
        const { driver, volumeHandle } = volume.spec.csi;
        found.set(`${driver}/${volumeHandle}`, driver);
      } else if (!volume && provisioner) found.set(`${provisioner}/${key}`, provisioner);
    }
    return found;
  };
}
