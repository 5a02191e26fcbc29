// A volume with labels of a zone or region can only be used there. Nodes that say nothing of zones
// are taken to be everywhere.
// Upstream: pkg/scheduler/framework/plugins/volumezone/volume_zone.go.
import { persistentVolumeClaims, persistentVolumes } from '../../api/extension-refs';
import { claimKeysOf, hasClaims } from '../../api/pod-volume-claims';
import { SKIP, type Handle, type Plugin, type Rejection } from '../framework';

const name = 'VolumeZone';
const LABELS = [
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
];
const ELSEWHERE: Rejection = {
  plugin: name,
  reasons: ['node(s) had no available volume zone'],
  isResolvable: false,
};

/** A label and the values that it may have. */
type Topology = readonly [key: string, values: readonly string[]];

export function volumeZone({ component }: Handle): Plugin {
  const claims = component.informer(persistentVolumeClaims);
  const volumes = component.informer(persistentVolumes);
  let topologies: Topology[] = [];
  return {
    name,
    hints: [
      { on: ['NodeAdd', 'NodeLabel', 'StorageClassAdd'] },
      { on: ['PersistentVolumeAdd', 'PersistentVolumeUpdate'] },
      { on: ['PersistentVolumeClaimAdd', 'PersistentVolumeClaimUpdate'] },
    ],
    preFilter({ pod }) {
      if (!hasClaims(pod)) return SKIP;
      topologies = [];
      for (const key of claimKeysOf(pod)) {
        const labels = volumes.get(claims.get(key)?.spec.volumeName ?? '')?.metadata.labels;
        for (const label of labels ? LABELS : []) {
          if (labels![label]) topologies.push([label, labels![label].split('__')]);
        }
      }
      return topologies.length === 0 ? SKIP : undefined;
    },
    filter(_cycle, { labels = {} }) {
      if (!LABELS.some((label) => labels[label] !== undefined)) return undefined;
      const isThere = topologies.every(([key, values]) => values.includes(valueOf(labels, key)));
      return isThere ? undefined : ELSEWHERE;
    },
  };
}

/** A node's label, by the name of today or of before. */
function valueOf(labels: Readonly<Record<string, string>>, key: string): string {
  const other = key.startsWith('topology')
    ? key.replace('topology.kubernetes.io', 'failure-domain.beta.kubernetes.io')
    : key.replace('failure-domain.beta.kubernetes.io', 'topology.kubernetes.io');
  return labels[key] ?? labels[other] ?? '';
}
