// Harm done to machines, as the API sees it: a whole cluster, changed through the world's API.
import { beforeEach, describe, expect, test } from 'vitest';
import { deployments, events, machines, nodes, pods } from '../../api/resource-ref';
import type { Event, Node, Pod } from '../../api/types';
import type { Cluster } from '../../cluster/cluster';
import { createWholeCluster, restoreWholeCluster } from '../../cluster/whole-cluster';

let cluster: Cluster;
beforeEach(() => {
  cluster = createWholeCluster({ seed: 1, workers: 2 });
  cluster.boot();
});

function run(seconds: number): void {
  cluster.clock.runFor(seconds * 1000);
}

function deploy(replicas: number, container: object = {}, spec: object = {}): void {
  const labels = { app: 'web' };
  cluster.client.create(deployments, {
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'nginx', image: 'nginx:1.27', ...container }], ...spec },
      },
    },
  } as never);
  run(40);
}

function webPods(node?: string): Pod[] {
  return cluster.client
    .list(pods, 'default')
    .items.filter(({ spec }) => node === undefined || spec.nodeName === node);
}

function ask(machine: string, spec: object): void {
  cluster.world.patch(machines, '', machine, { spec } as never, { patchType: 'merge' });
}

function eventsOf(name: string): Event[] {
  return cluster.client
    .list(events)
    .items.filter(({ involvedObject }) => involvedObject.name === name);
}

function conditionOf(name: string, type: string) {
  const { conditions = [] } = cluster.client.get(nodes, '', name).status;
  return conditions.find((each) => each.type === type)!;
}

function taintsOf(name: string): string[] {
  return (cluster.client.get(nodes, '', name).spec.taints ?? []).map(
    ({ key, effect }) => `${key}:${effect}`,
  );
}

function keyOf({ metadata }: Pod): string {
  return `${metadata.namespace}/${metadata.name}/nginx`;
}

describe('a container', () => {
  test('that is killed ends with 137 and starts again, with a longer wait each time', () => {
    deploy(1);
    const [pod] = webPods();
    const kill = (kills: number) =>
      ask(pod.spec.nodeName!, { containers: { [keyOf(pod)]: { kills } } });
    kill(1);
    run(5);
    const [status] = webPods()[0].status.containerStatuses!;
    expect([status.restartCount, status.lastState?.terminated]).toMatchObject([
      1,
      { exitCode: 137, reason: 'Error' },
    ]);
    kill(2);
    run(3);
    expect(webPods()[0].status.containerStatuses![0].state?.waiting?.reason).toBe(
      'CrashLoopBackOff',
    );
    run(20);
    expect(webPods()[0].status.containerStatuses![0].restartCount).toBe(2);
    // What was asked once is done once, also by a kubelet that comes anew.
    ask(pod.spec.nodeName!, { programs: { kubelet: { crashes: 1 } } });
    run(60);
    expect(webPods()[0].status.containerStatuses![0].restartCount).toBe(2);
  });

  test('that crashes ends with exit code 1', () => {
    deploy(1);
    const [pod] = webPods();
    ask(pod.spec.nodeName!, { containers: { [keyOf(pod)]: { crashes: 1 } } });
    run(5);
    const [status] = webPods()[0].status.containerStatuses!;
    expect(status.lastState?.terminated).toMatchObject({ exitCode: 1, reason: 'Error' });
  });
});

