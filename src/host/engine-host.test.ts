import { beforeEach, describe, expect, it } from 'vitest';
import type { KubeObject } from '../api/object';
import type { Event, Lease, Pod } from '../api/types';
import { extension } from '../cluster/extension';
import { storyTeller } from '../scene/story-teller';
import { EngineHost } from './engine-host';
import type { ClockState, FromEngine, HttpRequest, StartOptions } from './protocol';

const TICK_MS = 16;
const START: StartOptions = {
  seed: 1,
  preset: 'kubeadm',
  startMs: Date.UTC(2026, 0, 1),
  speed: 1,
  paused: false,
};

/** A page before an engine, with a wall clock that stands still until it is moved. */
class Page {
  readonly received: FromEngine[] = [];
  nowMs = 1000;
  /** What each look at the wall clock costs: the engine's CPU time. */
  lookMs = 0;
  readonly host;
  private lastId = 0;

  constructor(loadExtension?: () => void) {
    this.host = new EngineHost(
      (message) => this.received.push(message),
      () => (this.nowMs += this.lookMs),
      loadExtension,
    );
    this.host.tellWith(storyTeller);
  }

  start(options: Partial<StartOptions> = {}): this {
    this.host.receive({ type: 'start', options: { ...START, ...options } });
    return this;
  }

  prepare(options: Partial<StartOptions> = {}): this {
    this.host.receive({ type: 'prepare', options: { ...START, ...options } });
    return this;
  }

  tick(wallMs = TICK_MS): void {
    this.nowMs += wallMs;
    this.host.tick();
  }

  /** Ticks as the shell does, for that long. */
  run(wallMs: number): void {
    for (let passed = 0; passed < wallMs; passed += TICK_MS) this.tick();
  }

  clock(command: 'pause' | 'resume' | 'step'): void {
    this.host.receive({ type: 'clock', command });
  }

  speed(speed: number): void {
    this.host.receive({ type: 'clock', command: 'speed', speed });
  }

  warp(ms: number): void {
    this.host.receive({ type: 'clock', command: 'warp', toMs: this.state().nowMs + ms });
  }

  send(request: HttpRequest): number {
    const id = ++this.lastId;
    this.host.receive({ type: 'request', id, request });
    return id;
  }

  abort(id: number): void {
    this.host.receive({ type: 'abort', id });
  }

  answer(request: HttpRequest): { status: number; body: unknown } {
    const id = this.send(request);
    const { response } = this.all('response').find((message) => message.id === id)!;
    return { status: response.status, body: JSON.parse(response.body) };
  }

  list<T extends KubeObject>(path: string): T[] {
    return (this.answer({ method: 'GET', path }).body as { items: T[] }).items;
  }

  chunks(id: number): string[] {
    return this.all('chunk')
      .filter((message) => message.id === id)
      .map(({ text, last }) => (last ? '(end)' : text));
  }

  /** What a watch has told: 'ADDED web'. */
  told(id: number): string[] {
    const lines = this.chunks(id).flatMap((text) => text.split('\n').filter(Boolean));
    return lines.map((line) => {
      if (line === '(end)') return line;
      const { type, object } = JSON.parse(line) as { type: string; object: KubeObject };
      return `${type} ${object.metadata.name}`;
    });
  }

  save(): unknown {
    this.host.receive({ type: 'save', id: 1 });
    // As it crosses postMessage and IndexedDB.
    return structuredClone(this.all('saved').at(-1)!.saved);
  }

  why(namespace: string, name: string): unknown {
    this.host.receive({ type: 'why', id: 1, namespace, name });
    return this.all('why').at(-1)!.report;
  }

  /** The newest word on the clock. */
  state(): ClockState {
    return this.all('clock').at(-1)!.clock;
  }

  /** Virtual ms since the engine started, as the page is told within a tenth of a second. */
  elapsedMs(): number {
    this.clock('resume');
    const { nowMs } = this.state();
    return nowMs - this.bootedMs;
  }

  get bootedMs(): number {
    return this.all('clock')[0].clock.nowMs;
  }

  all<T extends FromEngine['type']>(type: T): Extract<FromEngine, { type: T }>[] {
    return this.received.filter((message) => message.type === type) as never;
  }
}

const POD = {
  metadata: { name: 'web' },
  spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] },
};
const PODS = '/api/v1/namespaces/default/pods';

function create(page: Page, body: object, path = PODS): { status: number; body: unknown } {
  return page.answer({ method: 'POST', path, body: JSON.stringify(body) });
}

let page: Page;

