// The page's end of the line to the engine. The main thread never holds the engine: it posts
// messages and is told. Everything that waits is settled when the line is closed or the engine
// breaks.
import type {
  ClockState,
  Follow,
  FromEngine,
  HistoryReport,
  HttpRequest,
  HttpResponse,
  SchedulerOverview,
  SchedulingReport,
  SkippedReport,
  StartOptions,
  TimelineDelta,
  ToEngine,
  ToHistory,
  WarpTarget,
} from '../../host/protocol';
import type { SceneDelta } from '../../scene/scene';
import { LineFeed } from './line-feed';
import { RemoteEngine, remotePath } from './remote-engine';
import type { Transport, WatchEvent, WatchSink } from './transport';

/** What a Worker is to this page. */
export interface EnginePort {
  postMessage(message: ToEngine): void;
  onmessage: ((event: { data: FromEngine }) => void) | null;
  onerror: ((event: { message: string }) => void) | null;
  terminate(): void;
}

export interface EngineListeners {
  started(version: string, bootMs: number): void;
  clock(clock: ClockState): void;
  scene(delta: SceneDelta): void;
  history(report: HistoryReport): void;
  timeline(delta: TimelineDelta): void;
  skipped(report: SkippedReport): void;
  crashed(message: string, stack: string): void;
}

/** Between a look at another moment and the lists of it, wall ms. */
const TURN_MS = 100;

export type ClockCommand = Extract<ToEngine, { type: 'clock' }>;

export class EngineGone extends Error {
  override readonly name = 'EngineGone';
}

/** The only question without a number. */
const APART = 0;

export type Apart = Extract<FromEngine, { type: 'apart' }>;

interface Waiting {
  resolve: (value: never) => void;
  reject: (error: Error) => void;
}

interface Stream {
  feed: LineFeed;
  sink: WatchSink;
}

export class Engine implements Transport {
  private lastId = 0;
  private gone = false;
  private readonly readers = new Set<() => void>();
  private turnTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private readonly streams = new Map<number, Stream>();

  constructor(
    private readonly port: EnginePort,
    private readonly listeners: EngineListeners,
  ) {
    port.onmessage = ({ data }) => this.hear(data);
    port.onerror = ({ message }) => this.break(message || 'the engine did not load', '');
  }

  start(options: StartOptions): void {
    this.port.postMessage({ type: 'start', options });
  }

  /** The page has what it needs first: the rest of the engine may load. */
  extend(): void {
    this.port.postMessage({ type: 'extend' });
  }

  command(command: ClockCommand): void {
    this.port.postMessage(command);
  }

  /** What is answered by no message, or, about the past, by a 'history' message. */
  send(message: ToHistory | Follow): void {
    this.port.postMessage(message);
  }

  request(request: HttpRequest): Promise<HttpResponse> {
    return this.ask((id) => ({ type: 'request', id, request }));
  }

  /** Answers in the order of the requests, which the engine takes one after the other. */
  requestAll(requests: readonly HttpRequest[]): Promise<HttpResponse[]> {
    const asked: { id: number; request: HttpRequest }[] = [];
    const answers = requests.map((request) =>
      this.answerTo<HttpResponse>((id) => asked.push({ id, request })),
    );
    this.port.postMessage({ type: 'requests', requests: asked });
    return Promise.all(answers);
  }

  watch<T>(path: string, sink: WatchSink<T>): () => void {
    const id = ++this.lastId;
    const feed = new LineFeed(
      (line) => sink.event(JSON.parse(line) as WatchEvent<T>),
      () => this.closeStream(id),
    );
    this.streams.set(id, { feed, sink: sink as WatchSink });
    this.waiting.set(id, {
      resolve: (response: HttpResponse) => {
        if (response.status !== 200) this.closeStream(id);
      },
      reject: () => this.closeStream(id),
    });
    this.port.postMessage({ type: 'request', id, request: { method: 'GET', path } });
    return () => {
      if (!this.streams.delete(id)) return;
      feed.drop();
      this.port.postMessage({ type: 'abort', id });
    };
  }

  onTurn(turned: () => void): () => void {
    this.readers.add(turned);
    return () => this.readers.delete(turned);
  }

  /** The whole cluster in a form that `start` takes back. */
  save(): Promise<unknown> {
    return this.ask((id) => ({ type: 'save', id }));
  }

  /** What the scheduler made of a pod, last time it looked; null when it never did. */
  why(namespace: string, name: string): Promise<SchedulingReport | null> {
    return this.ask((id) => ({ type: 'why', id, namespace, name }));
  }

