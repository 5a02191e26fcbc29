// Every write of a cluster and of its world, in order and with its virtual time, as references to
// the frozen objects that the stores hold anyway. Invariants: a place in the history is a sequence
// number, the state before the write of that number; `previous` of an entry is the state that the
// entries before it have led to, so any past state follows from the present one by going back.
// The random streams are sampled beside it: drawing leaves no trace in a store, and a course that
// goes on from the past must draw what has not been drawn by then.
import type { KubeObject } from '../../api/object';
import type { Cluster } from '../cluster';
import type { LogEntry, StoreFollower } from '../../store/store';
import { ObjectIds } from './object-ids';

export type { LogEntry };

/** Entries kept at the most; beyond, the oldest quarter is let go at once. */
const ENTRIES_MAX = 200_000;

type RandomState = readonly number[];

interface RandomSample {
  /** Taken when that many writes had been made. */
  at: number;
  /** The streams that had moved since the sample before. */
  moved: Record<string, RandomState>;
}

export class Recorder implements StoreFollower {
  /** Sequence number of the oldest entry that is kept. */
  first = 0;
  entries: LogEntry[] = [];
  /** Virtual time of each entry. */
  times: number[] = [];
  /** Virtual time from which on the history is whole. */
  fromMs: number;
  /** Called at each write, before anything that follows from it. */
  onWrite: ((entry: LogEntry) => void) | undefined;
  /** Called when a store has been replaced by another and all history is gone. */
  onReplaced: (() => void) | undefined;
  /** Whose entry each is; made up to date by `number`. */
  objectIds = new ObjectIds();
  ids: number[] = [];
  /** All objects by their ids at some places, which cursors leave where they come by. */
  readonly frames = new Map<number, readonly (KubeObject | undefined)[]>();
  /** The few writes that are of the world. */
  private worldWrites: { at: number; entry: LogEntry }[] = [];
  private samples: RandomSample[] = [];
  private lastRandom: Record<string, RandomState> = {};

  constructor(
    private cluster: Cluster,
    private readonly entriesMax = ENTRIES_MAX,
  ) {
    this.fromMs = cluster.clock.nowMs;
    this.follow(cluster);
  }

  /** Number of the next write. */
  get end(): number {
    return this.first + this.entries.length;
  }

  entry(at: number): LogEntry {
    return this.entries[at - this.first];
  }

  timeOf(at: number): number {
    return this.times[at - this.first];
  }

  /** The place after all writes up to and including that time. */
  placeAt(atMs: number): number {
    let [low, high] = [0, this.times.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.times[middle] <= atMs) low = middle + 1;
      else high = middle;
    }
    return this.first + low;
  }

  /** Another cluster goes on from `at`: what has been until then is its history too. */
  branch(cluster: Cluster, at: number): Recorder {
    const other = new Recorder(cluster, this.entriesMax);
    const kept = at - this.first;
    other.first = this.first;
    other.fromMs = this.fromMs;
    other.entries = this.entries.slice(0, kept);
    other.times = this.times.slice(0, kept);
    other.worldWrites = this.worldWrites.filter((write) => write.at < at);
    other.samples = this.samples.filter((sample) => sample.at <= at);
    other.lastRandom = {};
    return other;
  }

  /** The newest write before that place, of the cluster or of its world. */
  writeBefore(at: number, isWorld: boolean): LogEntry | undefined {
    if (isWorld) return this.worldWrites.findLast((place) => place.at < at)?.entry;
    let index = at - this.first - 1;
    while (index >= 0 && this.isOfWorld(this.entries[index])) index--;
    return this.entries[index];
  }

  /** The oldest write from that place on. */
  writeFrom(at: number, isWorld: boolean): LogEntry | undefined {
    if (isWorld) return this.worldWrites.find((place) => place.at >= at)?.entry;
    let index = at - this.first;
    while (index < this.entries.length && this.isOfWorld(this.entries[index])) index++;
    return this.entries[index];
  }

  written(entry: LogEntry): void {
    if (this.isOfWorld(entry)) this.worldWrites.push({ at: this.end, entry });
    this.entries.push(entry);
    this.times.push(this.cluster.clock.nowMs);
    this.onWrite?.(entry);
  }

  replaced(): void {
    this.first = this.end;
    this.entries = [];
    this.times = [];
    this.samples = [];
    this.worldWrites = [];
    this.forgetIds();
    this.lastRandom = {};
    this.fromMs = this.cluster.clock.nowMs;
    this.onReplaced?.();
  }

  /** Lets the oldest entries go when there are too many; true when it did. */
  trim(): boolean {
    if (this.entries.length <= this.entriesMax) return false;
    const gone = this.entries.length - Math.ceil((this.entriesMax * 3) / 4);
    this.entries = this.entries.slice(gone);
    this.times = this.times.slice(gone);
    this.first += gone;
    this.forgetIds();
    this.fromMs = this.times[0];
    this.worldWrites = this.worldWrites.filter(({ at }) => at >= this.first);
    this.foldSamples();
    return true;
  }

  /** Finds out whose entries those are that have not been numbered yet, at most so many. */
  number(most = Infinity): void {
    const { ids, entries, objectIds } = this;
    const end = Math.min(entries.length, ids.length + most);
    for (let at = ids.length; at < end; at++) {
      const { table, object } = entries[at];
      ids.push(objectIds.idOf(table.name, object));
    }
  }

  /** Notes how far the random streams are; cheap enough for a few times a second. */
  sampleRandom(): void {
    const { end, samples } = this;
    const now = this.cluster.sim.saveRandom();
    const moved: Record<string, RandomState> = {};
    let any = false;
    for (const name in now) {
      const before = this.lastRandom[name];
      if (before && isSame(before, now[name])) continue;
      moved[name] = now[name];
      any = true;
    }
    this.lastRandom = now;
    const last = samples.at(-1);
    if (last?.at === end) Object.assign(last.moved, moved);
    else if (any || !last) samples.push({ at: end, moved });
    else last.at = end;
  }

  /** The streams as they were at that place, or soon after: nothing drawn before is drawn again. */
  randomAt(at: number): Record<string, RandomState> {
    if (this.samples.at(-1) === undefined || this.samples.at(-1)!.at < at) this.sampleRandom();
    const states: Record<string, RandomState> = {};
    for (const sample of this.samples) {
      Object.assign(states, sample.moved);
      if (sample.at >= at) break;
    }
    return states;
  }

  private isOfWorld({ table }: LogEntry): boolean {
    return this.cluster.worldStore.hasTable(table.name);
  }

  /** Names that no entry tells of any more are let go with them. */
  private forgetIds(): void {
    this.ids = [];
    this.objectIds = new ObjectIds();
    this.frames.clear();
  }

  private foldSamples(): void {
    const later = this.samples.findIndex(({ at }) => at > this.first);
    if (later < 1) return;
    const moved = Object.assign({}, ...this.samples.slice(0, later).map((each) => each.moved));
    this.samples.splice(0, later, { at: this.samples[later - 1].at, moved });
  }

  private follow({ store, worldStore }: Cluster): void {
    store.follower = this;
    worldStore.follower = this;
  }
}

function isSame(one: RandomState, other: RandomState): boolean {
  return one[0] === other[0] && one[1] === other[1] && one[3] === other[3];
}
