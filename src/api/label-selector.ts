// Label selectors in one compiled form. An object's selector (matchLabels, matchExpressions) is
// compiled once per object; the query syntax is read by parse-label-selector.ts.
// Upstream: apimachinery/pkg/labels/selector.go, apimachinery/pkg/apis/meta/v1/helpers.go.
import {
  byKey,
  formatRequirement,
  holds,
  LabelSelectorError,
  newRequirement,
  type LabelOperator,
  type LabelRequirement,
} from './label-requirement';
import { parseRequirements } from './parse-label-selector';

export { LabelSelectorError } from './label-requirement';

export type Labels = Readonly<Record<string, string>>;

/** The selector field of a ReplicaSet, an affinity term, a list request... */
export interface LabelSelectorObject {
  matchLabels?: Labels;
  matchExpressions?: readonly { key: string; operator: string; values?: readonly string[] }[];
}

/** What labels must look like: every requirement holds; without any, everything matches. */
export class LabelSelector {
  constructor(
    /** Ordered by key. */
    readonly requirements: readonly LabelRequirement[],
    private readonly matchesNothing = false,
  ) {}

  /** True when it selects every object. */
  get isEmpty(): boolean {
    return this.requirements.length === 0 && !this.matchesNothing;
  }

  matches(labels: Labels | undefined): boolean {
    if (this.matchesNothing) return false;
    for (const requirement of this.requirements) {
      if (!holds(requirement, labels?.[requirement.key])) return false;
    }
    return true;
  }

  /** In the query syntax, as `labelSelector` parameters and `kubectl describe` write it. */
  toString(): string {
    return this.requirements.map(formatRequirement).join(',');
  }
}

export const everything = new LabelSelector([]);
export const nothing = new LabelSelector([], true);

/** Reads a `labelSelector` parameter. Throws LabelSelectorError with the real server's words. */
export function parseLabelSelector(text: string): LabelSelector {
  return text === '' ? everything : new LabelSelector(byKey(parseRequirements(text)));
}

const compiled = new WeakMap<object, LabelSelector>();

/** Absent selects nothing, empty selects everything. Throws LabelSelectorError. */
export function selectorFromLabelSelector(
  selector: LabelSelectorObject | undefined,
): LabelSelector {
  if (selector === undefined || selector === null) return nothing;
  let known = compiled.get(selector);
  if (known === undefined) {
    known = compile(selector);
    compiled.set(selector, known);
  }
  return known;
}

/** Exactly these labels, as in a Service's selector. Absent or empty selects everything. */
export function selectorFromLabels(labels: Labels | undefined): LabelSelector {
  if (labels === undefined) return everything;
  let known = compiled.get(labels);
  if (known === undefined) {
    known = new LabelSelector(byKey(equalities(labels)));
    compiled.set(labels, known);
  }
  return known;
}

/** Whether the labels satisfy the selector object; an invalid selector selects nothing. */
export function selectsLabels(
  selector: LabelSelectorObject | undefined,
  labels: Labels | undefined,
): boolean {
  return lenient(selector).matches(labels);
}

/** True when the selector is there but asks for nothing. */
export function selectsAll(selector: LabelSelectorObject): boolean {
  return lenient(selector).isEmpty;
}

/** Whether all of `wanted` are among the labels, as for a Service's selector or a nodeSelector. */
export function hasLabels(labels: Labels | undefined, wanted: Labels): boolean {
  for (const key in wanted) if (labels?.[key] !== wanted[key]) return false;
  return true;
}

/** A selector object as text, as tables and `describe` print it: '<none>' when absent or empty. */
export function formatLabelSelector(selector: LabelSelectorObject | undefined): string {
  try {
    return selectorFromLabelSelector(selector).toString() || '<none>';
  } catch {
    return '<error>';
  }
}

function lenient(selector: LabelSelectorObject | undefined): LabelSelector {
  try {
    return selectorFromLabelSelector(selector);
  } catch {
    return nothing;
  }
}

function compile(selector: LabelSelectorObject): LabelSelector {
  const requirements = equalities(selector.matchLabels ?? {});
  for (const { key, operator, values } of selector.matchExpressions ?? []) {
    const known = OBJECT_OPERATORS[operator];
    if (known === undefined) {
      const shown = JSON.stringify(operator);
      throw new LabelSelectorError(`${shown} is not a valid label selector operator`);
    }
    requirements.push(newRequirement(key, known, values ?? []));
  }
  return requirements.length === 0 ? everything : new LabelSelector(byKey(requirements));
}

const OBJECT_OPERATORS: Readonly<Record<string, LabelOperator>> = {
  In: 'in',
  NotIn: 'notin',
  Exists: 'exists',
  DoesNotExist: '!',
};

function equalities(labels: Labels): LabelRequirement[] {
  return Object.keys(labels).map((key) => newRequirement(key, '=', [labels[key]]));
}
