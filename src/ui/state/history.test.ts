import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { FromEngine, HistoryReport, ToEngine } from '../../host/protocol';
import type { EnginePort } from './engine';
import { engineStore } from './engine-store';
import {
  branchHere,
  historyStore,
  lookAt,
  lookAtNow,
  lookBy,
  noHistory,
  noteAct,
  redo,
  takeBranch,
  undo,
} from './history';
import { Session } from './session';

const CLOCK = { nowMs: 9_000, startMs: 0, speed: 1, paused: false, actualSpeed: 1 };

/** A page whose engine has started and keeps a history. */
async function running() {
  const sent: ToEngine[] = [];
  const port: EnginePort = {
    onmessage: null,
    onerror: null,
    terminate: vi.fn<() => void>(),
    postMessage: (message) => void sent.push(message),
  };
  const say = (message: FromEngine) => port.onmessage?.({ data: message });
  const session = new Session({
    spawn: () => port,
    storage: {
      load: () => Promise.resolve(undefined),
      save: () => Promise.resolve(),
      remove: () => Promise.resolve(),
    },
    address: { search: '?slot=none', hash: '' },
    openShared: () => Promise.resolve(),
    freshStartMs: () => 0,
    moved: () => {},
    tabs: { held: (slot) => slot, claim: (slot) => Promise.resolve({ slot, from: slot }) },
  });
  await session.open();
  say({ type: 'started', version: 'v1.36.0', bootMs: 1 });
  say({ type: 'clock', clock: CLOCK });
  say({ type: 'history', report: report() });
  sent.length = 0;
  return { session, sent, say };
}

function report(more: Partial<HistoryReport> = {}): HistoryReport {
  return { kept: true, fromMs: 0, letGo: 0, acts: [], undone: [], branches: [], ...more };
}

beforeEach(() => {
  engineStore.setState(engineStore.getInitialState(), true);
  historyStore.setState(noHistory);
});

describe('the past on the page', () => {
  it('is said to the engine as it is asked for', async () => {
    const { sent } = await running();
    noteAct('power off n2');
    undo();
    redo();
    lookAt(5_000);
    lookBy(-1);
    lookAtNow();
    branchHere();
    branchHere(7);
    takeBranch(2);
    expect(sent).toEqual([
      { type: 'note', label: 'power off n2' },
      { type: 'undo' },
      { type: 'redo' },
      { type: 'look', atMs: 5_000 },
      { type: 'look', by: -1 },
      { type: 'now' },
      { type: 'branch' },
      { type: 'branch', seed: 7 },
      { type: 'switch', branch: 2 },
    ]);
  });

  it('follows what the engine tells', async () => {
    const { say } = await running();
    const acts = [{ id: 1, label: 'power off n2', atMs: 4_000 }];
    say({ type: 'history', report: report({ acts }) });
    const past = { atMs: 5_000, revision: 12, nowMs: 9_000 };
    say({ type: 'clock', clock: { ...CLOCK, nowMs: 5_000, paused: true, past } });
    expect(historyStore.getState()).toMatchObject({ heard: true, kept: true, acts, past });
    say({ type: 'clock', clock: CLOCK });
    expect(historyStore.getState().past).toBeNull();
  });

  it('leaves the pause of the present as it was', async () => {
    const { session, say } = await running();
    const past = { atMs: 5_000, revision: 12, nowMs: 9_000 };
    say({ type: 'clock', clock: { ...CLOCK, nowMs: 5_000, paused: true, past } });
    session.command({ type: 'clock', command: 'pause' });
    say({ type: 'clock', clock: CLOCK });
    expect(engineStore.getState().clock.paused).toBe(false);
  });

  it('sums up what was skipped until somebody acts', async () => {
    const { say } = await running();
    const skipped = { fromMs: 0, toMs: 8_000, counts: { podsCreated: 3 } };
    say({ type: 'skipped', report: skipped });
    expect(historyStore.getState().skipped).toEqual(skipped);
    noteAct('delete web-1');
    expect(historyStore.getState().skipped).toBeNull();
  });
});

describe('running ahead', () => {
  it('is left to an engine that knows what comes, and stopped by asking again', async () => {
    const { session, sent, say } = await running();
    session.warpToNextChange();
    expect(sent).toEqual([{ type: 'clock', command: 'warpTo', target: 'change' }]);
    say({ type: 'clock', clock: { ...CLOCK, warpingTo: 'change' } });
    expect(engineStore.getState().warping).toBe(true);
    session.warpToNextChange();
    expect(sent.slice(1)).toEqual([
      { type: 'clock', command: 'pause' },
      { type: 'clock', command: 'resume' },
    ]);
  });
});

describe('a timeline', () => {
  it('is told of the cluster that runs, and of each that comes after it', async () => {
    const { session, sent, say } = await running();
    const sink = vi.fn<() => void>();
    const stop = session.watchTimeline(sink, 500);
    expect(sent).toEqual([{ type: 'timeline', on: true, podLanesMax: 500 }]);
    const lists = { pods: [], counts: [], rollouts: [], nodes: [], marks: [] };
    const delta = { reset: true, isFull: false, fromMs: 0, hasPodLanes: true, ...lists };
    say({ type: 'timeline', delta });
    expect(sink).toHaveBeenCalledOnce();
    await session.newCluster();
    expect(sent.slice(1).map(({ type }) => type)).toEqual(['start', 'timeline']);
    expect(sent.at(-1)).toEqual({ type: 'timeline', on: true, podLanesMax: 500 });
    stop();
    expect(sent.at(-1)).toEqual({ type: 'timeline', on: false });
  });

  it('of a cluster that others share is only gone on from apart, and asked first', async () => {
    const { sent, say } = await running();
    say({ type: 'history', report: { ...report(), isShared: true, acts: [] } });
    undo();
    expect(historyStore.getState().asked).toBe(null);
    const act = { id: 1, label: 'drain n1', atMs: 5_000 };
    say({ type: 'history', report: { ...report(), isShared: true, acts: [act] } });
    undo();
    expect(historyStore.getState().asked).toEqual({ type: 'undo', label: 'drain n1' });
    branchHere(7);
    expect(historyStore.getState().asked).toEqual({ type: 'branch', seed: 7 });
    expect(sent).toEqual([]);
    const { engine } = engineStore.getState();
    const apart = engine!.apart({ type: 'branch', seed: 7 });
    const answer = { type: 'apart', saved: null, preset: 'kind', seed: 1 } as const;
    say(answer);
    expect(await apart).toEqual(answer);
    expect(sent).toEqual([{ type: 'branch', seed: 7 }]);
  });
});
