// The shapes of all pods that the scheduler knows, and the counts that plugins keep over them: how
// many pods match a selector, node by node. A pod that comes or goes changes only the counts of its
// shape.
// Invariant: a count always equals what counting the placed pods anew would give.
import type { Labels } from '../api/label-selector';
import { controllerOf } from '../api/object';
import type { Pod } from '../api/types';
import { matchesTerm, type AffinityTerm, type AffinityTerms } from './affinity-term';
import type { PodInfo } from './node-info';
import { PodCount, type Selection } from './pod-count';
import { PodShape, shapeKey } from './pod-shape';

/** A term of placed pods that speaks of another pod. */
export interface MatchingTerm {
  readonly kind: keyof AffinityTerms;
  readonly term: AffinityTerm;
  /** Where the pods are that carry the term. */
  readonly carriers: PodCount;
}

/** Counts are dropped, least used first, beyond this many numbers in all. */
const MAX_COUNTED = 4_000_000;

export class ShapeRegistry {
  private readonly shapes = new Map<string, PodShape>();
  /** The shape last seen of each controller's pods. */
  private readonly byOwner = new Map<string, PodShape>();
  private readonly byNamespace = new Map<string, Set<PodShape>>();
  private readonly counts = new Map<string, PodCount>();
  /** Shapes with affinity terms, which speak of other pods. */
  private readonly speakers = new Set<PodShape>();
  private speakersVersion = 0;
  private readonly heard = new WeakMap<PodShape, { version: number; terms: MatchingTerm[] }>();
  private readonly namespaces = new Map<string, Labels | undefined>();
  private requests = 0;

  constructor(private capacity: number) {}

  /** The pod's shape, held until `release`. */
  acquire(pod: Pod): PodShape {
    const owner = controllerOf(pod)?.uid;
    const recent = owner === undefined ? undefined : this.byOwner.get(owner);
    const shape = recent?.fits(pod) ? recent : this.find(pod);
    if (owner !== undefined) this.byOwner.set(owner, shape);
    shape.uses++;
    return shape;
  }

  release(shape: PodShape): void {
    if (--shape.uses > 0) return;
    this.shapes.delete(shape.key);
    this.byNamespace.get(shape.namespace)?.delete(shape);
    if (shape.owner && this.byOwner.get(shape.owner.uid) === shape) {
      this.byOwner.delete(shape.owner.uid);
    }
    if (this.speakers.delete(shape)) this.speakersVersion++;
  }

  /** Counts a placed pod in. */
  placed(info: PodInfo): void {
    info.shape.pods.add(info);
    this.tally(info.shape, info.node.slot, info.isTerminating, 1);
  }

  removed(info: PodInfo, wasTerminating = info.isTerminating): void {
    info.shape.pods.delete(info);
    this.tally(info.shape, info.node.slot, wasTerminating, -1);
  }

  /** The count of the pods selected; made at the first request, current ever after. */
  count(selection: Selection): PodCount {
    let count = this.counts.get(selection.key);
    if (count === undefined) {
      this.dropUnused();
      count = new PodCount(this.capacity, selection);
      this.counts.set(selection.key, count);
      for (const shape of this.shapes.values()) {
        if (selection.matches(shape.namespace, shape.labels)) this.join(shape, count);
      }
    }
    count.usedAt = ++this.requests;
    return count;
  }

  /** Terms of placed pods that speak of pods of this shape. */
  termsAbout(shape: PodShape): readonly MatchingTerm[] {
    let heard = this.heard.get(shape);
    if (heard?.version !== this.speakersVersion) {
      heard = { version: this.speakersVersion, terms: this.findTermsAbout(shape) };
      this.heard.set(shape, heard);
    }
    return heard.terms;
  }

  get hasSpeakers(): boolean {
    return this.speakers.size > 0;
  }

  readonly namespaceLabels = (namespace: string): Labels | undefined =>
    this.namespaces.get(namespace);

  /** Labels undefined when the namespace is gone. */
  setNamespace(namespace: string, labels: Labels | undefined): void {
    this.namespaces.set(namespace, labels);
    if (labels === undefined) this.namespaces.delete(namespace);
    this.speakersVersion++;
    for (const count of this.counts.values()) {
      if (!count.selection!.readsNamespaces) continue;
      for (const shape of this.byNamespace.get(namespace) ?? []) this.rejoin(shape, count);
    }
  }

  grow(capacity: number): void {
    this.capacity = capacity;
    for (const count of this.counts.values()) count.grow(capacity);
    for (const shape of this.speakers) shape.whereabouts!.grow(capacity);
  }

  private find(pod: Pod): PodShape {
    const key = shapeKey(pod);
    const known = this.shapes.get(key);
    if (known !== undefined) return known;
    const namespace = pod.metadata.namespace ?? '';
    const owner = controllerOf(pod);
    const newCount = (): PodCount => new PodCount(this.capacity, undefined);
    const shape = new PodShape(key, namespace, pod.metadata.labels, owner, pod.spec, newCount);
    this.shapes.set(key, shape);
    const neighbours = this.byNamespace.get(namespace);
    if (neighbours) neighbours.add(shape);
    else this.byNamespace.set(namespace, new Set([shape]));
    for (const count of this.counts.values()) {
      if (count.selection!.matches(namespace, shape.labels)) shape.counts.push(count);
    }
    if (shape.terms) {
      this.speakers.add(shape);
      this.speakersVersion++;
    }
    return shape;
  }

  private tally(shape: PodShape, slot: number, isTerminating: boolean, by: 1 | -1): void {
    for (const count of shape.counts) {
      if (!isTerminating || !count.selection!.skipsTerminating) count.add(slot, by);
    }
    if (shape.whereabouts) shape.whereabouts.add(slot, by);
  }

  private join(shape: PodShape, count: PodCount): void {
    shape.counts.push(count);
    this.addPods(shape, count, 1);
  }

  private rejoin(shape: PodShape, count: PodCount): void {
    const was = shape.counts.includes(count);
    const is = count.selection!.matches(shape.namespace, shape.labels);
    if (was === is) return;
    if (is) {
      this.join(shape, count);
      return;
    }
    shape.counts = shape.counts.filter((other) => other !== count);
    this.addPods(shape, count, -1);
  }

  private addPods(shape: PodShape, count: PodCount, by: 1 | -1): void {
    const { skipsTerminating } = count.selection!;
    for (const info of shape.pods) {
      if (!skipsTerminating || !info.isTerminating) count.add(info.node.slot, by);
    }
  }

  private dropUnused(): void {
    if ((this.counts.size + 1) * this.capacity <= MAX_COUNTED) return;
    const byUse = [...this.counts].sort(([, a], [, b]) => a.usedAt - b.usedAt);
    for (const [key, count] of byUse.slice(0, Math.ceil(byUse.length / 4))) {
      count.isLive = false;
      this.counts.delete(key);
    }
    for (const shape of this.shapes.values()) {
      shape.counts = shape.counts.filter((count) => count.isLive);
    }
  }

  private findTermsAbout(shape: PodShape): MatchingTerm[] {
    const found: MatchingTerm[] = [];
    for (const speaker of this.speakers) {
      for (const kind of TERM_KINDS) {
        for (const term of speaker.terms![kind]) {
          if (matchesTerm(term, shape.namespace, shape.labels, this.namespaceLabels)) {
            found.push({ kind, term, carriers: speaker.whereabouts! });
          }
        }
      }
    }
    return found;
  }
}

const TERM_KINDS = ['required', 'preferred', 'requiredAnti', 'preferredAnti'] as const;
