import { formatTime, parseTime } from '../../../api/time';

/** True of a day that the calendar has, as '2024-02-29'. */
export function isRealDate(day: string): boolean {
  const time = `${day}T00:00:00Z`;
  return formatTime(parseTime(time)) === time;
}
