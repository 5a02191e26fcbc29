// The courses that a cluster took: the one on which it runs, and those that were left, each a whole
// cluster that stands still. Invariants: acts of a branch are in the order of their places; the
// ones before a fork are those of the branch that was left, too.
import { componentsOf, controllersOf } from '../../cluster/programs-view';
import { restoreCluster, type Cluster } from '../../cluster/cluster';
import type { Extension } from '../../cluster/extension-parts';
import type { SavedCluster } from '../../cluster/saved-cluster';
import { SAVE_VERSION } from '../../cluster/saved-cluster';
import type { PastAct, PastBranch } from '../protocol';
import type { Cursor } from '../../cluster/past/cursor';
import { LiveNotes } from '../../cluster/past/live-notes';
import { Recorder } from '../../cluster/past/recorder';

/** Courses that are kept; each holds a whole cluster. */
const BRANCHES_MAX = 8;
/** Of clusters of more nodes than this only so many. */
const NODES_MANY = 60;
const LARGE_BRANCHES_MAX = 3;
const ACTS_MAX = 500;

/** An act with its place in the history. */
export interface PlacedAct extends PastAct {
  at: number;
}

export interface Branch {
  readonly id: number;
  readonly from?: { branch: number; atMs: number };
  /** Set when it differs from that of the branch it left. */
  readonly seed?: number;
  readonly cluster: Cluster;
  readonly recorder: Recorder;
  readonly notes: LiveNotes;
  acts: PlacedAct[];
}

export class Branches {
  all: Branch[] = [];
  current: Branch;
  private lastId = 0;
  private lastActId = 0;

  constructor(cluster: Cluster) {
    const recorder = new Recorder(cluster);
    recorder.sampleRandom();
    const notes = new LiveNotes();
    notes.begin(componentsOf(cluster.controlPlanes), controllersOf(cluster.controlPlanes));
    this.current = { id: ++this.lastId, cluster, recorder, notes, acts: [] };
    this.all = [this.current];
  }

  noteAct(label: string): PlacedAct {
    const { acts, recorder, cluster } = this.current;
    recorder.sampleRandom();
    const act = { id: ++this.lastActId, label, atMs: cluster.clock.nowMs, at: recorder.end };
    acts.push(act);
    if (acts.length > ACTS_MAX) acts.shift();
    return act;
  }

  /**
   * Goes on from where the cursor stands, at `atMs`, with the dice as they lay then, or with those
   * of another seed.
   */
  fork(cursor: Cursor, atMs: number, extension: Extension | undefined, seed?: number): Branch {
    const { current } = this;
    const saved = savedAt(current, cursor, atMs, seed);
    const cluster = restoreCluster(saved, extension);
    cluster.observer.shareColours(current.cluster.observer);
    const branch: Branch = {
      id: ++this.lastId,
      from: { branch: current.id, atMs },
      ...(seed !== undefined && { seed }),
      cluster,
      recorder: current.recorder.branch(cluster, cursor.at),
      notes: current.notes.until(atMs),
      acts: current.acts.filter((act) => act.at <= cursor.at && act.atMs <= atMs),
    };
    branch.recorder.sampleRandom();
    this.all.push(branch);
    this.current = branch;
    this.letGo();
    return branch;
  }

  /** Takes up another branch; undefined when there is none of that id. */
  switchTo(id: number): Branch | undefined {
    const found = this.all.find((branch) => branch.id === id);
    if (found) this.current = found;
    return found;
  }

  report(): PastBranch[] {
    return this.all.map(({ id, from, seed, cluster }) => ({
      id,
      ...(from && { from }),
      ...(seed !== undefined && { seed }),
      nowMs: cluster.clock.nowMs,
      current: id === this.current.id,
    }));
  }

  private letGo(): void {
    const isLarge = this.current.cluster.nodeCount > NODES_MANY;
    const max = isLarge ? LARGE_BRANCHES_MAX : BRANCHES_MAX;
    while (this.all.length > max) {
      const oldest = this.all.findIndex((branch) => branch !== this.current);
      this.all.splice(oldest, 1);
    }
  }
}

/** The cluster as it was where the cursor stands. */
export function savedAt(
  { cluster, recorder }: Pick<Branch, 'cluster' | 'recorder'>,
  cursor: Cursor,
  atMs: number,
  seed?: number,
): SavedCluster {
  const { options } = cluster;
  const hasOwnDice = seed === undefined || seed === options.seed;
  return {
    version: SAVE_VERSION,
    options: hasOwnDice ? options : { ...options, seed },
    startMs: cluster.clock.startMs,
    nowMs: atMs,
    random: hasOwnDice ? recorder.randomAt(cursor.at) : {},
    store: cursor.snapshot(),
    world: cursor.worldSnapshot(),
  };
}
