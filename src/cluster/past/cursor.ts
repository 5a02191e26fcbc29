// All objects of a cluster and its world at one place of its history, and the way from there to any
// other. A move undoes or redoes the writes between, so that it costs what lies between and not the
// size of the cluster; it says what has changed by it. Where it comes by it leaves frames, all that
// was there at that place, so that a far move begins at the nearest of them.
import { objectKey, type KubeObject } from '../../api/object';
import type { Cluster } from '../cluster';
import type { Store, StoreSnapshot } from '../../store/store';
import type { Recorder } from './recorder';

/** How an object differs between two moments; undefined where there was none. */
export interface Change {
  table: string;
  before: KubeObject | undefined;
  after: KubeObject | undefined;
}

/** Writes from one frame to the next. */
const FRAME_EVERY = 8_192;
/** As many writes are undone in the time in which two frames are compared. */
const COMPARE_WRITES = 2_048;

export class Cursor {
  /** Objects by their ids. */
  private objects: (KubeObject | undefined)[] = [];
  private readonly worldTables: ReadonlySet<string>;
  /** Revisions of the cluster and of its world where the history ends. */
  private readonly present: readonly [number, number];
  private place: number;
  /** Places of entries that touched an object in the move under way, one for each object. */
  private touched: number[] = [];
  /** By id: what the object was before the move under way, and which move touched it last. */
  private readonly before: (KubeObject | undefined)[] = [];
  private readonly touchedIn: number[] = [];
  private moves = 0;
  private count = 0;

  /** Stands at the present. */
  constructor(
    cluster: Cluster,
    private readonly recorder: Recorder,
    private readonly frameEvery = FRAME_EVERY,
    private readonly compareWrites = COMPARE_WRITES,
  ) {
    recorder.number();
    this.worldTables = new Set(cluster.worldStore.tableNames());
    this.take(cluster.store);
    this.take(cluster.worldStore);
    this.present = [cluster.store.revision, cluster.worldStore.revision];
    this.count = cluster.store.objectCount;
    this.place = recorder.end;
  }

  get at(): number {
    return this.place;
  }

  /** The cluster's newest revision at this place. */
  get revision(): number {
    return this.revisionOf(false);
  }

  /** How many objects the cluster has at this place. */
  get objectCount(): number {
    return this.count;
  }

  /** Those of a table at this place. */
  list(table: string): KubeObject[] {
    const found: KubeObject[] = [];
    for (const id of this.recorder.objectIds.byTable.get(table) ?? []) {
      const object = this.objects[id];
      if (object) found.push(object);
    }
    return found;
  }

  /**
   * Goes to another place; answers every object that is another there, of those tables that are
   * wanted.
   */
  moveTo(place: number, isWanted: (table: string) => boolean = () => true): Change[] {
    const frame = this.nearerFrame(place);
    if (frame !== undefined) return this.jump(frame, place, isWanted);
    const { entries, ids } = this.recorder;
    this.moves++;
    this.touched = [];
    this.walk(this.place, place, (at, now) => this.put(at, now));
    this.place = place;
    const changes: Change[] = [];
    for (const at of this.touched) {
      if (!isWanted(entries[at].table.name)) continue;
      const [before, after] = [this.before[ids[at]], this.objects[ids[at]]];
      if (before !== after) changes.push({ table: entries[at].table.name, before, after });
    }
    return changes;
  }

  /** The place of a frame from which it is less far than from here. */
  private nearerFrame(place: number): number | undefined {
    let least = Math.abs(place - this.place) - this.compareWrites;
    let found: number | undefined;
    for (const at of this.recorder.frames.keys()) {
      if (Math.abs(place - at) >= least) continue;
      least = Math.abs(place - at);
      found = at;
    }
    return found;
  }

  private jump(frame: number, place: number, isWanted: (table: string) => boolean): Change[] {
    const { frames, ids, objectIds } = this.recorder;
    const before = this.objects;
    const objects = frames.get(frame)!.slice();
    this.objects = objects;
    this.walk(frame, place, (at, now) => (objects[ids[at]] = now));
    this.place = place;
    const changes: Change[] = [];
    for (const [table, idsOfTable] of objectIds.byTable) {
      const wanted = isWanted(table);
      let more = 0;
      for (const id of idsOfTable) {
        const [was, is] = [before[id], objects[id]];
        if (was === is) continue;
        more += Number(is !== undefined) - Number(was !== undefined);
        if (wanted) changes.push({ table, before: was, after: is });
      }
      if (!this.worldTables.has(table)) this.count += more;
    }
    return changes;
  }

  /** Undoes or redoes what lies between two places; `put` takes the index of each entry. */
  private walk(
    from: number,
    to: number,
    put: (at: number, now: KubeObject | undefined) => void,
  ): void {
    const { entries, first } = this.recorder;
    for (let at = from - first - 1; at >= to - first; at--) {
      put(at, entries[at].previous);
      this.leaveFrame(at + first);
    }
    for (let at = from - first; at < to - first; at++) {
      const { type, object } = entries[at];
      put(at, type === 'DELETED' ? undefined : object);
      this.leaveFrame(at + first + 1);
    }
  }

  private leaveFrame(place: number): void {
    const { frames } = this.recorder;
    if (place % this.frameEvery === 0 && !frames.has(place))
      frames.set(place, this.objects.slice());
  }

  /** The cluster's store as it was; in order, when it is to be compared or kept. */
  snapshot(inOrder = true): StoreSnapshot {
    return this.snapshotOf((name) => !this.worldTables.has(name), this.revision, inOrder);
  }

  /** The store of the world as it was. */
  worldSnapshot(inOrder = true): StoreSnapshot {
    return this.snapshotOf((name) => this.worldTables.has(name), this.revisionOf(true), inOrder);
  }

  private snapshotOf(
    isWanted: (table: string) => boolean,
    revision: number,
    inOrder: boolean,
  ): StoreSnapshot {
    const tables: Record<string, readonly KubeObject[]> = {};
    for (const name of this.recorder.objectIds.byTable.keys()) {
      if (!isWanted(name)) continue;
      const objects = this.list(name);
      if (objects.length > 0) tables[name] = inOrder ? sorted(objects) : objects;
    }
    return { revision, tables };
  }

  private take(store: Store): void {
    const { objectIds } = this.recorder;
    for (const name of store.tableNames()) {
      for (const object of store.list(name)) this.objects[objectIds.idOf(name, object)] = object;
    }
  }

  private put(at: number, now: KubeObject | undefined): void {
    const { objects, touchedIn, moves } = this;
    const id = this.recorder.ids[at];
    const held = objects[id];
    if (touchedIn[id] !== moves) {
      touchedIn[id] = moves;
      this.before[id] = held;
      this.touched.push(at);
    }
    objects[id] = now;
    if (held === undefined) this.counted(at, 1);
    if (now === undefined) this.counted(at, -1);
  }

  private counted(at: number, by: number): void {
    if (!this.worldTables.has(this.recorder.entries[at].table.name)) this.count += by;
  }

  /**
   * The revision of the newest write of a store that the place shows, or that before the oldest.
   */
  private revisionOf(isWorld: boolean): number {
    const { recorder, place } = this;
    const before = recorder.writeBefore(place, isWorld);
    if (before) return before.revision;
    return (recorder.writeFrom(place, isWorld)?.revision ?? this.present[Number(isWorld)] + 1) - 1;
  }
}

/** By namespace and then by name, so that two ways to one moment give the same. */
function sorted(objects: KubeObject[]): KubeObject[] {
  return objects
    .map((object) => ({ key: objectKey(object), object }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ object }) => object);
}
