// What the pods of each node refer to, counted, so that the Node authorizer answers by look-up.
// Made when the first kubelet from outside asks, kept current by a watch on pods.
// Where the real one differs: it keeps volumes and their secrets as edges of a graph; here they are
// followed from the claims of the node's pods, which are few.
// Upstream: plugin/pkg/auth/authorizer/node/{graph,graph_populator}.go, pkg/api/pod/util.go.
import {
  persistentVolumeClaims,
  persistentVolumes,
  resourceClaims,
  resourceSlices,
  volumeAttachments,
} from '../../api/extension-refs';
import type {
  PersistentVolume,
  PersistentVolumeClaim,
  ResourceSlice,
  VolumeAttachment,
} from '../../api/extension-types';
import { configMaps, pods, secrets, serviceAccounts } from '../../api/resource-ref';
import type { Pod } from '../../api/types';
import type { Store } from '../../store/store';
import { configMapNames, secretNames } from '../../api/pod-references';

type Counts = Map<string, number>;

export class NodeGraph {
  private byNode = new Map<string, Counts>();
  private isCurrent = false;
  private stop: (() => void) | undefined;

  constructor(private readonly store: Store) {}

  /** Whether something on the node needs the object; `resource` is its key. */
  isNeeded(nodeName: string, resource: string, namespace: string, name: string): boolean {
    if (!this.isCurrent) this.build();
    const counts = this.byNode.get(nodeName);
    if (counts?.has(vertex(resource, namespace, name))) return true;
    switch (resource) {
      case volumeAttachments.key:
        return this.isAttachedTo(nodeName, name);
      case resourceSlices.key:
        return this.isSliceOf(nodeName, name);
      case persistentVolumes.key:
        return counts !== undefined && this.isClaimed(counts, name);
      case secrets.key:
        return counts !== undefined && this.isSecretOfVolume(counts, namespace, name);
      default:
        return false;
    }
  }

  private build(): void {
    this.stop?.();
    this.byNode = new Map();
    const { store } = this;
    for (const pod of store.list(pods.key)) this.count(pod as Pod, 1);
    this.stop = store.watch(pods.key, {}, store.revision, {
      event: (type, object) => {
        const pod = object as Pod;
        if (type === 'DELETED') this.count(pod, -1);
        else if (type === 'ADDED') this.count(pod, 1);
        else this.noteBinding(pod);
      },
      closed: () => (this.isCurrent = false),
    });
    this.isCurrent = true;
  }

  /** A pod's references never change, but for the node that it is given once. */
  private noteBinding(pod: Pod): void {
    const { nodeName } = pod.spec;
    if (!nodeName) return;
    const { namespace = '', name } = pod.metadata;
    if (!this.byNode.get(nodeName)?.has(vertex(pods.key, namespace, name))) this.count(pod, 1);
  }

  private count(pod: Pod, by: 1 | -1): void {
    const { nodeName } = pod.spec;
    if (!nodeName) return;
    let counts = this.byNode.get(nodeName);
    if (!counts) this.byNode.set(nodeName, (counts = new Map<string, number>()));
    for (const key of new Set(referencesOf(pod))) {
      const left = (counts.get(key) ?? 0) + by;
      if (left > 0) counts.set(key, left);
      else counts.delete(key);
    }
    if (counts.size === 0) this.byNode.delete(nodeName);
  }

  private isAttachedTo(nodeName: string, name: string): boolean {
    const attachment = this.find(volumeAttachments.key, '', name) as VolumeAttachment | undefined;
    return attachment?.spec.nodeName === nodeName;
  }

  private isSliceOf(nodeName: string, name: string): boolean {
    const slice = this.find(resourceSlices.key, '', name) as ResourceSlice | undefined;
    return slice?.spec?.nodeName === nodeName;
  }

  private isClaimed(counts: Counts, volumeName: string): boolean {
    const volume = this.find(persistentVolumes.key, '', volumeName) as PersistentVolume | undefined;
    const { namespace = '', name = '' } = volume?.spec?.claimRef ?? {};
    return counts.has(vertex(persistentVolumeClaims.key, namespace, name));
  }

  private isSecretOfVolume(counts: Counts, namespace: string, name: string): boolean {
    const prefix = persistentVolumeClaims.key + ' ';
    for (const key of counts.keys()) {
      if (!key.startsWith(prefix)) continue;
      const [claimNamespace, claimName] = key.slice(prefix.length).split('/');
      const claim = this.find(persistentVolumeClaims.key, claimNamespace, claimName);
      const { volumeName = '' } = (claim as PersistentVolumeClaim | undefined)?.spec ?? {};
      const volume = this.find(persistentVolumes.key, '', volumeName);
      if (volume && hasSecret(volume as PersistentVolume, namespace, name)) return true;
    }
    return false;
  }

  private find(key: string, namespace: string, name: string): unknown {
    return this.store.hasTable(key) ? this.store.get(key, namespace, name) : undefined;
  }
}

function vertex(resource: string, namespace: string, name: string): string {
  return `${resource} ${namespace}/${name}`;
}

function referencesOf(pod: Pod): string[] {
  const { metadata, spec, status } = pod;
  const { namespace = '', name } = metadata;
  const inNamespace = (resource: string, names: readonly string[]): string[] =>
    names.map((each) => vertex(resource, namespace, each));
  const claims = (spec.volumes ?? []).flatMap((volume) =>
    volume.persistentVolumeClaim
      ? [volume.persistentVolumeClaim.claimName]
      : volume.ephemeral
        ? [`${name}-${volume.name}`]
        : [],
  );
  const deviceClaims = [
    ...(spec.resourceClaims ?? []).map(({ resourceClaimName }) => resourceClaimName),
    ...(status.resourceClaimStatuses ?? []).map(({ resourceClaimName }) => resourceClaimName),
    status.extendedResourceClaimStatus?.resourceClaimName,
  ].filter((claim) => claim !== undefined);
  return [
    vertex(pods.key, namespace, name),
    ...inNamespace(serviceAccounts.key, spec.serviceAccountName ? [spec.serviceAccountName] : []),
    ...inNamespace(secrets.key, secretNames(spec)),
    ...inNamespace(configMaps.key, configMapNames(spec)),
    ...inNamespace(persistentVolumeClaims.key, claims),
    ...inNamespace(resourceClaims.key, deviceClaims),
  ];
}

/** Every volume source that names a secret does it by a field '...secretRef' or alike. */
function hasSecret({ spec }: PersistentVolume, namespace: string, name: string): boolean {
  const home = spec?.claimRef?.namespace ?? '';
  return Object.values(spec ?? {}).some((source) =>
    Object.entries((typeof source === 'object' && source) || {}).some(([field, value]) => {
      if (!/secret/i.test(field)) return false;
      if (typeof value === 'string') return field === 'secretName' && value === name;
      const ref = value as { name?: string; namespace?: string } | null;
      return ref?.name === name && (ref.namespace ?? home) === namespace;
    }),
  );
}
