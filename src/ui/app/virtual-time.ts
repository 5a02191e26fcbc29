// Virtual durations as people read them.

/** '00:04:37' and '.250' since the start; days in front when there are any. */
export function clockText(elapsedMs: number): { seconds: string; millis: string } {
  const ms = Math.max(0, Math.floor(elapsedMs));
  const days = Math.floor(ms / 86_400_000);
  const hours = Math.floor(ms / 3_600_000) % 24;
  const minutes = Math.floor(ms / 60_000) % 60;
  const seconds = Math.floor(ms / 1_000) % 60;
  const front = days > 0 ? `${days}d ` : '';
  return {
    seconds: `${front}${two(hours)}:${two(minutes)}:${two(seconds)}`,
    millis: `.${String(ms % 1_000).padStart(3, '0')}`,
  };
}

/** An age as kubectl prints it: '45s', '4m12s', '3h', '2d'. */
export function ageText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return seconds % 60 ? `${minutes}m${seconds % 60}s` : `${minutes}m`;
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 8) return minutes % 60 ? `${hours}h${minutes % 60}m` : `${hours}h`;
  return hours < 48 ? `${hours}h` : `${Math.floor(hours / 24)}d`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
