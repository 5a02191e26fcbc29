import { describe, expect, it } from 'vitest';
import { deployments, machines, nodes, pods } from '../../api/resource-ref';
import type { Node, Pod } from '../../api/types';
import { Cursor } from '../../cluster/past/cursor';
import { Recorder } from '../../cluster/past/recorder';
import { createWholeCluster } from '../../cluster/whole-cluster';
import type { CountSample } from '../../scene/count-samples';
import { readinessOf } from '../../scene/node-view';
import { POD_LOOKS } from '../../scene/packed-pods';
import { lookOf } from '../../scene/pod-view';
import { Lanes } from './lanes';
import { PodCounts } from './pod-counts';

/** Pods counted one by one. */
function countedAll(all: readonly Pod[], isUnheard: (node: string) => boolean): number[] {
  const looks = all.map((pod) => lookOf(pod, isUnheard(pod.spec.nodeName ?? '')));
  return POD_LOOKS.map((look) => looks.filter((each) => each === look).length);
}

function sampleAt(samples: readonly CountSample[], atMs: number): readonly number[] {
  return samples.findLast((sample) => sample.atMs <= atMs)!.counts;
}

const PHASES = ['Pending', 'Running', 'Succeeded', 'Failed'];
const REASONS = ['CrashLoopBackOff', 'ImagePullBackOff', 'ContainerCreating'];

class Dice {
  private state = 11;

  next(sides: number): number {
    this.state = (this.state * 48_271) % 2_147_483_647;
    return this.state % sides;
  }

  of<T>(all: readonly T[]): T {
    return all[this.next(all.length)];
  }

  pod(uid: string): Pod {
    const node = this.next(4);
    const waits = this.next(3) === 0;
    const state = waits ? { waiting: { reason: this.of(REASONS) } } : { running: {} };
    return {
      metadata: { uid, name: uid, ...(this.next(5) === 0 && { deletionTimestamp: 'now' }) },
      spec: { containers: [], ...(node > 0 && { nodeName: `n${node}` }) },
      status: {
        phase: this.of(PHASES),
        conditions: [{ type: 'Ready', status: this.of(['True', 'False']) }],
        containerStatuses: [{ name: 'main', ready: !waits, restartCount: 0, state }],
      },
    } as never;
  }
}

describe('counts of pods by look', () => {
  it('are those of all pods, one by one, whatever happens', () => {
    const dice = new Dice();
    const counts = new PodCounts(0);
    const there = new Map<string, Pod>();
    const unheard = new Set<string>();
    const expected: CountSample[] = [];
    const told: CountSample[] = [];
    for (let step = 0, atMs = 0; step < 3_000; step++) {
      atMs += dice.next(3);
      const uid = `p${dice.next(80)}`;
      const [object, previous] = [dice.pod(uid), there.get(uid)];
      if (dice.next(20) === 0) {
        const node = `n${1 + dice.next(3)}`;
        if (!unheard.delete(node)) unheard.add(node);
        counts.nodeHeard(node, !unheard.has(node), atMs);
      } else if (previous && dice.next(4) === 0) {
        there.delete(uid);
        counts.write({ type: 'DELETED', object: previous, previous }, atMs);
      } else {
        there.set(uid, object);
        counts.write({ type: previous ? 'MODIFIED' : 'ADDED', object, previous }, atMs);
      }
      expected.push({ atMs, counts: countedAll([...there.values()], (n) => unheard.has(n)) });
      if (dice.next(50) === 0) told.push(...counts.take());
    }
    told.push(...counts.take());
    expect(counts.alive).toBe(there.size);
    for (const { atMs } of expected) {
      expect(sampleAt(told, atMs)).toEqual(sampleAt(expected, atMs));
    }
  });

  it('say nothing where no look changes, and take little room when nobody asks', () => {
    const counts = new PodCounts(0);
    const dice = new Dice();
    const pod = dice.pod('p');
    counts.write({ type: 'ADDED', object: pod, previous: undefined }, 1);
    expect(counts.take()).toHaveLength(2);
    counts.write({ type: 'MODIFIED', object: { ...pod }, previous: pod }, 2);
    expect(counts.take()).toEqual([]);
    for (let atMs = 3; atMs < 20_000; atMs++) {
      counts.write({ type: 'ADDED', object: dice.pod(`${atMs}`), previous: undefined }, atMs);
    }
    expect(counts.take().length).toBeLessThanOrEqual(2_000);
  });
});

describe('the counts of a timeline', () => {
  it('are those of the cluster at every moment of its past', () => {
    const { cluster, recorder } = troubled();
    const lanes = new Lanes(cluster.observer, beginning(cluster, recorder), recorder.fromMs);
    for (let at = recorder.first; at < recorder.end; at++) {
      const entry = recorder.entry(at);
      lanes.write(entry.table.name, entry, recorder.timeOf(at));
    }
    const delta = lanes.take(recorder.fromMs, 3)!;
    expect(delta.hasPodLanes).toBe(false);
    expect(delta.pods).toEqual([]);
    const cursor = new Cursor(cluster, recorder);
    for (let atMs = recorder.fromMs; atMs <= cluster.clock.nowMs; atMs += 1_500) {
      cursor.moveTo(recorder.placeAt(atMs));
      const all = cursor.list(nodes.key) as Node[];
      const unheard = new Set(all.filter((node) => readinessOf(node) === 'Unknown').map(nameOf));
      const expected = countedAll(cursor.list(pods.key) as Pod[], (name) => unheard.has(name));
      expect(sampleAt(delta.counts, atMs), `at ${atMs}`).toEqual(expected);
    }
    const seen = POD_LOOKS.filter((_, look) => delta.counts.some(({ counts }) => counts[look] > 0));
    expect(seen).toEqual(expect.arrayContaining(['pending', 'creating', 'crashLoop', 'unknown']));
    // Lanes that were not wanted wait.
    const wanted = lanes.take(recorder.fromMs, Infinity)!;
    expect(wanted.pods.length).toBeGreaterThan(3);
    expect(wanted).toMatchObject({ hasPodLanes: true, counts: [], reset: false });
    expect(lanes.take(recorder.fromMs, Infinity)).toBeUndefined();
  });
});

/** Pods that crash, too many pods, and two machines without power. */
function troubled() {
  const cluster = createWholeCluster({ seed: 3, pace: 'observable' });
  cluster.boot();
  const recorder = new Recorder(cluster);
  const { client, clock, world } = cluster;
  const labels = { app: 'web' };
  for (const [name, replicas, command] of [
    ['web', 20, undefined],
    ['crash', 3, ['sh', '-c', 'sleep 1; exit 3']],
  ] as const) {
    const resources = { requests: { cpu: '500m' } };
    const containers = [{ name: 'main', image: 'busybox:1.36', resources, command }];
    const template = { metadata: { labels }, spec: { containers } };
    const spec = { replicas, selector: { matchLabels: labels }, template };
    client.create(deployments, { metadata: { name, namespace: 'default' }, spec } as never);
  }
  clock.runFor(60_000);
  for (const name of ['n1', 'n2']) {
    world.patch(machines, '', name, { spec: { power: 'Off' } }, { patchType: 'merge' });
  }
  clock.runFor(400_000);
  return { cluster, recorder };
}

function beginning(cluster: ReturnType<typeof troubled>['cluster'], recorder: Recorder): Cursor {
  const cursor = new Cursor(cluster, recorder);
  cursor.moveTo(recorder.first);
  return cursor;
}

function nameOf({ metadata }: Node): string {
  return metadata.name;
}
