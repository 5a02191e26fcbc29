// Each file of `pairs/` is named for a controller and holds what upstream's code makes of it, as it
// was read there: never what ours prints.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { PairStage, type PairFile } from '../../testing/pair-stage';

const folder = new URL('./pairs/', import.meta.url);
const files = readdirSync(folder).map((name) => {
  const file = parse(readFileSync(new URL(name, folder), 'utf8'), { merge: true }) as PairFile;
  return [name.replace('.yaml', ''), file] as const;
});

// Some pairs last for years.
vi.setConfig({ testTimeout: 60_000 });

describe.each(files)('%s', (_name, file) => {
  test.each(file.pairs.map((pair) => [pair.case, pair.steps] as const))('%s', (_case, steps) => {
    const stage = new PairStage(file);
    for (const step of steps) {
      stage.play(step);
      if (!step.want) continue;
      const { objects = {}, events = [] } = step.want;
      const found = stage.look();
      if (step.only) found.objects = only(found.objects, Object.keys(objects));
      expect(found).toEqual({ objects, events: [...events].sort() });
    }
  });
});

function only(objects: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(objects).filter(([name]) => names.includes(name)));
}
