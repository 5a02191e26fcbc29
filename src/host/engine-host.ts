// Runs one cluster for a page: pumps the virtual clock after the wall clock within a CPU budget a
// tick, answers requests and watches, and sends the picture's deltas. The Worker is a thin shell
// around it. Invariants: one tick never takes much longer than the budget, so that messages are
// answered; virtual time only advances here.
import { Cluster, needsExtension, restoreCluster } from '../cluster/cluster';
import type { Extension } from '../cluster/extension-parts';
import { NO_HISTORY, type ClockCommand, type History, type HistoryHost } from './history-room';
import { packPods, transferOf } from '../scene/packed-pods';
import type { MakeTeller } from '../scene/rules/rule';
import { PageRequests } from './page-requests';
import type {
  ClockState,
  FromEngine,
  HttpRequest,
  StartOptions,
  ToEngine,
  ToHistory,
} from './protocol';

/** CPU time that one tick may use. */
const TICK_BUDGET_MS = 8;
/** While warping nothing is animated, so ticks may be longer. */
const WARP_BUDGET_MS = 40;
const CLOCK_PERIOD_MS = 100;
/** A tab that was asleep does not make up for hours at once. */
const WALL_STEP_MAX_MS = 250;
/** More pods than this are told one delta after another. */
const PODS_A_DELTA = 8000;
/** Events between two looks at the wall clock. */
const STEPS_A_LOOK = 32;
const STEPS_MAX_PER_STEP = 100_000;
/** In larger clusters watch events are too many to be drawn one by one. */
const NODES_TRACED_MAX = 60;

export class EngineHost implements HistoryHost {
  private cluster: Cluster | undefined;
  private prepared: { options: StartOptions; cluster: Cluster } | undefined;
  speed = 1;
  private paused = false;
  private warpToMs: number | undefined;
  /** Virtual time that the wall clock has asked for; the engine may lag behind it. */
  private targetMs = 0;
  private lastWallMs = 0;
  private lastClockMs = -Infinity;
  private actualSpeed = 0;
  private readonly requests = new PageRequests((message) => this.post(message));
  extension: Extension | undefined;
  private makeTeller: MakeTeller | undefined;
  /** What waits for the extension: requests that only it can answer, and saved clusters. */
  private waiting: (() => void)[] = [];
  private isExtensionAwaited: boolean;
  private isFollowed = false;
  private history: History | undefined;
  private createHistory: ((host: HistoryHost) => History) | undefined;
  /** What is said to the history before it is there; undefined when none will be. */
  private unheard: ToHistory[] | undefined;

  constructor(
    readonly post: (message: FromEngine, transfer?: ArrayBuffer[]) => void,
    /** Milliseconds that only grow, as performance.now. */
    private readonly wallMs: () => number,
    /**
     * Called once, when the extension is needed or the page has time for it, and answered by
     * `extend`; until then what needs it waits.
     */
    private loadExtension?: () => void,
    /** Called once, with the first cluster, and answered by `remember`. */
    private loadHistory?: () => void,
  ) {
    this.isExtensionAwaited = loadExtension !== undefined;
    this.unheard = loadHistory && [];
  }

  /** From now on the past is kept; undefined when there is nobody to keep it. */
  remember(createHistory: ((host: HistoryHost) => History) | undefined): void {
    this.createHistory = createHistory;
    this.beginHistory();
    const { unheard = [] } = this;
    this.unheard = undefined;
    for (const message of unheard) this.tellHistory(message);
  }

  /** This and every later cluster has its story told. */
  tellWith(makeTeller: MakeTeller): void {
    this.makeTeller = makeTeller;
    this.cluster?.tellWith(makeTeller);
  }

  /** The cluster of the page, once it has been started. */
  get running(): Cluster {
    return this.cluster!;
  }

  get isPaused(): boolean {
    return this.paused;
  }

