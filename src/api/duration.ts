// How kubectl writes spans of time: '5s', '2m5s', '3h', '4d3h'.
// Upstream: apimachinery/pkg/util/duration.

/** A span for people, with at most two units; slightly negative ones count as nothing. */
export function humanDuration(ms: number): string {
  const seconds = Math.trunc(ms / 1000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 120) return seconds + 's';
  const minutes = Math.trunc(seconds / 60);
  if (minutes < 10) return withRest(minutes, 'm', seconds % 60, 's');
  if (minutes < 180) return minutes + 'm';
  const hours = Math.trunc(minutes / 60);
  if (hours < 8) return withRest(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return hours + 'h';
  const days = Math.trunc(hours / 24);
  if (days < 8) return withRest(days, 'd', hours % 24, 'h');
  if (days < 365 * 2) return days + 'd';
  const years = Math.trunc(days / 365);
  return years < 8 ? withRest(years, 'y', days % 365, 'd') : years + 'y';
}

/** A span in its largest unit only. */
export function shortHumanDuration(ms: number): string {
  const seconds = Math.trunc(ms / 1000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 60) return seconds + 's';
  if (seconds < 3600) return Math.trunc(seconds / 60) + 'm';
  if (seconds < 86400) return Math.trunc(seconds / 3600) + 'h';
  if (seconds < 86400 * 365) return Math.trunc(seconds / 86400) + 'd';
  return Math.trunc(seconds / (86400 * 365)) + 'y';
}

function withRest(count: number, unit: string, rest: number, restUnit: string): string {
  return rest === 0 ? count + unit : count + unit + rest + restUnit;
}
