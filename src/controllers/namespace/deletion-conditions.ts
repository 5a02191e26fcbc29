// What a namespace's conditions say while it is being deleted.
// Upstream: pkg/controller/namespace/deletion/status_condition_utils.go.
import { formatTime } from '../../api/time';
import type { NamespaceCondition } from '../../api/types';
import type { RemainingContent } from './namespace-content';

/** All five conditions, for what is left after a pass. */
export function deletionConditions(
  { byResource, byFinalizer, failures }: RemainingContent,
  nowMs: number,
): NamespaceCondition[] {
  const time = formatTime(nowMs);
  const condition = (
    type: string,
    isTrue: boolean,
    reason: string,
    message: string,
  ): NamespaceCondition => ({
    type,
    status: isTrue ? 'True' : 'False',
    lastTransitionTime: time,
    reason,
    message,
  });
  return [
    condition(
      'NamespaceDeletionDiscoveryFailure',
      false,
      'ResourcesDiscovered',
      'All resources successfully discovered',
    ),
    condition(
      'NamespaceDeletionGroupVersionParsingFailure',
      false,
      'ParsedGroupVersions',
      'All legacy kube types successfully parsed',
    ),
    failures.length > 0
      ? condition(
          'NamespaceDeletionContentFailure',
          true,
          'ContentDeletionFailed',
          `Failed to delete all resource types, ${failures.length} remaining: ` +
            [...failures].sort().join(', '),
        )
      : condition(
          'NamespaceDeletionContentFailure',
          false,
          'ContentDeleted',
          'All content successfully deleted, may be waiting on finalization',
        ),
    byResource.size > 0
      ? condition(
          'NamespaceContentRemaining',
          true,
          'SomeResourcesRemain',
          'Some resources are remaining: ' +
            listed(byResource, (name, count) => `${name} has ${count} resource instances`),
        )
      : condition(
          'NamespaceContentRemaining',
          false,
          'ContentRemoved',
          'All content successfully removed',
        ),
    byFinalizer.size > 0
      ? condition(
          'NamespaceFinalizersRemaining',
          true,
          'SomeFinalizersRemain',
          'Some content in the namespace has finalizers remaining: ' +
            listed(byFinalizer, (name, count) => `${name} in ${count} resource instances`),
        )
      : condition(
          'NamespaceFinalizersRemaining',
          false,
          'ContentHasNoFinalizers',
          'All content-preserving finalizers finished',
        ),
  ];
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
