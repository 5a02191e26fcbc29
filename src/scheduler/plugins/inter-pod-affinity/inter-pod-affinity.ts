// Affinity and anti-affinity between pods: rejects nodes whose topology domains hold pods that must
// be apart, or none of those that must be near; prefers by the weight of preferred terms, those of
// pods already placed included.
// Pods are not walked through: each set of terms has a count by node in the shape registry.
// Upstream: pkg/scheduler/framework/plugins/interpodaffinity.
import type { Node, Pod } from '../../../api/types';
import { AffinityCounts } from './affinity-counts';
import { AffinityFilter } from './affinity-filter';
import { AffinityScore } from './affinity-score';
import { matchesTerm } from '../../affinity-term';
import type { ClusterEvent } from '../../cluster-event';
import { SKIP, type Handle, type Plugin, type Rejection } from '../../framework';
import type { QueuedPod } from '../../queued-pod';
import type { ShapeRegistry } from '../../shape-registry';

const name = 'InterPodAffinity';
const REJECTIONS: Readonly<Record<'affinity' | 'antiAffinity' | 'existing', Rejection>> = {
  affinity: {
    plugin: name,
    reasons: ["node(s) didn't match pod affinity rules"],
    isResolvable: false,
  },
  antiAffinity: {
    plugin: name,
    reasons: ["node(s) didn't match pod anti-affinity rules"],
    isResolvable: true,
  },
  existing: {
    plugin: name,
    reasons: ["node(s) didn't satisfy existing pods anti-affinity rules"],
    isResolvable: true,
  },
};

export function interPodAffinity({ cache }: Handle): Plugin {
  const counts = new AffinityCounts(cache.shapes);
  const filter = new AffinityFilter(cache, counts);
  const score = new AffinityScore(cache, counts);
  return {
    name,
    preFilter: ({ shape }) => (filter.prepare(shape) ? undefined : SKIP),
    filter(_cycle, { slot }) {
      const violated = filter.check(slot);
      return violated && REJECTIONS[violated];
    },
    imagine: (_cycle, shape, { slot }, by) => filter.imagine(shape, slot, by),
    preScore: ({ shape }) => (score.prepare(shape) ? undefined : SKIP),
    score: (_cycle, { slot }) => score.of(slot),
    normalize: (_cycle, { nodes }, scores) => score.normalize(nodes.length, scores),
    hints: [
      {
        on: ['AssignedPodAdd', 'AssignedPodDelete', 'AssignedPodLabel'],
        mayHelp: (queued, event) => concernsAffinity(queued, event, cache.shapes),
      },
      { on: ['PodLabel'], mayHelp: (queued, event) => event.new?.metadata.uid === queued.uid },
      { on: ['NodeAdd', 'NodeLabel'], mayHelp: nodeMayHelp },
    ],
  };
}

function concernsAffinity(
  { shape }: QueuedPod,
  event: ClusterEvent,
  { namespaceLabels }: ShapeRegistry,
): boolean {
  const { required = [], requiredAnti = [] } = shape.terms ?? {};
  const speaksOf = (pod: Pod): boolean =>
    [...required, ...requiredAnti].some((term) =>
      matchesTerm(term, pod.metadata.namespace!, pod.metadata.labels, namespaceLabels),
    );
  const isConcerned = (pod: Pod | undefined): boolean =>
    pod !== undefined && (speaksOf(pod) || pod.spec.affinity?.podAntiAffinity !== undefined);
  return isConcerned(event.old as Pod | undefined) || isConcerned(event.new as Pod | undefined);
}

function nodeMayHelp({ shape }: QueuedPod, event: ClusterEvent): boolean {
  const { required = [], requiredAnti = [] } = shape.terms ?? {};
  if (required.length === 0 && requiredAnti.length === 0) return true;
  const labels = (event.new as Node).metadata.labels ?? {};
  return [...required, ...requiredAnti].some(({ topologyKey }) => topologyKey in labels);
}
