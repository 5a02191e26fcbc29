// All objects of a cluster and its world at one place of its history, and the way from there to any
// other. A move undoes or redoes the writes between, so that it costs what lies between and not the
// size of the cluster; it says what has changed by it.
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

export class Cursor {
  /** Newest revision of the cluster, and of the world, at this place. */
  revision: number;
  worldRevision: number;
  /** Objects by their ids. */
  private readonly objects: (KubeObject | undefined)[] = [];
  private readonly worldTables: ReadonlySet<string>;
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
  ) {
    recorder.number();
    this.worldTables = new Set(cluster.worldStore.tableNames());
    this.take(cluster.store);
    this.take(cluster.worldStore);
    this.revision = cluster.store.revision;
    this.worldRevision = cluster.worldStore.revision;
    this.count = cluster.store.objectCount;
    this.place = recorder.end;
  }

  get at(): number {
    return this.place;
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

  /** Goes to another place; answers every object that is another there. */
  moveTo(place: number): Change[] {
    this.moves++;
    this.touched = [];
    while (this.place > place) this.back();
    while (this.place < place) this.forth();
    const { first, entries, ids } = this.recorder;
    const changes: Change[] = [];
    for (const entryAt of this.touched) {
      const id = ids[entryAt - first];
      const [before, after] = [this.before[id], this.objects[id]];
      if (before !== after)
        changes.push({ table: entries[entryAt - first].table.name, before, after });
    }
    return changes;
  }

  /** The cluster's store as it was. */
  snapshot(): StoreSnapshot {
    return this.snapshotOf((name) => !this.worldTables.has(name), this.revision);
  }

  /** The store of the world as it was. */
  worldSnapshot(): StoreSnapshot {
    return this.snapshotOf((name) => this.worldTables.has(name), this.worldRevision);
  }

  private snapshotOf(isWanted: (table: string) => boolean, revision: number): StoreSnapshot {
    const tables: Record<string, readonly KubeObject[]> = {};
    for (const name of this.recorder.objectIds.byTable.keys()) {
      if (!isWanted(name)) continue;
      const objects = this.list(name);
      if (objects.length > 0) tables[name] = sorted(objects);
    }
    return { revision, tables };
  }

  private take(store: Store): void {
    const { objectIds } = this.recorder;
    for (const name of store.tableNames()) {
      for (const object of store.list(name)) this.objects[objectIds.idOf(name, object)] = object;
    }
  }

  private back(): void {
    const { table, previous, revision } = this.recorder.entry(--this.place);
    this.put(this.place, previous, table.name);
    this.setRevision(table.name, revision - 1);
  }

  private forth(): void {
    const { table, object, type, revision } = this.recorder.entry(this.place);
    this.put(this.place, type === 'DELETED' ? undefined : object, table.name);
    this.place++;
    this.setRevision(table.name, revision);
  }

  private put(entryAt: number, now: KubeObject | undefined, table: string): void {
    const { recorder, objects, touchedIn, moves } = this;
    const id = recorder.ids[entryAt - recorder.first];
    const held = objects[id];
    if (touchedIn[id] !== moves) {
      touchedIn[id] = moves;
      this.before[id] = held;
      this.touched.push(entryAt);
    }
    objects[id] = now;
    if (!held !== !now && !this.worldTables.has(table)) this.count += now ? 1 : -1;
  }

  private setRevision(table: string, revision: number): void {
    if (this.worldTables.has(table)) this.worldRevision = revision;
    else this.revision = revision;
  }
}

/** By namespace and then by name, so that two ways to one moment give the same. */
function sorted(objects: KubeObject[]): KubeObject[] {
  return objects
    .map((object) => ({ key: objectKey(object), object }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ object }) => object);
}
