// The images on one machine, and the link over which missing ones are pulled: one at a time, as the
// kubelet asks by default, each taking what its size and the link's speed make of it. What several
// images stand on is downloaded once.
// Upstream: pkg/kubelet/images/puller.go (serial puller), containerd's errors.
import { hashString, RandomStream } from '../sim/rng';
import type { Scope } from '../sim/scope';
import { BASE_LAYER_BYTES, sizeOf, type ImageDefinition } from './image-definition';
import { canonicalImage, parseImage } from './image-reference';
import { isPublished } from './image-tags';
import { findImage } from './images';

/** An image on this machine's disk. */
export interface StoredImage {
  /** 'docker.io/library/nginx:1.27' */
  readonly reference: string;
  /** 'docker.io/library/nginx@sha256:...' */
  readonly id: string;
  readonly sizeBytes: number;
  /** Undefined for images that the simulated registries do not describe. */
  readonly definition: ImageDefinition | undefined;
}

/** How a pull went; `error` is containerd's text, '' when the image is there. */
export interface PullResult {
  image: StoredImage | undefined;
  error: string;
  /** Time on the link, without the wait for pulls before it. */
  pullMs: number;
}

/** What a registry answers to a request for an image. */
interface Described {
  image: StoredImage;
  /** Containerd's error when there is no such tag; '' when there is. */
  refusal: string;
}

interface Pull {
  reference: string;
  /** When it got the link and when it will be done, virtual ms; 0 while it waits. */
  startMs: number;
  endMs: number;
  done: (result: PullResult) => void;
}

/** Resolving the tag, checking what is there and unpacking. */
const OVERHEAD_MS = 480;

export class ImageStore {
  /** By reference. */
  private readonly images = new Map<string, StoredImage>();
  private readonly layers = new Set<string>();
  private readonly queue: Pull[] = [];
  private isPulling = false;

  constructor(
    private readonly scope: Scope,
    private readonly bytesPerSecond: () => number,
  ) {}

  /** The image of that name, in any spelling, or undefined. Throws ImageReferenceError. */
  find(name: string): StoredImage | undefined {
    return this.images.get(canonicalImage(parseImage(name)));
  }

  all(): Iterable<StoredImage> {
    return this.images.values();
  }

  get size(): number {
    return this.images.size;
  }

  /** Queues a pull; `done` is called when it has ended. */
  pull(name: string, done: (result: PullResult) => void): void {
    const reference = canonicalImage(parseImage(name));
    this.queue.push({ reference, startMs: 0, endMs: 0, done });
    if (!this.isPulling) this.pullNext();
  }

  /** From when to when that image is being pulled, if it is at this moment. */
  pullOf(name: string): { startMs: number; endMs: number } | undefined {
    const [pull] = this.queue;
    if (!pull || pull.reference !== canonicalImage(parseImage(name))) return undefined;
    return { startMs: pull.startMs, endMs: pull.endMs };
  }

  /** Puts an image on the disk without a pull, as an installer does. */
  preload(name: string): StoredImage {
    const reference = canonicalImage(parseImage(name));
    return this.images.get(reference) ?? this.store(reference);
  }

  /** Takes an image off the disk, with the layers that no other stands on. */
  remove(reference: string): void {
    this.images.delete(reference);
    this.layers.clear();
    for (const { definition } of this.images.values()) {
      if (definition?.base) this.layers.add(definition.base);
    }
  }

  /** What was being pulled is lost with the power. */
  abortPulls(): void {
    this.queue.length = 0;
    this.isPulling = false;
  }

  private pullNext(): void {
    const pull = this.queue[0];
    this.isPulling = pull !== undefined;
    if (!pull) return;
    const error = describe(pull.reference).refusal;
    const pullMs = OVERHEAD_MS + (error ? 0 : this.downloadMs(pull.reference));
    pull.startMs = this.scope.clock.activityMs;
    pull.endMs = pull.startMs + pullMs;
    this.scope.after(pullMs, () => {
      if (this.queue[0] !== pull) return;
      this.queue.shift();
      const image = error ? undefined : this.preload(pull.reference);
      this.pullNext();
      pull.done({ image, error, pullMs });
    });
  }

  private downloadMs(reference: string): number {
    if (this.images.has(reference)) return 0;
    const { sizeBytes, definition } = describe(reference).image;
    const base = definition?.base;
    const isShared = base !== undefined && this.layers.has(base);
    const bytes = isShared ? Math.max(0, sizeBytes - BASE_LAYER_BYTES[base]) : sizeBytes;
    return Math.round((bytes / this.bytesPerSecond()) * 1000);
  }

  private store(reference: string): StoredImage {
    const { image } = describe(reference);
    this.images.set(reference, image);
    if (image.definition?.base) this.layers.add(image.definition.base);
    return image;
  }
}

const described = new Map<string, Described>();
const DESCRIBED_MAX = 1024;

function describe(reference: string): Described {
  let answer = described.get(reference);
  if (answer) return answer;
  const { name, tag, digest } = parseImage(reference);
  const definition = findImage(name);
  const noise = hashString(reference);
  // Unknown images are given the size of a common application: 20 to 120 MB.
  const sizeBytes = definition
    ? sizeOf(definition, tag, noise)
    : 20_000_000 + (noise % 100_000_000);
  const id = name + '@' + (digest || 'sha256:' + new RandomStream(noise, reference).hex(64));
  const image = Object.freeze({ reference, id, sizeBytes, definition });
  const isThere = !definition || tag === '' || isPublished(definition.tags, tag);
  const host = name.slice(0, name.indexOf('/'));
  const refusal = INVALID_HOST.test(host)
    ? unresolved(reference, 'Unknown', noHost(host, name.slice(host.length + 1), tag || digest))
    : isThere
      ? ''
      : unresolved(reference, 'NotFound', `${reference}: not found`);
  answer = { image, refusal };
  if (described.size >= DESCRIBED_MAX) described.clear();
  described.set(reference, answer);
  return answer;
}

/** Names that are there to lead nowhere: 'invalid.registry.k8s.io', 'registry.invalid'. */
const INVALID_HOST = /^invalid\.|\.invalid(?::\d+)?$/;

function noHost(host: string, path: string, tag: string): string {
  const url = `https://${host}/v2/${path}/manifests/${tag}`;
  const [name] = host.split(':');
  return `failed to do request: Head "${url}": dial tcp: lookup ${name}: no such host`;
}

function unresolved(reference: string, code: string, why: string): string {
  return (
    `rpc error: code = ${code} desc = failed to pull and unpack image "${reference}": ` +
    `failed to resolve reference "${reference}": ${why}`
  );
}
