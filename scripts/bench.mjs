// npm run bench: the honest numbers, each row in processes of its own, against the goals. CPU is
// that of an engine that has worked before, as bench/run.ts says; what its first run took stands
// beside it. `--json` prints one JSON object and nothing else; `--only pods:1000x10`, `--only boot`
// `--only page` (`--page`), `--only scheduling:5000`, `--only requests`, `--only fanout:5000` and
// `--only history` run one row.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { buildIfStale, engineScripts, pageScripts } from './built-page.mjs';
import { root } from './run-step.mjs';

/** Rows with the processes that measure each; the median counts. */
const rows = [
  { name: 'boot', runs: 3 },
  { name: 'pods:1000x10', runs: 3 },
  { name: 'pods:10000x100', runs: 1 },
  { name: 'pods:100000x1000', runs: 1 },
];
/** Rows about the API server and the scheduler alone, by the key under which they are told. */
const serverRows = [
  { name: 'scheduling:1000', key: 'scheduling' },
  { name: 'scheduling:5000', key: 'scheduling' },
  { name: 'requests', key: 'requests' },
  { name: 'fanout:5000', key: 'fanOut' },
];
const goals = {
  /** Kubernetes' own gate for the basic case at 5,000 nodes is 680, with real disks. */
  podsPerSecond: 5_000,
  bootCpuMs: 20,
  cpuMsPerPod: 0.3,
  /** Of larger clusters, in terms of what 1,000 pods on 10 nodes took. */
  growth: 1.5,
  heapBytesPerPod: 8 * 1024,
  jsGzipBytes: 230_000,
  workerGzipBytes: 200_000,
  drawnMs: 1_000,
  /** The screen's 60, less what a frame lost to something else is worth. */
  fps: 59,
  taskMs: 50,
  /** While 5,000 nodes are panned and zoomed. */
  largeFps: 30,
  lookMs: 100,
};

const json = process.argv.includes('--json');
const onlyAt = process.argv.indexOf('--only');
const onlyPage = process.argv.includes('--page') ? 'page' : undefined;
const only = onlyAt < 0 ? onlyPage : process.argv[onlyAt + 1];
if (
  onlyAt >= 0 &&
  !/^(boot|page|requests|history|(pods:\d+x|scheduling:|fanout:)\d+)$/.test(only ?? '')
) {
  console.error(
    'usage: npm run bench -- [--json] [--only boot|page|requests|history|pods:1000x10|...]',
  );
  process.exit(1);
}

const result = {};
if (only === undefined || /^(boot|pods)/.test(only)) {
  const script = await bundleEngine();
  for (const { name, runs } of chosenRows()) {
    if (!json) process.stderr.write(`measuring ${name} ...\n`);
    const measured = medianRun(script, name, runs);
    if (name === 'boot') result.boot = measured;
    else (result.pods ??= []).push(measured);
  }
}
if (only === undefined || /^(scheduling|requests|fanout)/.test(only)) {
  generate();
  const script = await bundle('server', { minify: true });
  for (const { name, key } of chosenServerRows()) {
    if (!json) process.stderr.write(`measuring ${name} ...\n`);
    const measured = runRow(script, name);
    if (key === 'scheduling') (result.scheduling ??= []).push(measured);
    else result[key] = measured;
  }
}
if (only === undefined || only === 'history') {
  generate();
  if (!json) process.stderr.write('measuring history ...\n');
  result.history = runRow(await bundle('history', { minify: true }), 'history');
}
if (only === undefined || only === 'page') result.page = await measurePage();

if (json) console.log(JSON.stringify(result));
else printTable(result);

function chosenRows() {
  if (only === undefined) return rows;
  return [rows.find((row) => row.name === only) ?? { name: only, runs: 1 }];
}

function chosenServerRows() {
  if (only === undefined) return serverRows;
  const key = only.split(':')[0] === 'fanout' ? 'fanOut' : only.split(':')[0];
  return [serverRows.find((row) => row.name === only) ?? { name: only, key }];
}

/** As the page's worker is built: bundled, minified, for production. */
async function bundleEngine() {
  generate();
  return bundle('run', { minify: true, platform: 'browser' });
}

