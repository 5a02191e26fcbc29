// npm run shots: the states of the visual reference, rendered from the real program into shots/.
// `npm run shots -- main-dark phone` renders only those. Look at each beside its reference.

import { mkdirSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { buildIfStale } from './built-page.mjs';
import { findChromium } from './find-chromium.mjs';
import { states } from './shots/states.mjs';

const FOLDER = 'shots';
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !states.some((state) => state.name === name));
if (unknown.length > 0) {
  console.error(`no such state: ${unknown.join(', ')}`);
  console.error(`states: ${states.map(({ name }) => name).join(', ')}`);
  process.exit(1);
}

buildIfStale();
mkdirSync(FOLDER, { recursive: true });
const server = await preview({ logLevel: 'error', preview: { host: '127.0.0.1', port: 0 } });
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ['--no-sandbox', '--disable-gpu'],
});
const address = server.resolvedUrls.local[0];
let failed = 0;
for (const state of states) {
  if (wanted.length > 0 && !wanted.includes(state.name)) continue;
  try {
    await render(state);
    console.log(`${FOLDER}/${state.name}.png`);
  } catch (error) {
    failed += 1;
    console.error(`${state.name}: ${error.message.split('\n')[0]}`);
  }
}
await browser.close();
await server.close();
process.exitCode = failed === 0 ? 0 : 1;

/** One state in a browser of its own, so that nothing is left over from another. */
async function render(state) {
  const { name, path = '', size = [1440, 900], theme, locale, isFirstVisit, prepare } = state;
  const [width, height] = size;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme ?? 'light',
    locale: locale ?? 'en-US',
    hasTouch: width < 760,
  });
  // Who has been here before sees no welcome.
  const kept = JSON.stringify({ welcomed: true });
  if (!isFirstVisit) {
    await context.addInitScript((text) => {
      localStorage.setItem('kubarium.preferences', text);
    }, kept);
  }
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(new URL(path, address).href);
  await page.locator('.cluster-canvas').waitFor();
  await prepare?.(page);
  await page.screenshot({ path: `${FOLDER}/${name}.png` });
  await context.close();
}
