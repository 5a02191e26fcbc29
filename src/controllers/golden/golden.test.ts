import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { playControllers, type ControllerCase } from '../../testing/golden-controllers';
import {
  byContent,
  byKindAndContent,
  type GoldenSnapshot,
  type Json,
} from '../../testing/golden-snapshot';

const folder = new URL('.', import.meta.url);
const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as ControllerCase);

test.each(cases.map((golden) => [golden.name, golden.why, golden] as const))(
  '%s: %s',
  (_name, _why, golden) => {
    const played = playControllers(golden);
    for (const { snapshot, result } of golden.actions) {
      if (!snapshot) continue;
      const recorded = asOf136(result as GoldenSnapshot);
      expect({ [snapshot]: ours(played.get(snapshot)!) }).toEqual({ [snapshot]: recorded });
    }
  },
);

/** The recordings are of 1.28: what 1.36 does otherwise, and what is not simulated. */
function asOf136({ objects, events }: GoldenSnapshot): GoldenSnapshot {
  return {
    // ControllerRevision is no kind of ours yet.
    objects: objects.filter(({ kind }) => kind !== 'ControllerRevision').sort(byKindAndContent),
    events: events
      .filter(isControllers)
      .map(({ count: _count, ...event }) => renamed(event))
      .sort(byContent),
  };
}

function renamed(event: Json): Json {
  const text = JSON.stringify(event)
    // 1.29: taint eviction became a controller of its own.
    .replaceAll('"taint-controller"', '"taint-eviction-controller"')
    // 1.30: scaling is worded from where it comes to where it goes.
    .replace(/(Scaled \S+ replica set \S+) to (\d+)(?: from (\d+))?/, (...match: string[]) => {
      const [, start, to, from = '0'] = match;
      return `${start} from ${from} to ${to}`;
    });
  return JSON.parse(text) as Json;
}

/** The scheduler's own Events are held against recordings by its own tests. */
function isControllers({ reason }: Json): boolean {
  return reason !== 'Scheduled';
}

/** What 1.36 adds to objects. */
const ADDED = new Set(['terminatingReplicas', 'hostIPs', 'endpoints.kubernetes.io/managed-by']);

function ours({ objects, events }: GoldenSnapshot): GoldenSnapshot {
  return {
    objects: objects.map((object) => withoutAdded(object) as Json).sort(byKindAndContent),
    events: events.filter(isControllers),
  };
}

function withoutAdded(value: unknown, kind = (value as Json | null)?.kind): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutAdded(item, kind));
  if (typeof value !== 'object' || value === null) return value;
  const kept: Json = {};
  for (const [name, part] of Object.entries(value)) {
    // Pods have had a generation, which their conditions observe, since 1.33.
    const isPodGeneration = kind === 'Pod' && /^(generation|observedGeneration)$/.test(name);
    if (ADDED.has(name) || isPodGeneration) continue;
    const shown = withoutAdded(part, kind);
    const isEmptied = name === 'labels' && Object.keys(shown as Json).length === 0;
    if (!isEmptied) kept[name] = shown;
  }
  return kept;
}
