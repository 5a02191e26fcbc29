// Each case is a script (`cases/<case>.yaml`) and the timeline that a whole cluster makes of it
// (`cases/<case>.txt`). `npx vitest run src/cluster/storage -u` writes the timelines anew; read the
// difference.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { StorageTimeline, type StorageStep } from './storage-timeline';

interface Script {
  why: string;
  options?: ConstructorParameters<typeof StorageTimeline>[0];
  steps: StorageStep[];
}

const folder = new URL('./cases/', import.meta.url);
const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => {
    const script = parse(readFileSync(new URL(name, folder), 'utf8')) as Script;
    return [name.replace('.yaml', ''), script.why, script] as const;
  });

test.each(cases)('%s: %s', async (name, _why, { options, steps }) => {
  const timeline = new StorageTimeline(options);
  for (const step of steps) timeline.play(step);
  await expect(timeline.lines.join('\n') + '\n').toMatchFileSnapshot(`cases/${name}.txt`);
});
