// The shape of a pod: all of it that the scheduler looks at. Pods of one template share one shape,
// so what is worked out for one of them (requests, selectors, how it fares on each node) serves
// all.
// Invariant: two pods of one shape get the same answer from every plugin at the same moment; names,
// priorities, nominations and what does not matter for placement are left out.
// Upstream: the pod signature of KEP-5598 (opportunistic batching).
import { deepEqual } from '../api/deep-equal';
import type { Labels } from '../api/label-selector';
import { controllerOf, type OwnerReference } from '../api/object';
import type { Affinity, Container, Pod, Toleration } from '../api/types';
import { affinityTerms, type AffinityTerms } from './affinity-term';
import type { PodInfo } from './node-info';
import { podRequests, podScoringRequests } from './pod-requests';
import type { PodCount } from './pod-count';
import type { ResourceAmounts } from './resource-amounts';
import { spreadConstraints, type SpreadConstraint } from './spread-constraint';

export interface HostPort {
  readonly ip: string;
  readonly protocol: string;
  readonly port: number;
}

export class PodShape {
  readonly requests: ResourceAmounts;
  readonly scoringRequests: ResourceAmounts;
  readonly hostPorts: readonly HostPort[];
  /** Of all containers, with the tag that an image without one means. */
  readonly images: readonly string[];
  readonly terms: AffinityTerms | undefined;
  readonly hardSpread: readonly SpreadConstraint[];
  readonly softSpread: readonly SpreadConstraint[];
  /** Pods of this shape that have a node, assumed ones too. */
  readonly pods = new Set<PodInfo>();
  /** The counts of pods that pods of this shape are counted in. */
  counts: PodCount[] = [];
  /** Where the pods of this shape are; kept only for shapes with affinity terms. */
  readonly whereabouts: PodCount | undefined;
  /** Queued and placed pods of this shape. */
  uses = 0;

  constructor(
    readonly key: string,
    readonly namespace: string,
    readonly labels: Labels | undefined,
    readonly owner: OwnerReference | undefined,
    readonly spec: Pod['spec'],
    newCount: () => PodCount,
  ) {
    this.requests = podRequests(spec);
    this.scoringRequests = podScoringRequests(spec);
    this.hostPorts = hostPorts(spec);
    this.images = allContainers(spec).map((container) => normalizedImage(container.image ?? ''));
    this.terms = affinityTerms(spec.affinity, namespace);
    const { topologySpreadConstraints: spread } = spec;
    this.hardSpread = spreadConstraints(spread, labels, 'DoNotSchedule');
    this.softSpread = spreadConstraints(spread, labels, 'ScheduleAnyway');
    this.whereabouts = this.terms && newCount();
  }

  get tolerations(): readonly Toleration[] | undefined {
    return this.spec.tolerations;
  }

  get affinity(): Affinity | undefined {
    return this.spec.affinity;
  }

  get hasNodeRequirements(): boolean {
    const required =
      this.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
    return required !== undefined || this.spec.nodeSelector !== undefined;
  }

  get hasOwnSpread(): boolean {
    return (this.spec.topologySpreadConstraints?.length ?? 0) > 0;
  }

  /** Whether this pod is of this shape; cheap for pods that share parts with the shape's first. */
  fits(pod: Pod): boolean {
    const { spec } = this;
    const { metadata, spec: other } = pod;
    if (metadata.namespace !== this.namespace) return false;
    if (controllerOf(pod)?.uid !== this.owner?.uid) return false;
    if (!deepEqual(metadata.labels, this.labels)) return false;
    if (spec === other) return true;
    return (
      sameContainers(spec.containers, other.containers) &&
      sameContainers(spec.initContainers, other.initContainers) &&
      deepEqual(spec.tolerations, other.tolerations) &&
      deepEqual(spec.affinity, other.affinity) &&
      deepEqual(spec.nodeSelector, other.nodeSelector) &&
      deepEqual(spec.topologySpreadConstraints, other.topologySpreadConstraints) &&
      deepEqual(spec.overhead, other.overhead) &&
      deepEqual(spec.resources, other.resources)
    );
  }
}

/** A text that is the same for pods of one shape. */
export function shapeKey(pod: Pod): string {
  const { metadata, spec } = pod;
  return JSON.stringify([
    metadata.namespace,
    controllerOf(pod)?.uid,
    metadata.labels,
    spec.containers.map(contentOf),
    spec.initContainers?.map(contentOf),
    spec.tolerations,
    spec.affinity,
    spec.nodeSelector,
    spec.topologySpreadConstraints,
    spec.overhead,
    spec.resources,
  ]);
}

function contentOf({ image, resources, ports, restartPolicy }: Container): unknown[] {
  return [image, resources?.requests, ports?.filter((port) => port.hostPort), restartPolicy];
}

function sameContainers(a: readonly Container[] = [], b: readonly Container[] = []): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) {
    const left = a[index];
    const right = b[index];
    if (left === right) continue;
    if (left.image !== right.image || left.restartPolicy !== right.restartPolicy) return false;
    if (!deepEqual(left.resources, right.resources)) return false;
    if (!deepEqual(left.ports, right.ports)) return false;
  }
  return true;
}

function allContainers(spec: Pod['spec']): Container[] {
  return spec.initContainers ? [...spec.initContainers, ...spec.containers] : spec.containers;
}

/** Ports of containers and sidecars; other init containers are gone when the pod serves. */
function hostPorts(spec: Pod['spec']): HostPort[] {
  const wanted: HostPort[] = [];
  for (const container of allContainers(spec)) {
    if (spec.initContainers?.includes(container) && container.restartPolicy !== 'Always') continue;
    for (const { hostPort, hostIP, protocol } of container.ports ?? []) {
      if (hostPort)
        wanted.push({ ip: hostIP || '0.0.0.0', protocol: protocol || 'TCP', port: hostPort });
    }
  }
  return wanted;
}

/** 'nginx' is 'nginx:latest', as nodes report it. */
function normalizedImage(image: string): string {
  return image.lastIndexOf(':') <= image.lastIndexOf('/') ? image + ':latest' : image;
}
