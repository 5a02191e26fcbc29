import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FromEngine, StartOptions, ToEngine } from '../../host/protocol';
import type { EnginePort } from './engine';
import { engineStore } from './engine-store';
import { OWN_SLOT } from './saved-clusters';
import type { ClusterRecord, ClusterStorage } from './saved-clusters';
import { Session } from './session';
import type { SessionDeps } from './session';
import { shareFragment } from './share-link';

/** An engine that starts at once, unless what it is to restore is called 'broken'. */
function fakeEngine() {
  const sent: ToEngine[] = [];
  const port: EnginePort = {
    onmessage: null,
    onerror: null,
    terminate: vi.fn<() => void>(),
    postMessage(message) {
      sent.push(message);
      if (message.type === 'start') queueMicrotask(() => answerStart(message.options));
      if (message.type === 'save') say({ type: 'saved', id: message.id, saved: 'state' });
    },
  };
  const say = (message: FromEngine) => port.onmessage?.({ data: message });
  const answerStart = (options: StartOptions) => {
    say(
      options.saved === 'broken'
        ? { type: 'crashed', message: 'version 0', stack: '' }
        : { type: 'started', version: 'v1.36.0', bootMs: 1 },
    );
  };
  return { port, sent, say };
}

const todayMs = Date.UTC(2026, 10, 21, 9, 30);

