// The life of every node: whether it is heard of and ready, and what its machine beneath is up to.
import type { Machine } from '../../api/machine';
import type { Node } from '../../api/types';
import { readinessOf } from '../../scene/node-view';
import type { NodeLane, TimelineMark } from '../protocol';

type Span = NodeLane['spans'][number];

interface Held {
  lane: NodeLane;
  node: Node | undefined;
  machine: Machine | undefined;
}

const SPANS_MAX = 400;

export class NodeLanes {
  private readonly held = new Map<string, Held>();
  private changed = new Set<NodeLane>();

  /** The Node object of that name is so now; undefined when it is gone. */
  node(name: string, node: Node | undefined, atMs: number): TimelineMark[] {
    const held = this.of(name);
    held.node = node;
    return this.look(held, atMs);
  }

  machine(name: string, machine: Machine | undefined, atMs: number): TimelineMark[] {
    const held = this.of(name);
    held.machine = machine;
    return this.look(held, atMs);
  }

  /** False while its news is old. */
  isHeard(name: string): boolean {
    const node = this.held.get(name)?.node;
    return node === undefined || readinessOf(node) !== 'Unknown';
  }

  take(): NodeLane[] {
    const lanes = [...this.changed];
    this.changed = new Set();
    return lanes;
  }

  private of(name: string): Held {
    let held = this.held.get(name);
    if (!held) {
      held = { lane: { name, spans: [] }, node: undefined, machine: undefined };
      this.held.set(name, held);
    }
    return held;
  }

  private look({ lane, node, machine }: Held, atMs: number): TimelineMark[] {
    if (!node && !machine) {
      lane.endMs = atMs;
      this.changed.add(lane);
      return [];
    }
    delete lane.endMs;
    const span: Span = {
      fromMs: atMs,
      state: node ? readinessOf(node) : 'absent',
      power: machine?.spec.power ?? '',
      network: machine?.spec.network ?? '',
      cordoned: node?.spec.unschedulable === true,
    };
    const last = lane.spans.at(-1);
    if (last && isSame(last, span)) return [];
    if (last?.fromMs === atMs) lane.spans[lane.spans.length - 1] = span;
    else lane.spans.push(span);
    if (lane.spans.length > SPANS_MAX) lane.spans.shift();
    this.changed.add(lane);
    return marksOf(lane.name, last, span);
  }
}

function isSame(one: Span, other: Span): boolean {
  return (
    one.state === other.state &&
    one.power === other.power &&
    one.network === other.network &&
    one.cordoned === other.cordoned
  );
}

function marksOf(name: string, last: Span | undefined, span: Span): TimelineMark[] {
  if (!last || last.state === span.state) return [];
  const mark = { atMs: span.fromMs, text: name, about: span.state };
  if (last.state === 'Ready' && span.state !== 'absent') return [{ kind: 'nodeLost', ...mark }];
  if (span.state === 'Ready' && last.state !== 'absent') return [{ kind: 'nodeReady', ...mark }];
  return [];
}
