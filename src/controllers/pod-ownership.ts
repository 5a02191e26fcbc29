// Which pods belong to which owner of one kind (ReplicaSet, StatefulSet), followed event by event,
// so that a reconcile costs nothing per pod: pods that an owner should adopt or release are noted
// as they come.
// Invariants: a pod is a candidate of an owner only while it has no controller and matches; a stray
// is controlled, active, and no longer matches.
// Where the real one differs: it lists all pods of the namespace in every reconcile.
import { controllerOf, objectKey, type KubeObject, type OwnerReference } from '../api/object';
import { selectsLabels, type LabelSelectorObject } from '../api/label-selector';
import { pods, type ResourceRef } from '../api/resource-ref';
import type { Pod } from '../api/types';
import type { Informer } from '../client/informer';
import { adopt, checkMayAdopt, release } from './adoption';
import type { ControllerContext } from './controller';
import { controlledBy, indexByOwner, indexOrphans, orphansIn } from './owners';
import { isPodActive } from './pod-status';

export type PodOwner = KubeObject & { spec: { selector: LabelSelectorObject } };

/** Whether a pod is of the kind that an owner asks for. */
export type PodMatch<O> = (owner: O, pod: Pod) => boolean;

/**
 * What an owner's controller is told of its pods. `old` and `pod` are undefined at birth and death.
 */
export type PodChange<O> = (owner: O, pod: Pod | undefined, old: Pod | undefined) => void;

export class PodOwnership<O extends KubeObject> {
  readonly pods: Informer<Pod>;
  private owners!: Informer<O>;
  /** Pod keys by owner uid. */
  private readonly candidates = new Map<string, Set<string>>();
  private readonly strays = new Map<string, Set<string>>();

  constructor(
    private readonly context: ControllerContext,
    private readonly ref: ResourceRef<O>,
    private readonly changed: PodChange<O>,
    /** `selectsPod` for owners with a selector object. */
    private readonly matches: PodMatch<O>,
  ) {
    this.pods = context.watch(pods, {
      added: (pod) => this.podChanged(pod, undefined),
      updated: (pod, old) => this.podChanged(pod, old),
      deleted: (pod) => this.podChanged(undefined, pod),
    });
    indexByOwner(this.pods);
    indexOrphans(this.pods);
  }

  /** The owners' informer, once the controller has it. */
  follow(owners: Informer<O>): void {
    this.owners = owners;
    owners.addIndex('namespace', ({ metadata }) => [metadata.namespace!]);
  }

  podsOf(owner: O): Pod[] {
    return controlledBy(this.pods, owner.metadata.uid);
  }

  /** Looks at all pods anew: when an owner appears or its selector was not known before. */
  ownerAdded(owner: O): void {
    const { uid, namespace } = owner.metadata;
    this.candidates.delete(uid);
    this.strays.delete(uid);
    for (const pod of orphansIn(this.pods, namespace!)) this.considerOrphan(owner, pod);
    for (const pod of this.podsOf(owner)) this.considerOwned(owner, pod);
  }

  ownerDeleted(owner: O): void {
    this.candidates.delete(owner.metadata.uid);
    this.strays.delete(owner.metadata.uid);
  }

  /**
   * Adopts and releases what is due. Returns pods adopted that the cache does not show as owned
   * yet, and the keys of those released that it still does.
   */
  claim(owner: O): { adopted: readonly Pod[]; released: ReadonlySet<string> } {
    const { client } = this.context;
    const { uid, deletionTimestamp } = owner.metadata;
    const released = this.strays.get(uid) ?? NO_KEYS;
    const wanted = this.candidates.get(uid);
    if (deletionTimestamp) return { adopted: NO_PODS, released };
    for (const key of released) {
      const pod = this.pods.get(key);
      if (pod) release(client, owner, pods, pod);
    }
    if (!wanted?.size) return { adopted: NO_PODS, released };
    checkMayAdopt(client, this.ref, owner);
    const adopted: Pod[] = [];
    for (const key of wanted) {
      const pod = this.pods.get(key);
      if (pod && adopt(client, this.ref, owner, pods, pod)) adopted.push(pod);
    }
    return { adopted, released };
  }

  private podChanged(pod: Pod | undefined, old: Pod | undefined): void {
    const oldReference = old && controllerOf(old);
    const reference = pod && controllerOf(pod);
    if (oldReference && oldReference.uid !== reference?.uid) {
      const oldOwner = this.resolve(old, oldReference);
      if (oldOwner) {
        this.strays.get(oldReference.uid)?.delete(objectKey(old));
        this.changed(oldOwner, undefined, old);
      }
    }
    const owner = reference && this.resolve(pod, reference);
    if (owner) {
      this.considerOwned(owner, pod);
      this.changed(owner, pod, oldReference?.uid === reference.uid ? old : undefined);
    }
    const labelsChanged = pod?.metadata.labels !== old?.metadata.labels;
    if (old && !oldReference && (labelsChanged || reference)) this.dropCandidate(old);
    if (pod && !reference) this.offer(pod);
  }

  /** The owner that a pod's reference names, when it is of this kind and the uid is right. */
  private resolve(pod: Pod, { kind, name, uid }: OwnerReference): O | undefined {
    if (kind !== this.ref.kind) return undefined;
    const owner = this.owners.find(pod.metadata.namespace!, name);
    return owner?.metadata.uid === uid ? owner : undefined;
  }

  private considerOwned(owner: O, pod: Pod): void {
    const { uid } = owner.metadata;
    const isStray = isPodActive(pod) && !this.matches(owner, pod);
    if (isStray) addTo(this.strays, uid, objectKey(pod));
    else this.strays.get(uid)?.delete(objectKey(pod));
  }

  private offer(pod: Pod): void {
    for (const owner of this.owners.byIndex('namespace', pod.metadata.namespace!)) {
      if (this.considerOrphan(owner, pod)) this.context.enqueue(objectKey(owner));
    }
  }

  private considerOrphan(owner: O, pod: Pod): boolean {
    if (!isPodActive(pod) || !this.matches(owner, pod)) {
      this.candidates.get(owner.metadata.uid)?.delete(objectKey(pod));
      return false;
    }
    addTo(this.candidates, owner.metadata.uid, objectKey(pod));
    return true;
  }

  private dropCandidate(pod: Pod): void {
    for (const owner of this.owners.byIndex('namespace', pod.metadata.namespace!)) {
      this.candidates.get(owner.metadata.uid)?.delete(objectKey(pod));
    }
  }
}

/** Whether the owner's selector selects the pod's labels. */
export function selectsPod({ spec }: PodOwner, { metadata }: Pod): boolean {
  return selectsLabels(spec.selector, metadata.labels);
}

const NO_KEYS: ReadonlySet<string> = new Set<string>();
const NO_PODS: readonly Pod[] = Object.freeze([]);

function addTo(sets: Map<string, Set<string>>, uid: string, key: string): void {
  const set = sets.get(uid);
  if (set) set.add(key);
  else sets.set(uid, new Set([key]));
}
