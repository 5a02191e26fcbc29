// One page that looks at a shared past: it goes back while the cluster goes on for everybody else,
// and its own acts are marked. Going on from a moment never touches what others use: the page is
// given the cluster as it was then, to run it as its own.
import { Cursor } from '../../cluster/past/cursor';
import type { LiveNotes } from '../../cluster/past/live-notes';
import type { SavedCluster } from '../../cluster/saved-cluster';
import type { Observer } from '../../scene/observer';
import type { SceneDelta } from '../../scene/scene';
import type { ClockCommand } from '../history-room';
import type { ClockState, FromEngine, ToHistory } from '../protocol';
import { savedAt, type PlacedAct } from './branches';
import { Hops } from './hops';
import { PastView, type PastViewHost } from './past-view';
import type { PastReader, SharedPast } from './shared-past';
import { SkipMeter } from './skip-meter';
import { AskedTimeline } from './asked-timeline';
import { TimelineFeed } from './timeline-feed';
import { comingTargets } from './warp-watch';

const ACTS_MAX = 500;

/** The clock that all share, as far as one page is concerned. */
export interface OnlookerClock {
  readonly speed: number;
  readonly isPaused: boolean;
  readonly isWarping: boolean;
  /** Lets `move` take the clock on, which stands where that leaves it. */
  stepTo(move: () => void): void;
}

export interface OnlookerPage {
  readonly observer: Observer;
  post(message: FromEngine): void;
  sendClock(): void;
  turn(): void;
  showPresent(): void;
  /** Takes the cluster of a moment to be run apart. */
  goOnApart(saved: SavedCluster): void;
}

export class Onlooker implements PastReader {
  private readonly notes: LiveNotes;
  private readonly view: PastView;
  private readonly skips: SkipMeter;
  private readonly hops = new Hops();
  private readonly leave: () => void;
  private acts: PlacedAct[] = [];
  private lastActId = 0;
  private readonly timeline = new AskedTimeline((podLanesMax) => this.feed(podLanesMax));
  private wasWarping = false;
  /** How fast the past runs by here; the clock that all share keeps its own speed. */
  private pastSpeed: number | undefined;

  constructor(
    private readonly past: SharedPast,
    private readonly clock: OnlookerClock,
    private readonly page: OnlookerPage,
  ) {
    const { cluster, notes } = past;
    this.notes = notes.until(cluster.clock.nowMs);
    this.view = new PastView(this.viewHost());
    this.skips = new SkipMeter({
      running: cluster,
      get speed() {
        return clock.speed;
      },
      get isPaused() {
        return clock.isPaused;
      },
      post: (message) => page.post(message),
    });
    this.leave = past.join(this);
  }

  get isBack(): boolean {
    return this.view.isBack;
  }

  isToCome(atMs: number): boolean {
    return this.view.isToCome(atMs);
  }

  /** The page has gone. */
  end(): void {
    this.leave();
  }

  receive(message: ToHistory): void {
    switch (message.type) {
      case 'note':
        return this.noteAct(message.label);
      case 'look':
        return this.view.asked(message);
      case 'now':
        return this.view.toPresent();
      case 'branch':
        return this.branchHere(message.seed);
      case 'undo':
        return this.branchBeforeLastAct();
      case 'redo':
      case 'switch':
        // What is gone on from here is the page's own, and goes on elsewhere.
        return;
      case 'timeline':
        return this.timeline.ask(message);
      case 'coming': {
        const targets = this.isBack ? [] : comingTargets(this.past.cluster);
        return this.page.post({ type: 'coming', id: message.id, targets });
      }
    }
  }

