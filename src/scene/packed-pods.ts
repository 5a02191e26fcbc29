// Pods of a large cluster in columns: what thousands of them share is told once, numbers lie in
// typed arrays that cross `postMessage` by transfer, and all names are one text. A pod takes some
// 60 bytes so, a tenth of what it would as an object.
import type { PodLook, SceneOwner, ScenePod } from './scene';

export const POD_LOOKS = [
  'pending',
  'creating',
  'notReady',
  'running',
  'terminating',
  'crashLoop',
  'failed',
  'succeeded',
  'unknown',
] as const satisfies readonly PodLook[];

/** Columns have a place for each pod; words are indexes into lists that come along. */
export interface PackedPods {
  count: number;
  /** 'namespace/name' of each, a line a pod. */
  keys: string;
  words: {
    node: string[];
    owner: (SceneOwner | undefined)[];
    reason: string[];
    labels: string[];
    containers: string[];
  };
  node: Uint16Array<ArrayBuffer>;
  owner: Uint16Array<ArrayBuffer>;
  reason: Uint16Array<ArrayBuffer>;
  labels: Uint16Array<ArrayBuffer>;
  containers: Uint16Array<ArrayBuffer>;
  look: Uint8Array<ArrayBuffer>;
  ready: Uint8Array<ArrayBuffer>;
  total: Uint8Array<ArrayBuffer>;
  isMirror: Uint8Array<ArrayBuffer>;
  restarts: Uint32Array<ArrayBuffer>;
  /** Address as a number; 0 for none. */
  ip: Uint32Array<ArrayBuffer>;
  /** The first eight digits of the uid, which tell a pod from an earlier one of its name. */
  uid: Uint32Array<ArrayBuffer>;
  createdMs: Float64Array<ArrayBuffer>;
  pulls: { at: number; pull: NonNullable<ScenePod['pull']> }[];
}

export function packPods(pods: readonly ScenePod[]): PackedPods {
  const count = pods.length;
  const node = new Column(count, (pod) => pod.node, pods);
  const owner = new Column(count, (pod) => ownerText(pod), pods);
  const owners = owner.first.map((at) => pods[at].owner);
  const reason = new Column(count, (pod) => pod.reason ?? '', pods);
  const labels = new Column(count, (pod) => pod.labels ?? '', pods);
  const containers = new Column(count, (pod) => pod.containers.join(' '), pods);
  const packed: PackedPods = {
    count,
    keys: pods.map(({ key }) => key).join('\n'),
    words: {
      node: node.words,
      owner: owners,
      reason: reason.words,
      labels: labels.words,
      containers: containers.words,
    },
    node: node.index,
    owner: owner.index,
    reason: reason.index,
    labels: labels.index,
    containers: containers.index,
    look: Uint8Array.from(pods, ({ look }) => POD_LOOKS.indexOf(look)),
    ready: Uint8Array.from(pods, ({ ready }) => ready),
    total: Uint8Array.from(pods, ({ total }) => total),
    isMirror: Uint8Array.from(pods, ({ mirror }) => Number(mirror)),
    restarts: Uint32Array.from(pods, ({ restarts }) => restarts),
    ip: Uint32Array.from(pods, ({ ip }) => (ip ? numberOf(ip) : 0)),
    uid: Uint32Array.from(pods, ({ uid }) => Number.parseInt(uid.slice(0, 8), 16)),
    createdMs: Float64Array.from(pods, ({ createdMs }) => createdMs),
    pulls: [],
  };
  pods.forEach(({ pull }, at) => pull && packed.pulls.push({ at, pull }));
  return packed;
}

/** What need not be copied when the pods are posted. */
export function transferOf(packed: PackedPods): ArrayBuffer[] {
  return Object.values(packed).flatMap((part: unknown) =>
    ArrayBuffer.isView(part) ? [part.buffer as ArrayBuffer] : [],
  );
}

/** Values of a field, each once, and which of them each pod has. */
class Column {
  readonly words: string[] = [];
  /** The pod that had each word first. */
  readonly first: number[] = [];
  readonly index: Uint16Array<ArrayBuffer>;

  constructor(count: number, read: (pod: ScenePod) => string, pods: readonly ScenePod[]) {
    this.index = new Uint16Array(count);
    const known = new Map<string, number>();
    pods.forEach((pod, at) => {
      const word = read(pod);
      let index = known.get(word);
      if (index === undefined) {
        known.set(word, (index = this.words.push(word) - 1));
        this.first.push(at);
      }
      this.index[at] = index;
    });
  }
}

function ownerText({ owner, namespace }: ScenePod): string {
  return owner ? `${namespace}/${owner.kind}/${owner.name}/${owner.hue}/${owner.current}` : '';
}

function numberOf(ip: string): number {
  const [a, b, c, d] = ip.split('.').map(Number);
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}
