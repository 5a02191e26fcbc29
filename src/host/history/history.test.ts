import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../api/object';
import type { Pod } from '../../api/types';
import { extension } from '../../cluster/extension';
import type { SceneDelta, SceneNode, ScenePod } from '../../scene/scene';
import { EngineHost } from '../engine-host';
import type { ClockState, FromEngine, HistoryReport, StartOptions, ToEngine } from '../protocol';
import { createHistory } from './history';

const TICK_MS = 16;
const START: StartOptions = {
  seed: 1,
  preset: 'kubeadm',
  startMs: Date.UTC(2026, 0, 1),
  speed: 1,
  paused: true,
};

type Answer = Extract<FromEngine, { type: 'response' }>;

/** A page before an engine that keeps a history: what it shows, and what it says. */
class Page {
  received: FromEngine[] = [];
  nowMs = 1000;
  /** Wall time that goes by between two looks at it. */
  lookMs = 0;
  nodes = new Map<string, SceneNode>();
  pods = new Map<string, ScenePod>();
  readonly host: EngineHost;
  private lastId = 0;

  constructor(options: Partial<StartOptions> = {}) {
    this.host = new EngineHost(
      (message) => this.hear(message),
      () => (this.nowMs += this.lookMs),
    );
    this.host.extend(extension);
    this.host.remember(createHistory);
    this.say({ type: 'start', options: { ...START, ...options } });
  }

  say(message: ToEngine): void {
    this.host.receive(message);
    this.tick();
  }

  tick(wallMs = TICK_MS): void {
    this.nowMs += wallMs;
    this.host.tick();
  }

  /** Lets virtual time pass, paused before and after. */
  pass(virtualMs: number): void {
    this.say({ type: 'clock', command: 'warp', toMs: this.clock.nowMs + virtualMs });
    for (let turn = 0; turn < 100; turn++) this.tick();
  }

  get clock(): ClockState {
    return this.last('clock').clock;
  }

  get report(): HistoryReport {
    return this.last('history').report;
  }

  request(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) {
    const id = ++this.lastId;
    const type = method === 'PATCH' ? 'merge-patch+json' : 'json';
    const headers = { 'content-type': `application/${type}` };
    const request = { method, path, headers, ...(body ? { body: JSON.stringify(body) } : {}) };
    this.host.receive({ type: 'request', id, request });
    const found = this.received.find((each): each is Answer => {
      return each.type === 'response' && each.id === id;
    });
    return { status: found!.response.status, body: JSON.parse(found!.response.body) as unknown };
  }

  list<T extends KubeObject>(path: string): T[] {
    return (this.request('GET', path).body as { items: T[] }).items;
  }

  scale(name: string, replicas: number): void {
    const path = `/apis/apps/v1/namespaces/default/deployments/${name}`;
    this.request('PATCH', path, { spec: { replicas } });
  }

  /** Names and looks of the pods that are drawn in 'default'. */
  shown(): string[] {
    const own = [...this.pods.values()].filter(({ namespace }) => namespace === 'default');
    return own.map(({ name, look }) => `${name} ${look}`).sort();
  }

  last<T extends FromEngine['type']>(type: T): Extract<FromEngine, { type: T }> {
    const found = this.received.findLast((message) => message.type === type);
    return found as Extract<FromEngine, { type: T }>;
  }

  private hear(message: FromEngine): void {
    this.received.push(message);
    if (message.type === 'scene') this.draw(message.delta);
  }

  private draw(delta: SceneDelta): void {
    if (delta.reset) {
      this.pods.clear();
      this.nodes.clear();
    }
    for (const node of delta.nodes) this.nodes.set(node.name, node);
    for (const name of delta.removedNodes) this.nodes.delete(name);
    for (const pod of delta.pods) this.pods.set(pod.key, pod);
    for (const key of delta.removedPods) this.pods.delete(key);
  }
}

const labels = { app: 'web' };
const WEB = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    replicas: 2,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: { containers: [{ name: 'main', image: 'nginx:1.27' }] },
    },
  },
};

const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
const PODS = '/api/v1/namespaces/default/pods';

/** Two pods of web run; then an act makes them five. */
function scaled() {
  const page = new Page();
  page.request('POST', DEPLOYMENTS, WEB);
  page.pass(60_000);
  const before = { atMs: page.clock.nowMs, shown: page.shown() };
  page.pass(1_000);
  page.say({ type: 'note', label: 'scale web to 5' });
  page.scale('web', 5);
  page.pass(60_000);
  return { page, before, after: { atMs: page.clock.nowMs, shown: page.shown() } };
}