function bench(address = { search: '', hash: '' }, kept?: Partial<ClusterRecord>, copy?: string) {
  const engines: ReturnType<typeof fakeEngine>[] = [];
  const records = new Map<string, ClusterRecord>();
  if (kept) {
    const record = { preset: 'kubeadm', seed: 5, speed: 10, paused: true, saved: 'state' };
    records.set(OWN_SLOT, { slot: OWN_SLOT, format: 1, savedAtMs: 0, ...record, ...kept });
  }
  const storage: ClusterStorage = {
    load: (slot) => Promise.resolve(records.get(slot)),
    save: (record) => Promise.resolve(void records.set(record.slot, record)),
    remove: (slot) => Promise.resolve(void records.delete(slot)),
  };
  const moved = vi.fn<SessionDeps['moved']>();
  const openShared = vi.fn<SessionDeps['openShared']>(() => Promise.resolve());
  const spawn = () => {
    const engine = fakeEngine();
    engines.push(engine);
    return engine.port;
  };
  const session = new Session({
    spawn,
    storage,
    address,
    openShared,
    freshStartMs: () => todayMs,
    moved,
    tabs: {
      held: (slot) => slot,
      claim: (slot) => Promise.resolve({ slot: copy ?? slot, from: slot }),
    },
  });
  const starts = () => engines.map(({ sent }) => sent.find((it) => it.type === 'start')?.options);
  return { session, engines, records, openShared, moved, starts };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

beforeEach(() => engineStore.setState(engineStore.getInitialState(), true));
// Modules are shared between test files.
afterAll(() => engineStore.setState(engineStore.getInitialState(), true));

describe('a session', () => {
  it('starts a new cluster for a new visitor, with the seed of the address', async () => {
    const { session, starts } = bench({ search: '?seed=42', hash: '' });
    await session.open();
    await settled();
    expect(starts()).toEqual([
      {
        preset: 'kubeadm',
        pods: 0,
        seed: 42,
        speed: 1,
        paused: false,
        startMs: Date.UTC(2026, 0, 1),
      },
    ]);
    expect(engineStore.getState()).toMatchObject({
      phase: 'running',
      version: 'v1.36.0',
      notice: null,
    });
  });

  it('starts one that is like no other at the visitor’s own time', async () => {
    const { session, starts } = bench();
    await session.open();
    await settled();
    expect(starts()).toMatchObject([{ seed: 1, startMs: todayMs }]);
  });

  it('beside another tab goes on with a copy, under a name of its own', async () => {
    const { session, starts, records, moved } = bench(undefined, {}, 'own-2');
    await session.open();
    await settled();
    expect(starts()).toMatchObject([{ saved: 'state' }]);
    expect(engineStore.getState().notice).toEqual({ kind: 'otherTab' });
    expect(moved.mock.calls).toEqual([['own-2']]);
    session.leaving();
    await settled();
    expect([...records.keys()]).toEqual([OWN_SLOT, 'own-2']);
    expect(records.get(OWN_SLOT)!.savedAtMs).toBe(0);
  });

  it('goes on with the cluster that was kept', async () => {
    const { session, starts } = bench(undefined, {});
    await session.open();
    await settled();
    expect(starts()).toMatchObject([{ saved: 'state', seed: 5, speed: 10, paused: true }]);
  });

  it('says that a cluster is made anew that was too large to be kept', async () => {
    const { session, starts } = bench(undefined, { saved: undefined });
    await session.open();
    await settled();
    expect(starts()).toMatchObject([{ seed: 5 }]);
    expect(engineStore.getState().notice).toEqual({ kind: 'madeAnew' });
  });

  it('says that a branch is one, or that it is kept no more', async () => {
    const record = { preset: 'kind', seed: 3, speed: 1, paused: false, saved: 'branched' };
    for (const [kept, notice, start] of [
      [true, 'branch', { saved: 'branched', preset: 'kind' }],
      [false, 'branchGone', { preset: 'kubeadm' }],
    ] as const) {
      const { session, starts, records } = bench({ search: '?branch=17-4', hash: '' });
      const slot = 'branch-17-4';
      if (kept) records.set(slot, { slot, format: 1, savedAtMs: 0, ...record });
      await session.open();
      await settled();
      expect(starts()).toMatchObject([start]);
      expect(engineStore.getState().notice).toEqual({ kind: notice });
    }
  });

  it('starts afresh when what was kept cannot be read, and says so', async () => {
    const { session, starts, engines } = bench(undefined, { saved: 'broken' });
    await session.open();
    await settled();
    expect(starts()).toMatchObject([{ saved: 'broken' }, { seed: 5 }]);
    expect(starts()[1]).not.toHaveProperty('saved');
    expect(engines[0]!.port.terminate).toHaveBeenCalledTimes(1);
    expect(engineStore.getState()).toMatchObject({
      phase: 'running',
      notice: { kind: 'startedFresh' },
    });
  });

  it('says that the engine broke later, and starts again from what was kept', async () => {
    const { session, engines, starts } = bench(undefined, {});
    await session.open();
    await settled();
    engines[0]!.say({ type: 'crashed', message: 'bug', stack: 'at x' });
    expect(engineStore.getState()).toMatchObject({
      phase: 'crashed',
      engine: null,
      crash: { message: 'bug', stack: 'at x' },
    });
    await session.restart();
    await settled();
    expect(starts()).toHaveLength(2);
    expect(engineStore.getState()).toMatchObject({ phase: 'running', crash: null });
  });

  it('forgets the kept cluster for a new one, of the next seed', async () => {
    const { session, records, starts } = bench(undefined, {});
    await session.open();
    await settled();
    await session.newCluster();
    await settled();
    expect(records.size).toBe(0);
    expect(starts()[1]).toMatchObject({ seed: 6, speed: 1, paused: false });
  });

  it('keeps the cluster soon after the person did something', async () => {
    vi.useFakeTimers();
    const { session, records } = bench();
    await session.open();
    await vi.advanceTimersByTimeAsync(0);
    session.command({ type: 'clock', command: 'speed', speed: 50 });
    await vi.advanceTimersByTimeAsync(300);
    vi.useRealTimers();
    expect(records.get(OWN_SLOT)).toMatchObject({ seed: 1, speed: 50, saved: 'state' });
  });
});

describe('a session of a link', () => {
  const cluster = { preset: 'kubeadm', seed: 9, speed: 5, machines: [], manifests: 'a: b' };

  it('opens the shared cluster beside the own one', async () => {
    const hash = await shareFragment(cluster);
    const { session, openShared, starts, records } = bench({ search: '', hash }, {});
    await session.open();
    await settled();
    expect(starts()).toMatchObject([{ seed: 9, speed: 5 }]);
    expect(openShared).toHaveBeenCalledTimes(1);
    expect(openShared.mock.calls[0]![1]).toEqual(cluster);
    expect(engineStore.getState().notice).toEqual({ kind: 'sharedCluster' });
    expect(records.get(OWN_SLOT)).toMatchObject({ seed: 5 });
  });

  it('says nothing of an own cluster in a frame, and keeps nothing', async () => {
    const hash = await shareFragment(cluster);
    const { session, openShared } = bench({ search: '?embed=1', hash }, {});
    await session.open();
    await settled();
    expect(session.slot).toBe(null);
    expect(openShared).toHaveBeenCalledTimes(1);
    expect(engineStore.getState().notice).toBe(null);
  });

  it('says what is wrong with a bad link and runs a cluster all the same', async () => {
    const { session, starts, openShared } = bench({ search: '', hash: '#v1.aGVsbG8' });
    await session.open();
    await settled();
    expect(starts()).toHaveLength(1);
    expect(openShared).not.toHaveBeenCalled();
    expect(engineStore.getState().notice).toEqual({ kind: 'badLink', why: 'damaged' });
  });
});

describe('running ahead', () => {
  it('stops at the first change and goes on at the speed of before', async () => {
    const { session, engines } = bench();
    await session.open();
    await settled();
    const { say, sent } = engines[0]!;
    session.warpToNextChange();
    expect(engineStore.getState().warping).toBe(true);
    const scene = {
      atMs: 1,
      reset: false,
      nodes: [],
      pods: [{ key: 'a/b' }],
      services: [],
      removedNodes: [],
      removedPods: [],
      removedServices: [],
      gauges: {},
      messages: [],
      stories: [],
    };
    say({ type: 'scene', delta: scene as never });
    expect(engineStore.getState().warping).toBe(false);
    const commands = sent.filter((it) => it.type === 'clock').map((it) => it.command);
    expect(commands).toEqual(['warp', 'speed', 'pause', 'resume']);
  });
});
