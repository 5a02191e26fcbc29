// Large clusters on the page: how soon 5,000 nodes are drawn, how smoothly they and 100 nodes are
// panned and zoomed, what the engine tells the page a second, and what the page's heap holds.
import type { Browser, Page } from '@playwright/test';
import type { Smoothness } from './page';

export interface ScaleRow {
  nodes: number;
  pods: number;
  /** From navigation to the first frame with all nodes, and to the one with the last pod told. */
  drawnMs: number;
  allToldMs: number;
  moving: Smoothness;
  /** What the engine tells a page that watches, while nothing but heartbeats happens. */
  toldBytesPerSecond: number;
  heapBytes: number;
}

export interface PageTools {
  withPage<T>(by: Browser, address: string, run: (page: Page) => Promise<T>): Promise<T>;
  smoothness(page: Page, act: () => Promise<void>, forMs: number): Promise<Smoothness>;
}

const listenedMs = 10_000;
/** By then every kubelet goes on. */
const settledMs = 15_000;
const rounds = 6;

export async function measureScale(
  by: Browser,
  url: string,
  size: { nodes: number; pods: number },
  { withPage, smoothness }: PageTools,
): Promise<ScaleRow> {
  return await withPage(by, 'about:blank', async (page) => {
    await page.addInitScript(weighMessages);
    const address = `${url}?preset=nodes-${size.nodes}&pods=${size.pods}`;
    await page.goto(address);
    const drawnMs = await when(page, size.nodes + 1, 0);
    const allToldMs = await when(page, size.nodes + 1, size.pods);
    await page.waitForTimeout(settledMs);
    const toldBytesPerSecond = await bytesPerSecond(page);
    const moving = await smoothness(page, () => panAndZoom(page), 0);
    const heapBytes = await heapOf(page);
    return { ...size, drawnMs, allToldMs, moving, toldBytesPerSecond, heapBytes };
  });
}

/** Page time of the first frame in which the bar tells of so many nodes and pods. */
async function when(page: Page, nodes: number, pods: number): Promise<number> {
  const found = await page.waitForFunction(
    ([nodesLeast, podsLeast]) => {
      const texts = [...document.querySelectorAll('.hud-summary span:not(.sr-only)')].map((it) =>
        Number(it.textContent.replace(/[^\d]/g, '')),
      );
      const isThere = document.querySelector('.crowd-canvas') !== null;
      const told = (texts[0] ?? 0) >= nodesLeast && (texts[1] ?? 0) >= podsLeast;
      return isThere && told ? performance.now() : undefined;
    },
    [nodes, pods] as const,
    { timeout: 180_000, polling: 'raf' },
  );
  return (await found.jsonValue())!;
}

/** As a hand does it: drag about, go in to a few tanks, and out again. */
async function panAndZoom(page: Page): Promise<void> {
  const box = (await page.locator('.cluster-canvas').boundingBox())!;
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.move(at.x, at.y);
  for (let round = 0; round < rounds; round++) {
    for (let step = 0; step < 24; step++) await wheel(page, -120);
    await drag(page, at, 180, 90);
    for (let step = 0; step < 12; step++) await wheel(page, 120);
    await drag(page, at, -160, -80);
    for (let step = 0; step < 12; step++) await wheel(page, 120);
  }
}

async function wheel(page: Page, delta: number): Promise<void> {
  await page.mouse.wheel(0, delta);
  await page.waitForTimeout(16);
}

async function drag(page: Page, at: { x: number; y: number }, dx: number, dy: number) {
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  for (let step = 1; step <= 30; step++) {
    await page.mouse.move(at.x + (dx * step) / 30, at.y + (dy * step) / 30);
    await page.waitForTimeout(16);
  }
  await page.mouse.up();
}

/** Adds up what the engine's messages weigh, while it is asked to; runs in the page. */
function weighMessages(): void {
  const scale = { weighs: false, bytes: 0 };
  Object.assign(window, { kubariumScale: scale });
  const weigh = (value: unknown): number => {
    let columns = 0;
    const text = JSON.stringify(value, (_, part: unknown) => {
      if (!ArrayBuffer.isView(part)) return part;
      columns += part.byteLength;
      return 0;
    });
    return columns + text.length;
  };
  const Plain = window.Worker;
  window.Worker = class extends Plain {
    constructor(address: string | URL, options?: WorkerOptions) {
      super(address, options);
      this.addEventListener('message', ({ data }) => {
        if (scale.weighs) scale.bytes += weigh(data);
      });
    }
  };
}

async function bytesPerSecond(page: Page): Promise<number> {
  const setWeighs = (weighs: boolean) =>
    page.evaluate((on) => {
      const { kubariumScale } = window as unknown as { kubariumScale: { weighs: boolean } };
      kubariumScale.weighs = on;
      return (kubariumScale as unknown as { bytes: number }).bytes;
    }, weighs);
  await setWeighs(true);
  await page.waitForTimeout(listenedMs);
  return (await setWeighs(false)) / (listenedMs / 1_000);
}

/** What is left on the page's heap after a full collection. */
async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}
