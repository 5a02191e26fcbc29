// The pods of a large cluster on the page, in columns: 150,000 objects with their texts would cost
// ten times as much. A pod becomes an object when somebody asks for it, and stays the same one
// until it changes. Invariants: a row belongs to one pod as long as it lives; `slots` of a node
// never move while their pods live, so that nothing jumps in the picture.
import { packPods, POD_LOOKS, type PackedPods } from '../../scene/packed-pods';
import type { ContainerLook, PodLook, SceneOwner, ScenePod } from '../../scene/scene';
import { titleOf } from '../../scene/pod-title';

const FREE = -1;
const START_ROWS = 4096;

/** Words that many pods share, each once. */
class Dictionary<T> {
  readonly words: T[] = [];
  private readonly known = new Map<string, number>();

  indexOf(text: string, word: T): number {
    let index = this.known.get(text);
    if (index === undefined) {
      index = this.words.push(word) - 1;
      this.known.set(text, index);
    }
    return index;
  }

  /** Undefined when no pod ever had it. */
  find(text: string): number | undefined {
    return this.known.get(text);
  }
}

/** The columns; every view of the crowd shares them. */
export class Crowd {
  readonly rows = new Map<string, number>();
  /** Grows with every change, so that whoever drew can tell whether to draw anew. */
  version = 0;
  readonly nodes = new Dictionary<string>();
  readonly owners = new Dictionary<SceneOwner | undefined>();
  readonly labels = new Dictionary<string>();
  readonly namespaces = new Dictionary<string>();
  private readonly reasons = new Dictionary<string>();
  private readonly containers = new Dictionary<ContainerLook[]>();
  keys: (string | undefined)[] = [];
  look = new Uint8Array(START_ROWS);
  node = new Uint16Array(START_ROWS);
  owner = new Uint16Array(START_ROWS);
  label = new Uint16Array(START_ROWS);
  namespace = new Uint16Array(START_ROWS);
  private reason = new Uint16Array(START_ROWS);
  private container = new Uint16Array(START_ROWS);
  private ready = new Uint8Array(START_ROWS);
  private total = new Uint8Array(START_ROWS);
  private mirror = new Uint8Array(START_ROWS);
  private restarts = new Uint32Array(START_ROWS);
  private ip = new Uint32Array(START_ROWS);
  private uid = new Uint32Array(START_ROWS);
  private createdMs = new Float64Array(START_ROWS);
  private readonly pulls = new Map<number, NonNullable<ScenePod['pull']>>();
  private readonly made = new Map<number, ScenePod>();
  private readonly freeRows: number[] = [];
  /** Rows by node index, FREE where a pod has gone. */
  private readonly slots: number[][] = [];
  /** How many pods look each way. */
  readonly looks = new Uint32Array(POD_LOOKS.length);
  /** Of each node by index: when what is on it last changed. */
  readonly nodeVersions: number[] = [];

  get size(): number {
    return this.rows.size;
  }

  /** Pods by the places that they have on a node; FREE places are below 0. */
  slotsOf(node: string): readonly number[] {
    const index = this.nodes.find(node);
    return index === undefined ? [] : (this.slots[index] ?? []);
  }

  versionOf(node: string): number {
    const index = this.nodes.find(node);
    return index === undefined ? 0 : (this.nodeVersions[index] ?? 0);
  }

  /** Those of one node, as objects. */
  podsOn(node: string): ScenePod[] {
    return this.slotsOf(node).flatMap((row) => (row < 0 ? [] : this.podAt(row)));
  }

