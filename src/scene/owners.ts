// Who a pod belongs to, up to the topmost controller, and the colour that stands for it.
import { controllerOf, type KubeObject } from '../api/object';
import type { Deployment, Pod, ReplicaSet } from '../api/types';
import type { Informer } from '../client/informer';
import type { SceneOwner } from './scene';

/** Hues in the order in which owners get them; 7 is also traffic, so it comes last. */
const HUES = [1, 2, 3, 4, 5, 8, 7];
const SYSTEM_HUE = 6;
const REVISION = 'deployment.kubernetes.io/revision';

export class Owners {
  private hues = new Map<string, number>();

  constructor(
    private readonly replicaSets: Informer<ReplicaSet>,
    private readonly deployments: Informer<Deployment>,
  ) {}

  /** Undefined for a pod that stands alone. */
  ownerOf(pod: Pod): SceneOwner | undefined {
    const direct = controllerOf(pod);
    if (!direct) return undefined;
    const { namespace = '' } = pod.metadata;
    if (direct.kind !== 'ReplicaSet') return this.owner(direct.kind, namespace, direct.name, true);
    const replicaSet = this.replicaSets.get(`${namespace}/${direct.name}`);
    const deployment = replicaSet && this.deploymentOf(replicaSet);
    if (!replicaSet || !deployment) return this.owner('ReplicaSet', namespace, direct.name, true);
    return this.owner(
      'Deployment',
      namespace,
      deployment.metadata.name,
      isCurrent(replicaSet, deployment),
    );
  }

  /**
   * Gives hues to what is there already in the order in which it was made, so that a cluster which
   * was kept comes back in its colours. Services wear the colour of the Deployment of their name.
   */
  adopt(objects: readonly KubeObject[]): void {
    const made = objects.toSorted(
      (a, b) =>
        compare(a.metadata.creationTimestamp, b.metadata.creationTimestamp) ||
        compare(a.metadata.name, b.metadata.name),
    );
    for (const { metadata } of made) {
      this.hueOf('Deployment', metadata.namespace ?? '', metadata.name);
    }
  }

  /** From now on both give the same colours. */
  share(other: Owners): void {
    this.hues = other.hues;
  }

  hueOf(kind: string, namespace: string, name: string): number {
    if (namespace === 'kube-system' || (namespace === 'default' && name === 'kubernetes')) {
      return SYSTEM_HUE;
    }
    const key = `${kind}/${namespace}/${name}`;
    let hue = this.hues.get(key);
    if (hue === undefined) this.hues.set(key, (hue = HUES[this.hues.size % HUES.length]));
    return hue;
  }

  private owner(kind: string, namespace: string, name: string, current: boolean): SceneOwner {
    return { kind, name, hue: this.hueOf(kind, namespace, name), current };
  }

  private deploymentOf(replicaSet: ReplicaSet): Deployment | undefined {
    const owner = controllerOf(replicaSet);
    if (owner?.kind !== 'Deployment') return undefined;
    return this.deployments.get(`${replicaSet.metadata.namespace}/${owner.name}`);
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isCurrent(replicaSet: ReplicaSet, deployment: Deployment): boolean {
  return revisionOf(replicaSet) >= revisionOf(deployment);
}

/** The revision of a Deployment, or the one that a ReplicaSet stands for; 0 when not yet told. */
export function revisionOf(object: KubeObject): number {
  return Number(object.metadata.annotations?.[REVISION] ?? 0);
}

/** What a controller owns is found by this index value: the controller's uid. */
export function ownerIndex(object: KubeObject): readonly string[] {
  const owner = controllerOf(object);
  return owner ? [owner.uid] : NONE;
}

const NONE: readonly string[] = [];
