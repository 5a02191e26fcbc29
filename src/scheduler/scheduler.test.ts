import { describe, expect, it } from 'vitest';
import { conflict } from '../api/status-error';
import { pods } from '../api/resource-ref';
import type { Node, Pod } from '../api/types';
import { FakeCluster } from './fake-cluster';

describe('a scheduling cycle', () => {
  it('binds a pod to the node that fits and says so', () => {
    const cluster = new FakeCluster().nodes({ name: 'n1' }).pods({ name: 'web-x', cpu: '1' });
    cluster.start().run();
    expect(cluster.placements()).toEqual({ 'web-x': 'n1' });
    expect(cluster.transport.events).toContain(
      'Normal Scheduled Successfully assigned default/web-x to n1',
    );
  });

  it('spreads equal pods over equal nodes, one a cycle', () => {
    const cluster = new FakeCluster().nodes({ name: 'n1' }, { name: 'n2' });
    cluster.pods({ name: 'a', cpu: '500m' }, { name: 'b', cpu: '500m' }).start().run();
    expect(Object.values(cluster.placements()).sort()).toEqual(['n1', 'n2']);
  });

  it('takes the time of its cycles', () => {
    const cluster = new FakeCluster().nodes({ name: 'n1' });
    for (let index = 0; index < 10; index++) cluster.pods({ name: 'p' + index });
    cluster.start();
    const bound = (): number => Object.values(cluster.placements()).filter(Boolean).length;
    // The leader's election and the lists are charged first; then each pod takes 5 ms.
    const startMs = 50;
    cluster.run(startMs);
    const before = bound();
    cluster.run(15);
    expect(bound() - before).toBe(before === 10 ? 0 : 3);
    cluster.run();
    expect(bound()).toBe(10);
  });

  it('leaves pods of other schedulers alone', () => {
    const cluster = new FakeCluster().nodes({ name: 'n1' });
    cluster.pods({ name: 'other', schedulerName: 'mine' }).start().run(60_000);
    expect(cluster.placements()).toEqual({ other: '' });
    expect(cluster.transport.events.filter((event) => event.includes('Scheduling'))).toEqual([]);
  });

  it('does nothing until it leads', () => {
    const cluster = new FakeCluster().nodes({ name: 'n1' }).pods({ name: 'a' });
    cluster.put({
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: 'kube-scheduler', namespace: 'kube-system' },
      spec: { holderIdentity: 'other', leaseDurationSeconds: 15 },
    } as never);
    cluster.start().run(10_000);
    expect(cluster.placements()).toEqual({ a: '' });
    cluster.run(20_000);
    expect(cluster.placements()).toEqual({ a: 'n1' });
  });

  it('tries again after a failed binding, without holding the room meanwhile', () => {
    const cluster = new FakeCluster().nodes({ name: 'n1', cpu: '1' }).pods({ name: 'a', cpu: '1' });
    cluster.transport.bindingError = conflict(pods, 'a', 'pod a is being deleted');
    cluster.start().run(500);
    expect(cluster.why('a')).toBe(
      'running Bind plugin "DefaultBinder": Operation cannot be fulfilled on pods "a": ' +
        'pod a is being deleted',
    );
    expect(cluster.pod('a').status.conditions).toMatchObject([
      { type: 'PodScheduled', status: 'False', reason: 'SchedulerError' },
    ]);
    cluster.run(3000);
    expect(cluster.placements()).toEqual({ a: 'n1' });
  });

  it('says that there are no nodes, and notices the first', () => {
    const cluster = new FakeCluster().pods({ name: 'a' }).start().run();
    expect(cluster.why('a')).toBe('no nodes available to schedule pods');
    cluster.nodes({ name: 'n1' }).run(11_000);
    expect(cluster.placements()).toEqual({ a: 'n1' });
  });

  it('waits for scheduling gates', () => {
    const cluster = new FakeCluster().nodes({ name: 'n1' });
    cluster
      .pods({ name: 'g', schedulingGates: [{ name: 'wait' }] })
      .start()
      .run(10_000);
    expect(cluster.placements()).toEqual({ g: '' });
    cluster.change<Pod>('pods/default/g', (pod) => ({
      ...pod,
      spec: { ...pod.spec, schedulingGates: [] },
    }));
    cluster.run();
    expect(cluster.placements()).toEqual({ g: 'n1' });
  });

  it('reserves the room of an assumed pod and frees that of a deleted one', () => {
    const cluster = new FakeCluster().nodes({ name: 'n1', cpu: '1' });
    cluster.pods({ name: 'a', cpu: '1' }).start().run();
    cluster.pods({ name: 'b', cpu: '1' }).run();
    expect(cluster.placements()).toEqual({ a: 'n1', b: '' });
    cluster.remove('pods/default/a');
    cluster.run(100);
    expect(cluster.placements()).toEqual({ b: 'n1' });
  });

  it('counts a finished pod no longer', () => {
    const cluster = new FakeCluster().nodes({ name: 'n1', cpu: '1' });
    cluster.pods({ name: 'a', cpu: '1' }, { name: 'b', cpu: '1' }).start().run();
    cluster.change<Pod>('pods/default/a', (pod) => ({
      ...pod,
      status: { ...pod.status, phase: 'Succeeded' },
    }));
    cluster.run(100);
    expect(cluster.placements()).toEqual({ a: 'n1', b: 'n1' });
  });
});