  take(packed: PackedPods, removed: readonly string[]): void {
    this.version++;
    for (const key of removed) this.remove(key);
    const { words } = packed;
    const nodes = words.node.map((word) => this.nodes.indexOf(word, word));
    const owners = words.owner.map((word) => this.owners.indexOf(textOf(word), word));
    const reasons = words.reason.map((word) => this.reasons.indexOf(word, word));
    const labels = words.labels.map((word) => this.labels.indexOf(word, word));
    const containers = words.containers.map((word) =>
      this.containers.indexOf(word, word === '' ? [] : (word.split(' ') as ContainerLook[])),
    );
    const keys = packed.keys.split('\n');
    for (let at = 0; at < packed.count; at++) {
      const key = keys[at]!;
      const row = this.rowFor(key, nodes[packed.node[at]!]!);
      this.looks[packed.look[at]!]!++;
      this.look[row] = packed.look[at]!;
      this.owner[row] = owners[packed.owner[at]!]!;
      this.reason[row] = reasons[packed.reason[at]!]!;
      this.label[row] = labels[packed.labels[at]!]!;
      this.container[row] = containers[packed.containers[at]!]!;
      this.ready[row] = packed.ready[at]!;
      this.total[row] = packed.total[at]!;
      this.mirror[row] = packed.isMirror[at]!;
      this.restarts[row] = packed.restarts[at]!;
      this.ip[row] = packed.ip[at]!;
      this.uid[row] = packed.uid[at]!;
      this.createdMs[row] = packed.createdMs[at]!;
    }
    for (const { at, pull } of packed.pulls) this.pulls.set(this.rows.get(keys[at]!)!, pull);
  }

  podAt(row: number): ScenePod {
    let pod = this.made.get(row);
    if (!pod) this.made.set(row, (pod = this.makePod(row)));
    return pod;
  }

  lookAt(row: number): PodLook {
    return POD_LOOKS[this.look[row]!]!;
  }

  ownerAt(row: number): SceneOwner | undefined {
    return this.owners.words[this.owner[row]!];
  }

  /** The row of a pod that changes or comes, on its node. */
  private rowFor(key: string, node: number): number {
    const known = this.rows.get(key);
    if (known !== undefined) {
      this.looks[this.look[known]!]!--;
      this.made.delete(known);
      this.pulls.delete(known);
      if (this.node[known] !== node) {
        this.leave(known);
        this.enter(known, node);
      } else this.nodeVersions[node] = this.version;
      return known;
    }
    const row = this.freeRows.pop() ?? this.keys.length;
    if (row >= this.look.length) this.grow();
    // One string instead of a slice that holds the whole message.
    this.keys[row] = key;
    this.rows.set(key, row);
    const namespace = key.slice(0, key.indexOf('/'));
    this.namespace[row] = this.namespaces.indexOf(namespace, namespace);
    this.enter(row, node);
    return row;
  }

  private remove(key: string): void {
    const row = this.rows.get(key);
    if (row === undefined) return;
    this.looks[this.look[row]!]!--;
    this.leave(row);
    this.rows.delete(key);
    this.made.delete(row);
    this.pulls.delete(row);
    this.keys[row] = undefined;
    this.freeRows.push(row);
  }

  private enter(row: number, node: number): void {
    this.node[row] = node;
    const slots = (this.slots[node] ??= []);
    const free = slots.indexOf(FREE);
    if (free >= 0) slots[free] = row;
    else slots.push(row);
    this.nodeVersions[node] = this.version;
  }

  private leave(row: number): void {
    const node = this.node[row]!;
    const slots = this.slots[node]!;
    slots[slots.indexOf(row)] = FREE;
    while (slots.length > 0 && slots.at(-1) === FREE) slots.pop();
    this.nodeVersions[node] = this.version;
  }

  private grow(): void {
    const rows = this.look.length * 2;
    this.look = grown(this.look, new Uint8Array(rows));
    this.node = grown(this.node, new Uint16Array(rows));
    this.owner = grown(this.owner, new Uint16Array(rows));
    this.label = grown(this.label, new Uint16Array(rows));
    this.namespace = grown(this.namespace, new Uint16Array(rows));
    this.reason = grown(this.reason, new Uint16Array(rows));
    this.container = grown(this.container, new Uint16Array(rows));
    this.ready = grown(this.ready, new Uint8Array(rows));
    this.total = grown(this.total, new Uint8Array(rows));
    this.mirror = grown(this.mirror, new Uint8Array(rows));
    this.restarts = grown(this.restarts, new Uint32Array(rows));
    this.ip = grown(this.ip, new Uint32Array(rows));
    this.uid = grown(this.uid, new Uint32Array(rows));
    this.createdMs = grown(this.createdMs, new Float64Array(rows));
  }