  /** Takes a clock command when it is not for the clock that all share: true then. */
  command(command: ClockCommand): boolean {
    if (this.isBack) {
      if (command.command === 'speed') this.pastSpeed = command.speed;
      else this.view.command(command);
      return true;
    }
    this.skips.command(command, this.past.recorder);
    switch (command.command) {
      case 'hop':
        this.clock.stepTo(() => this.hops.next(this.past.cluster));
        return true;
      case 'warpTo':
        this.skips.begin(this.past.recorder);
        this.past.warpTo(command.target);
        return true;
      default:
        if (command.command !== 'speed') this.past.endWarp();
        return false;
    }
  }

  tick(wallStepMs: number): void {
    this.view.tick(wallStepMs);
    this.timeline.tick(wallStepMs);
    const { isWarping } = this.clock;
    if (this.wasWarping && !isWarping) this.skips.end(this.past.recorder);
    this.wasWarping = isWarping;
  }

  /** The live picture, before it is sent. */
  note(delta: SceneDelta): void {
    if (delta.reset) delta.toldSoFar = this.notes.toldUntil(delta.atMs);
    this.notes.note(delta);
  }

  /** What the page is told of the clock. */
  tell(state: ClockState): ClockState {
    if (this.isBack) return this.view.clock(state);
    const { warpingTo } = this.past;
    return warpingTo ? { ...state, warpingTo } : state;
  }

  handle(request: Parameters<PastView['handle']>[0]): ReturnType<PastView['handle']> {
    return this.view.handle(request);
  }

  report(): void {
    const { recorder } = this.past;
    this.page.post({
      type: 'history',
      report: {
        kept: true,
        isShared: true,
        fromMs: recorder.fromMs,
        letGo: recorder.first,
        acts: this.acts.map(({ id, label, atMs }) => ({ id, label, atMs })),
        undone: [],
        branches: [],
      },
    });
  }

  trimmed(): void {
    this.view.findAnew();
    this.acts = this.acts.filter(({ at }) => at >= this.past.recorder.first);
    this.report();
  }

  replaced(): void {
    this.view.toPresent();
    this.acts = [];
    this.timeline.courseChanged();
    this.report();
  }

  private noteAct(label: string): void {
    if (this.isBack) return;
    const { cluster, recorder } = this.past;
    recorder.sampleRandom();
    const id = ++this.lastActId;
    const act = { id, label, atMs: cluster.clock.nowMs, at: recorder.end };
    this.acts.push(act);
    if (this.acts.length > ACTS_MAX) this.acts.shift();
    this.timeline.act(act);
    this.report();
  }

  private branchHere(seed?: number): void {
    const shown = this.view.settled();
    if (shown) this.goOnApart(shown.cursor, shown.atMs, seed);
  }

  private branchBeforeLastAct(): void {
    const act = this.acts.at(-1);
    if (!act || act.at < this.past.recorder.first) return;
    const cursor = new Cursor(this.past.cluster, this.past.recorder);
    cursor.moveTo(act.at);
    this.goOnApart(cursor, act.atMs);
  }

  private goOnApart(cursor: Cursor, atMs: number, seed?: number): void {
    const saved = savedAt(this.past, cursor, atMs, seed);
    // In a tab an eye is to follow each hop.
    this.page.goOnApart({ ...saved, options: { ...saved.options, pace: 'observable' } });
  }

  private feed(podLanesMax?: number): TimelineFeed {
    const { page, acts } = this;
    const course = { ...this.course, acts };
    return new TimelineFeed(course, page.observer, page, podLanesMax);
  }

  private get course() {
    const { past, notes } = this;
    return { cluster: past.cluster, recorder: past.recorder, notes };
  }

  private viewHost(): PastViewHost {
    const { page } = this;
    const speed = (): number => this.pastSpeed ?? this.clock.speed;
    return {
      course: this.course,
      get colours() {
        return page.observer;
      },
      get speed() {
        return speed();
      },
      post: (message) => page.post(message),
      sendClock: () => page.sendClock(),
      turn: () => page.turn(),
      showPresent: () => {
        this.pastSpeed = undefined;
        page.showPresent();
      },
      leaves: () => {},
    };
  }
}
