import { beforeEach, expect, it } from 'vitest';
import { machines, pods } from '../../api/resource-ref';
import type { Cluster } from '../../cluster/cluster';
import { openWholeCluster } from '../../cluster/whole-cluster';
import type { SavedCluster } from '../../cluster/saved-cluster';
import { restoreWholeCluster } from '../../cluster/whole-cluster';
import { POD_LOOKS } from '../../scene/packed-pods';
import { WallPump } from '../node/wall-pump';
import type { ClockState, FromEngine, HistoryReport, ToHistory } from '../protocol';
import { Onlooker } from './onlooker';
import { SharedPast } from './shared-past';

/** A page before a cluster that is shared: what it is told. */
class Page {
  received: FromEngine[] = [];
  apart: SavedCluster[] = [];
  readonly onlooker: Onlooker;
  private readonly picture;

  constructor(shared: Shared) {
    const { cluster, past, pump } = shared;
    this.picture = cluster.openPicture();
    const { observer } = this.picture;
    this.onlooker = new Onlooker(past, pump, {
      observer,
      post: (message) => this.received.push(message),
      sendClock: () => {
        const { nowMs, startMs } = cluster.clock;
        const state = { nowMs, startMs, speed: pump.speed, paused: false, actualSpeed: 1 };
        this.received.push({ type: 'clock', clock: this.onlooker.tell(state) });
      },
      turn: () => this.received.push({ type: 'turned' }),
      showPresent: () => {
        observer.startOver();
        const delta = observer.flush(false);
        this.onlooker.note(delta);
        this.received.push({ type: 'scene', delta });
      },
      goOnApart: (saved) => this.apart.push(saved),
    });
    this.onlooker.report();
  }

  say(message: ToHistory): void {
    this.onlooker.receive(message);
    this.onlooker.tick(16);
  }

  get clock(): ClockState {
    return this.last('clock').clock;
  }

  get report(): HistoryReport {
    return this.last('history').report;
  }

  /** Names of default's pods, by the API that this page asks. */
  podNames(cluster: Cluster): string[] {
    const answerer = this.onlooker.isBack ? this.onlooker : cluster;
    const { body } = answerer.handle({ method: 'GET', path: '/api/v1/namespaces/default/pods' });
    const { items } = JSON.parse(body) as { items: { metadata: { name: string } }[] };
    return items.map(({ metadata }) => metadata.name);
  }

  last<T extends FromEngine['type']>(type: T): Extract<FromEngine, { type: T }> {
    return this.received.findLast((message) => message.type === type) as never;
  }
}

class Shared {
  readonly cluster = openWholeCluster({ seed: 1, preset: 'kind', startMs: Date.UTC(2026, 0, 1) });
  wallMs = 0;
  readonly pump = new WallPump(
    this.cluster.clock,
    1,
    () => this.wallMs,
    () => {},
  );
  readonly past = new SharedPast(this.cluster, this.pump);

  pass(wallMs: number): void {
    this.wallMs += wallMs;
    this.pump.turn();
    this.past.sample();
  }

  addPod(name: string): void {
    const spec = { containers: [{ name: 'main', image: 'nginx:1.27' }] };
    this.cluster.client.create(pods, { metadata: { name, namespace: 'default' }, spec });
  }
}

let shared: Shared;
beforeEach(() => {
  shared = new Shared();
});

it('goes back for one page while the cluster goes on for all others', () => {
  const { cluster } = shared;
  const [one, other] = [new Page(shared), new Page(shared)];
  shared.pass(1_000);
  const beforeMs = cluster.clock.nowMs;
  shared.pass(1_000);
  one.say({ type: 'look', atMs: beforeMs });
  shared.addPod('later');
  shared.pass(1_000);
  expect(one.podNames(cluster)).toEqual([]);
  expect(other.podNames(cluster)).toEqual(['later']);
  one.onlooker.tick(16);
  one.say({ type: 'look', atMs: beforeMs });
  expect(one.clock).toMatchObject({ nowMs: beforeMs, past: { nowMs: beforeMs + 2_000 } });
  expect(one.received.filter(({ type }) => type === 'turned')).toHaveLength(1);

  one.say({ type: 'now' });
  expect(one.podNames(cluster)).toEqual(['later']);
  const { delta } = one.last('scene');
  expect(delta.reset).toBe(true);
  expect(delta.pods.map(({ name }) => name)).toContain('later');
});