describe('a look back', () => {
  it('shows the picture and the objects of then, and the clock that stood then', () => {
    const { page, before, after } = scaled();
    expect(before.shown).toHaveLength(2);
    expect(after.shown).toHaveLength(5);
    page.say({ type: 'look', atMs: before.atMs });
    expect(page.shown()).toEqual(before.shown);
    expect(page.list<Pod>(PODS)).toHaveLength(2);
    expect(page.clock.nowMs).toBe(before.atMs);
    expect(page.clock.past).toMatchObject({ atMs: before.atMs, nowMs: after.atMs });
    page.say({ type: 'look', atMs: before.atMs - 3_600_000 });
    expect(page.shown()).toEqual([]);
    page.say({ type: 'look', atMs: after.atMs - 1 });
    expect(page.shown()).toEqual(after.shown);
  });

  it('shows what a whole new picture of that moment would show', () => {
    const { page, before } = scaled();
    for (const atMs of [before.atMs + 900, before.atMs - 50_000, before.atMs + 2_000]) {
      page.say({ type: 'look', atMs });
      const [pods, nodes] = [new Map(page.pods), new Map(page.nodes)];
      page.say({ type: 'now' });
      page.say({ type: 'look', atMs });
      expect([...page.pods.values()].sort(byKey)).toEqual([...pods.values()].sort(byKey));
      expect(page.nodes).toEqual(nodes);
    }
  });

  it('refuses to change what has passed, and says what to do instead', () => {
    const { page, before } = scaled();
    page.say({ type: 'look', atMs: before.atMs });
    const { status, body } = page.request('DELETE', `${DEPLOYMENTS}/web`);
    expect(status).toBe(409);
    expect(body).toMatchObject({ kind: 'Status', reason: 'MomentHasPassed' });
    page.say({ type: 'now' });
    expect(page.list(DEPLOYMENTS)).toHaveLength(1);
  });

  it('ends at the newest moment, where the cluster goes on', () => {
    const { page, before, after } = scaled();
    page.say({ type: 'look', atMs: before.atMs });
    page.say({ type: 'look', atMs: after.atMs });
    expect(page.clock.past).toBeUndefined();
    expect(page.shown()).toEqual(after.shown);
    page.say({ type: 'clock', command: 'resume' });
    for (let turn = 0; turn < 50; turn++) page.tick();
    expect(page.clock.nowMs).toBeGreaterThan(after.atMs);
  });

  it('lets the cluster wait meanwhile', () => {
    const { page, before, after } = scaled();
    page.say({ type: 'clock', command: 'resume' });
    page.say({ type: 'look', atMs: before.atMs });
    const { nowMs } = page.clock.past!;
    for (let turn = 0; turn < 50; turn++) page.tick();
    expect(page.clock.past!.nowMs).toBe(nowMs);
    expect(nowMs - after.atMs).toBeLessThan(100);
  });

  it('goes from event to event, and plays on up to now', () => {
    const { page, before } = scaled();
    page.say({ type: 'look', by: -1 });
    const lastMs = page.clock.past!.atMs;
    page.say({ type: 'look', by: -1 });
    const earlierMs = page.clock.past!.atMs;
    expect(earlierMs).toBeLessThan(lastMs);
    page.say({ type: 'look', by: 1 });
    expect(page.clock.past!.atMs).toBe(lastMs);
    page.say({ type: 'look', atMs: before.atMs });
    page.say({ type: 'clock', command: 'speed', speed: 1000 });
    page.say({ type: 'clock', command: 'resume' });
    for (let turn = 0; turn < 20; turn++) page.tick();
    expect(page.clock.past).toBeUndefined();
  });

  it('shows a machine as it was', () => {
    const page = new Page();
    const { nowMs } = page.clock;
    page.pass(1_000);
    const path = '/apis/sim.kubarium.dev/v1alpha1/machines/n2';
    page.request('PATCH', path, { spec: { power: 'Off' } });
    page.pass(60_000);
    expect(page.nodes.get('n2')).toMatchObject({ power: 'Off', ready: 'Unknown' });
    page.say({ type: 'look', atMs: nowMs });
    expect(page.nodes.get('n2')).toMatchObject({ power: 'On', ready: 'Ready' });
    expect(page.request('GET', path).body).toMatchObject({ spec: { power: 'On' } });
  });
});

