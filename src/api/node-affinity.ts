// Whether a node is one that a pod must be on: nodeSelector and required node affinity.
// Upstream: component-helpers/scheduling/corev1/nodeaffinity.
import { hasLabels, type Labels } from './label-selector';
import type {
  Node,
  NodeSelector,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodSpec,
} from './types';

/**
 * Both spec.nodeSelector and the required terms of spec.affinity.nodeAffinity hold for the node.
 */
export function matchesRequiredNodeAffinity(
  spec: Pick<PodSpec, 'nodeSelector' | 'affinity'>,
  node: Node,
): boolean {
  if (spec.nodeSelector && !hasLabels(node.metadata.labels, spec.nodeSelector)) return false;
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return !required || matchesNodeSelector(required, node);
}

/** Any of the terms holds. A selector without terms matches no node. */
export function matchesNodeSelector(selector: NodeSelector, node: Node): boolean {
  return selector.nodeSelectorTerms.some((term) => matchesNodeSelectorTerm(term, node));
}

/** All requirements of the term hold. An empty term matches no node. */
export function matchesNodeSelectorTerm(term: NodeSelectorTerm, node: Node): boolean {
  const { matchExpressions, matchFields } = term;
  if (!matchExpressions?.length && !matchFields?.length) return false;
  const labels = node.metadata.labels ?? {};
  const fields = { 'metadata.name': node.metadata.name };
  return (
    (!matchExpressions || matchExpressions.every((wanted) => satisfies(labels, wanted))) &&
    (!matchFields || matchFields.every((wanted) => satisfies(fields, wanted)))
  );
}

function satisfies(labels: Labels, { key, operator, values }: NodeSelectorRequirement): boolean {
  const value = labels[key];
  switch (operator) {
    case 'In':
      return value !== undefined && values?.includes(value) === true;
    case 'NotIn':
      return value === undefined || !values?.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return compares(value, values, (left, right) => left > right);
    case 'Lt':
      return compares(value, values, (left, right) => left < right);
    default:
      return false;
  }
}

function compares(
  value: string | undefined,
  values: readonly string[] | undefined,
  holds: (left: number, right: number) => boolean,
): boolean {
  if (value === undefined || values?.length !== 1) return false;
  return WHOLE.test(value) && WHOLE.test(values[0]) && holds(Number(value), Number(values[0]));
}

const WHOLE = /^[+-]?\d+$/;
