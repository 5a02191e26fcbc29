import { describe, expect, it } from 'vitest';
import { Autosave } from './autosave';

/** A bench with a clock of its own: `run(ms)` lets timers and promises happen. */
function bench(costMs = 0, bytes = 0) {
  let nowMs = 0;
  let timers: { atMs: number; run: () => void }[] = [];
  const savedAtMs: number[] = [];
  const autosave = new Autosave({
    save: () => {
      savedAtMs.push(nowMs);
      return Promise.resolve({ costMs, bytes });
    },
    nowMs: () => nowMs,
    setTimer: (run, ms) => {
      const timer = { atMs: nowMs + ms, run };
      timers.push(timer);
      return timer;
    },
    clearTimer: (timer) => {
      timers = timers.filter((it) => it !== timer);
    },
  });
  const run = async (ms: number) => {
    const endMs = nowMs + ms;
    for (;;) {
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
      const next = timers.toSorted((a, b) => a.atMs - b.atMs)[0];
      if (!next || next.atMs > endMs) break;
      timers = timers.filter((it) => it !== next);
      nowMs = next.atMs;
      next.run();
    }
    nowMs = endMs;
  };
  return { autosave, savedAtMs, run };
}

describe('keeping the cluster', () => {
  it('writes a living cluster down every three seconds, not at every change', async () => {
    const { autosave, savedAtMs, run } = bench();
    for (let step = 0; step < 100; step += 1) {
      autosave.changed();
      await run(100);
    }
    expect(savedAtMs).toEqual([0, 3_000, 6_000, 9_000]);
  });

  it('writes soon after the person did something, and at once when the page is left', async () => {
    const { autosave, savedAtMs, run } = bench();
    autosave.changed();
    await run(100);
    autosave.touched();
    await run(1_000);
    autosave.now();
    await run(100);
    expect(savedAtMs).toEqual([0, 350, 1_100]);
  });

  it('saves what is costly less often', async () => {
    const { autosave, savedAtMs, run } = bench(1_000);
    for (let step = 0; step < 700; step += 1) {
      autosave.changed();
      await run(100);
    }
    expect(savedAtMs).toEqual([0, 30_000, 60_000]);
  });

  it('saves what is large less often, but soon what the person does', async () => {
    const { autosave, savedAtMs, run } = bench(0, 2_000_000);
    for (let step = 0; step < 150; step += 1) {
      autosave.changed();
      await run(100);
    }
    autosave.touched();
    // While that is written, more is done.
    await run(250);
    autosave.touched();
    await run(1_000);
    expect(savedAtMs).toEqual([0, 10_000, 15_250, 15_500]);
  });

  it('writes nothing once it is stopped', async () => {
    const { autosave, savedAtMs, run } = bench();
    autosave.touched();
    autosave.stop();
    autosave.changed();
    await run(10_000);
    expect(savedAtMs).toEqual([]);
  });
});
