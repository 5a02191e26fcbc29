// When a CronJob should have started last and starts next.
// Upstream: pkg/controller/cronjob/utils.go.
import type { CronJob } from '../../api/extension-types';
import type { CronSchedule } from '../../api/cron-schedule';
import { formatTime, parseTime } from '../../api/time';
import type { TimeZone } from '../../api/time-zone';

/** Clocks of several machines differ a little. */
const PADDING_MS = 100;
const MANY = 100;

interface LastTimes {
  /** What was looked at from. */
  earliestMs: number;
  /** The last time up to now at which a Job should have started. */
  dueMs?: number;
  missed: number;
}

/** Thrown of a schedule that is well formed but has no times, such as the 31st of February. */
export class NoTimesError extends Error {}

/** The time that a Job is due for; tells whether very many were missed before it. */
export function dueTime(
  cronJob: CronJob,
  schedule: CronSchedule,
  nowMs: number,
): { dueMs?: number; hasMissedMany: boolean } {
  const { startingDeadlineSeconds: seconds } = cronJob.spec;
  const sinceMs = seconds == null ? -Infinity : nowMs - seconds * 1000;
  const { dueMs, missed } = lastTimes(cronJob, schedule, nowMs, sinceMs);
  return { dueMs, hasMissedMany: dueMs !== undefined && missed > MANY };
}

/** Ms from now until the CronJob has to be looked at again. */
export function msToNextTime(cronJob: CronJob, schedule: CronSchedule, nowMs: number): number {
  const { earliestMs, dueMs, missed } = lastTimes(cronJob, schedule, nowMs, -Infinity);
  const lastMs = dueMs ?? (missed === 0 ? earliestMs : nowMs);
  return (schedule.nextMs(lastMs) ?? nowMs) + PADDING_MS - nowMs;
}

function lastTimes(
  { metadata, status }: CronJob,
  schedule: CronSchedule,
  nowMs: number,
  sinceMs: number,
): LastTimes {
  const startMs = parseTime(status.lastScheduleTime ?? metadata.creationTimestamp);
  const earliestMs = Math.max(startMs, sinceMs);
  const firstMs = schedule.nextMs(earliestMs);
  const secondMs = firstMs === undefined ? undefined : schedule.nextMs(firstMs);
  if (firstMs === undefined || secondMs === undefined) {
    throw new NoTimesError('time difference between two schedules is less than 1 second');
  }
  if (nowMs < firstMs) return { earliestMs, missed: 0 };
  if (nowMs < secondMs) return { earliestMs, dueMs: firstMs, missed: 0 };
  // How many were missed is estimated, since there may be decades of them.
  const intervalMs = Math.round((secondMs - firstMs) / 1000) * 1000;
  const missed = Math.floor(Math.floor(nowMs - firstMs) / intervalMs) + 1;
  let dueMs: number | undefined;
  let nextMs = schedule.nextMs(firstMs + (missed - 2) * intervalMs);
  while (nextMs !== undefined && nextMs <= nowMs) {
    dueMs = nextMs;
    nextMs = schedule.nextMs(nextMs);
  }
  return { earliestMs, dueMs, missed };
}

/** RFC 3339 with the zone's own offset, 'Z' when it has none. */
export function formatInZone(ms: number, zone: TimeZone): string {
  const offsetMs = zone.offsetMs(ms);
  const local = formatTime(ms + offsetMs);
  if (offsetMs === 0) return local;
  const minutes = Math.abs(Math.round(offsetMs / 60_000));
  const sign = offsetMs < 0 ? '-' : '+';
  return local.slice(0, -1) + sign + two(Math.floor(minutes / 60)) + ':' + two(minutes % 60);
}

const DAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** As RFC 1123 writes a time of UTC: 'Thu, 01 Jan 2026 00:00:00 +0000'. */
export function formatLongTime(ms: number): string {
  const [year, month, day, time] = formatTime(ms).slice(0, -1).split(/[-T]/);
  const weekday = DAYS[Math.floor(ms / 86_400_000) % 7];
  return `${weekday}, ${day} ${MONTHS[Number(month) - 1]} ${year} ${time} +0000`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