describe('a branch', () => {
  it('goes on from that moment, and leaves the other future for later', () => {
    const { page, before, after } = scaled();
    page.say({ type: 'look', atMs: before.atMs });
    page.say({ type: 'branch' });
    expect(page.clock.past).toBeUndefined();
    expect(page.clock.nowMs).toBe(before.atMs);
    page.pass(60_000);
    expect(page.shown()).toEqual(before.shown);
    expect(page.report.branches).toMatchObject([
      { id: 1, current: false, nowMs: after.atMs },
      { id: 2, current: true, from: { branch: 1, atMs: before.atMs } },
    ]);
    page.say({ type: 'switch', branch: 1 });
    expect(page.shown()).toEqual(after.shown);
    expect(page.clock.nowMs).toBe(after.atMs);
  });

  it('is the same to the byte as another of the same moment and seed', () => {
    const { page, before } = scaled();
    const run = (seed?: number): string => {
      page.say({ type: 'switch', branch: 1 });
      page.say({ type: 'look', atMs: before.atMs + 1_500 });
      page.say(seed === undefined ? { type: 'branch' } : { type: 'branch', seed });
      page.scale('web', 8);
      page.host.running.clock.runFor(120_000);
      const { store, worldStore, sim } = page.host.running;
      return JSON.stringify([store.snapshot(), worldStore.snapshot(), sim.saveRandom()]);
    };
    const first = run();
    expect(run()).toBe(first);
    expect(run(77)).not.toBe(first);
    expect(run(77)).toBe(run(77));
  });

  it('has the past of the one it left', () => {
    const { page, before } = scaled();
    page.say({ type: 'look', atMs: before.atMs + 5_000 });
    page.say({ type: 'branch' });
    page.pass(10_000);
    page.say({ type: 'look', atMs: before.atMs });
    expect(page.shown()).toEqual(before.shown);
  });

  it('is what is kept when the page is left', () => {
    const { page, before } = scaled();
    page.say({ type: 'look', atMs: before.atMs });
    page.say({ type: 'branch' });
    page.say({ type: 'save', id: 999 });
    const { saved } = page.last('saved');
    const other = new Page({ saved: JSON.parse(JSON.stringify(saved)) });
    expect(other.clock.nowMs).toBe(before.atMs);
    expect(other.shown()).toEqual(before.shown);
  });
});

describe('undoing', () => {
  it('goes back to before the act; doing again goes where that was left', () => {
    const { page, before, after } = scaled();
    expect(page.report.acts.map(({ label }) => label)).toEqual(['scale web to 5']);
    page.say({ type: 'undo' });
    expect(page.clock.nowMs).toBe(before.atMs + 1_000);
    expect(page.shown()).toEqual(before.shown);
    expect(page.report).toMatchObject({ acts: [], undone: [{ label: 'scale web to 5' }] });
    page.pass(30_000);
    expect(page.list<Pod>(PODS)).toHaveLength(2);
    page.say({ type: 'redo' });
    expect(page.shown()).toEqual(after.shown);
    expect(page.report).toMatchObject({ acts: [{ label: 'scale web to 5' }], undone: [] });
  });

  it('goes act by act, also of those made at one moment', () => {
    const { page } = scaled();
    page.say({ type: 'note', label: 'scale web to 1' });
    page.scale('web', 1);
    page.say({ type: 'note', label: 'scale web to 3' });
    page.scale('web', 3);
    const replicas = () => {
      const { body } = page.request('GET', `${DEPLOYMENTS}/web`);
      return (body as { spec: { replicas: number } }).spec.replicas;
    };
    const seen = [replicas()];
    for (let count = 0; count < 4; count++) {
      page.say({ type: 'undo' });
      seen.push(replicas());
    }
    expect(seen).toEqual([3, 1, 5, 2, 2]);
    for (let count = 0; count < 4; count++) {
      page.say({ type: 'redo' });
      seen.push(replicas());
    }
    expect(seen.slice(5)).toEqual([5, 1, 3, 3]);
  });

  it('cannot be undone once something else has been done', () => {
    const { page } = scaled();
    page.say({ type: 'undo' });
    page.say({ type: 'note', label: 'another act' });
    expect(page.report).toMatchObject({ acts: [{ label: 'another act' }], undone: [] });
  });
});

function byKey(one: ScenePod, other: ScenePod): number {
  return one.key < other.key ? -1 : 1;
}

