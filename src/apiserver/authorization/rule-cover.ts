// Whether somebody's rules hold all that other rules grant: nobody may give away more than they
// have. Upstream: component-helpers/auth/rbac/validation, pkg/registry/rbac/validation.
import { quote } from '../../api/field-errors';
import type { PolicyRule } from '../../resources/rbac/policy-rule';
import { coversPath } from './rule-allows';

/** What of `granted` the owner's rules do not hold, told as the real server tells it; sorted. */
export function missingRights(
  owned: readonly PolicyRule[],
  granted: readonly PolicyRule[],
): string[] {
  return [...new Set(compact(uncovered(owned, granted)).map(describe))].sort();
}

/** What of `granted` these rules do not hold: one verb, one resource and one object at a time. */
export function uncovered(
  owned: readonly PolicyRule[],
  granted: readonly PolicyRule[],
): PolicyRule[] {
  return granted.flatMap(breakDown).filter((part) => !owned.some((rule) => covers(rule, part)));
}

/** Rules that each name one verb, one resource and at most one object. */
function breakDown(rule: PolicyRule): PolicyRule[] {
  const parts: PolicyRule[] = [];
  for (const group of rule.apiGroups ?? []) {
    for (const resource of rule.resources ?? []) {
      for (const verb of rule.verbs) {
        const part = { apiGroups: [group], resources: [resource], verbs: [verb] };
        if (!rule.resourceNames?.length) parts.push(part);
        for (const name of rule.resourceNames ?? []) parts.push({ ...part, resourceNames: [name] });
      }
    }
  }
  for (const url of rule.nonResourceURLs ?? []) {
    for (const verb of rule.verbs) parts.push({ nonResourceURLs: [url], verbs: [verb] });
  }
  return parts;
}

function covers(owner: PolicyRule, part: PolicyRule): boolean {
  return (
    holdsAll(owner.verbs, part.verbs) &&
    holdsAll(owner.apiGroups, part.apiGroups) &&
    holdsResources(owner.resources, part.resources) &&
    (!owner.resourceNames?.length || holdsNames(owner.resourceNames, part.resourceNames)) &&
    (part.nonResourceURLs ?? []).every((url) =>
      owner.nonResourceURLs?.some((each) => coversPath(each, url)),
    )
  );
}

function holdsAll(owned: readonly string[] = [], wanted: readonly string[] = []): boolean {
  return owned.includes('*') || wanted.every((value) => owned.includes(value));
}

function holdsNames(owned: readonly string[], wanted: readonly string[] = []): boolean {
  return wanted.length > 0 && wanted.every((name) => owned.includes(name));
}

function holdsResources(owned: readonly string[] = [], wanted: readonly string[] = []): boolean {
  if (owned.includes('*')) return true;
  return wanted.every((resource) => {
    if (owned.includes(resource)) return true;
    const slash = resource.indexOf('/');
    return slash >= 0 && owned.includes('*' + resource.slice(slash));
  });
}

/** Parts for the same resource that differ by the verb alone become one again. */
function compact(parts: readonly PolicyRule[]): PolicyRule[] {
  const paths = parts.filter(({ nonResourceURLs }) => nonResourceURLs);
  const byTarget = new Map<string, PolicyRule>();
  for (const part of parts) {
    if (part.nonResourceURLs) continue;
    const target = JSON.stringify([part.apiGroups, part.resources, part.resourceNames]);
    const known = byTarget.get(target);
    byTarget.set(target, known ? { ...known, verbs: [...known.verbs, ...part.verbs] } : part);
  }
  return [...paths, ...byTarget.values()];
}

function describe(rule: PolicyRule): string {
  const parts = [
    ['APIGroups', rule.apiGroups],
    ['Resources', rule.resources],
    ['NonResourceURLs', rule.nonResourceURLs],
    ['ResourceNames', rule.resourceNames],
    ['Verbs', rule.verbs],
  ] as const;
  const told = parts.filter(([, values]) => values?.length);
  return `{${told.map(([name, values]) => `${name}:${quoteList(values!)}`).join(', ')}}`;
}

/** As Go's %q shows a list of strings. */
export function quoteList(values: readonly string[]): string {
  return `[${values.map((value) => quote(value)).join(' ')}]`;
}