describe('a pod that fits nowhere', () => {
  const taint = { key: 'dedicated', value: 'gpu', effect: 'NoSchedule' as const };

  it('is told why in the words of the real scheduler', () => {
    const cluster = new FakeCluster().nodes(
      { name: 'm1', taints: [taint] },
      { name: 'n1', cpu: '1' },
      { name: 'n2', cpu: '2' },
      { name: 'n3', unschedulable: true },
    );
    cluster.pods({ name: 'low', cpu: '2' }).start().run();
    cluster.pods({ name: 'p', cpu: '2' }).run();
    expect(cluster.why('p')).toBe(
      '0/4 nodes are available: 1 node(s) had untolerated taint(s), ' +
        '1 node(s) were unschedulable, 2 Insufficient cpu. ' +
        'no new claims to deallocate, preemption: 0/4 nodes are available: ' +
        '1 No preemption victims found for incoming pod, ' +
        '3 Preemption is not helpful for scheduling.',
    );
    expect(cluster.transport.events.filter((event) => event.startsWith('Warning'))).toEqual([
      'Warning FailedScheduling ' + cluster.why('p'),
    ]);
  });

  it('is told of the plugin that named the only nodes worth trying', () => {
    const terms = [
      { matchFields: [{ key: 'metadata.name', operator: 'In' as const, values: ['n1'] }] },
    ];
    const required = { nodeSelectorTerms: terms };
    const nodeAffinity = { requiredDuringSchedulingIgnoredDuringExecution: required };
    const cluster = new FakeCluster().nodes(
      { name: 'n1', cpu: '1' },
      { name: 'n2' },
      { name: 'n3' },
    );
    cluster.pods({ name: 'daemon', cpu: '2', affinity: { nodeAffinity } }).start().run();
    expect(cluster.why('daemon')).toBe(
      '0/3 nodes are available: 1 Insufficient cpu, ' +
        "2 node(s) didn't satisfy plugin(s) [NodeAffinity]. " +
        'no new claims to deallocate, preemption: 0/3 nodes are available: ' +
        '3 Preemption is not helpful for scheduling.',
    );
  });

  it.each<[string, (node: Node) => Node, boolean]>([
    ['a bigger node', (node) => resized(node, '4'), true],
    ['a smaller node', (node) => resized(node, '500m'), false],
    ['a heartbeat', (node) => ({ ...node, status: { ...node.status, phase: 'Running' } }), false],
    [
      'an annotation',
      (node) => ({ ...node, metadata: { ...node.metadata, annotations: { a: 'b' } } }),
      false,
    ],
  ])('is tried again after %s only if that may help', (_, change, helps) => {
    const cluster = new FakeCluster().nodes({ name: 'n1', cpu: '1' }).pods({ name: 'p', cpu: '2' });
    cluster.start().run();
    const attempts = (): number => cluster.scheduler.report('default', 'p')!.attempts;
    expect(attempts()).toBe(1);
    cluster.change('nodes/n1', change);
    cluster.run(100);
    expect(attempts()).toBe(helps ? 2 : 1);
  });

  it('is tried again after five minutes without any event', () => {
    const cluster = new FakeCluster().nodes({ name: 'n1', cpu: '1' }).pods({ name: 'p', cpu: '2' });
    cluster.start().run(299_000);
    expect(cluster.scheduler.report('default', 'p')!.attempts).toBe(1);
    cluster.run(60_000);
    expect(cluster.scheduler.report('default', 'p')!.attempts).toBe(2);
  });

  function resized(node: Node, cpu: string): Node {
    const allocatable = { ...node.status.allocatable, cpu };
    return { ...node, status: { ...node.status, allocatable } };
  }
});

