// The page as a visitor has it, measured in a real Chromium against the built page on localhost:
// how soon the cluster is drawn, and how smoothly a rollout runs, first the ordinary one of ten
// pods and then 300 pods on 10 workers, all replaced at once. A frame is what requestAnimationFrame
// sees; a task is one of the main thread in Chromium's own trace. Prints one JSON object.

import { deflateRawSync } from 'node:zlib';
import { chromium, type Browser, type Page } from '@playwright/test';
import { preview } from 'vite';
import { findChromium } from '../scripts/find-chromium.mjs';
import { samples } from '../src/ui/state/samples';
import { measureScale, type ScaleRow } from './page-scale';
import type { SharedCluster } from '../src/ui/state/share-link';

export interface PageRow {
  /** From navigation to the first frame that shows pods, caches empty; the median. */
  drawnMs: number;
  /** A cold load, up to when the editor stands. */
  load: LongestTask;
  ordinary: Smoothness;
  crowd: Smoothness;
  /** 100 nodes with 3,000 pods, 5,000 with 150,000. */
  scale: ScaleRow[];
}

export interface Smoothness extends LongestTask {
  fps: number;
  frameP95Ms: number;
  /** Processor time of the main thread a frame: what the page takes, however busy the machine. */
  mainCpuMsPerFrame: number;
}

const scaleSizes = [
  { nodes: 100, pods: 3_000 },
  { nodes: 5_000, pods: 150_000 },
];
const coldLoads = 5;
const workers = 10;
const crowdSize = 300;
/** Long enough for every pod to be replaced at the page's own pace. */
const watchedMs = { ordinary: 20_000, crowd: 20_000 };
/** After the editor stands, its workers and words still come. */
const settledMs = 2_000;
const viewport = { width: 1440, height: 900 };
const permissions = ['clipboard-read', 'clipboard-write'];
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const outDir = process.env['PAGE_DIST'] ?? 'dist';

const server = await preview({
  logLevel: 'error',
  build: { outDir },
  preview: { host: '127.0.0.1', port: 4200 },
});
const url = server.resolvedUrls!.local[0]!;
const browser = await chromium.launch({ executablePath: findChromium(), args: flags });
try {
  process.stdout.write(JSON.stringify(await measure(browser)));
} finally {
  await browser.close();
  await server.close();
}

async function measure(by: Browser): Promise<PageRow> {
  const draws: number[] = [];
  for (let load = 0; load < coldLoads; load++) draws.push(await drawnMs(by));
  const load = await withPage(by, 'about:blank', (page) =>
    longestTask(async () => {
      await page.goto(url);
      await editorStands(page);
      await page.waitForTimeout(settledMs);
    }),
  );
  const ordinary = await withPage(by, url, ordinaryRollout);
  const crowd = await withPage(by, url + crowdLink(), crowdRollout);
  const scale: ScaleRow[] = [];
  for (const size of scaleSizes) {
    scale.push(await measureScale(by, url, size, { withPage, smoothness }));
  }
  return { drawnMs: median(draws), load, ordinary, crowd, scale };
}

/** A context of its own has neither caches nor a kept cluster. */
async function withPage<T>(by: Browser, address: string, run: (page: Page) => Promise<T>) {
  const context = await by.newContext({ viewport, permissions });
  try {
    const page = await context.newPage();
    await page.goto(address);
    return await run(page);
  } finally {
    await context.close();
  }
}

