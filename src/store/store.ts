// The etcd of the simulation: a log of revisions, and the newest version of every object.
// Invariants: every write takes the next revision, so `log[revision - firstLogged]` is its entry;
// stored objects are deeply frozen and carry their revision as metadata.resourceVersion; an object
// handed out is never written to again, so readers, watchers and history share it. Where the real
// one differs: values are objects and not bytes, and selection by field happens here, where the
// real one has the API server's watch cache do it.
import { objectKey, type KubeObject } from '../api/object';
import { expired } from '../api/status-error';
import { assert } from '../sim/assert';
import { deepFreeze } from './freeze';
import { Table, type TableOptions } from './table';
import { Watcher, type StoreEvent, type WatchFilter, type WatcherSink } from './watcher';

export interface LogEntry extends StoreEvent {
  readonly table: Table;
  readonly previous: KubeObject | undefined;
}

export interface StoreOptions {
  /** Log entries kept at the most, whatever the compaction has asked for. */
  historyMax: number;
}

/** One who hears of every write, at the moment of it. */
export interface StoreFollower {
  written(entry: LogEntry): void;
  /** All that was there has been replaced at once. */
  replaced(): void;
}

/** Everything in the store at one revision, as plain JSON. */
export interface StoreSnapshot {
  revision: number;
  tables: Record<string, readonly KubeObject[]>;
}

export class Store {
  private readonly tables = new Map<string, Table>();
  /** The log from `firstLogged` on; a prefix before `head` is dropped now and then. */
  private log: (LogEntry | undefined)[] = [];
  private head = 0;
  private currentRevision = 1;
  private objects = 0;
  /** Who writes the history, if anybody does; it outlasts compaction. */
  follower: StoreFollower | undefined;

  constructor(private readonly options: StoreOptions = { historyMax: 400_000 }) {}

  /** The revision of the newest write. */
  get revision(): number {
    return this.currentRevision;
  }

  /** Revisions up to this one are compacted: their state can no longer be told. */
  get compactedRevision(): number {
    return this.currentRevision - (this.log.length - this.head);
  }

  get objectCount(): number {
    return this.objects;
  }

  get watcherCount(): number {
    let count = 0;
    for (const table of this.tables.values()) count += table.watcherCount;
    return count;
  }

  /** Makes the table known; the index, if any, serves watches by one field. */
  defineTable(name: string, options: TableOptions = {}): void {
    assert(!this.tables.has(name), `table ${name} is defined once`);
    this.tables.set(name, new Table(name, options));
  }

  hasTable(name: string): boolean {
    return this.tables.has(name);
  }

  tableNames(): string[] {
    return [...this.tables.keys()];
  }

  get(table: string, namespace: string, name: string): KubeObject | undefined {
    return this.table(table).get(namespace, name);
  }

  count(table: string): number {
    return this.table(table).size;
  }

  /** Objects in key order; all namespaces when `namespace` is ''. */
  list(table: string, namespace = ''): KubeObject[] {
    return this.table(table).sorted(namespace);
  }

  /** Those of which the table's indexed field has this value, in key order. */
  listIndexed(table: string, value: string): KubeObject[] {
    return this.table(table).indexed(value);
  }

  /**
   * Objects as they were at `revision`, in key order. Throws 410 Expired when that is compacted.
   */
  listAt(table: string, namespace: string, revision: number): KubeObject[] {
    if (revision >= this.currentRevision) return this.list(table, namespace);
    this.assertLogged(revision);
    const found = new Map<string, KubeObject>();
    for (const object of this.list(table, namespace)) found.set(objectKey(object), object);
    const wanted = this.table(table);
    for (let at = this.currentRevision; at > revision; at--) {
      const entry = this.entry(at);
      if (entry.table !== wanted) continue;
      if (namespace && entry.object.metadata.namespace !== namespace) continue;
      const key = objectKey(entry.object);
      if (entry.previous) found.set(key, entry.previous);
      else found.delete(key);
    }
    return [...found.keys()].sort().map((key) => found.get(key)!);
  }

  /** Stores a new object; the caller has checked that the name is free. Freezes and returns it. */
  create(table: string, draft: KubeObject): KubeObject {
    const target = this.table(table);
    assert(
      !target.get(draft.metadata.namespace ?? '', draft.metadata.name),
      'create finds it free',
    );
    return this.commit(target, 'ADDED', draft, undefined);
  }

