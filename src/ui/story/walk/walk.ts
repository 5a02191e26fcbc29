// How a Pod is made, as a slow walk behind whatever the person applies next: the clock stands at
// each hop and runs slowly to the next. What the walk knows it hears from the scene, so that it
// shows what happens and not what should. A hop that is gone back to is shown as the cluster was
// then; the newest one is shown as it is.
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { ClockState } from '../../../host/protocol';
import type { Session } from '../../state/session';
import { holdStage } from '../../canvas/stage-lights';
import { editorStore } from '../../state/editor-store';
import { engineStore } from '../../state/engine-store';
import { historyStore, lookAt, lookAtNow } from '../../state/history';
import type { HistoryState } from '../../state/history';
import { sceneStore } from '../../state/scene-store';
import type { SceneState } from '../../state/scene-store';
import { guide } from '../guide';
import { lit } from '../pointed';
import { HopFinder } from './hop-finder';
import { isEnd } from './hops';
import type { Hop } from './hops';

export interface Walk {
  /** All that were found, those too that are still to be shown. */
  hops: readonly Hop[];
  /** The one that is shown; -1 before the first. */
  at: number;
  /** The clock runs towards the next hop. */
  running: boolean;
  /** Goes on by itself. */
  playing: boolean;
  /** Why nothing is followed though something was applied: none of it makes pods, or it failed. */
  empty: 'nothing' | 'failed' | null;
}

const start: Walk = { hops: [], at: -1, running: false, playing: false, empty: null };

export const walkStore = createStore<Walk>()(() => start);

/** Selects from the walk. */
export function useWalk<T>(selector: (walk: Walk) => T): T {
  return useStore(walkStore, selector);
}

/** Cluster time against the wall's while a hop is on its way, and when none has come for long. */
const SPEEDS: readonly [afterWallMs: number, speed: number][] = [
  [0, 0.25],
  [2_500, 1],
  [6_000, 4],
  [12_000, 10],
  [16_000, 40],
];
/** How long a hop is read before the next when the walk plays by itself, wall ms. */
const READ_MS = 4_500;
/** How late the scene may tell of what was applied, wall ms. */
const LATE_MS = 1_000;
/** How long the picture is waited for, wall ms. */
const DRAWN_MS = 3_000;
/** How late the scene may tell of what a run ahead has brought, wall ms. */
const ARRIVED_MS = 250;

type Leader = Pick<Session, 'command' | 'warpTo'>;

/** Leads one walk: begins when something is applied, ends by `end`. */
export class PodWalk {
  private readonly finder: HopFinder;
  private readonly stops: (() => void)[] = [];
  private timers: ReturnType<typeof setTimeout>[] = [];
  private readonly before: { speed: number; paused: boolean };
  private readonly engine = engineStore.getState().engine;
  private branch = branchOf(historyStore.getState());
  /** Wall time until which what is sent belongs to an apply. */
  private applyingUntilMs = 0;
  /** Place in SPEEDS of how fast the clock runs to the next hop. */
  private pace = 0;
  /** The newest hop that was shown: those before it are shown as they were. */
  private newest = -1;
  private isBack = false;
  /** False while the clock still goes on for the picture to show the newest hop. */
  private isStanding = true;
  /** Wall time until which the picture is waited for. */
  private drawnByMs = Infinity;
  /** The newest moment of the present that was heard of: what is older is of the past. */
  private presentMs = 0;

  constructor(private readonly session: Leader) {
    const { speed, paused, past } = engineStore.getState().clock;
    // The clock of the past stands, which says nothing of the present.
    this.before = { speed, paused: paused && !past };
    if (past) lookAtNow();
    this.presentMs = past?.nowMs ?? 0;
    const told = sceneStore.getState().stories.at(-1)?.id ?? 0;
    this.finder = new HopFinder(told, () => this.isApplying());
    walkStore.setState(start);
    this.engine?.send({ type: 'follow', on: true });
    this.stops.push(
      sceneStore.subscribe((scene, was) => this.hear(scene, was)),
      engineStore.subscribe(({ clock, engine }, was) => {
        if (engine !== this.engine) guide.setState({ walk: 'off' });
        else if (clock !== was.clock) this.hearClock(clock, was.clock);
      }),
      historyStore.subscribe((history, was) => this.hearPast(history, was)),
      // What is applied is answered while the clock stands, so that no hop is missed.
      editorStore.subscribe(({ busy }, was) => {
        if (this.finder.hasBegun || busy === was.busy) return;
        if (busy === 'apply') this.halt();
        else if (was.busy === 'apply') this.goOnUnlessBegun();
      }),
    );
  }

  /**
   * The next hop: one that was found already, or the cluster goes on to it, faster if asked again.
   */
  next(): void {
    const { hops, at, running } = walkStore.getState();
    if (at + 1 < hops.length) this.show(at + 1);
    else if (!isEnd(hops.at(-1))) this.run(running ? this.pace + 1 : 0);
  }

  /** The hop before, once more, as the cluster was then. */
  back(): void {
    const { at, running } = walkStore.getState();
    walkStore.setState({ playing: false });
    if (running) this.halt();
    if (at > 0) this.show(at - 1);
  }

  play(playing: boolean): void {
    walkStore.setState({ playing });
    if (playing) this.next();
    else this.clearTimers();
  }

