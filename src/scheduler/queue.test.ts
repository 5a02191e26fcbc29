import { beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../sim/clock';
import { Scope } from '../sim/scope';
import type { Pod } from '../api/types';
import { podOf, type PodDraft } from './fake-cluster';
import type { Plugin } from './framework';
import { prioritySort } from './plugins/priority-sort';
import { schedulingGates } from './plugins/scheduling-gates';
import { SchedulingQueue } from './queue';
import { ShapeRegistry } from './shape-registry';

const picky: Plugin = {
  name: 'Picky',
  hints: [
    { on: ['NodeAdd'] },
    { on: ['AssignedPodDelete'], mayHelp: ({ pod }) => pod.metadata.labels?.hope === 'yes' },
  ],
};

let clock: VirtualClock;
let shapes: ShapeRegistry;
let queue: SchedulingQueue;
let woken: number;

beforeEach(() => {
  clock = new VirtualClock(0);
  shapes = new ShapeRegistry(8);
  woken = 0;
  const plugins = [schedulingGates(), prioritySort(), picky];
  queue = new SchedulingQueue(clock, new Scope(clock), shapes, plugins, () => woken++);
});

function pod(draft: PodDraft): Pod {
  const made = podOf(draft);
  return { ...made, metadata: { ...made.metadata, uid: draft.name } };
}

function add(name: string, more: Partial<PodDraft> = {}): void {
  queue.add(pod({ name, ...more }));
}

function popName(): string | undefined {
  return queue.pop()?.pod.metadata.name;
}

/** Pops the next pod and hands it back as rejected. */
function reject(): void {
  queue.returnRejected(queue.pop()!, new Set(['Picky']));
}

describe('the active part', () => {
  it('gives higher priorities first, then who came first', () => {
    add('a');
    add('b', { priority: 5 });
    add('c', { priority: 5 });
    clock.runFor(10);
    add('d');
    expect([popName(), popName(), popName(), popName(), popName()]).toEqual([
      'b',
      'c',
      'a',
      'd',
      undefined,
    ]);
  });

  it('wakes the scheduler for each pod that may be tried', () => {
    add('a');
    add('gated', { schedulingGates: [{ name: 'g' }] });
    expect(woken).toBe(1);
    expect(queue.sizes()).toEqual({ active: 1, backoff: 0, unschedulable: 1 });
  });

  it('does not take a pod twice, and forgets it when it is deleted', () => {
    add('a');
    add('a');
    expect(queue.size).toBe(1);
    queue.delete('a');
    expect(queue.size).toBe(0);
    expect(popName()).toBeUndefined();
  });
});

describe('the unschedulable part', () => {
  it('lets a pod go by an event that its rejecting plugin asked for', () => {
    add('a');
    reject();
    queue.move({ kind: 'NodeLabel' });
    expect(queue.sizes().unschedulable).toBe(1);
    queue.move({ kind: 'NodeAdd' });
    expect(queue.sizes()).toEqual({ active: 0, backoff: 1, unschedulable: 0 });
  });

  it('asks the plugin whether the event may help this pod', () => {
    add('a');
    add('b', { labels: { hope: 'yes' } });
    reject();
    reject();
    queue.move({ kind: 'AssignedPodDelete' });
    expect(queue.sizes()).toEqual({ active: 0, backoff: 1, unschedulable: 1 });
    expect(popName()).toBe('b');
  });

  it('lets a pod go after five minutes in any case', () => {
    add('a');
    reject();
    clock.runUntil(5 * 60_000);
    expect(queue.sizes().unschedulable).toBe(1);
    clock.runFor(30_000);
    expect(queue.sizes().active).toBe(1);
  });

  it('keeps gated pods for as long as the gates are there', () => {
    add('g', { schedulingGates: [{ name: 'one' }] });
    queue.move({ kind: 'NodeAdd' });
    clock.runFor(10 * 60_000);
    expect(queue.sizes().unschedulable).toBe(1);
    const gated = queue.get('g')!.pod;
    queue.update({ ...gated, spec: { ...gated.spec, schedulingGates: [] } }, gated);
    expect(queue.sizes()).toEqual({ active: 1, backoff: 0, unschedulable: 0 });
  });
});

describe('the backoff', () => {
  it('doubles from one second to ten', () => {
    add('a');
    const waits = [];
    for (let round = 0; round < 6; round++) {
      reject();
      waits.push(queue.get('a')!.backoffUntilMs - clock.nowMs);
      queue.move({ kind: 'NodeAdd' });
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000]);
  });

  it('is cut short when there is nothing else to try', () => {
    add('a');
    reject();
    queue.move({ kind: 'NodeAdd' });
    add('b');
    expect([popName(), popName()]).toEqual(['b', 'a']);
  });

  it('is kept to the end after an error', () => {
    add('a');
    queue.returnFailed(queue.pop()!);
    expect(popName()).toBeUndefined();
    clock.runFor(999);
    expect(queue.sizes().backoff).toBe(1);
    clock.runFor(1);
    expect(popName()).toBe('a');
  });

  it('is over for a pod that waited elsewhere long enough', () => {
    add('a');
    reject();
    clock.runFor(2000);
    queue.move({ kind: 'NodeAdd' });
    expect(queue.sizes().active).toBe(1);
  });
});

describe('nominations', () => {
  it('follow the pod status and end with the pod', () => {
    add('a', { status: { nominatedNodeName: 'n1' } });
    expect(queue.nominator.onNode('n1').map(({ uid }) => uid)).toEqual(['a']);
    const old = queue.get('a')!.pod;
    queue.update({ ...old, status: { ...old.status, nominatedNodeName: 'n2' } }, old);
    expect(queue.nominator.onNode('n1')).toEqual([]);
    expect(queue.nominator.nodeNameOf('a')).toBe('n2');
    queue.delete('a');
    expect(queue.nominator.isEmpty).toBe(true);
  });
});

describe('shapes', () => {
  it('are held as long as a pod of theirs is queued', () => {
    add('a', { cpu: '1' });
    add('b', { cpu: '1' });
    const { shape } = queue.get('a')!;
    expect(queue.get('b')!.shape).toBe(shape);
    expect(shape.uses).toBe(2);
    queue.delete('a');
    queue.delete('b');
    expect(shape.uses).toBe(0);
  });

  it('change with the pod', () => {
    add('a');
    const old = queue.get('a')!.pod;
    const { shape } = queue.get('a')!;
    queue.update({ ...old, metadata: { ...old.metadata, labels: { new: 'one' } } }, old);
    expect(queue.get('a')!.shape).not.toBe(shape);
    expect(shape.uses).toBe(0);
  });
});
