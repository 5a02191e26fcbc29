// The form in which a cluster is kept: its objects in groups of some dozens, each compressed by
// itself. Objects are frozen, so that a group of the same objects has the same bytes: what has not
// changed since the last time is not written out again, and a large cluster that stands still costs
// next to nothing. Where a group ends follows from its last object's name alone, so that one object
// more or less changes one group.
import type { KubeObject } from '../../api/object';
import { SAVE_VERSION, type SavedCluster } from '../../cluster/saved-cluster';

/** One name in so many ends a group. */
const OBJECTS_A_GROUP = 48;
/** Work at a stretch, so that the clock and the page are not held up. */
const STRETCH_MS = 6;
const FORMAT = 'gzip';
const STORES = ['store', 'world'] as const;

type StoreName = (typeof STORES)[number];

interface Head extends Omit<SavedCluster, StoreName> {
  revisions: Record<StoreName, number>;
  /** In the order in which their bytes follow. */
  groups: { store: StoreName; table: string; bytes: number }[];
}

interface Group {
  objects: readonly KubeObject[];
  bytes: Uint8Array<ArrayBuffer>;
}

/** By `keyOf`. */
type Groups = Map<string, Group>;

export interface KeeperDeps {
  /** Milliseconds that only grow, as performance.now. */
  wallMs(): number;
  /** Lets others work for a while. */
  rest(): Promise<void>;
}

/** Writes one cluster out again and again, and reads it first where it was kept before. */
export class Keeper {
  private groups: Groups = new Map();
  private restedMs = 0;

  constructor(private readonly deps: KeeperDeps) {}

  /** The cluster in the form that `read` takes back: how it was when this was called. */
  async keep(saved: SavedCluster): Promise<ArrayBuffer> {
    const { store, world, ...rest } = saved;
    const revisions = { store: store.revision, world: world.revision };
    const head: Head = { ...rest, revisions, groups: [] };
    const before = this.groups;
    this.groups = new Map();
    const parts: Uint8Array<ArrayBuffer>[] = [];
    this.restedMs = this.deps.wallMs();
    for (const name of STORES) {
      for (const [table, objects] of Object.entries(saved[name].tables)) {
        for (const members of grouped(objects)) {
          const key = keyOf(name, table, members);
          const group = await this.written(members, before.get(key));
          this.groups.set(key, group);
          head.groups.push({ store: name, table, bytes: group.bytes.length });
          parts.push(group.bytes);
        }
      }
    }
    return joined(new TextEncoder().encode(JSON.stringify(head)), parts);
  }

  /**
   * What was kept, to start the cluster with that is kept from now on. Throws when it is nothing
   * such.
   */
  async read(kept: ArrayBuffer): Promise<SavedCluster> {
    const { saved, groups } = await read(kept);
    this.groups = groups;
    return saved;
  }

  private async written(objects: readonly KubeObject[], before?: Group): Promise<Group> {
    if (before && isSame(before.objects, objects)) return before;
    const { wallMs, rest } = this.deps;
    if (wallMs() - this.restedMs > STRETCH_MS) {
      await rest();
      this.restedMs = wallMs();
    }
    const stream = new Blob([JSON.stringify(objects)]).stream();
    const bytes = await bytesOf(stream.pipeThrough(new CompressionStream(FORMAT)));
    return { objects, bytes: new Uint8Array(bytes) };
  }
}

/** What was kept, in the form that the cluster is started with. Throws when it is nothing such. */
async function read(kept: ArrayBuffer): Promise<{ saved: SavedCluster; groups: Groups }> {
  const length = new DataView(kept).getUint32(0);
  const headBytes = new Uint8Array(kept, 4, length);
  const head = JSON.parse(new TextDecoder().decode(headBytes)) as Head;
  if (head.version !== SAVE_VERSION) throw new RangeError(`kept by version ${head.version}`);
  const { revisions, groups, ...rest } = head;
  const snapshots: Record<StoreName, { revision: number; tables: Record<string, KubeObject[]> }> = {
    store: { revision: revisions.store, tables: {} },
    world: { revision: revisions.world, tables: {} },
  };
  let at = 4 + length;
  const parts = groups.map(({ bytes }) => {
    const part = new Uint8Array(kept, at, bytes);
    at += bytes;
    const stream = new Blob([part]).stream().pipeThrough(new DecompressionStream(FORMAT));
    const objects = new Response(stream).json() as Promise<KubeObject[]>;
    return objects.then((found) => ({ objects: found, bytes: part }));
  });
  const known: Groups = new Map();
  for (const [index, group] of (await Promise.all(parts)).entries()) {
    const { store, table } = groups[index];
    const { tables } = snapshots[store];
    for (const object of group.objects) (tables[table] ??= []).push(object);
    known.set(keyOf(store, table, group.objects), group);
  }
  return { saved: { ...rest, ...snapshots }, groups: known };
}

function keyOf(store: StoreName, table: string, objects: readonly KubeObject[]): string {
  return `${store}/${table}/${nameOf(objects[0])}`;
}

/** The objects of a table, in their order, in groups that depend on names alone. */
function grouped(objects: readonly KubeObject[]): KubeObject[][] {
  const groups: KubeObject[][] = [];
  let group: KubeObject[] = [];
  for (const object of objects) {
    group.push(object);
    if (hashOf(nameOf(object)) % OBJECTS_A_GROUP !== 0) continue;
    groups.push(group);
    group = [];
  }
  if (group.length > 0) groups.push(group);
  return groups;
}

function nameOf({ metadata: { namespace = '', name } }: KubeObject): string {
  return `${namespace}/${name}`;
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return (hash ^ (hash >>> 15)) >>> 0;
}

function isSame(one: readonly KubeObject[], other: readonly KubeObject[]): boolean {
  return one.length === other.length && one.every((object, at) => object === other[at]);
}

function bytesOf(stream: ReadableStream): Promise<ArrayBuffer> {
  return new Response(stream).arrayBuffer();
}

/** The head's length, the head and the parts, in one piece. */
function joined(head: Uint8Array, parts: readonly Uint8Array[]): ArrayBuffer {
  const length = parts.reduce((sum, part) => sum + part.length, 4 + head.length);
  const bytes = new Uint8Array(length);
  new DataView(bytes.buffer).setUint32(0, head.length);
  bytes.set(head, 4);
  let at = 4 + head.length;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes.buffer;
}
