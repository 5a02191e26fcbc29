// One term of a pod's affinity or anti-affinity to other pods, compiled.
// Upstream: pkg/scheduler/framework/types.go (AffinityTerm).
import {
  everything,
  selectorFromLabelSelector,
  type LabelSelector,
  type LabelSelectorObject,
  type Labels,
} from '../api/label-selector';
import type { Affinity, PodAffinityTerm } from '../api/types';

export interface AffinityTerm {
  /** Namespaces by name; those that the selector matches come on top. */
  readonly namespaces: readonly string[];
  readonly namespaceSelector: LabelSelector | undefined;
  readonly selector: LabelSelector;
  readonly topologyKey: string;
  /** Of a preferred term; 1 otherwise. */
  readonly weight: number;
}

export interface AffinityTerms {
  readonly required: readonly AffinityTerm[];
  readonly preferred: readonly AffinityTerm[];
  readonly requiredAnti: readonly AffinityTerm[];
  readonly preferredAnti: readonly AffinityTerm[];
}

/** Labels of a namespace, undefined when it is not known. */
export type NamespaceLabels = (namespace: string) => Labels | undefined;

/** Undefined when the pod has no affinity to other pods at all. */
export function affinityTerms(
  affinity: Affinity | undefined,
  namespace: string,
): AffinityTerms | undefined {
  const { podAffinity, podAntiAffinity } = affinity ?? {};
  if (!podAffinity && !podAntiAffinity) return undefined;
  const hard = (terms: readonly PodAffinityTerm[] | undefined): AffinityTerm[] =>
    (terms ?? []).map((term) => compile(term, namespace, 1));
  const soft = (
    terms: readonly { podAffinityTerm: PodAffinityTerm; weight: number }[] | undefined,
  ): AffinityTerm[] =>
    (terms ?? []).map((term) => compile(term.podAffinityTerm, namespace, term.weight));
  return {
    required: hard(podAffinity?.requiredDuringSchedulingIgnoredDuringExecution),
    preferred: soft(podAffinity?.preferredDuringSchedulingIgnoredDuringExecution),
    requiredAnti: hard(podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution),
    preferredAnti: soft(podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution),
  };
}

function compile(term: PodAffinityTerm, namespace: string, weight: number): AffinityTerm {
  const { labelSelector, namespaceSelector, namespaces, topologyKey } = term;
  const isOwnOnly = !namespaces?.length && !namespaceSelector;
  return {
    namespaces: isOwnOnly ? [namespace] : (namespaces ?? []),
    namespaceSelector: namespaceSelector
      ? selectorFromLabelSelector(namespaceSelector as LabelSelectorObject)
      : undefined,
    selector: selectorFromLabelSelector(labelSelector as LabelSelectorObject | undefined),
    topologyKey,
    weight,
  };
}

/** Whether pods with these labels in this namespace are among those the term speaks of. */
export function matchesTerm(
  term: AffinityTerm,
  namespace: string,
  labels: Labels | undefined,
  namespaceLabels: NamespaceLabels,
): boolean {
  return matchesNamespace(term, namespace, namespaceLabels) && term.selector.matches(labels);
}

function matchesNamespace(
  term: AffinityTerm,
  namespace: string,
  namespaceLabels: NamespaceLabels,
): boolean {
  if (term.namespaces.includes(namespace)) return true;
  const selector = term.namespaceSelector;
  if (selector === undefined) return false;
  return selector === everything || selector.matches(namespaceLabels(namespace));
}