async function bundle(name, options) {
  const outfile = join(root, `.cache/bench/${name}.mjs`);
  await build({
    entryPoints: [join(root, `bench/${name}.ts`)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    ...options,
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  });
  return outfile;
}

function generate() {
  const args = ['scripts/generate-schema.mjs', '--quiet'];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

function medianRun(script, name, runs) {
  const measured = Array.from({ length: runs }, () => runRow(script, name));
  const key = name === 'boot' ? 'cpuMs' : 'cpuMsPerPod';
  measured.sort((a, b) => a[key] - b[key]);
  return measured[Math.floor(runs / 2)];
}

function runRow(script, name) {
  return runForJson(['--expose-gc', '--max-old-space-size=8192', script, name]);
}

function runForJson(args) {
  const stdio = ['ignore', 'pipe', 'inherit'];
  const { status, stdout } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio,
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (status !== 0) process.exit(status ?? 1);
  return JSON.parse(stdout.toString());
}

async function measurePage() {
  buildIfStale({ quiet: json });
  if (!json) process.stderr.write('measuring page ...\n');
  const script = await bundle('page', { packages: 'external' });
  return {
    jsGzipBytes: gzipBytes(pageScripts()),
    workerGzipBytes: gzipBytes(engineScripts()),
    ...runForJson([script]),
  };
}

function gzipBytes(files) {
  const sizes = files.map((file) => gzipSync(readFileSync(join(root, file)), { level: 9 }).length);
  return sizes.reduce((sum, size) => sum + size, 0);
}

function printTable({ boot, pods = [], scheduling = [], requests, fanOut, history, page }) {
  const lines = [];
  const add = (what, value, goal, unit, digits = 0, bound = 'atMost') => {
    const isMet = bound === 'atMost' ? value <= goal : value >= goal;
    const verdict = isMet ? 'ok' : 'MISSED';
    const numbers = [value, goal].map((number) => number.toFixed(digits).padStart(9));
    lines.push(`${what.padEnd(34)}${numbers.join('')} ${unit.padEnd(9)} ${verdict}`);
  };
  const addRollout = (what, { fps, frameP95Ms, longestTaskMs, longestTaskCpuMs }) => {
    add(`${what}: frames`, fps, goals.fps, 'a second', 1, 'atLeast');
    tell('  95 of 100 frames within', frameP95Ms, 'ms', 1);
    add(`${what}: longest task`, longestTaskMs, goals.taskMs, 'ms', 1);
    tell('  on the processor', longestTaskCpuMs, 'ms', 1);
  };
  const tell = (what, value, unit, digits) => {
    const number = value.toFixed(digits).padStart(9);
    lines.push(`${what.padEnd(34)}${number}${'-'.padStart(9)} ${unit}`);
  };
  if (boot) {
    add('boot, 1 + 4 machines: CPU', boot.cpuMs, goals.bootCpuMs, 'ms', 1);
    tell('  the first in its process', boot.coldCpuMs, 'ms', 1);
    tell('  with all kinds and controllers', boot.wholeCpuMs, 'ms', 1);
  }
  const small = pods.find((row) => row.pods === 1_000);
  for (const row of pods) {
    const name = `${row.pods} pods on ${row.nodes} nodes:`;
    const larger = row !== small && small !== undefined;
    const goal = larger ? small.cpuMsPerPod * goals.growth : goals.cpuMsPerPod;
    add(`${name} CPU`, row.cpuMsPerPod, goal, 'ms/pod', 3);
    if (row.coldCpuMsPerPod !== undefined) {
      tell('  the first in its process', row.coldCpuMsPerPod, 'ms/pod', 3);
    }
    add(`${name} heap`, row.heapBytesPerPod, goals.heapBytesPerPod, 'bytes/pod');
  }
  for (const { nodes, podsPerSecond } of scheduling) {
    const name = `scheduling at ${nodes} nodes`;
    add(name, podsPerSecond, goals.podsPerSecond, 'pods/s', 0, 'atLeast');
  }
  if (requests) {
    tell('API requests, in process', requests.requestsPerSecond, 'a second', 0);
    tell('API requests, over HTTP', requests.httpRequestsPerSecond, 'a second', 0);
  }
  if (fanOut) {
    tell(`a write with ${fanOut.watchers} kubelets`, fanOut.cpuUsPerUpdate, 'us', 1);
    tell('  watches that it wakes', fanOut.eventsPerUpdate, '', 0);
  }
  if (history) {
    add(`any of ${history.revisions} revisions shown`, history.worstMs, goals.lookMs, 'ms', 1);
    tell('  on the processor', history.worstCpuMs, 'ms', 1);
    tell('  half of them within', history.medianMs, 'ms', 1);
    tell('  the first, at the other end', history.firstMs, 'ms', 1);
    tell('  all pods listed as of then', history.listWorstMs, 'ms', 1);
    tell('  heap a revision', history.heapBytesPerRevision, 'bytes', 0);
  }
  if (page) {
    add('page, before Monaco: gzip', page.jsGzipBytes / 1000, goals.jsGzipBytes / 1000, 'kB', 1);
    const worker = page.workerGzipBytes / 1000;
    add('engine worker: gzip', worker, goals.workerGzipBytes / 1000, 'kB', 1);
    add('cluster drawn, cold load', page.drawnMs, goals.drawnMs, 'ms');
    tell('  longest task of the load', page.load.longestTaskMs, 'ms');
    addRollout('rollout of 10', page.ordinary);
    addRollout('rollout of 300 on 10', page.crowd);
    for (const row of page.scale) addScale(row, add, tell);
  }
  console.log(`${''.padEnd(34)}${'measured'.padStart(9)}${'goal'.padStart(9)}`);
  console.log(lines.join('\n'));
  if (boot || pods.length > 0) {
    console.log('CPU: of a process that has run 1,000 pods (boot: a boot) many times before.');
  }
}

function addScale({ nodes, moving, ...row }, add, tell) {
  const goal = nodes > 1_000 ? goals.largeFps : goals.fps;
  tell(`${nodes} nodes, ${row.pods} pods: drawn`, row.drawnMs, 'ms', 0);
  tell('  all pods told', row.allToldMs, 'ms', 0);
  add('  frames, panned and zoomed', moving.fps, goal, 'a second', 1, 'atLeast');
  tell('  longest task', moving.longestTaskMs, 'ms', 1);
  tell('  on the processor', moving.longestTaskCpuMs, 'ms', 1);
  tell('  engine to page', row.toldBytesPerSecond / 1000, 'kB/s', 1);
  tell("  the page's heap", row.heapBytes / 1e6, 'MB', 1);
}
