// Moments and spans of virtual time in words.
import { wordsOf } from '../../i18n/catalog';
import { timeline } from '../../i18n/en/timeline';
import type { PastMoment, TimelineMark } from '../../host/protocol';
import { clockText } from '../app/virtual-time';

/** The words of time, in the language of the page. */
export const words = wordsOf('timeline', timeline);

/** '00:04:37', or with tenths where two events are closer than a second. */
export function momentText(atMs: number, startMs: number, withMillis = false): string {
  const { seconds, millis } = clockText(atMs - startMs);
  return withMillis ? seconds + millis : seconds;
}

/** '4:37' or '1:04:37': as short as can be, for axes. */
export function shortMoment(atMs: number, startMs: number): string {
  const { seconds } = clockText(atMs - startMs);
  return seconds.replace(/^00:0?/, '').replace(/^0(\d:)/, '$1');
}

/** '1 min 27 s': two parts at the most. */
export function spanText(ms: number): string {
  if (ms < 10_000) return words.seconds((Math.round(ms / 100) / 10).toString());
  const seconds = Math.round(ms / 1_000);
  const [days, hours] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3_600) % 24];
  const minutes = Math.floor(seconds / 60) % 60;
  const parts = [
    days > 0 && words.days(days),
    hours > 0 && words.hours(hours),
    minutes > 0 && words.minutes(minutes),
    seconds % 60 > 0 && words.seconds(String(seconds % 60)),
  ].filter((part) => part !== false);
  return parts.slice(0, 2).join(' ');
}

/** What a mark says. */
export function markText({ kind, text, about }: TimelineMark): string {
  return words.marks[kind](text, about);
}

/** The write that made a moment what it is; '' for none. */
export function wroteText(wrote: PastMoment['wrote']): string {
  return wrote ? words.wrote[wrote.type](wrote.kind, wrote.name) : '';
}
