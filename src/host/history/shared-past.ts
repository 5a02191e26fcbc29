// The past of a cluster that several pages look at and other clients use: every write from its
// start, and what ran when. It goes on growing while somebody looks back, and is never gone back
// to: who goes on from a moment of it does so apart (see onlooker.ts).
import type { Cluster } from '../../cluster/cluster';
import { LiveNotes } from '../../cluster/past/live-notes';
import { Recorder } from '../../cluster/past/recorder';
import { componentsOf, controllersOf, gaugesOf } from '../../cluster/programs-view';
import type { WarpTarget } from '../protocol';
import { watchFor } from './warp-watch';

/** Wall time between two looks at what leaves no trace in a store. */
const SAMPLE_PERIOD_MS = 250;
/** Writes of which it is found out in one turn whose they are. */
const WRITES_NUMBERED_MAX = 10_000;
/** What has not come within a day of virtual time will not. */
const WARP_MAX_MS = 24 * 3_600_000;

/** What a warp needs of whoever moves the clock. */
export interface SharedClock {
  readonly isWarping: boolean;
  /** Runs flat out to that virtual time, or until it is told that it has arrived. */
  warp(toMs: number, hasArrived?: () => boolean): void;
}

/** One who looks on; told when places in the history hold no more. */
export interface PastReader {
  /** The oldest writes were let go. */
  trimmed(): void;
  /** The store was replaced by another: nothing of what was can be shown. */
  replaced(): void;
}

export class SharedPast {
  readonly recorder: Recorder;
  /** Which programs ran, from the start on, for pages that come later. */
  readonly notes = new LiveNotes();
  private readonly readers = new Set<PastReader>();
  private lastComponents = '';
  private target: WarpTarget | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    readonly cluster: Cluster,
    private readonly clock: SharedClock,
  ) {
    this.recorder = new Recorder(cluster);
    this.recorder.onReplaced = () => {
      for (const reader of this.readers) reader.replaced();
    };
    this.sample();
  }

  start(): void {
    this.timer = setInterval(() => this.sample(), SAMPLE_PERIOD_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Tells the reader from now on; returns what ends that. */
  join(reader: PastReader): () => void {
    this.readers.add(reader);
    return () => this.readers.delete(reader);
  }

  /** What the clock runs ahead to; undefined when it does not, or to no moment with a name. */
  get warpingTo(): WarpTarget | undefined {
    return this.clock.isWarping ? this.target : undefined;
  }

  /** Runs ahead to the next moment of that name. */
  warpTo(target: WarpTarget): void {
    const { cluster, recorder } = this;
    const isIt = watchFor(target, cluster);
    let hasArrived = false;
    recorder.onWrite = (entry) => {
      hasArrived ||= isIt(entry);
    };
    this.target = target;
    this.clock.warp(cluster.clock.nowMs + WARP_MAX_MS, () => hasArrived);
  }

  /** No moment with a name is run ahead to any more. */
  endWarp(): void {
    this.target = undefined;
    this.recorder.onWrite = undefined;
  }

  /** Notes how the dice lie and what runs; lets go what is too old. */
  sample(): void {
    const { recorder } = this;
    recorder.sampleRandom();
    recorder.number(WRITES_NUMBERED_MAX);
    this.noteProgramsOf(this.cluster);
    if (!this.clock.isWarping) this.endWarp();
    if (recorder.trim()) for (const reader of this.readers) reader.trimmed();
  }

  private noteProgramsOf({ clock, store, controlPlanes }: Cluster): void {
    const components = componentsOf(controlPlanes);
    const said = JSON.stringify(components);
    const haveChanged = said !== this.lastComponents;
    this.lastComponents = said;
    this.notes.note({
      atMs: clock.nowMs,
      ...(haveChanged && { components }),
      controllers: controllersOf(controlPlanes),
      gauges: { ...gaugesOf(store, controlPlanes), requestsPerSecond: 0 },
      pods: [],
      stories: [],
    });
  }
}
