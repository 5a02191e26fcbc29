// Failed probes, from the kubelet's Events of reason Unhealthy.
import { parseTime } from '../../../api/time';
import type { Event } from '../../../api/types';
import type { ProbeKind } from './vessels';

export interface Unhealthy {
  /** Of the pod. */
  uid: string;
  container: string;
  kind: ProbeKind;
  /** When it failed last, virtual ms. */
  atMs: number;
  /** What it answered. */
  said: string;
}

const sentence = /^(Startup|Readiness|Liveness) probe (?:failed|errored)[^:]*: ?([^]*)$/;
const field = /^spec\.(?:initContainers|containers)\{(.+)\}$/;

/** The probes that failed, the newest first; an Event about anything else is left out. */
export function unhealthyOf(events: Iterable<Event>): Unhealthy[] {
  const found: Unhealthy[] = [];
  for (const { involvedObject, message, series, lastTimestamp, eventTime, metadata } of events) {
    const [, kind, said] = sentence.exec(message ?? '') ?? [];
    const [, container] = field.exec(involvedObject.fieldPath ?? '') ?? [];
    if (!kind || !container || !involvedObject.uid) continue;
    const time = series?.lastObservedTime ?? lastTimestamp ?? eventTime;
    found.push({
      uid: involvedObject.uid,
      container,
      kind: kind.toLowerCase() as ProbeKind,
      atMs: parseTime(time ?? metadata.creationTimestamp),
      said: said ?? '',
    });
  }
  return found.sort((a, b) => b.atMs - a.atMs);
}