  private makePod(row: number): ScenePod {
    const key = this.keys[row]!;
    const slash = key.indexOf('/');
    const name = key.slice(slash + 1);
    const owner = this.ownerAt(row);
    const pod: ScenePod = {
      key,
      uid: this.uid[row]!.toString(16).padStart(8, '0') + key,
      namespace: key.slice(0, slash),
      name,
      title: titleOf(name, owner),
      node: this.nodes.words[this.node[row]!]!,
      look: this.lookAt(row),
      ready: this.ready[row]!,
      total: this.total[row]!,
      containers: this.containers.words[this.container[row]!]!,
      restarts: this.restarts[row]!,
      createdMs: this.createdMs[row]!,
      mirror: this.mirror[row] === 1,
    };
    const reason = this.reasons.words[this.reason[row]!]!;
    const labels = this.labels.words[this.label[row]!]!;
    const pull = this.pulls.get(row);
    if (owner) pod.owner = owner;
    if (reason) pod.reason = reason;
    if (labels) pod.labels = labels;
    if (pull) pod.pull = pull;
    if (this.ip[row] !== 0) pod.ip = addressOf(this.ip[row]!);
    return pod;
  }
}

/**
 * The crowd as the map that the rest of the page knows. A new one after each change, though all
 * share the columns: an older one tells what is new, too.
 */
export class CrowdPods implements ReadonlyMap<string, ScenePod> {
  constructor(readonly crowd: Crowd) {}

  get size(): number {
    return this.crowd.size;
  }

  has(key: string): boolean {
    return this.crowd.rows.has(key);
  }

  get(key: string): ScenePod | undefined {
    const row = this.crowd.rows.get(key);
    return row === undefined ? undefined : this.crowd.podAt(row);
  }

  keys(): MapIterator<string> {
    return this.crowd.rows.keys();
  }

  *values(): MapIterator<ScenePod> {
    for (const row of this.crowd.rows.values()) yield this.crowd.podAt(row);
  }

  *entries(): MapIterator<[string, ScenePod]> {
    for (const [key, row] of this.crowd.rows) yield [key, this.crowd.podAt(row)];
  }

  forEach(act: (pod: ScenePod, key: string, map: ReadonlyMap<string, ScenePod>) => void): void {
    for (const [key, pod] of this.entries()) act(pod, key, this);
  }

  [Symbol.iterator](): MapIterator<[string, ScenePod]> {
    return this.entries();
  }
}

/** The columns behind the scene's pods; undefined while the cluster is small. */
export function crowdOf(pods: ReadonlyMap<string, ScenePod>): Crowd | undefined {
  return pods instanceof CrowdPods ? pods.crowd : undefined;
}

/** Brings a crowd up from one plain scene of pods to the next. */
export function followPods(
  crowd: Crowd,
  before: ReadonlyMap<string, ScenePod>,
  now: ReadonlyMap<string, ScenePod>,
): void {
  const changed = [...now.values()].filter((pod) => before.get(pod.key) !== pod);
  const removed = [...before.keys()].filter((key) => !now.has(key));
  if (changed.length + removed.length > 0) crowd.take(packPods(changed), removed);
}

/** How many pods have no node. */
export function unscheduledIn(pods: ReadonlyMap<string, ScenePod>): number {
  const crowd = crowdOf(pods);
  if (crowd) return crowd.slotsOf('').filter((row) => row >= 0).length;
  let waiting = 0;
  for (const pod of pods.values()) if (pod.node === '') waiting++;
  return waiting;
}

/** Pods of one node, without a look at all others where that can be. */
export function podsOnNode(pods: ReadonlyMap<string, ScenePod>, node: string): ScenePod[] {
  const crowd = crowdOf(pods);
  if (crowd) return crowd.podsOn(node);
  return [...pods.values()].filter((pod) => pod.node === node);
}

function textOf(owner: SceneOwner | undefined): string {
  return owner ? `${owner.kind}/${owner.name}/${owner.hue}/${owner.current}` : '';
}

function grown<T extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(from: T, to: T): T {
  to.set(from as never);
  return to;
}

function addressOf(ip: number): string {
  return [ip >>> 24, (ip >>> 16) & 255, (ip >>> 8) & 255, ip & 255].join('.');
}
