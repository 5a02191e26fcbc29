import { describe, expect, it } from 'vitest';
import type { Pod } from '../../../api/types';
import { FakeCluster, type PodDraft } from '../../fake-cluster';

function running(name: string, nodeName: string, more: Partial<PodDraft> = {}): PodDraft {
  return { name, nodeName, cpu: '500m', status: { phase: 'Running' }, ...more };
}

const high = { name: 'high', cpu: '500m', priority: 1000 };

describe('preemption', () => {
  it('deletes a pod of lower priority, and takes its place once it is gone', () => {
    const cluster = new FakeCluster().nodes({ name: 'n1', cpu: '1' });
    cluster
      .pods(running('low', 'n1', { cpu: '1' }), high)
      .start()
      .run(500);
    expect(cluster.pod('low').metadata.deletionTimestamp).toBeDefined();
    expect(cluster.pod('low').status.conditions).toEqual([
      {
        type: 'DisruptionTarget',
        status: 'True',
        reason: 'PreemptionByScheduler',
        message: 'default-scheduler: preempting to accommodate a higher priority pod',
        lastProbeTime: null,
        lastTransitionTime: '2026-01-01T00:00:00Z',
      },
    ]);
    const { uid } = cluster.pod('high').metadata;
    expect(cluster.pod('high').status.nominatedNodeName).toBe('n1');
    expect(cluster.why('high')).toBe('0/1 nodes are available: 1 Insufficient cpu.');
    expect(cluster.transport.events).toContain(
      `Normal Preempted Preempted by pod ${uid} on node n1`,
    );
    cluster.run(20_000).remove('pods/default/low');
    cluster.run(100);
    expect(cluster.placements()).toEqual({ high: 'n1' });
  });

  it('preempts once only while its victims terminate', () => {
    const cluster = new FakeCluster().nodes({ name: 'n1', cpu: '1' });
    cluster.pods(running('low1', 'n1'), running('low2', 'n1'), high).start().run(500);
    cluster.nodes({ name: 'n2', cpu: '100m' }).run(10_000);
    const doomed = ['low1', 'low2'].filter((name) => cluster.pod(name).metadata.deletionTimestamp);
    expect(doomed).toHaveLength(1);
  });

  it('holds the room it made against pods of lower priority', () => {
    const cluster = new FakeCluster().nodes({ name: 'n1', cpu: '1' });
    cluster
      .pods(running('low', 'n1', { cpu: '1' }), { ...high, cpu: '1' })
      .start()
      .run(500);
    cluster.pods({ name: 'greedy', cpu: '1' }).run(500);
    cluster.remove('pods/default/low');
    cluster.run();
    expect(cluster.placements()).toEqual({ high: 'n1', greedy: '' });
  });

  it.each<[string, PodDraft[], Record<string, string>]>([
    [
      'the pod of the lowest priority',
      [running('a', 'n1', { priority: 5 }), running('b', 'n2', { priority: 1 })],
      { b: 'n2' },
    ],
    [
      'fewer pods rather than more',
      [
        running('a', 'n1', { cpu: '250m' }),
        running('b', 'n1', { cpu: '250m' }),
        running('c', 'n2'),
      ],
      { c: 'n2' },
    ],
    [
      'the pod that started last',
      [
        running('a', 'n1', { status: { startTime: '2025-01-01T00:00:00Z' } }),
        running('b', 'n2', { status: { startTime: '2025-06-01T00:00:00Z' } }),
      ],
      { b: 'n2' },
    ],
    [
      'no more than needed, sparing the more important',
      [
        running('a', 'n1', { cpu: '200m', priority: 9 }),
        running('b', 'n1', { cpu: '500m', priority: 1 }),
        running('c', 'n2', { cpu: '700m', priority: 2000 }),
      ],
      { b: 'n1' },
    ],
  ])('chooses %s', (_, placed, victims) => {
    const nodes = [
      { name: 'n1', cpu: '700m' },
      { name: 'n2', cpu: '700m' },
    ];
    const cluster = new FakeCluster()
      .nodes(...nodes)
      .pods(...placed, high)
      .start()
      .run(500);
    const doomed = placed.filter(({ name }) => cluster.pod(name).metadata.deletionTimestamp);
    expect(Object.fromEntries(doomed.map(({ name, nodeName }) => [name, nodeName]))).toEqual(
      victims,
    );
  });

  it('takes the pod away that anti-affinity keeps it from', () => {
    const term = {
      labelSelector: { matchLabels: { app: 'x' } },
      topologyKey: 'kubernetes.io/hostname',
    };
    const podAntiAffinity = { requiredDuringSchedulingIgnoredDuringExecution: [term] };
    const cluster = new FakeCluster().nodes({ name: 'n1' });
    cluster.pods(running('x', 'n1', { labels: { app: 'x' } }), running('other', 'n1'));
    cluster
      .pods({ ...high, affinity: { podAntiAffinity } })
      .start()
      .run(500);
    expect(cluster.pod('x').metadata.deletionTimestamp).toBeDefined();
    expect(cluster.pod('other').metadata.deletionTimestamp).toBeUndefined();
  });

  const prefix = '0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, ';

  it('does not touch pods of the same priority', () => {
    const cluster = new FakeCluster().nodes({ name: 'n1', cpu: '500m' });
    cluster
      .pods(running('equal', 'n1', { priority: 1000 }), high)
      .start()
      .run(500);
    expect(cluster.why('high')).toBe(
      prefix +
        'preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.',
    );
  });

  it('is not for pods that say Never', () => {
    const cluster = new FakeCluster().nodes({ name: 'n1', cpu: '500m' });
    cluster
      .pods(running('low', 'n1'), { ...high, preemptionPolicy: 'Never' })
      .start()
      .run(500);
    expect(cluster.why('high')).toBe(
      prefix + 'preemption: not eligible due to preemptionPolicy=Never.',
    );
    expect(cluster.pod('low').metadata.deletionTimestamp).toBeUndefined();
  });

  it('says so while it waits for its victims', () => {
    const cluster = new FakeCluster().nodes({ name: 'n1', cpu: '1' });
    cluster
      .pods(running('low', 'n1', { cpu: '1' }), high)
      .start()
      .run(500);
    cluster.change<Pod>('pods/default/low', (pod) => ({ ...pod, metadata: { ...pod.metadata } }));
    cluster
      .pods(running('tiny', 'n1', { cpu: '1m' }))
      .run(500)
      .remove('pods/default/tiny');
    cluster.run(500);
    expect(cluster.why('high')).toBe(
      prefix + 'preemption: not eligible due to a terminating pod on the nominated node.',
    );
  });

  it('lets a nomination go when the node is lost', () => {
    const cluster = new FakeCluster().nodes({ name: 'n1', cpu: '1' });
    cluster
      .pods(running('low', 'n1', { cpu: '1' }), high)
      .start()
      .run(500);
    cluster.remove('nodes/n1');
    cluster.nodes({ name: 'n2' }).run(2000);
    expect(cluster.placements()).toMatchObject({ high: 'n2' });
  });
});
