// How a Pod is made, as a slow walk behind whatever the person applies next: the clock stands at
// each hop and runs slowly to the next. What the walk knows it hears from the scene, so that it
// shows what happens and not what should.
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { SceneStory } from '../../../scene/scene';
import type { StoryParts } from '../../../scene/story-parts';
import type { Session } from '../../state/session';
import { holdStage } from '../../canvas/stage-lights';
import { editorStore } from '../../state/editor-store';
import { engineStore } from '../../state/engine-store';
import { sceneStore } from '../../state/scene-store';
import type { SceneState } from '../../state/scene-store';
import { guide } from '../guide';
import { lit } from '../pointed';
import { HopFinder } from './hops';
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
}

const start: Walk = { hops: [], at: -1, running: false, playing: false };

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
];
/** How long a hop is read before the next when the walk plays by itself, wall ms. */
const READ_MS = 4_500;
/** How late the scene may tell of what was applied, wall ms. */
const LATE_MS = 1_000;
/** Virtual time after which a pod that is ready has no Service that would send to it. */
const SERVICE_MS = 3_000;

/** Leads one walk: begins when something is applied, ends by `end`. */
export class PodWalk {
  private finder = new HopFinder();
  private readonly stops: (() => void)[] = [];
  private timers: ReturnType<typeof setTimeout>[] = [];
  private readonly before: { speed: number; paused: boolean };
  private readyMs = 0;
  private lastStory = sceneStore.getState().stories.at(-1)?.id ?? 0;

  constructor(private readonly session: Pick<Session, 'command'>) {
    const { speed, paused } = engineStore.getState().clock;
    this.before = { speed, paused };
    walkStore.setState(start);
    this.stops.push(
      sceneStore.subscribe((scene, was) => this.hear(scene, was)),
      // What is applied is answered while the clock stands, so that no hop is missed.
      editorStore.subscribe(({ busy }, was) => {
        if (this.finder.hasBegun) return;
        if (busy === 'apply' && was.busy === null) this.halt();
        if (busy === null && was.busy === 'apply') this.goOnUnlessBegun();
      }),
    );
  }

  /** The next hop: one that was found already, or the cluster goes on to it. */
  next(): void {
    const { hops, at } = walkStore.getState();
    if (at + 1 < hops.length) this.show(at + 1);
    else if (!this.isOver()) this.run();
  }

  /** The hop before, once more. */
  back(): void {
    const { at } = walkStore.getState();
    walkStore.setState({ playing: false });
    if (at > 0) this.show(at - 1);
  }

  play(playing: boolean): void {
    walkStore.setState({ playing });
    if (playing) this.next();
  }

  /** The walk ends; the clock goes as it went before. */
  end(): void {
    for (const stop of this.stops) stop();
    this.clearTimers();
    lit.setState({ object: null });
    holdStage(null);
    const { speed, paused } = this.before;
    this.session.command({ type: 'clock', command: 'speed', speed });
    this.session.command({ type: 'clock', command: paused ? 'pause' : 'resume' });
    walkStore.setState(start);
  }

  /** Nothing of what was applied becomes pods: the walk waits on, and the clock goes on. */
  private goOnUnlessBegun(): void {
    this.later(LATE_MS, () => {
      if (this.finder.hasBegun || this.before.paused) return;
      this.session.command({ type: 'clock', command: 'resume' });
    });
  }

  private isOver(): boolean {
    const last = walkStore.getState().hops.at(-1)?.kind;
    return last === 'done' || last === 'refused';
  }

  private hear(scene: SceneState, was: SceneState): void {
    const found: Hop[] = [];
    if (scene.messages !== was.messages) {
      const heard = [...scene.messages].sort((a, b) => a.id - b.id);
      for (const message of heard) found.push(...this.finder.hear(message));
    }
    const key = this.finder.podKey;
    const pod = scene.pods.get(key);
    if (pod && (pod !== was.pods.get(key) || found.length > 0)) found.push(...this.finder.see(pod));
    if (scene.stories !== was.stories) {
      for (const story of scene.stories) found.push(...this.served(story));
      this.lastStory = scene.stories.at(-1)?.id ?? this.lastStory;
    }
    if (this.readyMs > 0 && scene.atMs > this.readyMs + SERVICE_MS)
      found.push(...this.finder.end());
    if (found.length > 0) this.take(found, scene.atMs);
  }

  private served({ id, rule, parts }: SceneStory): Hop[] {
    if (id <= this.lastStory || rule !== 'endpointsChanged') return [];
    const { service, ready, total, from } = parts as StoryParts['endpointsChanged'];
    if (ready <= from) return [];
    const hops = this.finder.served(service, ready, total);
    return hops.length > 0 ? [...hops, ...this.finder.end()] : [];
  }

  private take(found: readonly Hop[], atMs: number): void {
    const { hops, at } = walkStore.getState();
    const isWaiting = at + 1 >= hops.length;
    if (found.some(({ kind }) => kind === 'ready')) this.readyMs = atMs;
    if (guide.getState().walk !== 'walking') guide.setState({ walk: 'walking' });
    walkStore.setState({ hops: [...hops, ...found] });
    this.halt();
    if (isWaiting) this.show(at + 1);
  }

  private show(at: number): void {
    this.clearTimers();
    walkStore.setState({ at, running: false });
    const { place } = walkStore.getState().hops[at]!;
    lit.setState({ object: place });
    holdStage(place.stage ?? null);
    if (walkStore.getState().playing) this.later(READ_MS, () => this.next());
  }

  private run(): void {
    this.clearTimers();
    walkStore.setState({ running: true });
    for (const [afterMs, speed] of SPEEDS) {
      this.later(afterMs, () => this.session.command({ type: 'clock', command: 'speed', speed }));
    }
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
