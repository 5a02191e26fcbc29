// Finds a Chromium for the journeys in e2e/: the one named in CHROMIUM_PATH, the system's, or the
// one that Playwright downloaded.

import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The path of an executable that exists, or undefined. A wrong CHROMIUM_PATH is an error. */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH is ${named}, which does not exist`);
    return named;
  }
  return [...systemPaths, chromium.executablePath()].find((path) => path && existsSync(path));
}