describe('before it has started', () => {
  it('answers requests with 503 and ticks without a word', () => {
    page = new Page();
    page.tick();
    expect(page.received).toEqual([]);
    const { status, body } = page.answer({ method: 'GET', path: PODS });
    expect(status).toBe(503);
    expect(body).toMatchObject({ kind: 'Status', status: 'Failure', code: 503 });
    expect(page.save()).toBeNull();
    expect(page.why('default', 'web')).toBeNull();
  });
});

describe('the start', () => {
  it('tells the version, the clock, and the whole picture of a cluster that runs', () => {
    page = new Page().start();
    expect(page.received.map(({ type }) => type)).toEqual(['started', 'clock', 'scene']);
    expect(page.all('started')[0]).toMatchObject({ version: 'v1.36.0' });
    expect(page.state()).toMatchObject({ startMs: START.startMs, speed: 1, paused: false });
    const { delta } = page.all('scene')[0];
    expect(delta.reset).toBe(true);
    expect(delta.nodes.map(({ name, ready }) => `${name} ${ready}`).sort()).toEqual([
      'm1 Ready',
      'n1 Ready',
      'n2 Ready',
      'n3 Ready',
      'n4 Ready',
    ]);
    expect(delta.pods.every(({ look }) => look === 'running')).toBe(true);
    expect(delta.components?.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'kube-apiserver running',
      'etcd running',
      'kube-scheduler running',
      'kube-controller-manager running',
    ]);
  });

  it('brings the same cluster with the same seed', () => {
    const uids = (seed: number): string[] =>
      new Page()
        .start({ seed })
        .list<Pod>('/api/v1/pods')
        .map(({ metadata }) => metadata.uid);
    expect(uids(1)).toEqual(uids(1));
    expect(uids(1)).not.toEqual(uids(2));
  });

  it('of another cluster forgets the watches of the one before', () => {
    page = new Page().start();
    const id = page.send({ method: 'GET', path: PODS + '?watch=true' });
    page.start({ seed: 2 });
    create(page, POD);
    page.run(3000);
    expect(page.told(id)).toEqual([]);
  });
});

describe('the clock', () => {
  beforeEach(() => {
    page = new Page().start();
  });

  it.each([
    ['follows the wall', 1, 1008],
    ['runs as many times as fast as asked', 20, 20_160],
    ['runs in slow motion', 0.25, 252],
  ])('%s', (_what, speed, elapsedMs) => {
    page.speed(speed);
    page.run(1000);
    expect(page.elapsedMs()).toBe(elapsedMs);
    expect(page.state().speed).toBe(speed);
  });

  it('stands still while paused, and does not make up for it', () => {
    page.clock('pause');
    const before = page.state();
    page.run(5000);
    expect(page.state()).toMatchObject({ nowMs: before.nowMs, paused: true });
    page.clock('resume');
    page.run(160);
    expect(page.elapsedMs()).toBe(160);
  });

  it('goes to the next thing that happens on a step, and stays paused', () => {
    page.clock('step');
    const first = page.state();
    expect(first.paused).toBe(true);
    expect(page.all('scene').at(-1)!.delta.apiLines?.length).toBeGreaterThan(0);
    page.run(1000);
    expect(page.state().nowMs).toBe(first.nowMs);
    page.clock('step');
    expect(page.state().nowMs).toBeGreaterThan(first.nowMs);
  });

  it('shows another millisecond after every step', () => {
    let beforeMs = page.state().nowMs;
    for (let step = 0; step < 200; step++) {
      page.clock('step');
      expect(Math.floor(page.state().nowMs)).toBeGreaterThan(Math.floor(beforeMs));
      beforeMs = page.state().nowMs;
    }
  });

  it('does not make up for the time that a tab was asleep', () => {
    page.tick(3_600_000);
    expect(page.elapsedMs()).toBe(250);
  });

  it('is told ten times a second, and at once after a command', () => {
    const before = page.all('clock').length;
    page.run(1000);
    expect(page.all('clock').length - before).toBe(9);
    page.speed(2);
    expect(page.all('clock').length - before).toBe(10);
  });

  it('tells the speed that it reaches', () => {
    page.speed(4);
    page.run(2000);
    expect(page.state().actualSpeed).toBeCloseTo(4, 1);
  });

  it('gives up what the CPU cannot do, within its budget a tick', () => {
    page.lookMs = 3;
    page.speed(1_000_000);
    const startedMs = page.nowMs;
    page.tick();
    const tickMs = page.nowMs - startedMs - TICK_MS;
    expect(tickMs).toBeLessThanOrEqual(18);
    page.run(320);
    page.speed(0);
    const { nowMs } = page.state();
    page.lookMs = 0;
    page.tick();
    page.clock('pause');
    // What was asked for and not reached is not owed.
    expect(page.state().nowMs - nowMs).toBeLessThanOrEqual(50);
  });
});

