// How long a Job waits before it replaces failed pods: 10 s, twice as long with each failure since
// the last success, 10 minutes at most. Upstream: pkg/controller/job/backoff_utils.go.
import type { Pod } from '../../api/types';
import { failureCount, finishedMs, ignoredFailureCount } from './job-pods';

const BASE_MS = 10_000;
const MAX_MS = 600_000;

export interface FailureRecord {
  /** Failures since the last success. */
  readonly failures: number;
  readonly lastFailureMs: number;
}

export const NO_FAILURES: FailureRecord = Object.freeze({ failures: 0, lastFailureMs: 0 });

/** The record with pods that ended since. */
export function withFinished(
  record: FailureRecord,
  succeeded: readonly Pod[],
  failed: readonly Pod[],
): FailureRecord {
  if (succeeded.length === 0 && failed.length === 0) return record;
  const lastSuccessMs = Math.max(...succeeded.map(finishedMs));
  const later = failed.map(finishedMs).filter((ms) => ms > lastSuccessMs);
  const before = succeeded.length > 0 ? 0 : record.failures;
  if (before + later.length === 0) return NO_FAILURES;
  return { failures: before + later.length, lastFailureMs: Math.max(...later) };
}

/** Ms from now until pods may be replaced. */
export function remainingMs({ failures, lastFailureMs }: FailureRecord, nowMs: number): number {
  if (failures === 0) return 0;
  const backoffMs = Math.min(BASE_MS * 2 ** Math.min(failures - 1, 30), MAX_MS);
  return Math.max(0, backoffMs - (nowMs - lastFailureMs));
}

/** As `remainingMs`, of one index, whose last failed pod tells how many failed before it. */
export function remainingMsOfIndex(lastFailed: Pod | undefined, nowMs: number): number {
  if (!lastFailed) return 0;
  const failures = failureCount(lastFailed) + ignoredFailureCount(lastFailed) + 1;
  return remainingMs({ failures, lastFailureMs: finishedMs(lastFailed) }, nowMs);
}
