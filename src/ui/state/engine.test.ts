import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FromEngine, ToEngine } from '../../host/protocol';
import { Engine, EngineGone, engineWorker } from './engine';
import type { EngineListeners, EnginePort } from './engine';

function fakePort() {
  const sent: ToEngine[] = [];
  const port: EnginePort = {
    postMessage: (message) => sent.push(message),
    onmessage: null,
    onerror: null,
    terminate: vi.fn<() => void>(),
  };
  const say = (message: FromEngine) => port.onmessage?.({ data: message });
  return { port, sent, say };
}

function connect(listeners: Partial<EngineListeners> = {}) {
  const { port, sent, say } = fakePort();
  const silent: EngineListeners = {
    started: () => {},
    clock: () => {},
    scene: () => {},
    history: () => {},
    timeline: () => {},
    skipped: () => {},
    crashed: () => {},
  };
  return { engine: new Engine(port, { ...silent, ...listeners }), port, sent, say };
}

const ok = { status: 200, headers: {}, body: '{}' };

describe('the line to the engine', () => {
  it('gives each request its own answer, in whatever order they come', async () => {
    const { engine, sent, say } = connect();
    const first = engine.request({ method: 'GET', path: '/a' });
    const second = engine.request({ method: 'GET', path: '/b' });
    expect(sent).toEqual([
      { type: 'request', id: 1, request: { method: 'GET', path: '/a' } },
      { type: 'request', id: 2, request: { method: 'GET', path: '/b' } },
    ]);
    say({ type: 'response', id: 2, response: { ...ok, body: 'two' } });
    say({ type: 'response', id: 1, response: { ...ok, body: 'one' } });
    expect([(await first).body, (await second).body]).toEqual(['one', 'two']);
  });

  it('sends many as one, and gives their answers in the order in which they were asked', async () => {
    const { engine, sent, say } = connect();
    const asked = ['/a', '/b'].map((path) => ({ method: 'PATCH', path }) as const);
    const answers = engine.requestAll(asked);
    const [first, second] = asked;
    const requests = [
      { id: 1, request: first },
      { id: 2, request: second },
    ];
    expect(sent).toEqual([{ type: 'requests', requests }]);
    say({ type: 'response', id: 2, response: { ...ok, body: 'two' } });
    say({ type: 'response', id: 1, response: { ...ok, body: 'one' } });
    expect((await answers).map(({ body }) => body)).toEqual(['one', 'two']);
  });

  it('puts watch events together from chunks that are cut anywhere', () => {
    const { engine, sent, say } = connect();
    const heard: unknown[] = [];
    const closed = vi.fn<() => void>();
    engine.watch('/w?watch=true', { event: (event) => heard.push(event), closed });
    say({ type: 'response', id: 1, response: ok });
    say({
      type: 'chunk',
      id: 1,
      text: '{"type":"ADDED","object":{"a":1}}\n{"type":"MOD',
      last: false,
    });
    say({ type: 'chunk', id: 1, text: 'IFIED","object":{"a":2}}\n', last: false });
    say({ type: 'chunk', id: 1, text: '{"type":"DELETED","object":{"a":2}}', last: true });
    expect(sent).toEqual([
      { type: 'request', id: 1, request: { method: 'GET', path: '/w?watch=true' } },
    ]);
    expect(heard).toEqual([
      { type: 'ADDED', object: { a: 1 } },
      { type: 'MODIFIED', object: { a: 2 } },
      { type: 'DELETED', object: { a: 2 } },
    ]);
    expect(closed).toHaveBeenCalledTimes(1);
  });

  it('says that a refused watch has ended, and stops one on request', () => {
    const { engine, sent, say } = connect();
    const closed = vi.fn<() => void>();
    const event = vi.fn<() => void>();
    engine.watch('/w', { event, closed });
    say({ type: 'response', id: 1, response: { ...ok, status: 410 } });
    expect(closed).toHaveBeenCalledTimes(1);
    const stop = engine.watch('/w', { event, closed });
    stop();
    stop();
    say({ type: 'chunk', id: 2, text: '{"type":"ADDED","object":{}}\n', last: true });
    expect(sent.at(-1)).toEqual({ type: 'abort', id: 2 });
    expect(sent).toHaveLength(3);
    expect(event).not.toHaveBeenCalled();
    expect(closed).toHaveBeenCalledTimes(1);
  });

  it('fails what waits when the engine breaks, and what is asked after', async () => {
    const crashed = vi.fn<EngineListeners['crashed']>();
    const { engine, say } = connect({ crashed });
    const waiting = engine.why('default', 'web');
    say({ type: 'crashed', message: 'boom', stack: 'at x' });
    await expect(waiting).rejects.toBeInstanceOf(EngineGone);
    await expect(engine.save()).rejects.toBeInstanceOf(EngineGone);
    expect(crashed).toHaveBeenCalledWith('boom', 'at x');
  });

  it('tells of a worker that did not load', () => {
    const crashed = vi.fn<EngineListeners['crashed']>();
    const { port } = connect({ crashed });
    port.onerror?.({ message: '' });
    expect(crashed).toHaveBeenCalledWith('the engine did not load', '');
  });

  it('hands on clock, scene, save and why', async () => {
    const clock = vi.fn<EngineListeners['clock']>();
    const { engine, say, port } = connect({ clock });
    const state = { nowMs: 1, startMs: 0, speed: 2, paused: false, actualSpeed: 2 };
    say({ type: 'clock', clock: state });
    const saved = engine.save();
    const why = engine.why('default', 'web');
    say({ type: 'saved', id: 1, saved: { version: 1 } });
    say({ type: 'why', id: 2, report: null });
    expect(clock).toHaveBeenCalledWith(state);
    expect([await saved, await why]).toEqual([{ version: 1 }, null]);
    engine.close();
    expect(port.terminate).toHaveBeenCalledTimes(1);
  });
});

describe('the engine that the page asks for early', () => {
  class MadeNow {
    readonly type = 'module';
  }
  beforeEach(() => vi.stubGlobal('Worker', MadeNow));
  afterEach(() => vi.unstubAllGlobals());

  it('is taken once, and another is made after it', () => {
    const early = { worker: {}, failed: false };
    vi.stubGlobal('kubariumEngine', early);
    expect(engineWorker()).toBe(early.worker);
    expect(engineWorker()).toBeInstanceOf(MadeNow);
  });

  it('is passed over when it did not load', () => {
    vi.stubGlobal('kubariumEngine', { worker: {}, failed: true });
    expect(engineWorker()).toBeInstanceOf(MadeNow);
  });
});