describe('a warp', () => {
  beforeEach(() => {
    page = new Page().start();
  });

  it('ends at its time exactly, without motion on the way', () => {
    create(page, POD);
    const scenes = page.all('scene').length;
    const { nowMs } = page.state();
    page.warp(60_000);
    page.tick();
    page.clock('pause');
    expect(page.state().nowMs).toBe(nowMs + 60_000);
    const deltas = page.all('scene').slice(scenes);
    expect(deltas.flatMap(({ delta }) => delta.messages)).toEqual([]);
    expect(deltas.flatMap(({ delta }) => delta.stories).at(-1)).toMatchObject({ rule: 'podReady' });
    expect(deltas.flatMap(({ delta }) => delta.pods).at(-1)).toMatchObject({
      key: 'default/web',
      look: 'running',
    });
  });

  it('takes several ticks when it is far, and answers between them', () => {
    page.lookMs = 10;
    page.warp(3_600_000);
    page.tick();
    const { nowMs } = page.state();
    expect(nowMs).toBeLessThan(page.bootedMs + 3_600_000);
    expect(page.answer({ method: 'GET', path: PODS }).status).toBe(200);
    page.lookMs = 0;
    page.tick();
    page.tick();
    expect(page.elapsedMs()).toBeGreaterThanOrEqual(3_600_000);
  });

  it('runs from a pause and leaves it paused', () => {
    page.clock('pause');
    page.warp(60_000);
    page.run(160);
    expect(page.state()).toMatchObject({ nowMs: page.bootedMs + 60_000, paused: true });
  });

  it('is ended by a pause', () => {
    page.lookMs = 10;
    page.warp(3_600_000);
    page.tick();
    page.clock('pause');
    const { nowMs } = page.state();
    page.run(160);
    expect(page.state().nowMs).toBe(nowMs);
  });
});

describe('requests', () => {
  beforeEach(() => {
    page = new Page().start();
  });

  it('are answered at once, paused or not', () => {
    page.clock('pause');
    const { status, body } = create(page, POD);
    expect(status).toBe(201);
    expect(body).toMatchObject({ kind: 'Pod', metadata: { name: 'web', namespace: 'default' } });
    expect(page.list<Pod>(PODS).map(({ metadata }) => metadata.name)).toEqual(['web']);
  });

  it.each([
    ['what is not there', { method: 'GET', path: PODS + '/web' }, 404],
    ['what is no JSON', { method: 'POST', path: PODS, body: '{' }, 400],
    ['what is not valid', { method: 'POST', path: PODS, body: '{"metadata":{"name":"x"}}' }, 422],
  ] as const)('for %s are refused with a Status', (_what, request, code) => {
    const { status, body } = page.answer(request);
    expect(status).toBe(code);
    expect(body).toMatchObject({ kind: 'Status', status: 'Failure', code });
  });

  it('for machines reach the world beneath', () => {
    const machines = page.list('/apis/sim.kubarium.dev/v1alpha1/machines');
    expect(machines.map(({ metadata }) => metadata.name)).toEqual(['m1', 'n1', 'n2', 'n3', 'n4']);
  });

  it('that come together are answered each, at one moment, and told as one act', () => {
    const page = new Page().start({ preset: 'kubeadm' });
    page.run(2_000);
    const body = JSON.stringify({ spec: { power: 'Off' } });
    const requests = ['n1', 'n3'].map((name, at) => ({
      id: 9_000 + at,
      request: {
        method: 'PATCH' as const,
        path: `/apis/sim.kubarium.dev/v1alpha1/machines/${name}`,
        headers: { 'content-type': 'application/merge-patch+json' },
        body,
      },
    }));
    page.host.receive({ type: 'requests', requests });
    page.run(100);
    const answered = page.received.flatMap((message) =>
      message.type === 'response' && message.id >= 9_000 ? [message.response.status] : [],
    );
    const stories = page.received.flatMap((message) =>
      message.type === 'scene' ? message.delta.stories : [],
    );
    expect(answered).toEqual([200, 200]);
    expect(stories.filter(({ rule }) => rule.startsWith('youPower'))).toMatchObject([
      { rule: 'youPowerOffAll', parts: { kind: 'Zone', name: 'zone-a', count: 2 } },
    ]);
  });

  it('come from the person, so that the story begins with them', () => {
    create(page, POD);
    page.tick();
    const stories = page.all('scene').flatMap(({ delta }) => delta.stories);
    expect(stories.map(({ rule, parts }) => [rule, parts])).toEqual([
      ['youCreate', { kind: 'Pod', name: 'web' }],
    ]);
  });
});

