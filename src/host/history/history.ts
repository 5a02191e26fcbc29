// The past of a page's cluster: shown, gone back to, gone on from. While a moment that has been is
// shown the cluster waits; its picture and its API are those of the moment. Invariants: exactly one
// branch runs; what the page is told of the clock is of what it shows.
import type { SceneDelta } from '../../scene/scene';
import type { ClockCommand, History, HistoryHost } from '../history-room';
import type { ClockState, PastMoment, ToHistory, WarpTarget } from '../protocol';
import { Branches, type Branch, type PlacedAct } from './branches';
import { Hops } from './hops';
import { PastPicture } from '../../cluster/past/past-picture';
import { eventPlace, lastWrite } from '../../cluster/past/event-places';
import { SkipMeter } from './skip-meter';
import { TimelineFeed } from './timeline-feed';
import { comingTargets, watchFor } from './warp-watch';

const SAMPLE_PERIOD_MS = 250;
/** Writes of which it is found out in one turn whose they are. */
const WRITES_NUMBERED_MAX = 10_000;
/** What has not come within a day of virtual time will not. */
const WARP_MAX_MS = 24 * 3_600_000;

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
  private past: PastPicture | undefined;
  /** A look that the next tick carries out; only the last of a drag counts. */
  private wanted: { atMs: number; place?: number } | undefined;
  /** True while the past runs by. */
  private replaying = false;
  /** Wall time since the random streams were sampled. */
  private unsampledMs = 0;
  private target: WarpTarget | undefined;
  private isWarping = false;
  private arrived = false;
  private timeline: TimelineFeed | undefined;
  private readonly skips: SkipMeter;
  private readonly hops = new Hops();

  constructor(private readonly host: HistoryHost) {
    this.branches = new Branches(host.running);
    this.skips = new SkipMeter(host);
    this.follow();
    this.report();
  }

  get isBack(): boolean {
    return this.past !== undefined;
  }

  isToCome(atMs: number): boolean {
    return this.past !== undefined && atMs > this.past.atMs;
  }

  get hasArrived(): boolean {
    return this.arrived;
  }

  begin(): void {
    this.leavePast();
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
        if ('by' in message) this.lookBy(message.by);
        else this.lookAt(message.atMs);
        return;
      case 'now':
        return this.toPresent();
      case 'undo':
        return this.host.whenWhole(() => this.undo());
      case 'redo':
        return this.redo();
      case 'branch':
        return this.host.whenWhole(() => this.branchHere(message.seed));
      case 'switch':
        return this.switchTo(message.branch);
      case 'timeline':
        return this.setTimeline(message.on);
      case 'coming': {
        const targets = this.isBack ? [] : comingTargets(this.host.running);
        return this.host.post({ type: 'coming', id: message.id, targets });
      }
    }
  }

  command(command: ClockCommand): boolean {
    if (!this.past) {
      if (command.command === 'hop') this.hop();
      else if (command.command === 'warpTo') this.warpTo(command.target);
      else if (command.command !== 'speed') this.endWarp();
      if (command.command === 'warp') this.isWarping = true;
      this.skips.command(command, this.branches.current.recorder);
      return command.command === 'warpTo' || command.command === 'hop';
    }
    switch (command.command) {
      case 'resume':
        this.replaying = true;
        break;
      case 'pause':
        this.replaying = false;
        break;
      case 'step':
      case 'hop':
        this.lookBy(1);
        break;
      case 'warp':
        this.lookAt(command.toMs);
        break;
      case 'warpTo':
        break;
      case 'speed':
        return false;
    }
    return true;
  }

  tick(wallStepMs: number): void {
    const { recorder } = this.branches.current;
    if (this.past && this.replaying) this.replay(wallStepMs);
    if (this.wanted) this.look();
    this.unsampledMs += wallStepMs;
    if (this.unsampledMs >= SAMPLE_PERIOD_MS && !this.past) {
      this.unsampledMs = 0;
      recorder.sampleRandom();
      recorder.number(WRITES_NUMBERED_MAX);
      if (recorder.trim()) this.forgetBefore(recorder.first);
    }
    this.timeline?.tick(wallStepMs);
  }

  warpEnded(): void {
    this.endWarp();
  }

  note(delta: SceneDelta): void {
    const { notes } = this.branches.current;
    delta.stories = notes.numbered(delta.stories);
    if (delta.reset) delta.toldSoFar = notes.toldUntil(delta.atMs);
    notes.note(delta);
  }

  clock(state: ClockState): ClockState {
    const { past, target } = this;
    if (!past) return target ? { ...state, warpingTo: target } : state;
    const { atMs, cursor } = past;
    const wrote = this.wroteAt(cursor.at);
    const shown = { atMs, revision: cursor.revision, nowMs: state.nowMs, ...(wrote && { wrote }) };
    const { speed } = state;
    const actualSpeed = this.replaying ? speed : 0;
    return { ...state, nowMs: atMs, paused: !this.replaying, actualSpeed, past: shown };
  }

  handle(request: Parameters<History['handle']>[0]): ReturnType<History['handle']> {
    return this.past!.handle(request);
  }

  /** The newest write that counts of those that the place shows. */
  private wroteAt(place: number): PastMoment['wrote'] {
    const { recorder } = this.branches.current;
    const at = lastWrite(recorder, place);
    if (at === undefined) return undefined;
    const { type, object } = recorder.entry(at);
    return { type, kind: object.kind, name: object.metadata.name };
  }

  private noteAct(label: string): void {
    if (this.past) return;
    const act = this.branches.noteAct(label);
    this.undone = [];
    this.timeline?.act(act);
    this.report();
  }

  private lookAt(atMs: number): void {
    this.replaying = false;
    this.wanted = { atMs };
  }

  /** To the end of another event, so many on or back. */
  private lookBy(by: number): void {
    const { recorder, cluster } = this.branches.current;
    this.replaying = false;
    const from = this.wanted?.place ?? this.past?.cursor.at ?? recorder.end;
    const fromMs = this.wanted?.atMs ?? this.past?.atMs ?? cluster.clock.nowMs;
    const place = eventPlace(recorder, from, by);
    if (place === recorder.end && by > 0) {
      this.wanted = { atMs: Infinity };
    } else {
      const atMs = place > recorder.first ? recorder.timeOf(place - 1) : recorder.fromMs;
      this.wanted = { atMs: by > 0 ? Math.max(atMs, fromMs) : atMs, place };
    }
  }

  private replay(wallStepMs: number): void {
    const atMs = this.past!.atMs + wallStepMs * this.host.speed;
    this.wanted = { atMs };
  }

  private look(): void {
    const { atMs, place } = this.wanted!;
    this.wanted = undefined;
    const { recorder, cluster, notes } = this.branches.current;
    if (atMs >= cluster.clock.nowMs && place === undefined) return this.toPresent();
    const shownMs = Math.min(Math.max(atMs, recorder.fromMs), cluster.clock.nowMs);
    const wantedPlace = place ?? recorder.placeAt(shownMs);
    const isFirst = this.past === undefined;
    if (isFirst) this.endWarp();
    this.past ??= new PastPicture(cluster, recorder, notes, wantedPlace);
    const before = isFirst ? -1 : this.past.cursor.at;
    const delta = this.past.look(wantedPlace, shownMs);
    // The clock first: whoever hears of the scene has to know that it is of the past.
    this.host.sendClock();
    this.host.post({ type: 'scene', delta });
    if (this.past.cursor.at !== before) this.host.turn();
  }

  private toPresent(): void {
    if (!this.past) return;
    this.leavePast();
    this.host.turn();
    this.host.showPresent();
  }

  private leavePast(): void {
    this.past = undefined;
    this.wanted = undefined;
    this.replaying = false;
  }

  /** Goes on from the moment that is shown. */
  private branchHere(seed?: number): void {
    if (this.wanted) this.look();
    const { past } = this;
    if (!past) return;
    this.undone = [];
    this.fork(past, past.atMs, seed);
  }

  private undo(): void {
    const { current } = this.branches;
    const act = current.acts.at(-1);
    if (!act || act.at < current.recorder.first) return;
    const past = new PastPicture(current.cluster, current.recorder, current.notes, act.at);
    this.fork(past, act.atMs);
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
    if (id === this.branches.current.id) return this.toPresent();
    const found = this.branches.switchTo(id);
    if (!found) return;
    this.undone = [];
    this.take(found);
  }

  private fork(past: PastPicture, atMs: number, seed?: number): void {
    const { cursor } = past;
    this.take(this.branches.fork(cursor, atMs, this.host.extension, seed));
  }

  private take(branch: Branch): void {
    this.leavePast();
    this.endWarp();
    this.host.adopt(branch.cluster);
    this.courseChanged();
  }

  private courseChanged(): void {
    this.follow();
    this.skips.reset();
    if (this.timeline) this.setTimeline(true);
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
    this.skips.begin(recorder);
    this.host.warp(cluster.clock.nowMs + WARP_MAX_MS);
  }

  private endWarp(): void {
    const { recorder } = this.branches.current;
    recorder.onWrite = undefined;
    this.arrived = false;
    if (!this.isWarping) return;
    this.isWarping = false;
    this.target = undefined;
    this.skips.end(recorder);
  }

  private hop(): void {
    this.endWarp();
    this.hops.next(this.host.running);
    this.host.stepped();
  }

  private setTimeline(on: boolean): void {
    this.timeline = on ? new TimelineFeed(this.branches.current, this.host) : undefined;
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
