// A cluster in a link: what is needed to make it again, packed into the fragment, which no server
// sees. `#v1.<base64url of deflate-raw JSON>`; a reader of another version says so instead of
// guessing.
import type { Machine } from '../../api/machine';

export interface SharedMachine {
  name: string;
  spec: Machine['spec'];
}

export interface SharedCluster {
  preset: string;
  /** Of workloads that it was filled with. */
  pods?: number;
  seed: number;
  /** Virtual ms a wall ms. */
  speed: number;
  /** Virtual time of its start; absent in links of before. */
  startMs?: number;
  /** None for a large cluster: then they are those of the preset. */
  machines: SharedMachine[];
  /** The editor's YAML, comments and all. */
  manifests: string;
}

export type BadLink = 'damaged' | 'version' | 'tooLarge';

export type ReadLink =
  | { kind: 'none' }
  | { kind: 'shared'; cluster: SharedCluster }
  | { kind: 'bad'; why: BadLink };

const VERSION = 'v1';
const UNPACKED_BYTES_MAX = 4_000_000;
const MACHINES_MAX = 5_000;

/** The fragment, with its '#'. */
export async function shareFragment(cluster: SharedCluster): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify(cluster));
  const packed = await throughStream(text, new CompressionStream('deflate-raw'), Infinity);
  return `#${VERSION}.${toBase64Url(packed!)}`;
}

/** Reads a fragment; one that is empty or no share link is none. */
export async function readFragment(fragment: string): Promise<ReadLink> {
  const match = /^#(v\d+)\.(.*)$/.exec(fragment);
  if (!match) return { kind: 'none' };
  if (match[1] !== VERSION) return { kind: 'bad', why: 'version' };
  try {
    const stream = new DecompressionStream('deflate-raw');
    const bytes = await throughStream(fromBase64Url(match[2]!), stream, UNPACKED_BYTES_MAX);
    if (!bytes) return { kind: 'bad', why: 'tooLarge' };
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isSharedCluster(value)
      ? { kind: 'shared', cluster: value }
      : { kind: 'bad', why: 'damaged' };
  } catch {
    return { kind: 'bad', why: 'damaged' };
  }
}

function isSharedCluster(value: unknown): value is SharedCluster {
  const cluster = value as SharedCluster | null;
  return (
    typeof cluster === 'object' &&
    cluster !== null &&
    typeof cluster.preset === 'string' &&
    (cluster.pods === undefined || Number.isSafeInteger(cluster.pods)) &&
    Number.isSafeInteger(cluster.seed) &&
    typeof cluster.speed === 'number' &&
    cluster.speed > 0 &&
    (cluster.startMs === undefined || Number.isSafeInteger(cluster.startMs)) &&
    typeof cluster.manifests === 'string' &&
    Array.isArray(cluster.machines) &&
    cluster.machines.length <= MACHINES_MAX &&
    cluster.machines.every(isSharedMachine)
  );
}

function isSharedMachine(value: unknown): value is SharedMachine {
  const machine = value as SharedMachine | null;
  return (
    typeof machine === 'object' &&
    machine !== null &&
    typeof machine.name === 'string' &&
    typeof machine.spec === 'object' &&
    machine.spec !== null
  );
}

type Bytes = Uint8Array<ArrayBuffer>;

/** What comes out of a stream; undefined when that is more than allowed. */
async function throughStream(
  bytes: Bytes,
  stream: CompressionStream | DecompressionStream,
  bytesMax: number,
): Promise<Bytes | undefined> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const chunks: Bytes[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > bytesMax) return undefined;
    chunks.push(value as Bytes);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

function toBase64Url(bytes: Bytes): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Bytes {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