async function drawnMs(by: Browser): Promise<number> {
  const context = await by.newContext({ viewport, permissions });
  try {
    const page = await context.newPage();
    await page.addInitScript(() => {
      const look = () => {
        const isDrawn = document.querySelector('[data-kind="Pod"]') !== null;
        // The frame after the one in which they stood in the document.
        if (isDrawn) requestAnimationFrame((atMs) => Object.assign(window, { drawnMs: atMs }));
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await page.goto(url);
    const drawn = await page.waitForFunction(() => (window as { drawnMs?: number }).drawnMs);
    return (await drawn.jsonValue())!;
  } finally {
    await context.close();
  }
}

async function ordinaryRollout(page: Page): Promise<Smoothness> {
  await editorStands(page);
  const text = samples[0].text;
  await apply(page, text);
  await podsReady(page, 'web', 10);
  return smoothness(
    page,
    () => apply(page, text.replace('nginx:1.27', 'nginx:1.28')),
    watchedMs.ordinary,
  );
}

async function crowdRollout(page: Page): Promise<Smoothness> {
  await editorStands(page);
  await podsReady(page, 'crowd', crowdSize);
  const act = () => apply(page, crowdText('nginx:1.28'));
  return smoothness(page, act, watchedMs.crowd);
}

/** What the frames and tasks were like in the time from the act on. */
async function smoothness(
  page: Page,
  act: () => Promise<void>,
  forMs: number,
): Promise<Smoothness> {
  let frames: number[] = [];
  const { cpuMs, ...longest } = await mainThread(async () => {
    await page.evaluate(() => {
      const times: number[] = [];
      const frame = (atMs: number) => {
        times.push(atMs);
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
      Object.assign(window, { frameTimes: times });
    });
    await act();
    await page.waitForTimeout(forMs);
    frames = await page.evaluate(() => (window as unknown as { frameTimes: number[] }).frameTimes);
  });
  const spans = frames.slice(1).map((atMs, index) => atMs - frames[index]!);
  return {
    fps: (1_000 * spans.length) / (frames.at(-1)! - frames[0]!),
    frameP95Ms: quantile(spans, 0.95),
    mainCpuMsPerFrame: cpuMs / spans.length,
    ...longest,
  };
}

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** Microseconds by the wall and on the processor. */
  dur?: number;
  tdur?: number;
  args?: { name?: string };
}

interface LongestTask {
  longestTaskMs: number;
  /** What it, or another, used of the processor: less than its time when others use it too. */
  longestTaskCpuMs: number;
}

async function longestTask(act: () => Promise<void>): Promise<LongestTask> {
  const { longestTaskMs, longestTaskCpuMs } = await mainThread(act);
  return { longestTaskMs, longestTaskCpuMs };
}

interface MainThread extends LongestTask {
  /** Of all tasks. */
  cpuMs: number;
}

async function mainThread(act: () => Promise<void>): Promise<MainThread> {
  const session = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value as unknown as TraceEvent[]) events.push(event);
  });
  const traceConfig = { includedCategories: ['toplevel'] };
  await session.send('Tracing.start', { traceConfig, transferMode: 'ReportEvents' });
  await act();
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  return tasksOf(events);
}

function tasksOf(events: readonly TraceEvent[]): MainThread {
  const thread = ({ pid, tid }: TraceEvent) => `${pid}:${tid}`;
  const isMain = (event: TraceEvent) =>
    event.name === 'thread_name' && event.args?.name === 'CrRendererMain';
  const mains = new Set(events.filter(isMain).map(thread));
  const tasks = events.filter(
    (event) => event.name === 'ThreadControllerImpl::RunTask' && mains.has(thread(event)),
  );
  if (tasks.length === 0) throw new Error('the trace tells of no task of the main thread');
  const longest = (key: 'dur' | 'tdur') =>
    tasks.reduce((most, task) => Math.max(most, (task[key] ?? 0) / 1_000), 0);
  const cpuMs = tasks.reduce((sum, { tdur = 0 }) => sum + tdur / 1_000, 0);
  return { longestTaskMs: longest('dur'), longestTaskCpuMs: longest('tdur'), cpuMs };
}

async function editorStands(page: Page): Promise<void> {
  await page.locator('.monaco-editor .view-line').first().waitFor({ timeout: 60_000 });
}

/** As a person does it: another text pasted over all of it, then the keys for Apply. */
async function apply(page: Page, text: string): Promise<void> {
  await page.locator('.monaco-editor').first().click();
  await page.keyboard.press('Control+A');
  await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text);
  await page.keyboard.press('Control+V');
  await page.keyboard.press('Control+Enter');
}

async function podsReady(page: Page, owner: string, count: number): Promise<void> {
  const ready = `[data-kind="Pod"][data-name^="${owner}-"][data-look="running"]`;
  await page.waitForFunction(
    ([selector, least]) => document.querySelectorAll(selector).length >= least,
    [ready, count] as const,
    { timeout: 180_000, polling: 500 },
  );
}

function crowdLink(): string {
  const machine = (name: string, role: 'control-plane' | 'worker') => ({
    name,
    spec: {
      role,
      power: 'On' as const,
      network: 'Connected' as const,
      zone: 'zone-a',
      capacity: { cpu: '4', memory: '8Gi', ephemeralStorage: '40Gi', pods: 110 },
      downloadBytesPerSecond: 50_000_000,
    },
  });
  const names = Array.from({ length: workers }, (_, index) => `n${index + 1}`);
  const cluster: SharedCluster = {
    preset: 'kubeadm',
    seed: 1,
    speed: 1,
    machines: [machine('m1', 'control-plane'), ...names.map((name) => machine(name, 'worker'))],
    manifests: crowdText('nginx:1.27'),
  };
  return `#v1.${deflateRawSync(JSON.stringify(cluster)).toString('base64url')}`;
}

function crowdText(image: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: crowd
spec:
  replicas: ${crowdSize}
  strategy:
    rollingUpdate: { maxSurge: 100%, maxUnavailable: 0 }
  selector:
    matchLabels: { app: crowd }
  template:
    metadata:
      labels: { app: crowd }
    spec:
      containers:
        - name: web
          image: ${image}
          resources:
            requests: { cpu: 10m, memory: 8Mi }
`;
}

function median(values: number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
