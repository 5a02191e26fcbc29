// Conditions as objects carry them: a list with one of each type.
// Upstream: apimachinery/pkg/api/meta/conditions.go.
import { deepEqual } from './deep-equal';

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly observedGeneration?: number | null;
  readonly lastTransitionTime?: string | null;
}

/**
 * The list with this condition in its place, or at the end; the same list when it was so already.
 * The time of the transition stays as long as the status does.
 */
export function withCondition<T extends Condition>(
  conditions: readonly T[],
  wanted: Omit<T, 'lastTransitionTime'> & Omit<Condition, 'lastTransitionTime'>,
  now: string,
): T[] {
  const before = conditions.find(({ type }) => type === wanted.type);
  const { type, status, observedGeneration, ...rest } = wanted;
  const lastTransitionTime = before?.status === status ? before.lastTransitionTime : now;
  // In the order in which the server writes them.
  const generation = observedGeneration == null ? {} : { observedGeneration };
  const next = { type, status, ...generation, lastTransitionTime, ...rest } as unknown as T;
  if (before && deepEqual(before, next)) return conditions as T[];
  if (!before) return [...conditions, next];
  return conditions.map((each) => (each === before ? next : each));
}