describe('a report', () => {
  it('tells what every plugin said of every node', () => {
    const cluster = new FakeCluster().nodes(
      { name: 'n1', cpu: '1' },
      { name: 'n2' },
      { name: 'n3', unschedulable: true },
      { name: 'n4' },
    );
    cluster.pods(
      { name: 'busy', cpu: '1', nodeName: 'n4' },
      { name: 'p', cpu: '1', memory: '2Gi' },
    );
    cluster.pods({ name: 'full', cpu: '600m', nodeName: 'n1' });
    cluster.start().run();
    const report = cluster.scheduler.report('default', 'p')!;
    expect(report).toMatchObject({ pod: 'default/p', attempts: 1, node: 'n2' });
    expect(report.filters.filter(({ rejected }) => Object.keys(rejected).length > 0)).toEqual([
      { plugin: 'NodeUnschedulable', rejected: { n3: 'node(s) were unschedulable' } },
      { plugin: 'NodeResourcesFit', rejected: { n1: 'Insufficient cpu' } },
    ]);
    expect(report.scores).toEqual([
      { plugin: 'TaintToleration', weight: 3, byNode: { n2: 300, n4: 300 } },
      { plugin: 'NodeResourcesFit', weight: 1, byNode: { n2: 50, n4: 22 } },
      { plugin: 'NodeResourcesBalancedAllocation', weight: 1, byNode: { n2: 100, n4: 75 } },
      { plugin: 'ImageLocality', weight: 1, byNode: { n2: 0, n4: 0 } },
    ]);
    expect(report.totals).toEqual({ n2: 450, n4: 397 });
  });

  it('is made again for clusters too big to note every answer down', () => {
    const cluster = new FakeCluster();
    for (let index = 0; index < 60; index++) cluster.nodes({ name: 'n' + index });
    cluster.pods({ name: 'p', cpu: '1' }).start().run();
    const report = cluster.scheduler.report('default', 'p')!;
    expect(Object.keys(report.totals)).toHaveLength(60);
    expect(report.node).toBe(cluster.placements().p);
    expect(cluster.scheduler.report('default', 'p')).toEqual(report);
    expect(cluster.scheduler.cache.pod(cluster.pod('p').metadata.uid)?.node.name).toBe(report.node);
  });

  it('is null for a pod that never was in a cycle', () => {
    const cluster = new FakeCluster().pods({ name: 'p', nodeName: 'n1' }).start().run();
    expect(cluster.scheduler.report('default', 'p')).toBeNull();
    expect(cluster.scheduler.report('default', 'nobody')).toBeNull();
  });
});