describe('a probe', () => {
  const probe = { httpGet: { path: '/', port: 80 }, periodSeconds: 5, failureThreshold: 2 };

  test('of readiness that fails takes the pod out until it is mended', () => {
    deploy(1, { readinessProbe: probe });
    const [pod] = webPods();
    const isReady = () => webPods()[0].status.containerStatuses![0].ready;
    expect(isReady()).toBe(true);
    const fail = (failingProbes: string[] | null) =>
      ask(pod.spec.nodeName!, { containers: { [keyOf(pod)]: { failingProbes } } });
    fail(['readiness']);
    run(12);
    expect(isReady()).toBe(false);
    const unhealthy = eventsOf(pod.metadata.name).find(({ reason, message }) => {
      return reason === 'Unhealthy' && message!.includes('500');
    });
    expect(unhealthy?.message).toBe(
      'Readiness probe failed: HTTP probe failed with statuscode: 500',
    );
    fail(null);
    run(8);
    expect(isReady()).toBe(true);
  });

  test('of liveness that fails has the container killed, again and again', () => {
    deploy(1, { livenessProbe: probe }, { terminationGracePeriodSeconds: 1 });
    const [pod] = webPods();
    ask(pod.spec.nodeName!, { containers: { [keyOf(pod)]: { failingProbes: ['liveness'] } } });
    run(60);
    const killing = eventsOf(pod.metadata.name).find(({ reason }) => reason === 'Killing');
    expect(killing?.message).toBe('Container nginx failed liveness probe, will be restarted');
    expect(webPods()[0].status.containerStatuses![0].restartCount).toBeGreaterThan(1);
  });
});

describe('a full disk', () => {
  test('has its pods evicted, one after the other, and no new ones let in', () => {
    deploy(4);
    const names = webPods('n1').map(({ metadata }) => metadata.name);
    expect(names.length).toBeGreaterThan(1);
    ask('n1', { disk: { filledPercent: 97 } });
    run(60);
    expect(conditionOf('n1', 'DiskPressure')).toMatchObject({
      status: 'True',
      reason: 'KubeletHasDiskPressure',
      message: 'kubelet has disk pressure',
    });
    expect(taintsOf('n1')).toContain('node.kubernetes.io/disk-pressure:NoSchedule');
    const node = eventsOf('n1').map(({ type, reason, message }) => `${type} ${reason} ${message}`);
    expect(node).toContain('Warning EvictionThresholdMet Attempting to reclaim ephemeral-storage');
    expect(node).toContain('Normal NodeHasDiskPressure Node n1 status is now: NodeHasDiskPressure');

    const evicted = webPods('n1').filter(({ metadata }) => names.includes(metadata.name));
    expect(evicted.map(({ status }) => [status.phase, status.reason])).toEqual(
      names.map(() => ['Failed', 'Evicted']),
    );
    // The taint is there before their successors look for a node.
    expect(webPods('n1')).toHaveLength(names.length);
    const { message, conditions } = evicted[0].status;
    expect(message).toMatch(
      /^The node was low on resource: ephemeral-storage\. Threshold quantity: \d+(Ki)?, available: \d+Ki\. Container nginx was using \d+Ki, request is 0, has larger consumption of ephemeral-storage\. $/,
    );
    expect(conditions!.find(({ type }) => type === 'DisruptionTarget')).toMatchObject({
      status: 'True',
      reason: 'TerminationByKubelet',
      message,
    });
    const event = eventsOf(names[0]).find(({ reason }) => reason === 'Evicted');
    expect([event?.type, event?.message]).toEqual(['Warning', evicted[0].status.message]);
    expect(webPods('n2').filter(({ status }) => status.phase === 'Running')).toHaveLength(4);
    // kube-proxy is system-node-critical.
    const proxy = cluster.client.list(pods, 'kube-system').items.find(({ metadata, spec }) => {
      return metadata.name.startsWith('kube-proxy') && spec.nodeName === 'n1';
    });
    expect(proxy?.status.phase).toBe('Running');
  });

  test('lets a pod in that is bound by hand only to refuse it', () => {
    ask('n1', { disk: { filledPercent: 97 } });
    run(30);
    cluster.client.create(pods, {
      metadata: { name: 'late', namespace: 'default' },
      spec: { nodeName: 'n1', containers: [{ name: 'nginx', image: 'nginx:1.27' }] },
    } as never);
    run(2);
    expect(cluster.client.get(pods, 'default', 'late').status).toMatchObject({
      phase: 'Failed',
      reason: 'Evicted',
      message: 'Pod was rejected: The node had condition: [DiskPressure]. ',
    });
  });

  test('that is freed stays under pressure for five minutes', () => {
    ask('n1', { disk: { filledPercent: 97 } });
    run(40);
    ask('n1', { disk: null });
    run(280);
    expect(conditionOf('n1', 'DiskPressure').status).toBe('True');
    run(50);
    expect(conditionOf('n1', 'DiskPressure')).toMatchObject({
      status: 'False',
      reason: 'KubeletHasNoDiskPressure',
    });
    expect(taintsOf('n1')).toEqual([]);
    // Nothing watches the disk any more.
    const seen = eventsOf('n1').length;
    run(600);
    expect(eventsOf('n1')).toHaveLength(seen);
  });

  test('loses the images that nobody uses, which may be enough', () => {
    deploy(2);
    cluster.client.delete(deployments, 'default', 'web');
    run(60);
    const imagesOf = () => (cluster.client.get(nodes, '', 'n1') as Node).status.images!.length;
    const before = imagesOf();
    ask('n1', { disk: { filledPercent: 97 } });
    run(30);
    expect(imagesOf()).toBeLessThan(before);
  });

  test('is still full after the cluster was saved and loaded', () => {
    ask('n1', { disk: { filledPercent: 97 } });
    run(40);
    cluster = restoreWholeCluster(structuredClone(cluster.save()));
    run(60);
    expect(conditionOf('n1', 'DiskPressure').status).toBe('True');
  });
});

