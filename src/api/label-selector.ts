// Label selectors in their object form ({ matchLabels, matchExpressions }), as workloads carry them.
// Upstream: apimachinery/pkg/apis/meta/v1/helpers.go, apimachinery/pkg/labels/selector.go.

export type Labels = Readonly<Record<string, string>>;

export interface LabelSelectorRequirement {
  key: string;
  /** In, NotIn, Exists or DoesNotExist. */
  operator: string;
  values?: readonly string[];
}

export interface LabelSelector {
  matchLabels?: Labels;
  matchExpressions?: readonly LabelSelectorRequirement[];
}

const NO_LABELS: Labels = Object.freeze({});

/** Whether the labels satisfy the selector: an empty one selects all, an absent one nothing. */
export function selectsLabels(
  selector: LabelSelector | undefined,
  labels: Labels = NO_LABELS,
): boolean {
  if (!selector) return false;
  if (selector.matchLabels && !hasLabels(labels, selector.matchLabels)) return false;
  const { matchExpressions } = selector;
  return !matchExpressions || matchExpressions.every((wanted) => satisfies(labels, wanted));
}

/** Whether `labels` hold every pair of `wanted`: the selector of a Service, a pod's nodeSelector. */
export function hasLabels(labels: Labels | undefined, wanted: Labels): boolean {
  for (const key in wanted) if (labels?.[key] !== wanted[key]) return false;
  return true;
}

/** Whether the selector says nothing at all, and so selects everything. */
export function selectsAll({ matchLabels, matchExpressions }: LabelSelector): boolean {
  return !matchExpressions?.length && (!matchLabels || Object.keys(matchLabels).length === 0);
}

function satisfies(labels: Labels, { key, operator, values }: LabelSelectorRequirement): boolean {
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
    default:
      return false;
  }
}
