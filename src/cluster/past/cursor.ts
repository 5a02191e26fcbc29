// All objects of a cluster and its world at one place of its history, and the way from there to any
// other. A move undoes or redoes the writes between, so that it costs what lies between and not the
// size of the cluster; it says what has changed by it.
import { objectKey, type KubeObject } from '../../api/object';
import type { Cluster } from '../cluster';
import type { Store, StoreSnapshot } from '../../store/store';
import type { Recorder } from './recorder';

type Objects = Map<string, KubeObject>;

/** How an object differs between two moments; undefined where there was none. */
export interface Change {
  table: string;
  before: KubeObject | undefined;
  after: KubeObject | undefined;
}

export class Cursor {
  private readonly tables = new Map<string, Objects>();
  private readonly worldTables: ReadonlySet<string>;
  /** Newest revision of the cluster, and of the world, at this place. */
  revision: number;
  worldRevision: number;
  private place: number;

  /** Stands at the present. */
  constructor(
    cluster: Cluster,
    private readonly recorder: Recorder,
  ) {
    this.worldTables = new Set(cluster.worldStore.tableNames());
    this.take(cluster.store);
    this.take(cluster.worldStore);
    this.revision = cluster.store.revision;
    this.worldRevision = cluster.worldStore.revision;
    this.place = recorder.end;
  }

  get at(): number {
    return this.place;
  }

  objects(table: string): ReadonlyMap<string, KubeObject> {
    return this.tables.get(table) ?? NONE;
  }

  get objectCount(): number {
    let count = 0;
    for (const [name, { size }] of this.tables) if (!this.worldTables.has(name)) count += size;
    return count;
  }

  /** Goes to another place; answers every object that is another there. */
  moveTo(place: number): Change[] {
    const touched = new Map<string, Map<string, KubeObject | undefined>>();
    while (this.place > place) this.back(touched);
    while (this.place < place) this.forth(touched);
    const changes: Change[] = [];
    for (const [table, keys] of touched) {
      const now = this.tables.get(table)!;
      for (const [key, before] of keys) {
        const after = now.get(key);
        if (after !== before) changes.push({ table, before, after });
      }
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
    for (const [name, objects] of this.tables) {
      if (objects.size > 0 && isWanted(name)) tables[name] = sorted(objects);
    }
    return { revision, tables };
  }

  private take(store: Store): void {
    for (const name of store.tableNames()) {
      const objects: Objects = new Map();
      for (const object of store.list(name)) objects.set(objectKey(object), object);
      this.tables.set(name, objects);
    }
  }

  private back(touched: Map<string, Map<string, KubeObject | undefined>>): void {
    const { table, object, previous, revision } = this.recorder.entry(--this.place);
    this.put(table.name, object, previous, touched);
    this.setRevision(table.name, revision - 1);
  }

  private forth(touched: Map<string, Map<string, KubeObject | undefined>>): void {
    const { table, object, type, revision } = this.recorder.entry(this.place++);
    this.put(table.name, object, type === 'DELETED' ? undefined : object, touched);
    this.setRevision(table.name, revision);
  }

  private put(
    table: string,
    object: KubeObject,
    now: KubeObject | undefined,
    touched: Map<string, Map<string, KubeObject | undefined>>,
  ): void {
    let objects = this.tables.get(table);
    if (!objects) this.tables.set(table, (objects = new Map()));
    let keys = touched.get(table);
    if (!keys) touched.set(table, (keys = new Map()));
    const key = objectKey(object);
    if (!keys.has(key)) keys.set(key, objects.get(key));
    if (now) objects.set(key, now);
    else objects.delete(key);
  }

  private setRevision(table: string, revision: number): void {
    if (this.worldTables.has(table)) this.worldRevision = revision;
    else this.revision = revision;
  }
}

const NONE: ReadonlyMap<string, KubeObject> = new Map();

/** By namespace and then by name, so that two ways to one moment give the same. */
function sorted(objects: Objects): KubeObject[] {
  return [...objects.keys()].sort().map((key) => objects.get(key)!);
}