  /** What a scheduler would make of a pod now, whether one runs or not. */
  judge(namespace: string, name: string): Promise<SchedulingReport | null> {
    return this.ask((id) => ({ type: 'judge', id, namespace, name }));
  }

  /** The scheduler's queues and last cycles; null while no scheduler leads. */
  scheduling(): Promise<SchedulerOverview | null> {
    return this.ask((id) => ({ type: 'scheduling', id }));
  }

  /** Moments with a name that are to come, as things stand. */
  coming(): Promise<WarpTarget[]> {
    return this.ask((id) => ({ type: 'coming', id }));
  }

  /** The cluster of a moment that is gone on from where others share the engine. */
  apart(message: ToHistory): Promise<Apart> {
    return new Promise((resolve, reject) => {
      this.waiting.set(APART, { resolve, reject });
      this.port.postMessage(message);
    });
  }

  close(): void {
    clearTimeout(this.turnTimer);
    this.settle(new EngineGone('the engine was closed'));
    this.port.onmessage = null;
    this.port.onerror = null;
    this.port.terminate();
  }

  private ask<T>(message: (id: number) => ToEngine): Promise<T> {
    return this.answerTo((id) => this.port.postMessage(message(id)));
  }

  private answerTo<T>(send: (id: number) => void): Promise<T> {
    if (this.gone) return Promise.reject(new EngineGone('the engine is gone'));
    const id = ++this.lastId;
    return new Promise<T>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      send(id);
    });
  }

  private hear(message: FromEngine): void {
    switch (message.type) {
      case 'scene':
        return this.listeners.scene(message.delta);
      case 'clock':
        return this.listeners.clock(message.clock);
      case 'response':
        return this.answer(message.id, message.response);
      case 'chunk':
        return this.chunk(message.id, message.text, message.last);
      case 'saved':
        return this.answer(message.id, message.saved);
      case 'why':
        return this.answer(message.id, message.report);
      case 'scheduling':
        return this.answer(message.id, message.overview);
      case 'history':
        return this.listeners.history(message.report);
      case 'timeline':
        return this.listeners.timeline(message.delta);
      case 'apart':
        return this.answer(APART, message);
      case 'skipped':
        return this.listeners.skipped(message.report);
      case 'coming':
        return this.answer(message.id, message.targets);
      case 'turned':
        return this.turnSoon();
      case 'started':
        return this.listeners.started(message.version, message.bootMs);
      case 'crashed':
        return this.break(message.message, message.stack);
    }
  }

  private answer(id: number, value: unknown): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    waiting?.resolve(value as never);
  }

  private chunk(id: number, text: string, last: boolean): void {
    const stream = this.streams.get(id);
    if (text !== '') stream?.feed.push(text);
    if (last) stream?.feed.end();
  }

  private closeStream(id: number): void {
    const stream = this.streams.get(id);
    if (!this.streams.delete(id)) return;
    stream!.sink.closed();
  }

  /** While moments fly by, who reads is told now and then, and at the end. */
  private turnSoon(): void {
    this.turnTimer ??= setTimeout(() => {
      this.turnTimer = undefined;
      for (const turned of this.readers) turned();
    }, TURN_MS);
  }

  private break(message: string, stack: string): void {
    this.settle(new EngineGone(message));
    this.listeners.crashed(message, stack);
  }

  /**
   * Fails everything that waits; watches just end, without a word, since nothing can be relisted.
   */
  private settle(error: EngineGone): void {
    this.gone = true;
    this.streams.clear();
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of waiting) reject(error);
  }
}

/** The engine that the page's head asked for, if it came up; it is taken once. */
interface EarlyEngine {
  kubariumEngine?: { worker: EnginePort; failed: boolean; startMs: number } | undefined;
}

/**
 * When a new cluster starts, virtual time: now, in whole seconds, as times in Kubernetes are; or
 * when the engine was asked for in the page's head, since it has begun with that.
 */
export function freshStartMs(): number {
  const page = globalThis as EarlyEngine;
  return page.kubariumEngine?.startMs ?? Math.floor(Date.now() / 1_000) * 1_000;
}

/** The engine of this tab, in a thread of its own; or that of the server, when it says so. */
export function engineWorker(): EnginePort {
  const page = globalThis as EarlyEngine;
  const remote = remotePath();
  if (remote !== undefined) return new RemoteEngine(remote);
  const early = page.kubariumEngine;
  page.kubariumEngine = undefined;
  if (early && !early.failed) return early.worker;
  // The builder looks for exactly this shape.
  const worker = new Worker(new URL('../../host/worker.ts', import.meta.url), { type: 'module' });
  return worker as unknown as EnginePort;
}
