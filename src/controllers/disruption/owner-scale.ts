// How many pods the owners of some pods want in all.
// Upstream: getExpectedScale in pkg/controller/disruption/disruption.go.
import { replicationControllers, statefulSets } from '../../api/extension-refs';
import { controllerOf, type KubeObject, type OwnerReference } from '../../api/object';
import { deployments, replicaSets, type ResourceRef } from '../../api/resource-ref';
import { isNotFound, StatusError } from '../../api/status-error';
import type { Pod } from '../../api/types';
import type { Informer } from '../../client/informer';
import type { ControllerContext } from '../controller';

interface Scaled extends KubeObject {
  spec: { replicas?: number };
}

interface OwnerScale {
  uid: string;
  replicas: number;
}

export interface ExpectedScale {
  count: number;
  /** Names of pods that nobody controls. */
  unmanaged: string[];
}

export class OwnerScales {
  private readonly replicaSets: Informer<Scaled>;
  private readonly deployments: Informer<Scaled>;
  private readonly others: ReadonlyMap<string, Informer<Scaled>>;

  constructor(private readonly context: ControllerContext) {
    const informer = (ref: ResourceRef): Informer<Scaled> =>
      context.informer(ref) as unknown as Informer<Scaled>;
    this.replicaSets = informer(replicaSets as ResourceRef);
    this.deployments = informer(deployments as ResourceRef);
    const rest = [statefulSets, replicationControllers] as unknown as ResourceRef[];
    this.others = new Map(rest.map((ref) => [ref.apiVersion + ' ' + ref.kind, informer(ref)]));
  }

  /** Throws when an owner cannot be found or has no scale. */
  of(pods: readonly Pod[]): ExpectedScale {
    const replicas = new Map<string, number>();
    const unmanaged: string[] = [];
    for (const pod of pods) {
      const owner = controllerOf(pod);
      if (!owner) unmanaged.push(pod.metadata.name);
      else if (!replicas.has(owner.uid)) {
        const scale = this.find(owner, pod.metadata.namespace!);
        if (!scale) throw new Error(`found no controllers for pod "${pod.metadata.name}"`);
        replicas.set(scale.uid, scale.replicas);
      }
    }
    let count = 0;
    for (const wanted of replicas.values()) count += wanted;
    return { count, unmanaged };
  }

  private find(owner: OwnerReference, namespace: string): OwnerScale | undefined {
    if (owner.kind === 'ReplicaSet' && owner.apiVersion === replicaSets.apiVersion) {
      return this.ofReplicaSet(owner, namespace);
    }
    const informer = this.others.get(owner.apiVersion + ' ' + owner.kind);
    return informer ? scaleIn(informer, owner, namespace) : this.ofSubresource(owner, namespace);
  }

  /** A ReplicaSet of a Deployment counts as the Deployment. */
  private ofReplicaSet(owner: OwnerReference, namespace: string): OwnerScale | undefined {
    const replicaSet = this.replicaSets.get(namespace + '/' + owner.name);
    if (replicaSet?.metadata.uid !== owner.uid) return undefined;
    const above = controllerOf(replicaSet);
    if (above?.kind === 'Deployment') return scaleIn(this.deployments, above, namespace);
    return scaleIn(this.replicaSets, owner, namespace);
  }

  private ofSubresource(owner: OwnerReference, namespace: string): OwnerScale | undefined {
    const { client } = this.context;
    const ref = client
      .resources()
      .find(({ apiVersion, kind }) => apiVersion === owner.apiVersion && kind === owner.kind);
    if (!ref) {
      const { kind, apiVersion } = owner;
      throw new Error(`no matches for kind "${kind}" in version "${apiVersion}"`);
    }
    const [verb, subresource] = ['get', 'scale'] as const;
    const { name, uid } = owner;
    const { actor } = client;
    try {
      const request = { verb, ref, subresource, namespace, name, options: {}, actor };
      const scale = client.transport.request(request) as Scaled;
      return scale.metadata.uid === uid ? { uid, replicas: scale.spec.replicas ?? 0 } : undefined;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      if (!(error instanceof StatusError && error.code === 405)) throw error;
      const resource = ref.group ? `${ref.resource}.${ref.group}` : ref.resource;
      throw new Error(`${resource} does not implement the scale subresource`, { cause: error });
    }
  }
}

function scaleIn(
  informer: Informer<Scaled>,
  { name, uid }: OwnerReference,
  namespace: string,
): OwnerScale | undefined {
  const object = informer.get(namespace + '/' + name);
  if (object?.metadata.uid !== uid) return undefined;
  return { uid, replicas: object.spec.replicas ?? 0 };
}