  /** The walk ends; the cluster is shown as it is, and its clock goes as it went before. */
  end(): void {
    for (const stop of this.stops) stop();
    this.clearTimers();
    lit.setState({ object: null });
    holdStage(null);
    this.toNow();
    this.engine?.send({ type: 'follow', on: false });
    const { speed, paused } = this.before;
    this.session.command({ type: 'clock', command: 'speed', speed });
    // Ends a run ahead, too.
    this.session.command({ type: 'clock', command: 'pause' });
    if (!paused) this.session.command({ type: 'clock', command: 'resume' });
    walkStore.setState(start);
  }

  private isApplying(): boolean {
    return editorStore.getState().busy === 'apply' || performance.now() < this.applyingUntilMs;
  }

  /** Nothing of what was applied becomes pods: the walk waits on, and the clock goes on. */
  private goOnUnlessBegun(): void {
    this.applyingUntilMs = performance.now() + LATE_MS;
    this.later(LATE_MS, () => {
      if (this.finder.hasBegun) return;
      const isBad = editorStore.getState().problems.some(({ severity }) => severity === 'error');
      walkStore.setState({ empty: isBad ? 'failed' : 'nothing' });
      if (!this.before.paused) this.session.command({ type: 'clock', command: 'resume' });
    });
  }

  private hear(scene: SceneState, was: SceneState): void {
    // Of the past nothing is news.
    if (historyStore.getState().past || scene.atMs < this.presentMs) return;
    this.presentMs = scene.atMs;
    this.take(this.finder.take(scene, was));
    if (!this.isStanding) this.stand();
  }

  private hearClock(clock: ClockState, was: ClockState): void {
    if (clock.past || clock.nowMs < this.presentMs) return;
    if (walkStore.getState().running) this.take(this.finder.wait(clock.nowMs));
    const hasArrived = was.warpingTo !== undefined && clock.warpingTo === undefined;
    // Another CronJob may have been due: then on to the next.
    if (hasArrived) this.later(ARRIVED_MS, () => walkStore.getState().running && this.run());
  }

  /** Somebody else has gone back to now, or taken another course. */
  private hearPast(history: HistoryState, was: HistoryState): void {
    const branch = branchOf(history);
    this.branch ??= branch;
    if (branch !== this.branch) guide.setState({ walk: 'off' });
    else if (this.isBack && was.past && !history.past) this.show(this.newest);
  }

  private take(found: readonly Hop[]): void {
    if (found.length === 0) return;
    const { hops, at, running } = walkStore.getState();
    if (guide.getState().walk !== 'walking') guide.setState({ walk: 'walking' });
    walkStore.setState({ hops: [...hops, ...found], empty: null });
    if (running || at < 0) this.show(at + 1);
    this.isStanding = false;
    this.stand();
  }

  /** Stops the clock, once the picture shows what the hops tell: it hears a little later. */
  private stand(): void {
    const isLate = performance.now() > this.drawnByMs;
    if (!isLate && !this.finder.isDrawn(sceneStore.getState())) {
      if (this.drawnByMs < Infinity) return;
      this.drawnByMs = performance.now() + DRAWN_MS;
      this.session.command({ type: 'clock', command: 'speed', speed: SPEEDS[0]![1] });
      this.session.command({ type: 'clock', command: 'resume' });
      return;
    }
    this.isStanding = true;
    this.drawnByMs = Infinity;
    this.session.command({ type: 'clock', command: 'pause' });
  }

  private show(at: number): void {
    this.clearTimers();
    walkStore.setState({ at, running: false });
    const { place, atMs } = walkStore.getState().hops[at]!;
    this.newest = Math.max(this.newest, at);
    if (at < this.newest) {
      this.isBack = true;
      if (historyStore.getState().kept) lookAt(atMs);
    } else this.toNow();
    lit.setState({ object: place });
    holdStage(place.stage ?? null);
    if (walkStore.getState().playing) this.later(READ_MS, () => this.next());
  }

  private toNow(): void {
    if (!this.isBack) return;
    this.isBack = false;
    if (historyStore.getState().kept) lookAtNow();
  }

  private run(from = 0): void {
    this.clearTimers();
    walkStore.setState({ running: true });
    this.isStanding = true;
    const isFarOff = walkStore.getState().hops.at(-1)?.kind === 'due';
    if (isFarOff && historyStore.getState().kept) return this.session.warpTo('cronJob');
    const first = Math.min(from, SPEEDS.length - 1);
    const [beginMs] = SPEEDS[first]!;
    SPEEDS.slice(first).forEach(([afterMs, speed], step) => {
      this.later(afterMs - beginMs, () => {
        this.pace = first + step;
        this.session.command({ type: 'clock', command: 'speed', speed });
      });
    });
    this.session.command({ type: 'clock', command: 'resume' });
  }

  private halt(): void {
    this.clearTimers();
    this.session.command({ type: 'clock', command: 'pause' });
  }

  private later(ms: number, act: () => void): void {
    if (ms === 0) act();
    else this.timers.push(setTimeout(act, ms));
  }

  private clearTimers(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers = [];
  }
}

function branchOf({ branches }: HistoryState): number | undefined {
  return branches.find(({ current }) => current)?.id;
}