it('shows what was before the page came, with the programs that ran then', () => {
  const { cluster } = shared;
  shared.pass(1_000);
  shared.addPod('early');
  shared.pass(5_000);
  const runningMs = cluster.clock.nowMs;
  const off = { spec: { programs: { 'kube-scheduler': { state: 'Stopped' } } } };
  const how = { patchType: 'merge' } as const;
  cluster.world.patch(machines, '', 'kind-control-plane', off, how);
  for (let second = 0; second < 5; second++) shared.pass(1_000);
  const page = new Page(shared);
  const stateAt = (): string | undefined =>
    page.last('scene').delta.components?.find(({ name }) => name === 'kube-scheduler')?.state;
  page.say({ type: 'look', atMs: runningMs });
  expect(page.podNames(cluster)).toEqual(['early']);
  expect(stateAt()).toBe('running');
  page.say({ type: 'look', atMs: cluster.clock.nowMs - 1 });
  expect(stateAt()).not.toBe('running');
});

it('runs the past by at a speed of its own', () => {
  const page = new Page(shared);
  shared.pass(20_000);
  const startMs = shared.cluster.clock.nowMs - 20_000;
  page.say({ type: 'look', atMs: startMs });
  expect(page.onlooker.command({ type: 'clock', command: 'speed', speed: 5 })).toBe(true);
  expect(page.onlooker.command({ type: 'clock', command: 'resume' })).toBe(true);
  page.onlooker.tick(1_000);
  expect(page.clock).toMatchObject({ nowMs: startMs + 5_000, speed: 5, paused: false });
  expect(shared.pump.speed).toBe(1);
  expect(shared.pump.isPaused).toBe(false);
});

it('hands out the cluster of a moment, or of before an act, and leaves its own alone', () => {
  const { cluster } = shared;
  const page = new Page(shared);
  shared.pass(1_000);
  const emptyMs = cluster.clock.nowMs;
  shared.pass(1_000);
  page.say({ type: 'note', label: 'make one' });
  shared.addPod('one');
  shared.pass(3_000);
  expect(page.report).toMatchObject({ isShared: true, acts: [{ label: 'make one' }] });

  page.say({ type: 'undo' });
  page.say({ type: 'look', atMs: emptyMs });
  page.say({ type: 'branch', seed: 7 });
  expect(page.podNames(cluster)).toEqual([]);
  expect(cluster.store.get(pods.key, 'default', 'one')).toBeDefined();
  const restored = page.apart.map((saved) => restoreWholeCluster(structuredClone(saved)));
  expect(restored.map(({ options }) => options)).toMatchObject([
    { seed: 1, pace: 'observable' },
    { seed: 7, pace: 'observable' },
  ]);
  for (const own of restored) {
    expect(own.store.get(pods.key, 'default', 'one')).toBeUndefined();
    own.clock.runFor(5_000);
  }
});

it('runs ahead to a moment with a name and says what was skipped', () => {
  const page = new Page(shared);
  shared.addPod('one');
  page.onlooker.command({ type: 'clock', command: 'warpTo', target: 'scheduled' });
  page.onlooker.tick(16);
  for (let turn = 0; turn < 10 && shared.pump.isWarping; turn++) shared.pass(20);
  page.onlooker.tick(16);
  const { spec } = shared.cluster.store.get(pods.key, 'default', 'one') as never as {
    spec: { nodeName?: string };
  };
  expect(spec.nodeName).toMatch(/^kind-worker/);
  expect(shared.pump.isWarping).toBe(false);
});

it('finds its moment anew when the oldest writes are let go, and forgets what is before', () => {
  const { cluster, past } = shared;
  const page = new Page(shared);
  page.say({ type: 'note', label: 'early' });
  shared.addPod('one');
  shared.pass(5_000);
  page.say({ type: 'look', atMs: cluster.clock.startMs });
  (past.recorder as unknown as { entriesMax: number }).entriesMax = 8;
  past.sample();
  page.onlooker.tick(16);
  expect(page.report.letGo).toBeGreaterThan(0);
  expect(page.report.acts).toEqual([]);
  expect(page.clock.nowMs).toBe(past.recorder.fromMs);
  expect(page.last('scene').delta.reset).toBe(true);
});

it('counts the pods of all that has been, also for a page that looks back', () => {
  const { cluster } = shared;
  shared.pass(1_000);
  const beforeMs = cluster.clock.nowMs;
  shared.addPod('one');
  shared.pass(5_000);
  const page = new Page(shared);
  page.say({ type: 'timeline', on: true, podLanesMax: 0 });
  const { delta } = page.last('timeline');
  expect(delta).toMatchObject({ reset: true, hasPodLanes: false, pods: [] });
  const pending = POD_LOOKS.indexOf('pending');
  expect(Math.max(...delta.counts.map(({ counts }) => counts[pending]))).toBe(1);
  page.say({ type: 'look', atMs: beforeMs });
  shared.addPod('two');
  shared.pass(5_000);
  page.onlooker.tick(1_000);
  const next = page.last('timeline').delta;
  expect(next.reset).toBe(false);
  const all = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
  expect(all(next.counts.at(-1)!.counts)).toBe(all(delta.counts.at(-1)!.counts) + 1);
});
