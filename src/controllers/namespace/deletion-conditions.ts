// What a namespace's conditions say while it is being deleted.
// Upstream: pkg/controller/namespace/deletion/status_condition_utils.go.
import { formatTime } from '../../api/time';
import type { NamespaceCondition } from '../../api/types';
import type { RemainingContent } from './namespace-content';

type Text = readonly [reason: string, message: string];

/** All five conditions, for what is left after a pass. */
export function deletionConditions(
  { byResource, byFinalizer, failures }: RemainingContent,
  nowMs: number,
): NamespaceCondition[] {
  const lastTransitionTime = formatTime(nowMs);
  /** True with the first text, where there is one. */
  const condition = (type: string, problem: Text | false, otherwise: Text): NamespaceCondition => {
    const [reason, message] = problem || otherwise;
    return { type, status: problem ? 'True' : 'False', lastTransitionTime, reason, message };
  };
  return [
    condition('NamespaceDeletionDiscoveryFailure', false, DISCOVERED),
    condition('NamespaceDeletionGroupVersionParsingFailure', false, PARSED),
    condition(
      'NamespaceDeletionContentFailure',
      failures.length > 0 && ['ContentDeletionFailed', failureText(failures)],
      DELETED,
    ),
    condition(
      'NamespaceContentRemaining',
      byResource.size > 0 && ['SomeResourcesRemain', resourcesText(byResource)],
      ['ContentRemoved', 'All content successfully removed'],
    ),
    condition(
      'NamespaceFinalizersRemaining',
      byFinalizer.size > 0 && ['SomeFinalizersRemain', finalizersText(byFinalizer)],
      ['ContentHasNoFinalizers', 'All content-preserving finalizers finished'],
    ),
  ];
}

const DISCOVERED: Text = ['ResourcesDiscovered', 'All resources successfully discovered'];
const PARSED: Text = ['ParsedGroupVersions', 'All legacy kube types successfully parsed'];
const DELETED: Text = [
  'ContentDeleted',
  'All content successfully deleted, may be waiting on finalization',
];

function failureText(failures: readonly string[]): string {
  const listing = [...failures].sort().join(', ');
  return `Failed to delete all resource types, ${failures.length} remaining: ${listing}`;
}

function resourcesText(counts: ReadonlyMap<string, number>): string {
  const listing = listed(counts, (name, count) => `${name} has ${count} resource instances`);
  return `Some resources are remaining: ${listing}`;
}

function finalizersText(counts: ReadonlyMap<string, number>): string {
  const listing = listed(counts, (name, count) => `${name} in ${count} resource instances`);
  return `Some content in the namespace has finalizers remaining: ${listing}`;
}

/** The old conditions with the wanted ones in place; unchanged ones keep their times. */
export function mergeConditions(
  old: readonly NamespaceCondition[],
  wanted: readonly NamespaceCondition[],
): NamespaceCondition[] {
  const merged = [...old];
  for (const condition of wanted) {
    const index = merged.findIndex(({ type }) => type === condition.type);
    if (index < 0) merged.push(condition);
    else if (merged[index].status !== condition.status) merged[index] = condition;
    else {
      const { lastTransitionTime } = merged[index];
      merged[index] = { ...condition, lastTransitionTime };
    }
  }
  return merged;
}

function listed(
  counts: ReadonlyMap<string, number>,
  phrase: (name: string, count: number) => string,
): string {
  return [...counts]
    .map(([name, count]) => phrase(name, count))
    .sort()
    .join(', ');
}