  /** Gives this and every later cluster the extension; undefined when it could not be loaded. */
  extend(extension: Extension | undefined): void {
    this.isExtensionAwaited = false;
    this.extension = extension;
    if (extension) this.cluster?.extend(extension);
    const { waiting } = this;
    this.waiting = [];
    for (const act of waiting) act();
  }

  receive(message: ToEngine): void {
    switch (message.type) {
      case 'start':
        this.startWhenPossible(message.options);
        break;
      case 'prepare':
        this.prepared = { options: message.options, cluster: this.open(message.options) };
        break;
      case 'extend':
        this.askForExtension();
        break;
      case 'request':
        this.answerWhenPossible(message.id, message.request);
        break;
      case 'requests':
        for (const { id, request } of message.requests) this.answerWhenPossible(id, request);
        break;
      case 'abort':
        this.requests.abort(message.id);
        break;
      case 'clock':
        this.command(message);
        break;
      case 'follow':
        this.isFollowed = message.on;
        this.traceWhatIsSeen();
        break;
      case 'save':
        this.post({ type: 'saved', id: message.id, saved: this.cluster?.save() ?? null });
        break;
      case 'judge': {
        const report = this.cluster?.judge(message.namespace, message.name) ?? null;
        this.post({ type: 'why', id: message.id, report });
        break;
      }
      case 'scheduling': {
        // Queues leave nothing behind that would tell of them later.
        const overview = this.history?.isBack ? null : (this.cluster?.scheduling() ?? null);
        this.post({ type: 'scheduling', id: message.id, overview });
        break;
      }
      case 'why': {
        const said = this.cluster?.whyScheduled(message.namespace, message.name) ?? null;
        const report = said && this.history?.isToCome(said.atMs) ? null : said;
        this.post({ type: 'why', id: message.id, report });
        break;
      }
      default:
        this.tellHistory(message);
    }
  }

  /** One turn of the pump; the shell calls it about 60 times a second. */
  tick(): void {
    if (!this.cluster) return;
    const wallMs = this.wallMs();
    const wallStepMs = Math.min(wallMs - this.lastWallMs, WALL_STEP_MAX_MS);
    this.lastWallMs = wallMs;
    const { history } = this;
    history?.tick(wallStepMs);
    if (history?.isBack) {
      if (wallMs - this.lastClockMs >= CLOCK_PERIOD_MS) this.sendClock();
      return;
    }
    const { cluster, warpToMs } = this;
    const beforeMs = cluster.clock.nowMs;
    if (warpToMs !== undefined) this.runAhead(cluster, warpToMs);
    else if (!this.paused) this.advance(cluster, wallStepMs);
    if (wallStepMs > 0) {
      const reached = (cluster.clock.nowMs - beforeMs) / wallStepMs;
      this.actualSpeed += (reached - this.actualSpeed) * 0.1;
    }
    // What happened on the way of a warp is not told, its last part neither.
    this.sendScene(cluster, warpToMs === undefined);
    const hasArrived = warpToMs !== undefined && this.warpToMs === undefined;
    if (hasArrived || wallMs - this.lastClockMs >= CLOCK_PERIOD_MS) this.sendClock();
  }

  /** What was saved may hold kinds that only the extension knows. */
  private startWhenPossible(options: StartOptions): void {
    if ((options.saved || needsExtension(options)) && this.isExtensionAwaited) {
      this.await(() => this.start(options));
    } else this.start(options);
  }

  private await(act: () => void): void {
    this.waiting.push(act);
    this.askForExtension();
  }

  private askForExtension(): void {
    const load = this.loadExtension;
    this.loadExtension = undefined;
    load?.();
  }