describe('containerd', () => {
  const state = (value: string) => ({ programs: { containerd: { state: value } } });

  test('stopped: containers run on, the Node is not ready, nothing starts until it is back', () => {
    deploy(2);
    ask('n1', state('Stopped'));
    run(45);
    expect(conditionOf('n1', 'Ready')).toMatchObject({
      status: 'False',
      reason: 'KubeletNotReady',
      message: 'container runtime is down',
    });
    cluster.client.create(pods, {
      metadata: { name: 'late', namespace: 'default' },
      spec: { nodeName: 'n1', containers: [{ name: 'nginx', image: 'nginx:1.27' }] },
    } as never);
    run(20);
    expect(cluster.client.get(pods, 'default', 'late').status.phase).toBe('Pending');
    ask('n1', state('Running'));
    run(30);
    expect(conditionOf('n1', 'Ready').status).toBe('True');
    expect(cluster.client.get(pods, 'default', 'late').status.phase).toBe('Running');
  });

  test('crashed: it is back before anybody notices', () => {
    ask('n1', { programs: { containerd: { crashes: 1 } } });
    run(60);
    expect(conditionOf('n1', 'Ready').status).toBe('True');
    expect(eventsOf('n1').some(({ reason }) => reason === 'NodeNotReady')).toBe(false);
  });
});

test('kube-proxy that is kept from running goes into CrashLoopBackOff, and comes back', () => {
  const proxy = () =>
    cluster.client.list(pods, 'kube-system').items.find(({ metadata, spec }) => {
      return metadata.name.startsWith('kube-proxy') && spec.nodeName === 'n1';
    })!.status.containerStatuses![0];
  ask('n1', { programs: { 'kube-proxy': { state: 'Stopped' } } });
  run(30);
  expect(proxy().state?.waiting?.reason).toBe('CrashLoopBackOff');
  ask('n1', { programs: { 'kube-proxy': { state: 'Running' } } });
  run(60);
  expect(proxy().state?.running).toBeDefined();
});

test.each([
  [
    { disk: { filledPercent: 101 } },
    'spec.disk.filledPercent: Invalid value: 101: must be between 0 and 100, inclusive',
  ],
  [
    { containers: { web: {} } },
    'spec.containers[web]: Invalid value: "web": must be namespace/pod/container',
  ],
  [
    { containers: { 'a/b/c': { failingProbes: ['x'] } } },
    'spec.containers[a/b/c].failingProbes: Unsupported value: "x": supported values: "liveness", "readiness", "startup"',
  ],
])('%j is refused', (spec, message) => {
  expect(() => ask('n1', spec)).toThrow(message);
});
