// What the build made: when it is stale, and which of its files a visitor loads at once.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run-step.mjs';

const manifestFile = join(root, 'dist/.vite/manifest.json');
const viteBuild = ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'];
const inputs = ['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json', 'generated'];

/** Builds the page unless the last build is newer than all that goes into it. */
export function buildIfStale({ quiet = false } = {}) {
  const stdio = quiet ? ['ignore', 'ignore', 'inherit'] : 'inherit';
  run(['scripts/generate-schema.mjs', '--quiet'], stdio);
  if (!isStale()) return;
  if (!quiet) console.log('Building the page ...');
  run(viteBuild, stdio);
}

/** Builds a page that was never built, beside whatever goes on; needs the generated files. */
export function buildInBackground() {
  if (existsSync(manifestFile)) return;
  const child = spawn(process.execPath, viteBuild, { cwd: root, stdio: 'ignore' });
  child.unref();
}

function isStale() {
  const builtAtMs = existsSync(manifestFile) ? statSync(manifestFile).mtimeMs : 0;
  return !inputs.every((input) => newestMs(join(root, input)) < builtAtMs);
}

/** Scripts of the first paint: the page's entry and what it imports statically, without Monaco. */
export function pageScripts() {
  if (!existsSync(manifestFile)) throw new Error('there is no build: run npm run build first');
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
  const found = new Set();
  const visit = (key) => {
    const chunk = manifest[key];
    if (chunk === undefined || found.has(chunk.file)) return;
    if (chunk.file.endsWith('.js')) found.add(chunk.file);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  for (const key of Object.keys(manifest)) if (manifest[key].isEntry) visit(key);
  return [...found].map((file) => `dist/${file}`);
}

/** Scripts of the engine's worker: src/host/worker.ts and its chunks. */
export function engineScripts() {
  const folder = join(root, 'dist/assets/workers');
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const found = files.filter((file) => /^worker-.*\.js$/.test(file));
  if (found.length === 0) {
    throw new Error(
      'the build holds no engine worker: Vite bundles it only where it is written in one piece, ' +
        "new Worker(new URL('../host/worker.ts', import.meta.url), { type: 'module' })",
    );
  }
  return found.map((file) => `dist/assets/workers/${file}`);
}

function run(args, stdio) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio });
  if (status !== 0) process.exit(status ?? 1);
}

function newestMs(path) {
  if (!existsSync(path)) return 0;
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  const entries = readdirSync(path).map((entry) => newestMs(join(path, entry)));
  return Math.max(stats.mtimeMs, ...entries);
}
