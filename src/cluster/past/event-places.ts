// Where one event ends and the next begins: writes at one instant belong together, and what is only
// a heartbeat or a word about another write is passed over.
import { events, leases } from '../../api/resource-ref';
import type { Recorder } from './recorder';

const ROUTINE = new Set([leases.key, events.key]);

/** The place that is `by` events after `from`, or before it; not beyond the history's ends. */
export function eventPlace(recorder: Recorder, from: number, by: number): number {
  let place = from;
  for (let left = Math.abs(by); left > 0; left--) {
    place = by > 0 ? next(recorder, place) : previous(recorder, place);
  }
  return place;
}

/** The newest write before that place which is no routine. */
export function lastWrite(recorder: Recorder, place: number): number | undefined {
  let at = place - 1;
  while (at >= recorder.first && isRoutine(recorder, at)) at--;
  return at >= recorder.first ? at : undefined;
}

/** After the next write that counts, and all that were made with it. */
function next(recorder: Recorder, from: number): number {
  let place = from;
  while (place < recorder.end && isRoutine(recorder, place)) place++;
  if (place === recorder.end) return place;
  const atMs = recorder.timeOf(place);
  while (place < recorder.end && recorder.timeOf(place) === atMs) place++;
  return place;
}

/** After the last write that counts before those that the place shows as the newest. */
function previous(recorder: Recorder, from: number): number {
  let place = from;
  // The event that is shown now is left behind first.
  while (place > recorder.first && isRoutine(recorder, place - 1)) place--;
  if (place > recorder.first) {
    const atMs = recorder.timeOf(place - 1);
    while (place > recorder.first && recorder.timeOf(place - 1) === atMs) place--;
  }
  while (place > recorder.first && isRoutine(recorder, place - 1)) place--;
  return place;
}

function isRoutine(recorder: Recorder, at: number): boolean {
  return ROUTINE.has(recorder.entry(at).table.name);
}
