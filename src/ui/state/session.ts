// One cluster on the page from start to end: it starts the engine with what was kept or shared,
// hands its words to the stores, writes the cluster down, and starts another when asked.
import { KEPT_MAX } from '../../host/protocol';
import type { ClockState, StartOptions, TimelineDelta, WarpTarget } from '../../host/protocol';
import type { SceneDelta } from '../../scene/scene';
import { Autosave } from './autosave';
import { Engine } from './engine';
import type { ClockCommand, EnginePort } from './engine';
import { engineStore } from './engine-store';
import type { Notice } from './engine-store';
import { CLUSTER_START_MS, FIRST_CLUSTER } from './first-cluster';
import { historyStore, noHistory } from './history';
import { isWorthALook, warpAhead } from './next-change';
import type { ClusterRecord, ClusterStorage } from './saved-clusters';
import { sceneStore } from './scene-store';
import { readFragment } from './share-link';
import type { SharedCluster } from './share-link';
import type { PresetId } from './presets';
import { pageParameters, slotOf } from './slot';
import type { TabSlots } from './tab-slot';
import type { PageAddress } from './slot';

/** When the engine loads what a first picture can do without, unless the editor is there before. */
const EXTEND_AFTER_MS = 5_000;

export interface SessionDeps {
  spawn(): EnginePort;
  /** Virtual time at which a new cluster starts that is not to be like another. */
  freshStartMs(): number;
  storage: ClusterStorage;
  tabs: Pick<TabSlots, 'held' | 'claim'>;
  address: PageAddress;
  /** Another tab has this page's cluster: it is kept under a name of its own from now on. */
  moved(slot: string): void;
  /** Opens a shared cluster's machines and manifests, once the engine runs. */
  openShared(engine: Engine, cluster: SharedCluster): Promise<void>;
}

/** Whether the cluster is too large to be kept: it is noted which it is, and made anew. */
function isTooLarge(): boolean {
  const { nodes, pods } = sceneStore.getState();
  return nodes.size > KEPT_MAX.nodes || pods.size > KEPT_MAX.pods;
}

interface Origin {
  preset: string;
  /** Of workloads that it was filled with. */
  pods: number;
  seed: number;
  speed: number;
  paused: boolean;
  startMs: number;
}

export class Session {
  /** Under which name the cluster is kept; null for one that is not. */
  slot: string | null;
  private origin: Origin;
  private autosave: Autosave | undefined;
  private clockWaiters: (() => void)[] = [];
  private warp: { stop(): void } | undefined;
  private started = false;
  /** What the address's link holds; every new cluster on this page begins with it. */
  private shared: SharedCluster | undefined;
  /** The engine that has been asked to start, or runs. */
  private pending: Engine | undefined;
  private timelineSink: ((delta: TimelineDelta) => void) | undefined;
  private podLanesMax: number | undefined;

  constructor(private readonly deps: SessionDeps) {
    const slot = slotOf(deps.address);
    this.slot = slot === null ? null : deps.tabs.held(slot);
    const { preset: usual, seed: first, speed, paused } = FIRST_CLUSTER;
    const { seed, preset, pods } = pageParameters(deps.address);
    const startMs = seed === null ? deps.freshStartMs() : CLUSTER_START_MS;
    this.origin = { preset: preset ?? usual, pods, seed: seed ?? first, speed, paused, startMs };
  }

  /** Starts with what the address and the storage hold. */
  async open(): Promise<void> {
    const port = this.deps.spawn();
    const [link, record] = await Promise.all([
      readFragment(this.deps.address.hash),
      this.claimAndLoad(),
    ]);
    if (link.kind === 'bad') this.say({ kind: 'badLink', why: link.why });
    if (link.kind === 'shared') {
      const { preset, pods = 0, seed, speed, startMs = this.origin.startMs } = link.cluster;
      this.shared = link.cluster;
      this.origin = { preset, pods, seed, speed, paused: false, startMs };
      if (this.slot !== null && !engineStore.getState().notice) this.say({ kind: 'sharedCluster' });
    }
    if (pageParameters(this.deps.address).branch !== null) {
      this.say({ kind: record ? 'branch' : 'branchGone' });
    }
    if (record) this.restore(record, port);
    else this.begin(port, {});
  }