  private start(options: StartOptions): void {
    const startedMs = this.wallMs();
    this.requests.abortAll();
    const cluster = this.takePrepared(options) ?? this.open(options);
    this.cluster = cluster;
    if (this.extension) cluster.extend(this.extension);
    if (this.makeTeller) cluster.tellWith(this.makeTeller);
    this.traceWhatIsSeen();
    this.speed = options.speed;
    this.paused = options.paused;
    this.warpToMs = undefined;
    this.targetMs = cluster.clock.nowMs;
    this.lastWallMs = this.wallMs();
    this.post({ type: 'started', version: cluster.version, bootMs: this.lastWallMs - startedMs });
    this.beginHistory();
    this.sendClock();
    this.sendScene(cluster, true);
  }

  private traceWhatIsSeen(): void {
    const { cluster, isFollowed } = this;
    if (!cluster) return;
    cluster.sim.tracesDeliveries = isFollowed || cluster.nodeCount <= NODES_TRACED_MAX;
    cluster.observer.isFollowed = isFollowed;
  }

  private beginHistory(): void {
    const { history, createHistory, loadHistory } = this;
    if (!this.cluster) return;
    if (history) history.begin();
    else if (createHistory) this.history = createHistory(this);
    this.loadHistory = undefined;
    loadHistory?.();
  }

  private tellHistory(message: ToHistory): void {
    if (this.history) this.history.receive(message);
    else if (this.unheard) this.unheard.push(message);
    else this.post({ type: 'history', report: NO_HISTORY });
  }

  /** Another cluster goes on in place of this one, which is kept as it is. */
  adopt(cluster: Cluster): void {
    this.cluster = cluster;
    if (this.extension) cluster.extend(this.extension);
    if (this.makeTeller) cluster.tellWith(this.makeTeller);
    this.traceWhatIsSeen();
    this.warpToMs = undefined;
    this.targetMs = cluster.clock.nowMs;
    this.turn();
    this.showPresent();
  }

  showPresent(): void {
    this.running.observer.startOver();
    this.sendClock();
    this.sendScene(this.running, true);
  }

  /** Where the clock stands now is where it is to stand: somebody has moved it. */
  stepped(): void {
    this.paused = true;
    this.warpToMs = undefined;
    this.targetMs = this.running.clock.nowMs;
    this.sendScene(this.running, true);
    this.sendClock();
  }

  warp(toMs: number): void {
    this.warpToMs = toMs;
  }

  turn(): void {
    this.requests.abortAll();
    this.post({ type: 'turned' });
  }

  whenWhole(act: () => void): void {
    if (this.isExtensionAwaited) this.await(act);
    else act();
  }

  private open(options: StartOptions): Cluster {
    const { extension } = this;
    if (options.saved) return restoreCluster(options.saved, extension);
    const { seed, preset, startMs, machines, pods } = options;
    const given = { seed, preset, startMs, pace: 'observable', machines, pods } as const;
    const grown = extension?.grow(given, extension);
    if (grown) {
      this.post({ type: 'scene', delta: extension!.preview(grown) });
      return restoreCluster(grown, extension);
    }
    const cluster = new Cluster(given, { extension });
    cluster.boot();
    return cluster;
  }

  /** The cluster made ahead, when it is the one that is asked for now. */
  private takePrepared(options: StartOptions): Cluster | undefined {
    const { prepared } = this;
    this.prepared = undefined;
    return prepared && isSameCluster(prepared.options, options) ? prepared.cluster : undefined;
  }

  private advance(cluster: Cluster, wallStepMs: number): void {
    this.targetMs += wallStepMs * this.speed;
    this.runUntil(cluster, this.targetMs, TICK_BUDGET_MS);
    // Too slow for the speed asked: what was not reached is let go, not owed.
    this.targetMs = Math.max(
      cluster.clock.nowMs,
      Math.min(this.targetMs, cluster.clock.nowMs + 50),
    );
  }

  private runAhead(cluster: Cluster, toMs: number): void {
    this.runUntil(cluster, toMs, WARP_BUDGET_MS);
    this.targetMs = cluster.clock.nowMs;
    if (cluster.clock.nowMs < toMs && !this.history?.hasArrived) return;
    this.warpToMs = undefined;
    this.history?.warpEnded();
  }

