import { describe, expect, it } from 'vitest';
import type { Pod, TopologySpreadConstraint } from '../../../api/types';
import { FakeCluster, type PodDraft } from '../../fake-cluster';

const skewed = "node(s) didn't match pod topology spread constraints";
const zone = 'topology.kubernetes.io/zone';

function byZone(
  more: Partial<TopologySpreadConstraint> = {},
): PodDraft['topologySpreadConstraints'] {
  const labelSelector = { matchLabels: { app: 's' } };
  return [
    { maxSkew: 1, topologyKey: zone, whenUnsatisfiable: 'DoNotSchedule', labelSelector, ...more },
  ];
}

function spreadPod(name: string, nodeName = '', more = byZone()): PodDraft {
  return {
    name,
    labels: { app: 's' },
    topologySpreadConstraints: more,
    ...(nodeName && { nodeName }),
  };
}

function threeNodes(): FakeCluster {
  return new FakeCluster().nodes(
    { name: 'a1', labels: { [zone]: 'a' } },
    { name: 'a2', labels: { [zone]: 'a' } },
    { name: 'b1', labels: { [zone]: 'b' } },
  );
}

describe('hard topology spread', () => {
  it('keeps the domains within the skew', () => {
    const cluster = threeNodes();
    for (let index = 0; index < 6; index++) cluster.pods(spreadPod('p' + index));
    cluster.start().run();
    const zones = Object.values(cluster.placements()).map((node) => node[0]);
    expect(zones.sort().join('')).toBe('aaabbb');
  });

  it('rejects what would skew too far, and nodes without the label', () => {
    const cluster = threeNodes().nodes({ name: 'c1' });
    cluster.pods(spreadPod('s1', 'a1'), spreadPod('s2', 'b1'), spreadPod('s3', 'a2'));
    cluster.pods(spreadPod('p')).start().run();
    expect(cluster.rejections('p')).toEqual({
      a1: skewed,
      a2: skewed,
      c1: skewed + ' (missing required label)',
    });
  });

  it('takes too few domains for empty ones elsewhere', () => {
    const cluster = threeNodes();
    const constraint = byZone({ minDomains: 3 });
    cluster.pods(spreadPod('s1', 'a1'), spreadPod('s2', 'b1'), spreadPod('p', '', constraint));
    cluster.start().run();
    expect(cluster.rejections('p')).toEqual({ a1: skewed, a2: skewed, b1: skewed });
  });

  it('does not count terminating pods, nor those of other namespaces', () => {
    const cluster = threeNodes();
    cluster.pods(spreadPod('s1', 'a1'), { ...spreadPod('s2', 'a1'), namespace: 'other' });
    cluster.start().run();
    cluster.change<Pod>('pods/default/s1', (pod) => ({
      ...pod,
      metadata: { ...pod.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' },
    }));
    cluster.run().pods(spreadPod('p')).run();
    expect(cluster.rejections('p')).toEqual({});
  });

  it('leaves domains out that the node selector excludes', () => {
    const cluster = threeNodes();
    const pod = spreadPod('p', '', byZone());
    cluster
      .pods(spreadPod('s1', 'a1'), { ...pod, nodeSelector: { [zone]: 'a' } })
      .start()
      .run();
    expect(cluster.rejections('p')).toEqual({
      b1: "node(s) didn't match Pod's node affinity/selector",
    });
  });

  it('counts tainted nodes unless told otherwise', () => {
    const taints = [{ key: 'full', effect: 'NoSchedule' as const }];
    const cluster = new FakeCluster().nodes(
      { name: 'a1', labels: { [zone]: 'a' } },
      { name: 'b1', labels: { [zone]: 'b' }, taints },
    );
    const honoring = byZone({ nodeTaintsPolicy: 'Honor' });
    cluster
      .pods(spreadPod('s1', 'a1'), spreadPod('p'), spreadPod('q', '', honoring))
      .start()
      .run();
    expect(cluster.rejections('p')).toMatchObject({ a1: skewed });
    expect(cluster.placements().q).toBe('a1');
  });

  it('compares pods of the same revision only, when matchLabelKeys says so', () => {
    const cluster = threeNodes();
    const constraint = byZone({ matchLabelKeys: ['hash'] });
    const old = { ...spreadPod('s1', 'a1'), labels: { app: 's', hash: '1' } };
    cluster.pods(old, { ...spreadPod('p', '', constraint), labels: { app: 's', hash: '2' } });
    cluster.start().run();
    expect(cluster.rejections('p')).toEqual({});
  });

  it('is tried again when a pod that skews goes', () => {
    const cluster = new FakeCluster().nodes(
      { name: 'a1', labels: { [zone]: 'a' } },
      { name: 'b1', labels: { [zone]: 'b' }, unschedulable: true },
    );
    cluster.pods(spreadPod('s1', 'a1'), spreadPod('p')).start().run();
    expect(cluster.placements().p).toBe('');
    cluster.remove('pods/default/s1');
    cluster.run(100);
    expect(cluster.placements().p).toBe('a1');
  });
});

describe('soft topology spread', () => {
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'rs1' };
  const ownerReferences = [{ ...owner, controller: true }];
  const replicaSet = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'web', namespace: 'default', uid: 'rs1' },
    spec: { selector: { matchLabels: { app: 'web' } } },
  };

  it('spreads the pods of a ReplicaSet over nodes by default', () => {
    const cluster = new FakeCluster().nodes({ name: 'n1' }, { name: 'n2' });
    cluster.put(replicaSet as never);
    const pod = { labels: { app: 'web' }, ownerReferences };
    cluster
      .pods({ name: 'w1', ...pod, nodeName: 'n1' }, { name: 'p', ...pod })
      .start()
      .run();
    // One pod on n1: ln(2 + 2) and maxSkew - 1, rounded, against the latter alone.
    expect(cluster.scores('p', 'PodTopologySpread')).toEqual({ n1: 132, n2: 200 });
  });

  it('spreads the pods of a Service over zones too', () => {
    const cluster = threeNodes();
    cluster.put({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'default' },
      spec: { selector: { app: 'web' } },
    } as never);
    const pod = { labels: { app: 'web' } };
    cluster
      .pods({ name: 'w1', ...pod, nodeName: 'a1' }, { name: 'p', ...pod })
      .start()
      .run();
    expect(cluster.scores('p', 'PodTopologySpread')).toEqual({ a1: 132, a2: 176, b1: 200 });
  });

  it('has no say about pods that belong to nothing', () => {
    const cluster = threeNodes()
      .pods({ name: 'p', labels: { app: 'web' } })
      .start()
      .run();
    expect(cluster.scores('p', 'PodTopologySpread')).toBeUndefined();
  });

  it('prefers emptier domains of a constraint of its own, and ignores nodes without the label', () => {
    const cluster = threeNodes().nodes({ name: 'c1' });
    const soft = byZone({ whenUnsatisfiable: 'ScheduleAnyway' });
    cluster.pods(spreadPod('s1', 'a1'), spreadPod('s2', 'a2'), spreadPod('p', '', soft));
    cluster.start().run();
    expect(cluster.scores('p', 'PodTopologySpread')).toEqual({ a1: 0, a2: 0, b1: 200, c1: 0 });
  });
});
