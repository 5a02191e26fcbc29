import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { playControllers, type ControllerCase } from '../../testing/golden-controllers';
import { oursAsOf128, recordedAsOf136 } from '../../testing/golden-differences';
import type { GoldenSnapshot, Json } from '../../testing/golden-snapshot';

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
      const recorded = ofControllers(recordedAsOf136(result as GoldenSnapshot));
      const ours = ofControllers(oursAsOf128(played.get(snapshot)!));
      expect({ [snapshot]: ours }).toEqual({ [snapshot]: recorded });
    }
  },
);

/** The scheduler's own Events are held against recordings by its own tests. */
function ofControllers({ objects, events }: GoldenSnapshot): GoldenSnapshot {
  return { objects, events: events.filter(({ reason }: Json) => reason !== 'Scheduled') };
}