  /**
   * Replaces `previous`, which must still be the newest version. Freezes and returns the new one.
   */
  update(table: string, draft: KubeObject, previous: KubeObject): KubeObject {
    const target = this.table(table);
    const { namespace = '', name } = previous.metadata;
    assert(target.get(namespace, name) === previous, 'update replaces the newest version');
    return this.commit(target, 'MODIFIED', draft, previous);
  }

  /** Removes `previous`, which must still be the newest version. Returns its last state. */
  delete(table: string, previous: KubeObject): KubeObject {
    const target = this.table(table);
    const { namespace = '', name } = previous.metadata;
    assert(target.get(namespace, name) === previous, 'delete removes the newest version');
    const last = { ...previous, metadata: { ...previous.metadata } };
    return this.commit(target, 'DELETED', last, previous);
  }

  /**
   * Watches a table for writes after `revision`; what is logged already is replayed at once.
   * Throws 410 Expired when the revision has been compacted. Returns what stops the watch.
   */
  watch(table: string, filter: WatchFilter, revision: number, sink: WatcherSink): () => void {
    this.assertLogged(revision);
    const target = this.table(table);
    const watcher = new Watcher(filter, sink);
    for (let at = revision + 1; at <= this.currentRevision; at++) {
      const entry = this.entry(at);
      if (entry.table === target) watcher.offer(entry, at);
    }
    return target.subscribe(watcher);
  }

  /** Breaks every watch, as a server that stops does. */
  closeWatches(): void {
    for (const table of this.tables.values()) table.closeWatches();
  }

  /** Breaks the watches of one table, whose resource is no longer served. */
  closeWatchesOf(table: string): void {
    this.table(table).closeWatches();
  }

  /** Forgets the history up to and including `revision`; the newest versions stay. */
  compact(revision: number): void {
    const drop = Math.min(revision, this.currentRevision) - this.compactedRevision;
    for (let count = 0; count < drop; count++) this.log[this.head++] = undefined;
    if (this.head > 4096 && this.head * 2 > this.log.length) {
      this.log = this.log.slice(this.head);
      this.head = 0;
    }
  }

  snapshot(): StoreSnapshot {
    const tables: Record<string, readonly KubeObject[]> = {};
    for (const [name, table] of this.tables) if (table.size > 0) tables[name] = table.sorted('');
    return { revision: this.currentRevision, tables };
  }

  /**
   * Replaces everything. History before the snapshot is gone and every watch is broken. Tables that
   * nobody has defined yet are kept for who will.
   */
  restore(snapshot: StoreSnapshot): void {
    for (const table of this.tables.values()) table.clear();
    this.log = [];
    this.head = 0;
    this.objects = 0;
    this.currentRevision = snapshot.revision;
    for (const [name, objects] of Object.entries(snapshot.tables)) {
      if (!this.hasTable(name)) this.defineTable(name);
      const table = this.table(name);
      for (const object of objects) table.set(deepFreeze(object), undefined);
      this.objects += objects.length;
    }
    this.follower?.replaced();
    this.closeWatches();
  }

  private commit(
    table: Table,
    type: LogEntry['type'],
    object: KubeObject,
    previous: KubeObject | undefined,
  ): KubeObject {
    const revision = ++this.currentRevision;
    object.metadata.resourceVersion = String(revision);
    deepFreeze(object);
    const entry: LogEntry = { type, object, revision, table, previous };
    this.log.push(entry);
    this.follower?.written(entry);
    if (this.log.length - this.head > this.options.historyMax)
      this.compact(this.compactedRevision + 1);
    if (type === 'DELETED') table.remove(object);
    else table.set(object, previous);
    if (type !== 'MODIFIED') this.objects += type === 'ADDED' ? 1 : -1;
    table.dispatch(entry, revision);
    return object;
  }

  private entry(revision: number): LogEntry {
    return this.log[this.head + (revision - this.compactedRevision) - 1]!;
  }

  private assertLogged(revision: number): void {
    if (revision >= this.compactedRevision) return;
    throw expired(`too old resource version: ${revision} (${this.compactedRevision + 1})`);
  }

  private table(name: string): Table {
    const table = this.tables.get(name);
    assert(table, `table ${name} is defined`);
    return table;
  }
}
