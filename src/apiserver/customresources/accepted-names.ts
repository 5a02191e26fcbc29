// Which of the names that a CRD asks for it gets: those that no other CRD of its group has.
// Upstream: apiextensions-apiserver/pkg/controller/status/naming_controller.go.
import { withCondition } from '../../api/conditions';
import type { CustomResourceDefinition } from '../../api/extension-types';

type Crd = CustomResourceDefinition;
type Names = Crd['spec']['names'];
type Condition = NonNullable<Crd['status']['conditions']>[number];

/** The status with names and conditions as they should be; the same one when they are. */
export function withAcceptedNames(crd: Crd, others: readonly Crd[], now: string): Crd['status'] {
  const taken = takenNames(crd, others);
  const accepted: Partial<Names> = crd.status.acceptedNames ?? {};
  const wanted = crd.spec.names;
  const names: Record<string, unknown> = { ...accepted };
  let problem: { reason: string; message: string } | undefined;
  const check = (
    reason: string,
    values: readonly string[],
    used: Set<string>,
    take: () => void,
  ) => {
    const conflicts = values.filter((value) => used.has(value));
    if (conflicts.length === 0) take();
    else {
      const texts = conflicts.map((value) => `${JSON.stringify(value)} is already in use`);
      problem = { reason, message: texts.length > 1 ? `[${texts.join(', ')}]` : texts[0] };
    }
  };
  const single = (field: 'plural' | 'singular' | 'kind' | 'listKind', used: Set<string>): void => {
    const value = wanted[field] ?? '';
    const reason = `${field[0].toUpperCase()}${field.slice(1)}Conflict`;
    check(
      reason,
      value === (accepted[field] ?? '') ? [] : [value],
      used,
      () => (names[field] = value),
    );
  };
  single('plural', taken.resources);
  single('singular', taken.resources);
  const fresh = (wanted.shortNames ?? []).filter((name) => !accepted.shortNames?.includes(name));
  check('ShortNamesConflict', fresh, taken.resources, () => {
    if (wanted.shortNames?.length) names.shortNames = wanted.shortNames;
    else delete names.shortNames;
  });
  single('kind', taken.kinds);
  single('listKind', taken.kinds);
  if (wanted.categories?.length) names.categories = wanted.categories;
  else delete names.categories;
  const namesAccepted = problem
    ? { status: 'False', ...problem }
    : { status: 'True', reason: 'NoConflicts', message: 'no conflicts found' };
  const conditions = withCondition(
    crd.status.conditions ?? [],
    { type: 'NamesAccepted', ...namesAccepted },
    now,
  );
  return {
    ...crd.status,
    conditions: withCondition(conditions, established(conditions, !problem), now),
    acceptedNames: names as unknown as Names,
  };
}

function takenNames(
  crd: Crd,
  others: readonly Crd[],
): { resources: Set<string>; kinds: Set<string> } {
  const resources = new Set<string>();
  const kinds = new Set<string>();
  for (const { metadata, spec, status } of others) {
    if (spec.group !== crd.spec.group || metadata.name === crd.metadata.name) continue;
    const { plural, singular, shortNames = [], kind, listKind } = status.acceptedNames ?? {};
    for (const name of [plural, singular, ...shortNames]) if (name) resources.add(name);
    for (const name of [kind, listKind]) if (name) kinds.add(name);
  }
  return { resources, kinds };
}

/** Once established, always established; before that, as soon as the names are. */
function established(
  conditions: readonly Condition[],
  areAccepted: boolean,
): Omit<Condition, 'lastTransitionTime'> {
  const before = conditions.find(({ type }) => type === 'Established');
  if (before?.status === 'True') return before;
  if (areAccepted) {
    const message = 'the initial names have been accepted';
    return { type: 'Established', status: 'True', reason: 'InitialNamesAccepted', message };
  }
  const message = 'not all names are accepted';
  return { type: 'Established', status: 'False', reason: 'NotAccepted', message };
}
