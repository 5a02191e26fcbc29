// How fast nodes may be tainted NoExecute, and so their pods evicted: one node in ten seconds a
// zone, slower or not at all while so much of a zone is down that the fault is likely not the
// nodes'.
// Upstream: pkg/controller/nodelifecycle, handleDisruption and the zone's RateLimitedTimedQueue.
import { evictionPeriodMs, zoneStateOf, type ZoneState } from '../../api/node-eviction';
import type { Node } from '../../api/types';
import { readyCondition } from './node-health';

interface Zone {
  state: ZoneState;
  nodes: number;
  /** ms between two nodes; Infinity stops all. */
  periodMs: number;
  /** When the next node may be tainted. */
  freeAtMs: number;
  /** Names that wait, in order. */
  waiting: Set<string>;
}

/** A zone's name: region and zone labels. */
export function zoneOf({ metadata: { labels } }: Node): string {
  const region = labels?.['topology.kubernetes.io/region'] ?? '';
  const zone = labels?.['topology.kubernetes.io/zone'] ?? '';
  return region + ':' + zone;
}

export class Zones {
  private readonly zones = new Map<string, Zone>();

  add(node: Node): void {
    const name = zoneOf(node);
    if (this.zones.has(name)) return;
    const waiting = new Set<string>();
    this.zones.set(name, {
      state: 'Initial',
      nodes: 0,
      periodMs: evictionPeriodMs('Normal', 0),
      freeAtMs: 0,
      waiting,
    });
  }

  /** Puts a node in line to be tainted. */
  wait(node: Node): void {
    this.zones.get(zoneOf(node))?.waiting.add(node.metadata.name);
  }

  /** Takes a node out of the line. */
  leave(node: Node): void {
    for (const zone of this.zones.values()) zone.waiting.delete(node.metadata.name);
  }

  /** Nodes whose turn it is, which leave the line. */
  due(nowMs: number): string[] {
    const names: string[] = [];
    for (const zone of this.zones.values()) {
      for (const name of zone.waiting) {
        if (zone.freeAtMs > nowMs || zone.periodMs === Number.POSITIVE_INFINITY) break;
        zone.waiting.delete(name);
        zone.freeAtMs = nowMs + zone.periodMs;
        names.push(name);
      }
    }
    return names;
  }

  /** When the next node's turn comes, if any waits that may be tainted. */
  nextMs(): number | undefined {
    let nextMs: number | undefined;
    for (const { waiting, freeAtMs, periodMs } of this.zones.values()) {
      if (waiting.size === 0 || periodMs === Number.POSITIVE_INFINITY) continue;
      nextMs = Math.min(nextMs ?? freeAtMs, freeAtMs);
    }
    return nextMs;
  }

  /**
   * Judges every zone anew from all nodes. 'AllDown' when the last zone has just failed: evictions
   * stop; 'Recovered' when that is over.
   */
  judge(nodes: Iterable<Node>): 'AllDown' | 'Recovered' | undefined {
    const wasAllDown = this.areAllDown();
    const counts = new Map<string, { ready: number; notReady: number }>();
    for (const node of nodes) {
      const name = zoneOf(node);
      let count = counts.get(name);
      if (!count) counts.set(name, (count = { ready: 0, notReady: 0 }));
      if (readyCondition(node)?.status === 'True') count.ready++;
      else count.notReady++;
    }
    for (const name of this.zones.keys()) if (!counts.has(name)) this.zones.delete(name);
    for (const [name, { ready, notReady }] of counts) {
      const zone = this.zones.get(name)!;
      zone.nodes = ready + notReady;
      zone.state = zoneStateOf(ready, notReady);
    }
    const isAllDown = this.areAllDown();
    for (const zone of this.zones.values()) {
      zone.periodMs = isAllDown
        ? Number.POSITIVE_INFINITY
        : evictionPeriodMs(zone.state, zone.nodes);
    }
    if (isAllDown === wasAllDown) return undefined;
    return isAllDown ? 'AllDown' : 'Recovered';
  }

  private areAllDown(): boolean {
    if (this.zones.size === 0) return false;
    for (const { state } of this.zones.values()) if (state !== 'FullDisruption') return false;
    return true;
  }
}