describe('running ahead', () => {
  it('stops at what was asked for and sums up what was skipped', () => {
    const page = new Page();
    page.pass(120_000);
    page.request('POST', DEPLOYMENTS, WEB);
    const fromMs = page.clock.nowMs;
    page.say({ type: 'clock', command: 'warpTo', target: 'rollout' });
    for (let turn = 0; turn < 50; turn++) page.tick();
    expect(page.clock.warpingTo).toBeUndefined();
    expect(page.shown().map((line) => line.split(' ')[1])).toEqual(['running', 'running']);
    expect(page.last('skipped').report).toEqual({
      fromMs,
      toMs: page.clock.nowMs,
      counts: { podsCreated: 2, podsReady: 2, rolloutsDone: 1 },
    });
  });

  it('ends after an hour without a change, and says that none has come', () => {
    const page = new Page();
    page.pass(120_000);
    const fromMs = page.clock.nowMs;
    page.say({ type: 'clock', command: 'warpTo', target: 'change' });
    for (let turn = 0; turn < 50; turn++) page.tick();
    expect(page.clock.warpingTo).toBeUndefined();
    const toMs = fromMs + 3_600_000;
    expect(page.last('skipped').report).toEqual({ fromMs, toMs, counts: {}, missed: 'change' });
  });

  it('ends where nobody would wait any longer', () => {
    const page = new Page();
    page.pass(120_000);
    const [fromMs, fromWallMs] = [page.clock.nowMs, page.nowMs];
    page.lookMs = 10;
    page.say({ type: 'clock', command: 'warpTo', target: 'eviction' });
    for (let turn = 0; turn < 1_000 && page.clock.warpingTo; turn++) page.tick();
    expect(page.clock.warpingTo).toBeUndefined();
    expect(page.clock.nowMs).toBeLessThan(fromMs + 24 * 3_600_000);
    expect(page.nowMs).toBeLessThan(fromWallMs + 11_000);
    expect(page.last('skipped').report).toMatchObject({ counts: {}, missed: 'eviction' });
  });

  it('says what is to come', () => {
    const page = new Page();
    page.pass(120_000);
    page.request('POST', DEPLOYMENTS, WEB);
    page.say({ type: 'coming', id: 7 });
    expect(page.last('coming')).toEqual({ type: 'coming', id: 7, targets: ['change', 'rollout'] });
  });

  it('at a speed that nobody can follow is summed up when it slows down', () => {
    const page = new Page({ paused: false });
    page.request('POST', DEPLOYMENTS, WEB);
    page.say({ type: 'clock', command: 'speed', speed: 1000 });
    for (let turn = 0; turn < 60; turn++) page.tick();
    page.say({ type: 'clock', command: 'speed', speed: 1 });
    expect(page.last('skipped').report.counts).toMatchObject({ podsCreated: 2, rolloutsDone: 1 });
  });
});

describe('a hop', () => {
  it('goes to the arrival of one message, which is less than a step', () => {
    const page = new Page();
    page.pass(120_000);
    page.request('POST', DEPLOYMENTS, WEB);
    const times: number[] = [];
    for (let count = 0; count < 6; count++) {
      page.say({ type: 'clock', command: 'hop' });
      times.push(page.clock.nowMs);
    }
    const gaps = times.slice(1).map((atMs, index) => atMs - times[index]!);
    expect(gaps.every((gap) => gap > 0 && gap < 250)).toBe(true);
    expect(page.clock.paused).toBe(true);
  });
});

describe('the timeline', () => {
  it('is told whole at first, then what is new, and whole again of another course', () => {
    const { page, before } = scaled();
    page.say({ type: 'timeline', on: true });
    for (let turn = 0; turn < 20; turn++) page.tick();
    const told = () =>
      page.received.flatMap((each) => (each.type === 'timeline' ? [each.delta] : []));
    expect(told()).toMatchObject([{ reset: true, marks: expect.anything() as unknown }]);
    const own = told()[0]!.pods.filter(({ namespace }) => namespace === 'default');
    expect(own).toHaveLength(5);
    expect(told()[0]!.marks).toContainEqual(
      expect.objectContaining({ kind: 'act', text: 'scale web to 5' }) as unknown,
    );
    page.say({ type: 'look', atMs: before.atMs });
    page.say({ type: 'branch' });
    for (let turn = 0; turn < 20; turn++) page.tick();
    expect(told().at(-1)).toMatchObject({ reset: true });
    expect(
      told()
        .at(-1)!
        .pods.filter(({ namespace }) => namespace === 'default'),
    ).toHaveLength(2);
  });

  it('counts pods in place of lanes where the page wants no more, on every course', () => {
    const { page, before } = scaled();
    const told = () =>
      page.received.flatMap((each) => (each.type === 'timeline' ? [each.delta] : []));
    const tick = () => {
      for (let turn = 0; turn < 20; turn++) page.tick();
      return told().at(-1)!;
    };
    page.say({ type: 'timeline', on: true, podLanesMax: 3 });
    const first = tick();
    expect(first).toMatchObject({ reset: true, hasPodLanes: false, pods: [] });
    const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
    const atEnd = sum(first.counts.at(-1)!.counts);

    // The past shows the same curve; nothing is told anew.
    page.say({ type: 'look', atMs: before.atMs });
    expect(tick()).toBe(first);
    page.say({ type: 'branch' });
    const branched = tick();
    expect(branched).toMatchObject({ reset: true, hasPodLanes: false, pods: [] });
    expect(sum(branched.counts.at(-1)!.counts)).toBe(atEnd - 3);
    const until = first.counts.filter(({ atMs }) => atMs <= before.atMs);
    expect(branched.counts).toEqual(until);

    page.say({ type: 'timeline', on: true });
    const lanes = tick();
    expect(lanes).toMatchObject({ reset: false, hasPodLanes: true, counts: [] });
    expect(lanes.pods.filter(({ namespace }) => namespace === 'default')).toHaveLength(2);
  });
});