describe('a watch', () => {
  let id: number;

  beforeEach(() => {
    page = new Page().start();
    id = page.send({ method: 'GET', path: PODS + '?watch=true' });
  });

  it('is answered first, then tells of each change', () => {
    expect(page.all('response').at(-1)).toMatchObject({ id, response: { status: 200, body: '' } });
    create(page, POD);
    page.answer({ method: 'DELETE', path: PODS + '/web?gracePeriodSeconds=0' });
    page.run(160);
    const told = page.told(id);
    expect(told[0]).toBe('ADDED web');
    expect(told.at(-1)).toBe('DELETED web');
  });

  it('is silent once aborted', () => {
    page.abort(id);
    create(page, POD);
    page.run(3000);
    expect(page.told(id)).toEqual([]);
  });

  it('ends after its timeout', () => {
    const short = page.send({ method: 'GET', path: PODS + '?watch=true&timeoutSeconds=2' });
    page.run(1500);
    expect(page.told(short)).toEqual([]);
    page.run(1000);
    expect(page.told(short)).toEqual(['(end)']);
    page.abort(short);
  });
});

describe('why a pod is where it is', () => {
  it('is told by the scheduler, node by node', () => {
    page = new Page().start();
    create(page, { ...POD, spec: { ...POD.spec, nodeSelector: { disk: 'ssd' } } });
    page.run(3000);
    expect(page.why('default', 'web')).toMatchObject({ pod: 'default/web', node: '' });
    expect(page.why('default', 'other')).toBeNull();
  });
});

describe('a saved cluster', () => {
  const DEPLOYMENT = {
    metadata: { name: 'web' },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: POD.spec },
    },
  };
  let before: Page;
  let after: Page;

  beforeEach(() => {
    before = new Page().start();
    create(before, DEPLOYMENT, '/apis/apps/v1/namespaces/default/deployments');
    before.warp(120_000);
    before.tick();
    after = new Page().start({ saved: before.save() });
  });

  const containers = (of: Page): string[] =>
    of
      .list<Pod>('/api/v1/pods')
      .flatMap(({ metadata, status }) =>
        (status.containerStatuses ?? []).map(
          ({ name, containerID, restartCount, ready }) =>
            `${metadata.name} ${metadata.uid} ${name} ${containerID} ${restartCount} ${ready}`,
        ),
      );
  const holders = (of: Page): string[] =>
    of
      .list<Lease>('/apis/coordination.k8s.io/v1/leases')
      .map(({ metadata, spec }) => `${metadata.name} ${spec.holderIdentity}`);
  const reasons = (of: Page, sinceMs: number): string[] =>
    of
      .list<Event>('/api/v1/events')
      .filter(({ metadata }) => Date.parse(metadata.creationTimestamp!) >= sinceMs)
      .map(({ reason, involvedObject }) => `${reason} ${involvedObject.name}`);

  it('comes back at its time, with the same containers and leaders', () => {
    expect(after.state().nowMs).toBe(before.state().nowMs);
    const ran = containers(before);
    expect(ran).toHaveLength(11 + 3);
    expect(containers(after)).toEqual(ran);
    expect(holders(after)).toEqual(holders(before));
  });

  it('runs on as if nothing had been: no restart, no pull, no change of hands', () => {
    const savedMs = after.state().nowMs;
    after.warp(300_000);
    after.tick();
    expect(containers(after)).toEqual(containers(before));
    expect(holders(after)).toEqual(holders(before));
    expect(reasons(after, savedMs)).toEqual([]);
  });

  it('still does what it is told', () => {
    const patch = { method: 'PATCH', path: '/apis/apps/v1/namespaces/default/deployments/web' };
    const headers = { 'Content-Type': 'application/merge-patch+json' };
    const body = JSON.stringify({ spec: { replicas: 5 } });
    expect(after.answer({ ...patch, headers, body } as HttpRequest).status).toBe(200);
    after.warp(60_000);
    after.tick();
    const ready = after
      .list<Pod>(PODS)
      .filter(({ status }) => status.containerStatuses?.every((each) => each.ready));
    expect(ready).toHaveLength(5);
  });

  it('of another version is refused in words', () => {
    expect(() => new Page().start({ saved: { version: 0 } })).toThrow(
      'a saved cluster of version 0, not 1',
    );
  });
});

