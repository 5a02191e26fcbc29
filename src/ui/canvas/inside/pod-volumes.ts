// The volumes of a pod: what each is, where it comes from, and who has it mounted where.
import type { Pod, Volume } from '../../../api/types';
import type { Vessel } from './vessels';

/** What stands for a volume; 'other' for all that have no mark of their own. */
export type VolumeMark = 'empty' | 'config' | 'secret' | 'claim' | 'projected' | 'host' | 'other';

export interface PodVolume {
  name: string;
  mark: VolumeMark;
  /** As the API calls it: 'emptyDir', 'configMap', 'persistentVolumeClaim', ... */
  type: string;
  /** What it is made of: the ConfigMap's name, the claim's, the path on the host; '' for none. */
  source: string;
  mounts: readonly { container: string; path: string; isReadOnly: boolean }[];
  /** The token that every pod gets from the cluster without asking. */
  isGiven: boolean;
}

/** In the order of the spec, what the cluster gave unasked at the end. */
export function podVolumes(pod: Pod, vessels: readonly Vessel[]): PodVolume[] {
  const volumes = (pod.spec.volumes ?? []).map((volume) => viewVolume(pod, volume, vessels));
  return [
    ...volumes.filter(({ isGiven }) => !isGiven),
    ...volumes.filter(({ isGiven }) => isGiven),
  ];
}

const marks: Readonly<Record<string, VolumeMark>> = {
  emptyDir: 'empty',
  configMap: 'config',
  downwardAPI: 'config',
  secret: 'secret',
  persistentVolumeClaim: 'claim',
  ephemeral: 'claim',
  projected: 'projected',
  hostPath: 'host',
};

function viewVolume(pod: Pod, volume: Volume, vessels: readonly Vessel[]): PodVolume {
  const { name } = volume;
  const type = Object.keys(volume).find((key) => key !== 'name') ?? 'emptyDir';
  return {
    name,
    type,
    mark: marks[type] ?? 'other',
    source: sourceOf(pod, volume),
    mounts: vessels.flatMap(({ name: container, mounts }) =>
      mounts
        .filter((mount) => mount.volume === name)
        .map(({ path, isReadOnly }) => ({ container, path, isReadOnly })),
    ),
    isGiven: type === 'projected' && name.startsWith('kube-api-access-'),
  };
}

function sourceOf({ metadata }: Pod, volume: Volume): string {
  const { configMap, secret, persistentVolumeClaim, hostPath, emptyDir, csi, projected } = volume;
  if (volume.ephemeral) return `${metadata.name}-${volume.name}`;
  if (projected) return projectedFrom(projected);
  return (
    configMap?.name ??
    secret?.secretName ??
    persistentVolumeClaim?.claimName ??
    hostPath?.path ??
    csi?.driver ??
    emptyDir?.medium ??
    ''
  );
}

function projectedFrom({ sources }: NonNullable<Volume['projected']>): string {
  const names = (sources ?? []).map(
    ({ configMap, secret, serviceAccountToken, downwardAPI }) =>
      configMap?.name ??
      secret?.name ??
      (serviceAccountToken ? 'token' : downwardAPI ? 'downwardAPI' : ''),
  );
  return names.filter(Boolean).join(', ');
}
