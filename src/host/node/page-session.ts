// One page that shows and drives the served cluster: the messages that it would say to a worker
// come as POSTs, and what a worker would say goes down one long answer, a message a line. Reading
// and ticking is the page's own session; the cluster, its clock and its requests are everybody's.
import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { nodes, pods } from '../../api/resource-ref';
import type { Cluster } from '../../cluster/cluster';
import type { SavedCluster } from '../../cluster/saved-cluster';
import { Onlooker } from '../history/onlooker';
import type { SharedPast } from '../history/shared-past';
import { Keeper } from '../keep/kept-form';
import { PageRequests } from '../page-requests';
import { KEPT_MAX, type FromEngine, type ToEngine } from '../protocol';
import type { WallPump } from './wall-pump';

const TICK_MS = 33;
const CLOCK_PERIOD_MS = 100;
/** A page that reads so slowly is cut off. */
const UNREAD_BYTES_MAX = 32 * 1024 * 1024;

export class PageSession {
  readonly id = randomBytes(12).toString('hex');
  private readonly picture;
  private readonly requests = new PageRequests((message) => this.post(message));
  private timer: NodeJS.Timeout | undefined;
  private lastClockMs = 0;
  private lastTickMs = performance.now();
  private readonly cluster: Cluster;
  private readonly onlooker: Onlooker;

  /** Begins the answer; the session ends with it. */
  constructor(
    past: SharedPast,
    private readonly pump: WallPump,
    private readonly response: ServerResponse,
    private readonly onEnd: () => void,
  ) {
    this.cluster = past.cluster;
    this.picture = this.cluster.openPicture();
    this.onlooker = new Onlooker(past, pump, {
      observer: this.picture.observer,
      post: (message) => this.post(message),
      sendClock: () => this.sendClock(),
      turn: () => this.turnAway(),
      showPresent: () => this.showPresent(),
      goOnApart: (saved) => void this.sendApart(saved),
    });
    response.writeHead(200, {
      'Content-Type': 'application/x-ndjson',
      'Cache-Control': 'no-store',
    });
    response.write(`${JSON.stringify({ session: this.id })}\n`);
    response.on('close', () => this.end());
  }

  receive(message: ToEngine): void {
    switch (message.type) {
      case 'start':
        this.start();
        break;
      case 'request':
        this.pump.turn();
        this.requests.answer(this.answerer, message.id, message.request);
        break;
      case 'requests':
        this.pump.turn();
        for (const { id, request } of message.requests) {
          this.requests.answer(this.answerer, id, request);
        }
        break;
      case 'abort':
        this.requests.abort(message.id);
        break;
      case 'clock':
        if (!this.onlooker.command(message)) this.command(message);
        this.sendClock();
        break;
      case 'follow':
        // Other pages may follow, too: what has been turned on stays so.
        this.cluster.sim.tracesDeliveries ||= message.on;
        this.picture.observer.isFollowed = message.on;
        break;
      case 'save':
        this.post({ type: 'saved', id: message.id, saved: null });
        break;
      case 'judge': {
        const report = this.cluster.judge(message.namespace, message.name);
        this.post({ type: 'why', id: message.id, report });
        break;
      }
      case 'scheduling': {
        const overview = this.onlooker.isBack ? null : this.cluster.scheduling();
        this.post({ type: 'scheduling', id: message.id, overview });
        break;
      }
      case 'why': {
        const said = this.cluster.whyScheduled(message.namespace, message.name);
        const report = said && this.onlooker.isToCome(said.atMs) ? null : said;
        this.post({ type: 'why', id: message.id, report });
        break;
      }
      case 'prepare':
      case 'extend':
        // What is served runs already, and is whole.
        break;
      default:
        this.pump.turn();
        this.onlooker.receive(message);
    }
  }

  /** The cluster, or the moment of it that is shown. */
  private get answerer(): Pick<Cluster, 'handle'> {
    return this.onlooker.isBack ? this.onlooker : this.cluster;
  }

  /** Whatever the page would like to start: what is served runs already. */
  private start(): void {
    this.post({ type: 'started', version: this.cluster.version, bootMs: 0 });
    this.onlooker.report();
    this.sendClock();
    this.sendScene(true);
    this.timer ??= setInterval(() => this.tick(), TICK_MS);
  }

  private tick(): void {
    const nowMs = performance.now();
    this.onlooker.tick(nowMs - this.lastTickMs);
    this.lastTickMs = nowMs;
    this.sendScene(!this.pump.isWarping);
    if (performance.now() - this.lastClockMs >= CLOCK_PERIOD_MS) this.sendClock();
  }

  private command(message: Extract<ToEngine, { type: 'clock' }>): void {
    switch (message.command) {
      case 'pause':
        this.pump.setPaused(true);
        break;
      case 'resume':
        this.pump.setPaused(false);
        break;
      case 'step':
        this.pump.step(this.cluster.sim.trace);
        break;
      case 'speed':
        this.pump.setSpeed(message.speed);
        break;
      case 'warp':
        this.pump.warp(message.toMs);
        break;
      case 'hop':
      case 'warpTo':
        // The onlooker's.
        break;
    }
  }

  private sendScene(withMotion: boolean): void {
    const { observer } = this.picture;
    const { isBack } = this.onlooker;
    const delta = observer.flush(withMotion && !isBack);
    this.onlooker.note(delta);
    // Meanwhile it is only noted: the whole of it comes when the page is back.
    if (isBack) return;
    if (delta.reset || observer.hasNews(delta)) this.post({ type: 'scene', delta });
  }

  private sendClock(): void {
    this.lastClockMs = performance.now();
    const { nowMs, startMs } = this.cluster.clock;
    const { speed, isPaused: paused } = this.pump;
    const clock = { nowMs, startMs, speed, paused, actualSpeed: paused ? 0 : speed };
    this.post({ type: 'clock', clock: this.onlooker.tell(clock) });
  }

  /** As text, for that is what the line carries. */
  private async sendApart(saved: SavedCluster): Promise<void> {
    const { preset = 'kubeadm', seed } = saved.options;
    const isLarge =
      (saved.store.tables[nodes.key]?.length ?? 0) > KEPT_MAX.nodes ||
      (saved.store.tables[pods.key]?.length ?? 0) > KEPT_MAX.pods;
    if (isLarge) return this.post({ type: 'apart', saved: null, preset, seed });
    const keeper = new Keeper({
      wallMs: () => performance.now(),
      rest: () => new Promise((resolve) => void setTimeout(resolve, 0)),
    });
    const kept = Buffer.from(await keeper.keep(saved));
    this.post({ type: 'apart', saved: kept.toString('base64'), preset, seed });
  }

  private turnAway(): void {
    this.requests.abortAll();
    this.post({ type: 'turned' });
  }

  private showPresent(): void {
    this.picture.observer.startOver();
    this.sendClock();
    this.sendScene(true);
  }

  private post(message: FromEngine): void {
    if (this.response.writableEnded || this.response.destroyed) return;
    this.response.write(`${JSON.stringify(message)}\n`);
    if (this.response.writableLength > UNREAD_BYTES_MAX) this.response.destroy();
  }

  private end(): void {
    clearInterval(this.timer);
    this.requests.abortAll();
    this.onlooker.end();
    this.picture.close();
    this.onEnd();
  }
}