describe('a cluster made ahead', () => {
  it('is the one that is started, as if it had not been', () => {
    const ahead = new Page().prepare();
    expect(ahead.received).toEqual([]);
    const started = ahead.start({ speed: 2 }).received;
    const bootMs = expect.any(Number) as number;
    expect(started).toEqual(
      new Page()
        .start({ speed: 2 })
        .received.map((it) => ('bootMs' in it ? { ...it, bootMs } : it)),
    );
  });

  it.each<[string, Partial<StartOptions>]>([
    ['another seed', { seed: 2 }],
    ['another preset', { preset: 'empty' }],
    ['another time', { startMs: Date.UTC(2027, 0, 1) }],
    ['machines of a link', { machines: [] }],
  ])('gives way to a start with %s', (_, options) => {
    const page = new Page().prepare().start(options);
    const alone = new Page().start(options);
    expect(page.all('scene')).toEqual(alone.all('scene'));
    expect(page.state()).toEqual(alone.state());
  });

  it('gives way to a kept cluster', () => {
    const kept = new Page().start({ seed: 3 });
    kept.run(1_000);
    const saved = kept.save();
    expect(new Page().prepare().start({ saved }).all('scene')).toEqual(
      new Page().start({ saved }).all('scene'),
    );
  });
});

describe('the extension, which comes after the first picture', () => {
  const JOBS = '/apis/batch/v1/namespaces/default/jobs';
  let asked: number;

  beforeEach(() => {
    asked = 0;
  });

  const answered = (page: Page, id: number): number | undefined =>
    page.all('response').find((message) => message.id === id)?.response.status;

  it('is waited for by what only it can answer, and by nothing else', () => {
    const page = new Page(() => asked++).start();
    const jobs = page.send({ method: 'GET', path: JOBS });
    const groups = page.send({ method: 'GET', path: '/apis' });
    const pods = page.send({ method: 'GET', path: '/api/v1/pods' });
    expect(asked).toBe(1);
    expect([jobs, groups, pods].map((id) => answered(page, id))).toEqual([
      undefined,
      undefined,
      200,
    ]);
    page.host.extend(extension);
    expect([jobs, groups].map((id) => answered(page, id))).toEqual([200, 200]);
  });

  it('is asked for once, when the page has time for it or something needs it', () => {
    const page = new Page(() => asked++).start();
    page.send({ method: 'GET', path: '/api/v1/pods' });
    expect(asked).toBe(0);
    page.host.receive({ type: 'extend' });
    page.send({ method: 'GET', path: JOBS });
    expect(asked).toBe(1);
  });

  it('brings its controllers into the cluster that runs', () => {
    const page = new Page(() => asked++).start();
    page.host.extend(extension);
    const template = {
      spec: {
        restartPolicy: 'Never',
        containers: [{ name: 'main', image: 'busybox', command: ['true'] }],
      },
    };
    const body = JSON.stringify({ metadata: { name: 'once' }, spec: { template } });
    expect(page.answer({ method: 'POST', path: JOBS, body }).status).toBe(201);
    page.warp(60_000);
    page.run(2_000);
    const { status } = page.answer({ method: 'GET', path: `${JOBS}/once` }).body as {
      status: { succeeded?: number };
    };
    expect(status.succeeded).toBe(1);
  });

  it('is waited for by a kept cluster, which may hold its kinds', () => {
    const before = new Page();
    before.host.extend(extension);
    before.start();
    const body = JSON.stringify({ metadata: { name: 'kept' }, spec: { hard: { pods: '5' } } });
    const path = '/api/v1/namespaces/default/resourcequotas';
    before.answer({ method: 'POST', path, body });
    const after = new Page(() => asked++).start({ saved: before.save() });
    expect(after.all('started')).toEqual([]);
    after.host.extend(extension);
    expect(after.all('started')).toHaveLength(1);
    expect(after.answer({ method: 'GET', path: `${path}/kept` }).status).toBe(200);
  });

  it('may fail to load: then its kinds are not served, and all else lives on', () => {
    const page = new Page(() => asked++).start();
    const jobs = page.send({ method: 'GET', path: JOBS });
    page.host.extend(undefined);
    expect([answered(page, jobs), page.list('/api/v1/nodes').length]).toEqual([404, 5]);
  });
});