  /** Runs to `untilMs`, or as far as the budget allows. */
  private runUntil({ clock }: Cluster, untilMs: number, budgetMs: number): void {
    const endMs = this.wallMs() + budgetMs;
    for (;;) {
      for (let step = 0; step < STEPS_A_LOOK; step++) {
        const nextMs = clock.nextAtMs();
        if (nextMs === undefined || nextMs > untilMs) {
          clock.runUntil(untilMs);
          return;
        }
        clock.step();
        if (this.history?.hasArrived) return;
      }
      this.cluster?.observer.hear();
      if (this.wallMs() >= endMs) return;
    }
  }

  private command(message: ClockCommand): void {
    if (this.history?.command(message)) return this.sendClock();
    switch (message.command) {
      case 'pause':
        this.paused = true;
        this.warpToMs = undefined;
        break;
      case 'resume':
        this.paused = false;
        break;
      case 'step':
        this.paused = true;
        this.stepOnce();
        break;
      case 'speed':
        this.speed = message.speed;
        break;
      case 'warp':
        this.warpToMs = message.toMs;
        break;
      case 'hop':
      case 'warpTo':
        // Without a history nobody knows what comes.
        break;
    }
    this.sendClock();
  }

  /** Runs to the end of the next millisecond in which something happens that leaves a trace. */
  private stepOnce(): void {
    const { cluster } = this;
    if (!cluster) return;
    const { trace, clock } = cluster.sim;
    const before = trace.lastId;
    for (let step = 0; step < STEPS_MAX_PER_STEP && trace.lastId === before; step++) clock.step();
    // All of that millisecond, so that the next step shows a later one.
    clock.runUntil(Math.ceil(clock.nowMs));
    this.targetMs = clock.nowMs;
    this.sendScene(cluster, true);
  }

  private answerWhenPossible(id: number, request: HttpRequest): void {
    if (this.isExtensionAwaited && this.cluster?.isServed(request.path) === false) {
      this.await(() => this.answer(id, request));
    } else this.answer(id, request);
  }

  private answer(id: number, request: HttpRequest): void {
    if (!this.cluster) {
      const body = JSON.stringify({
        kind: 'Status',
        status: 'Failure',
        message: 'not started',
        code: 503,
      });
      this.post({ type: 'response', id, response: { status: 503, headers: {}, body } });
      return;
    }
    const { cluster, history } = this;
    this.requests.answer(history?.isBack ? history : cluster, id, request);
  }

  private sendScene(cluster: Cluster, withMotion: boolean): void {
    const { observer } = cluster;
    const delta = observer.flush(withMotion, PODS_A_DELTA);
    this.history?.note(delta);
    if (!delta.reset && !observer.hasNews(delta)) return;
    if (!observer.isCrowd || delta.pods.length === 0) return this.post({ type: 'scene', delta });
    const packedPods = packPods(delta.pods);
    this.post({ type: 'scene', delta: { ...delta, pods: [], packedPods } }, transferOf(packedPods));
  }

  sendClock(): void {
    const { cluster } = this;
    if (!cluster) return;
    this.lastClockMs = this.wallMs();
    const clock: ClockState = {
      nowMs: cluster.clock.nowMs,
      startMs: cluster.clock.startMs,
      speed: this.speed,
      paused: this.paused,
      actualSpeed: this.actualSpeed,
    };
    this.post({ type: 'clock', clock: this.history?.clock(clock) ?? clock });
  }
}

/** Neither is of given machines or saved, and all that a new cluster depends on is the same. */
function isSameCluster(one: StartOptions, other: StartOptions): boolean {
  const isNew = (options: StartOptions) => !options.saved && !options.machines;
  return (
    isNew(one) &&
    isNew(other) &&
    one.seed === other.seed &&
    one.preset === other.preset &&
    (one.pods ?? 0) === (other.pods ?? 0) &&
    one.startMs === other.startMs
  );
}