  private async claimAndLoad(): Promise<ClusterRecord | undefined> {
    const asked = slotOf(this.deps.address);
    if (asked === null) return undefined;
    const { slot, from } = await this.deps.tabs.claim(asked);
    if (slot !== from) {
      this.slot = slot;
      this.deps.moved(slot);
      this.say({ kind: 'otherTab' });
    }
    return await this.deps.storage.load(from);
  }

  /** After a crash: the cluster as it was last kept. */
  async restart(): Promise<void> {
    const record = this.slot === null ? undefined : await this.deps.storage.load(this.slot);
    if (record) this.restore(record, this.deps.spawn());
    else this.begin(this.deps.spawn(), {});
  }

  /** Another cluster in place of this one, or one of another kind; the editor keeps its text. */
  async newCluster(kind?: { preset: PresetId; pods: number }): Promise<void> {
    this.end();
    if (this.slot !== null) await this.deps.storage.remove(this.slot);
    // What was shared is of the kind that it was shared as.
    if (kind) this.shared = undefined;
    const seed = this.shared?.seed ?? this.origin.seed + 1;
    const startMs = this.shared?.startMs ?? this.deps.freshStartMs();
    const speed = this.shared?.speed ?? 1;
    this.origin = { ...this.origin, ...kind, seed, speed, paused: false, startMs };
    this.begin(this.deps.spawn(), {});
  }

  command(command: ClockCommand): void {
    this.stopWarp();
    const { engine, clock } = engineStore.getState();
    if (!engine) return;
    engine.command(command);
    // What the clock of the past does is of the moment: nothing of it is kept.
    if (clock.past && command.command !== 'speed') return;
    if (command.command === 'speed') {
      this.origin.speed = command.speed;
      engineStore.setState({ clock: { ...clock, speed: command.speed } });
    } else if (command.command !== 'warp' && command.command !== 'warpTo') {
      this.origin.paused = command.command !== 'resume';
      engineStore.setState({ clock: { ...clock, paused: this.origin.paused } });
    }
    this.autosave?.touched();
  }

  /** Runs ahead until something changes; a second call stops. */
  warpToNextChange(): void {
    if (historyStore.getState().kept) return this.warpTo('change');
    if (this.warp) return this.stopWarp();
    const { engine } = engineStore.getState();
    if (!engine) return;
    const speed = () => engineStore.getState().clock.speed;
    const warp = warpAhead({
      nowMs: () => engineStore.getState().clock.nowMs,
      warpTo: (toMs) => engine.command({ type: 'clock', command: 'warp', toMs }),
      clockTold: () => {
        // Any clock command is answered with the clock at once.
        engine.command({ type: 'clock', command: 'speed', speed: speed() });
        return new Promise((resolve) => this.clockWaiters.push(resolve));
      },
    });
    this.warp = warp;
    engineStore.setState({ warping: true });
    void warp.done.then(() => this.warp === warp && this.stopWarp());
  }

  /** Runs ahead to the next moment of that name; a second call stops. */
  warpTo(target: WarpTarget): void {
    const { engine, clock } = engineStore.getState();
    if (clock.warpingTo) this.endNamedWarp();
    else engine?.command({ type: 'clock', command: 'warpTo', target });
  }

  /**
   * Tells the timeline of whatever cluster runs, from its beginning on, without lanes of pods while
   * there are more of them; returns what stops it.
   */
  watchTimeline(sink: (delta: TimelineDelta) => void, podLanesMax?: number): () => void {
    this.timelineSink = sink;
    this.podLanesMax = podLanesMax;
    this.pending?.send({ type: 'timeline', on: true, podLanesMax });
    return () => {
      this.timelineSink = undefined;
      this.pending?.send({ type: 'timeline', on: false });
    };
  }

  /** The person changed something: write it down soon. */
  touched(): void {
    this.autosave?.touched();
  }

  /** The page is being left or hidden. */
  leaving(): void {
    this.autosave?.now();
  }

  /** What a share link says beside machines and manifests. */
  describe(): Pick<SharedCluster, 'preset' | 'pods' | 'seed' | 'speed' | 'startMs'> {
    const { preset, pods, seed, speed } = this.origin;
    return {
      preset,
      ...(pods > 0 && { pods }),
      seed,
      speed,
      startMs: engineStore.getState().clock.startMs,
    };
  }

  say(notice: Notice | null): void {
    engineStore.setState({ notice });
  }

  private restore(record: ClusterRecord, port: EnginePort): void {
    const { preset, pods = 0, seed, speed, paused, saved } = record;
    this.origin = { ...this.origin, preset, pods, seed, speed, paused };
    if (saved === undefined) {
      this.say({ kind: 'madeAnew' });
      return this.begin(port, {});
    }
    this.begin(port, { saved });
  }

