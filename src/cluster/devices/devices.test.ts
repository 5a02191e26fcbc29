// Devices for pods on a whole cluster: each case is a script (`cases/<case>.yaml`) and the timeline
// that comes of it (`cases/<case>.txt`). `npx vitest run src/cluster/devices -u` writes the
// timelines anew; read the difference.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { StorageTimeline, type StorageStep } from '../storage/storage-timeline';

interface Script {
  why: string;
  steps: StorageStep[];
}

const folder = new URL('./cases/', import.meta.url);
const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => {
    const script = parse(readFileSync(new URL(name, folder), 'utf8')) as Script;
    return [name.replace('.yaml', ''), script.why, script] as const;
  });

test.each(cases)('%s: %s', async (name, _why, { steps }) => {
  const timeline = new StorageTimeline();
  for (const step of steps) timeline.play(step);
  await expect(timeline.lines.join('\n') + '\n').toMatchFileSnapshot(`cases/${name}.txt`);
});
