// The same seed and script come to the same end wherever they run. The engine is bundled as the
// page's worker is, and played in Node and in a Worker of the page.
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { build } from 'esbuild';
import type { Played } from './determinism-script';

const seeds = [1, 2026];

test('a seed and a script come to the same end in Node and in Chromium', async ({ page }, info) => {
  const file = info.outputPath('determinism-script.mjs');
  const code = await bundled(file);
  const { play } = (await import(pathToFileURL(file).href)) as { play(seed: number): Played };
  const inNode = seeds.map(play);
  expect(seeds.map(play)).toEqual(inNode);
  for (const { acts } of inNode) expect(acts).toBeGreaterThan(30);
  expect(inNode[0]!.traceHash).not.toBe(inNode[1]!.traceHash);

  await page.goto('./favicon.svg');
  expect(await playInWorker(page, code)).toEqual(inNode);
  expect(await playInWorker(page, code)).toEqual(inNode);
});

/** Writes the script as one file, and answers its text. */
async function bundled(outfile: string): Promise<string> {
  await build({
    entryPoints: ['e2e/determinism-script.ts'],
    outfile,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2022',
    logLevel: 'silent',
  });
  return readFile(outfile, 'utf8');
}

/** Plays each seed in one Worker of its own, from the code alone. */
function playInWorker(page: Page, code: string): Promise<Played[]> {
  return page.evaluate(
    async ([source, wanted]) => {
      const shell = `
        const script = await import(URL.createObjectURL(
          new Blob([${JSON.stringify(source)}], { type: 'text/javascript' })));
        postMessage(${JSON.stringify(wanted)}.map(script.play));`;
      const type = { type: 'text/javascript' };
      const worker = new Worker(URL.createObjectURL(new Blob([shell], type)), { type: 'module' });
      const played = await new Promise<Played[]>((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<Played[]>) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
      });
      worker.terminate();
      return played;
    },
    [code, seeds] as const,
  );
}