  private begin(port: EnginePort, extra: Partial<StartOptions>): void {
    this.started = false;
    const engine: Engine = new Engine(port, {
      started: (version) => this.hasStarted(engine, version, extra.saved !== undefined),
      clock: (clock) => this.hearClock(clock),
      scene: (delta) => this.hearScene(delta),
      history: (report) => historyStore.setState({ ...report, heard: true }),
      timeline: (delta) => this.timelineSink?.(delta),
      skipped: (skipped) => historyStore.setState({ skipped }),
      crashed: (message, stack) => this.hasCrashed(message, stack, extra.saved !== undefined),
    });
    engineStore.setState({ phase: 'starting', engine: null, crash: null });
    historyStore.setState(noHistory);
    engine.start({ ...this.origin, ...extra });
    this.pending = engine;
    const { podLanesMax } = this;
    if (this.timelineSink) engine.send({ type: 'timeline', on: true, podLanesMax });
  }

  private hasStarted(engine: Engine, version: string, isRestored: boolean): void {
    this.started = true;
    engineStore.setState({ phase: 'running', version, engine });
    setTimeout(() => engine.extend(), EXTEND_AFTER_MS);
    this.autosave = this.slot === null ? undefined : this.newAutosave(engine, this.slot);
    if (this.shared && !isRestored) {
      void this.deps.openShared(engine, this.shared).catch((error: unknown) => {
        this.say({ kind: 'actionFailed', what: 'openShared', message: String(error) });
      });
    }
  }

  private hasCrashed(message: string, stack: string, wasRestoring: boolean): void {
    this.end();
    if (wasRestoring && !this.started) {
      // The kept form is of another version, or broken: a new cluster, the text stays.
      this.say({ kind: 'startedFresh' });
      this.begin(this.deps.spawn(), {});
      return;
    }
    engineStore.setState({ phase: 'crashed', engine: null, crash: { message, stack } });
  }

  private end(): void {
    this.stopWarp();
    this.autosave?.stop();
    this.autosave = undefined;
    this.pending?.close();
    this.pending = undefined;
    engineStore.setState({ engine: null });
  }

  private hearClock(clock: ClockState): void {
    engineStore.setState({ clock, warping: this.warp !== undefined || 'warpingTo' in clock });
    const past = clock.past ?? null;
    const before = historyStore.getState().past;
    const isSame = past?.atMs === before?.atMs && past?.revision === before?.revision;
    if (!isSame || past?.nowMs !== before?.nowMs) {
      historyStore.setState({ past });
    }
    const waiters = this.clockWaiters;
    this.clockWaiters = [];
    for (const resolve of waiters) resolve();
  }

  private hearScene(delta: SceneDelta): void {
    const { nodes, applyDelta } = sceneStore.getState();
    const found = this.warp !== undefined && !delta.reset && isWorthALook(delta, nodes);
    applyDelta(delta);
    if (found) this.stopWarp();
    this.autosave?.changed();
  }

  private stopWarp(): void {
    const { warp } = this;
    if (!warp) return;
    this.warp = undefined;
    warp.stop();
    this.endNamedWarp();
  }

  /** Ends the hop under way: the engine stops where it is, then goes on as before. */
  private endNamedWarp(): void {
    const { engine, clock } = engineStore.getState();
    engine?.command({ type: 'clock', command: 'pause' });
    if (!clock.paused) engine?.command({ type: 'clock', command: 'resume' });
    engineStore.setState({ warping: false });
  }

  private newAutosave(engine: Engine, slot: string): Autosave {
    return new Autosave({
      save: async () => {
        const saved = isTooLarge() ? undefined : await engine.save();
        const fromMs = performance.now();
        const { preset, pods, seed, speed, paused } = this.origin;
        const savedAtMs = Date.now();
        const origin = { preset, pods, seed, speed, paused };
        const record = { slot, format: 1, savedAtMs, ...origin, saved } as const;
        const done = this.deps.storage.save(record);
        const costMs = performance.now() - fromMs;
        await done;
        return { costMs, bytes: saved instanceof ArrayBuffer ? saved.byteLength : 0 };
      },
      nowMs: () => performance.now(),
      setTimer: (run, ms) => setTimeout(run, ms),
      clearTimer: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
    });
  }
}
