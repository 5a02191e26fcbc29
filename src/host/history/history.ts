// The past of a page's cluster: shown, gone back to, gone on from. While a moment that has been is
// shown the cluster waits; its picture and its API are those of the moment. Invariants: exactly one
// branch runs; what the page is told of the clock is of what it shows.
import type { SceneDelta } from '../../scene/scene';
import type { ClockCommand, History, HistoryHost } from '../history-room';
import type { ClockState, ToHistory, WarpTarget } from '../protocol';
import { Branches, type Branch, type PlacedAct } from './branches';
import { Hops } from './hops';
import { Cursor } from '../../cluster/past/cursor';
import { PastView, type PastViewHost } from './past-view';
import { SkipMeter } from './skip-meter';
import { AskedTimeline } from './asked-timeline';
import { TimelineFeed } from './timeline-feed';
import { comingTargets, watchFor } from './warp-watch';

const SAMPLE_PERIOD_MS = 250;
/** Writes of which it is found out in one turn whose they are. */
const WRITES_NUMBERED_MAX = 10_000;
/** What has not come within so much virtual time will not; a cluster at rest does not change. */
const WARP_MAX_MS = 24 * 3_600_000;
const CHANGE_MAX_MS = 3_600_000;
/** Nobody waits for longer than this, wall ms. */
const WARP_WALL_MAX_MS = 10_000;

interface UndoneAct extends PlacedAct {
  /** Where it was done. */
  branch: number;
}

export function createHistory(host: HistoryHost): History {
  return new ClusterHistory(host);
}

class ClusterHistory implements History {
  private branches: Branches;
  private undone: UndoneAct[] = [];
  private readonly view: PastView;
  /** Wall time since the random streams were sampled. */
  private unsampledMs = 0;
  private target: WarpTarget | undefined;
  private isWarping = false;
  private arrived = false;
  /** Wall time that the warp to a target has taken. */
  private warpedMs = 0;
  private readonly timeline = new AskedTimeline((podLanesMax) => this.feed(podLanesMax));
  private readonly skips: SkipMeter;
  private readonly hops = new Hops();

  constructor(private readonly host: HistoryHost) {
    this.branches = new Branches(host.running);
    this.skips = new SkipMeter(host);
    this.view = new PastView(this.viewHost());
    this.follow();
    this.report();
  }

  get isBack(): boolean {
    return this.view.isBack;
  }

  isToCome(atMs: number): boolean {
    return this.view.isToCome(atMs);
  }

  get hasArrived(): boolean {
    return this.arrived;
  }

  begin(): void {
    this.view.leave();
    this.endWarp();
    this.undone = [];
    this.branches = new Branches(this.host.running);
    this.courseChanged();
  }

  receive(message: ToHistory): void {
    switch (message.type) {
      case 'note':
        return this.noteAct(message.label);
      case 'look':
        return this.view.asked(message);
      case 'now':
        return this.view.toPresent();
      case 'undo':
        return this.host.whenWhole(() => this.undo());
      case 'redo':
        return this.redo();
      case 'branch':
        return this.host.whenWhole(() => this.branchHere(message.seed));
      case 'switch':
        return this.switchTo(message.branch);
      case 'timeline':
        return this.timeline.ask(message);
      case 'coming': {
        const targets = this.isBack ? [] : comingTargets(this.host.running);
        return this.host.post({ type: 'coming', id: message.id, targets });
      }
    }
  }

  command(command: ClockCommand): boolean {
    if (this.isBack) return this.view.command(command);
    if (command.command === 'hop') this.hop();
    else if (command.command === 'warpTo') this.warpTo(command.target);
    else if (command.command !== 'speed') this.endWarp();
    if (command.command === 'warp') this.isWarping = true;
    this.skips.command(command, this.branches.current.recorder);
    return command.command === 'warpTo' || command.command === 'hop';
  }

  tick(wallStepMs: number): void {
    const { recorder } = this.branches.current;
    this.view.tick(wallStepMs);
    this.unsampledMs += wallStepMs;
    if (this.unsampledMs >= SAMPLE_PERIOD_MS && !this.isBack) {
      this.unsampledMs = 0;
      recorder.sampleRandom();
      recorder.number(WRITES_NUMBERED_MAX);
      if (recorder.trim()) this.forgetBefore(recorder.first);
    }
    this.timeline.tick(wallStepMs);
    this.warpedMs += wallStepMs;
    if (this.target && this.warpedMs > WARP_WALL_MAX_MS) this.giveUp();
  }

  warpEnded(): void {
    this.endWarp(true);
  }

  note(delta: SceneDelta): void {
    const { notes } = this.branches.current;
    delta.stories = notes.numbered(delta.stories);
    if (delta.reset) delta.toldSoFar = notes.toldUntil(delta.atMs);
    notes.note(delta);
  }

