// One resource's objects by namespace and name, and the watchers of that resource, indexed so that
// a write wakes only those whose selector it can match: a pod update must not wake 5,000 kubelets.
import type { KubeObject } from '../api/object';
import type { LogEntry } from './store';
import type { Watcher } from './watcher';

export interface TableOptions {
  /** The value of the one indexed field (pods: spec.nodeName). */
  indexOf?: (object: KubeObject) => string;
}

interface Bucket {
  readonly objects: Map<string, KubeObject>;
  /** Names in order; undefined when a name came or went since it was made. */
  names: string[] | undefined;
  /** Names by the value of the indexed field, where it has one; kept from when it is asked for. */
  namesByIndex: Map<string, Set<string>> | undefined;
}

export class Table {
  private readonly namespaces = new Map<string, Bucket>();
  private readonly watchers = new Set<Watcher>();
  private readonly watchersByName = new Map<string, Set<Watcher>>();
  private readonly watchersByIndex = new Map<string, Set<Watcher>>();
  private objectCount = 0;

  constructor(
    readonly name: string,
    private readonly options: TableOptions,
  ) {}

  get size(): number {
    return this.objectCount;
  }

  get watcherCount(): number {
    let count = this.watchers.size;
    for (const set of this.watchersByName.values()) count += set.size;
    for (const set of this.watchersByIndex.values()) count += set.size;
    return count;
  }

  get(namespace: string, name: string): KubeObject | undefined {
    return this.namespaces.get(namespace)?.objects.get(name);
  }

  /** Puts the object in the place of `previous`, its version before. */
  set(object: KubeObject, previous: KubeObject | undefined): void {
    const { namespace = '', name } = object.metadata;
    const bucket = this.namespaces.get(namespace) ?? this.newBucket(namespace);
    bucket.objects.set(name, object);
    if (bucket.namesByIndex) this.reindex(bucket.namesByIndex, previous, object);
    if (previous) return;
    bucket.names = undefined;
    this.objectCount++;
  }

  remove(object: KubeObject): void {
    const { namespace = '', name } = object.metadata;
    const bucket = this.namespaces.get(namespace);
    const known = bucket?.objects.get(name);
    if (!bucket || !known) return;
    bucket.objects.delete(name);
    if (bucket.namesByIndex) this.reindex(bucket.namesByIndex, known, undefined);
    bucket.names = undefined;
    this.objectCount--;
    if (bucket.objects.size === 0) this.namespaces.delete(namespace);
  }

  clear(): void {
    this.namespaces.clear();
    this.objectCount = 0;
  }

  /** Objects by namespace, then name; of one namespace, or of all when it is ''. */
  sorted(namespace: string): KubeObject[] {
    const objects: KubeObject[] = [];
    const wanted = namespace ? [namespace] : [...this.namespaces.keys()].sort();
    for (const each of wanted) {
      const bucket = this.namespaces.get(each);
      if (!bucket) continue;
      bucket.names ??= [...bucket.objects.keys()].sort();
      for (const name of bucket.names) objects.push(bucket.objects.get(name)!);
    }
    return objects;
  }

  /** Objects of which the indexed field has this value, by namespace, then name. */
  indexed(value: string): KubeObject[] {
    const indexOf = this.options.indexOf!;
    if (value === '') return this.sorted('').filter((object) => indexOf(object) === '');
    const found: KubeObject[] = [];
    for (const namespace of [...this.namespaces.keys()].sort()) {
      const bucket = this.namespaces.get(namespace)!;
      bucket.namesByIndex ??= this.index(bucket);
      const names = [...(bucket.namesByIndex.get(value) ?? [])].sort();
      for (const name of names) found.push(bucket.objects.get(name)!);
    }
    return found;
  }

  private newBucket(namespace: string): Bucket {
    const bucket = { objects: new Map(), names: undefined, namesByIndex: undefined };
    this.namespaces.set(namespace, bucket);
    return bucket;
  }

  private index({ objects }: Bucket): Map<string, Set<string>> {
    const index = new Map<string, Set<string>>();
    for (const object of objects.values()) this.reindex(index, undefined, object);
    return index;
  }

  /** Only a write that changes the field costs anything. */
  private reindex(
    index: Map<string, Set<string>>,
    old: KubeObject | undefined,
    object: KubeObject | undefined,
  ): void {
    const indexOf = this.options.indexOf!;
    const before = old ? indexOf(old) : '';
    const after = object ? indexOf(object) : '';
    if (before === after) return;
    const left = index.get(before);
    if (left?.delete(old!.metadata.name) && left.size === 0) index.delete(before);
    if (after) setIn(index, after).add(object!.metadata.name);
  }

  subscribe(watcher: Watcher): () => void {
    const set = this.setFor(watcher);
    set.add(watcher);
    return () => {
      watcher.stop();
      set.delete(watcher);
    };
  }

  closeWatches(): void {
    const sets = [this.watchers, ...this.watchersByName.values(), ...this.watchersByIndex.values()];
    const all = sets.flatMap((set) => [...set]);
    for (const set of sets) set.clear();
    for (const watcher of all) watcher.close();
  }

  dispatch(entry: LogEntry, revision: number): void {
    for (const watcher of this.watchers) watcher.offer(entry, revision);
    if (this.watchersByName.size > 0) {
      offerTo(this.watchersByName.get(entry.object.metadata.name), entry, revision);
    }
    const { indexOf } = this.options;
    if (!indexOf || this.watchersByIndex.size === 0) return;
    const value = indexOf(entry.object);
    offerTo(this.watchersByIndex.get(value), entry, revision);
    const old = entry.previous ? indexOf(entry.previous) : value;
    if (old !== value) offerTo(this.watchersByIndex.get(old), entry, revision);
  }

  private setFor({ filter }: Watcher): Set<Watcher> {
    if (filter.name !== undefined) return setIn(this.watchersByName, filter.name);
    if (filter.indexValue !== undefined) return setIn(this.watchersByIndex, filter.indexValue);
    return this.watchers;
  }
}

function setIn<T>(map: Map<string, Set<T>>, key: string): Set<T> {
  let set = map.get(key);
  if (!set) map.set(key, (set = new Set()));
  return set;
}

function offerTo(watchers: Set<Watcher> | undefined, entry: LogEntry, revision: number): void {
  if (watchers) for (const watcher of watchers) watcher.offer(entry, revision);
}
