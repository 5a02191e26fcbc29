// How many pods look each way, write by write. No pod is kept or looked for: a write says what its
// pod was and is, and of each node it is held how many of its pods look how while it is heard of,
// and while it is not.
import type { Pod } from '../../api/types';
import { thinned, type CountSample } from '../../scene/count-samples';
import { POD_LOOKS } from '../../scene/packed-pods';
import { lookOf } from '../../scene/pod-view';
import type { LogEntry } from '../../cluster/past/recorder';

/** Samples that wait to be told, at the most. */
const UNTOLD_MAX = 2_000;

interface OfNode {
  isHeard: boolean;
  heard: number[];
  unheard: number[];
}

const indexes = Object.fromEntries(POD_LOOKS.map((look, index) => [look, index]));

export class PodCounts {
  /** How many pods there are. */
  alive = 0;
  private readonly counts = none();
  private readonly nodes = new Map<string, OfNode>();
  private untold: readonly CountSample[] = [];
  private fresh: CountSample[] = [];
  /** When the counts came to be what they are; undefined once that has been noted. */
  private sinceMs: number | undefined;

  constructor(fromMs: number) {
    this.sinceMs = fromMs;
  }

  write({ type, object, previous }: Pick<LogEntry, 'type' | 'object' | 'previous'>, atMs: number) {
    const before = type === 'ADDED' ? undefined : (previous as Pod | undefined);
    const after = type === 'DELETED' ? undefined : (object as Pod);
    const was = before && placed(before);
    const is = after && placed(after);
    if (was && is && isSame(was, is)) return;
    this.changes(atMs);
    if (was) this.add(was, -1);
    if (is) this.add(is, 1);
  }

  /** The node is heard of, or not any more. */
  nodeHeard(name: string, isHeard: boolean, atMs: number): void {
    const node = this.of(name);
    if (node.isHeard === isHeard) return;
    this.changes(atMs);
    node.isHeard = isHeard;
    const [gone, come] = isHeard ? [node.unheard, node.heard] : [node.heard, node.unheard];
    this.counts.forEach((count, look) => (this.counts[look] = count - gone[look] + come[look]));
  }

  /** Samples that are new since the last call; one may be of the moment of the last. */
  take(): readonly CountSample[] {
    this.note();
    this.fold();
    const samples = this.untold;
    this.untold = [];
    return samples;
  }

  /** To be said before the counts become others. */
  private changes(atMs: number): void {
    if (this.sinceMs !== atMs) this.note();
    this.sinceMs = atMs;
  }

  private note(): void {
    if (this.sinceMs === undefined) return;
    this.fresh.push({ atMs: this.sinceMs, counts: this.counts.slice() });
    this.sinceMs = undefined;
    if (this.fresh.length >= UNTOLD_MAX) this.fold();
  }

  private fold(): void {
    this.untold = thinned(this.untold.concat(this.fresh), UNTOLD_MAX);
    this.fresh = [];
  }

  private add({ nodeName, heard, unheard }: Placed, by: 1 | -1): void {
    const node = this.of(nodeName);
    node.heard[heard] += by;
    node.unheard[unheard] += by;
    this.counts[node.isHeard ? heard : unheard] += by;
    this.alive += by;
  }

  private of(name: string): OfNode {
    let node = this.nodes.get(name);
    if (!node) {
      node = { isHeard: true, heard: none(), unheard: none() };
      this.nodes.set(name, node);
    }
    return node;
  }
}

/** Where a pod counts: its node, and the indexes of its looks there. */
interface Placed {
  nodeName: string;
  heard: number;
  unheard: number;
}

function placed(pod: Pod): Placed {
  const [heard, unheard] = [indexes[lookOf(pod, false)]!, indexes[lookOf(pod, true)]!];
  return { nodeName: pod.spec.nodeName ?? '', heard, unheard };
}

function isSame(was: Placed, is: Placed): boolean {
  return was.nodeName === is.nodeName && was.heard === is.heard && was.unheard === is.unheard;
}

function none(): number[] {
  return POD_LOOKS.map(() => 0);
}