  clock(state: ClockState): ClockState {
    if (this.isBack) return this.view.clock(state);
    const { target } = this;
    return target ? { ...state, warpingTo: target } : state;
  }

  handle(request: Parameters<History['handle']>[0]): ReturnType<History['handle']> {
    return this.view.handle(request);
  }

  private noteAct(label: string): void {
    if (this.isBack) return;
    const act = this.branches.noteAct(label);
    this.undone = [];
    this.timeline.act(act);
    this.report();
  }

  /** Goes on from the moment that is shown. */
  private branchHere(seed?: number): void {
    const past = this.view.settled();
    if (!past) return;
    this.undone = [];
    this.fork(past.cursor, past.atMs, seed);
  }

  private undo(): void {
    const { current } = this.branches;
    const act = current.acts.at(-1);
    if (!act || act.at < current.recorder.first) return;
    const cursor = new Cursor(current.cluster, current.recorder);
    cursor.moveTo(act.at);
    this.fork(cursor, act.atMs);
    // What was noted at the same moment, but before it, is still done.
    this.branches.current.acts = current.acts.filter(({ id }) => id < act.id);
    this.undone.push({ ...act, branch: current.id });
    this.report();
  }

  private redo(): void {
    const act = this.undone.pop();
    const found = act && this.branches.switchTo(act.branch);
    if (found) this.take(found);
    else this.report();
  }

  private switchTo(id: number): void {
    if (id === this.branches.current.id) return this.view.toPresent();
    const found = this.branches.switchTo(id);
    if (!found) return;
    this.undone = [];
    this.take(found);
  }

  private fork(cursor: Cursor, atMs: number, seed?: number): void {
    this.take(this.branches.fork(cursor, atMs, this.host.extension, seed));
  }

  private take(branch: Branch): void {
    this.view.leave();
    this.endWarp();
    this.host.adopt(branch.cluster);
    this.courseChanged();
  }

  private courseChanged(): void {
    this.follow();
    this.skips.reset();
    this.timeline.courseChanged();
    this.report();
  }

  private follow(): void {
    for (const { recorder } of this.branches.all) recorder.onWrite = undefined;
    const { recorder } = this.branches.current;
    recorder.onReplaced = () => this.storeReplaced();
  }

  /** A snapshot was restored over the store: what was before cannot be told from what is now. */
  private storeReplaced(): void {
    this.forgetBefore(this.branches.current.recorder.first);
    this.courseChanged();
  }

  private forgetBefore(first: number): void {
    const { current } = this.branches;
    current.acts = current.acts.filter(({ at }) => at >= first);
    this.report();
  }

  private warpTo(target: WarpTarget): void {
    const cluster = this.host.running;
    const { recorder } = this.branches.current;
    const isIt = watchFor(target, cluster);
    this.target = target;
    this.isWarping = true;
    this.arrived = false;
    recorder.onWrite = (entry) => {
      if (!this.arrived && isIt(entry)) this.arrived = true;
    };
    this.warpedMs = 0;
    this.skips.begin(recorder);
    const maxMs = target === 'change' ? CHANGE_MAX_MS : WARP_MAX_MS;
    this.host.warp(cluster.clock.nowMs + maxMs);
  }

  /** What was looked for has not come: the warp ends here. */
  private giveUp(): void {
    this.host.warp(this.host.running.clock.nowMs);
  }

  private endWarp(isOver = false): void {
    const { recorder } = this.branches.current;
    const missed = isOver && !this.arrived ? this.target : undefined;
    recorder.onWrite = undefined;
    this.arrived = false;
    if (!this.isWarping) return;
    this.isWarping = false;
    this.target = undefined;
    this.skips.end(recorder, missed);
  }

  private hop(): void {
    this.endWarp();
    this.hops.next(this.host.running);
    this.host.stepped();
  }

  private feed(podLanesMax?: number): TimelineFeed {
    const { host, branches } = this;
    return new TimelineFeed(branches.current, host.running.observer, host, podLanesMax);
  }

  private viewHost(): PastViewHost {
    const { host } = this;
    const course = (): Branch => this.branches.current;
    return {
      get course() {
        return course();
      },
      get colours() {
        return host.running.observer;
      },
      get speed() {
        return host.speed;
      },
      post: (message) => host.post(message),
      sendClock: () => host.sendClock(),
      turn: () => host.turn(),
      showPresent: () => host.showPresent(),
      leaves: () => this.endWarp(),
    };
  }

  private report(): void {
    const { acts, recorder } = this.branches.current;
    this.host.post({
      type: 'history',
      report: {
        kept: true,
        fromMs: recorder.fromMs,
        letGo: recorder.first,
        acts: acts.map(told),
        undone: this.undone.map(told),
        branches: this.branches.report(),
      },
    });
  }
}

function told({ id, label, atMs }: PlacedAct) {
  return { id, label, atMs };
}
