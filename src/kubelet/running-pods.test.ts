// Pods that change while they run: containers for debugging, other resources.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Container, Event, Pod } from '../api/types';
import type { Cluster } from '../cluster/cluster';
import { restoreWholeCluster } from '../cluster/whole-cluster';
import { ask, must, openCluster } from '../testing/access';

const BASE = '/api/v1/namespaces/default';
const RESOURCES = {
  requests: { cpu: '100m', memory: '64Mi' },
  limits: { cpu: '200m', memory: '128Mi' },
};
const MAIN = { name: 'main', image: 'nginx:1.27', resources: RESOURCES };

let cluster: Cluster;
beforeEach(() => {
  cluster = openCluster('kubeadm');
});

function run(name: string, container: Partial<Container> = {}, spec: object = {}): void {
  const containers = [{ ...MAIN, ...container }];
  const body = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { containers, ...spec },
  };
  must(cluster, 'POST', `${BASE}/pods`, { body });
  cluster.clock.runFor(60_000);
  expect(podOf(name).status.phase).toBe('Running');
}

function podOf(name: string): Pod {
  return must<Pod>(cluster, 'GET', `${BASE}/pods/${name}`);
}

function patch(name: string, part: string, spec: object): void {
  const headers = { 'content-type': 'application/strategic-merge-patch+json' };
  const { status, body } = ask(cluster, 'PATCH', `${BASE}/pods/${name}/${part}`, {
    headers,
    body: { spec },
  });
  expect([status, body.message]).toEqual([200, undefined]);
}

function resize(name: string, resources: object): void {
  patch(name, 'resize', { containers: [{ name: 'main', resources }] });
}

/** What was told of a pod since it ran. */
function told(name: string): string[] {
  const path = `${BASE}/events?fieldSelector=involvedObject.name=${name}`;
  const { items } = must<{ items: Event[] }>(cluster, 'GET', path);
  const lines = items.map(
    ({ type, reason, message, involvedObject: { fieldPath } }) =>
      `${type} ${reason} ${fieldPath ?? ''} ${message}`,
  );
  return lines.slice(lines.findIndex((line) => line.startsWith('Normal Started')) + 1);
}

function conditions(name: string): unknown[] {
  const { conditions: all = [] } = podOf(name).status;
  return all
    .filter(({ type }) => type.startsWith('PodResize'))
    .map(({ type, reason, message, observedGeneration }) => [
      type,
      reason,
      message,
      observedGeneration,
    ]);
}

function mainOf(name: string): object {
  const [{ resources, allocatedResources, restartCount }] = podOf(name).status.containerStatuses!;
  return { resources, allocatedResources, restartCount };
}

describe('a container for debugging', () => {
  const DEBUGGER = {
    name: 'dbg',
    image: 'busybox:1.36',
    command: ['sleep', '5'],
    targetContainerName: 'main',
  };

  test('is started beside the others, told of, and not started again', () => {
    run('p');
    const before = podOf('p');
    patch('p', 'ephemeralcontainers', { ephemeralContainers: [DEBUGGER] });
    cluster.clock.runFor(4000);
    const [status] = podOf('p').status.ephemeralContainerStatuses!;
    expect(status).toEqual({
      name: 'dbg',
      image: 'docker.io/library/busybox:1.36',
      imageID: expect.stringMatching(/^docker.io\/library\/busybox@sha256:/) as string,
      containerID: expect.stringMatching(/^containerd:/) as string,
      lastState: {},
      ready: false,
      resources: {},
      restartCount: 0,
      state: { running: { startedAt: expect.stringMatching(/Z$/) as string } },
      user: expect.anything() as object,
      volumeMounts: undefined,
    });
    cluster.clock.runFor(60_000);
    const after = podOf('p');
    const [ended] = after.status.ephemeralContainerStatuses!;
    expect(ended.state!.terminated).toMatchObject({ exitCode: 0, reason: 'Completed' });
    expect(ended.restartCount).toBe(0);
    expect(after.status.phase).toBe('Running');
    expect(after.status.containerStatuses).toEqual(before.status.containerStatuses);
    expect(told('p').map((line) => line.replace(/ in .*/, ''))).toEqual([
      'Normal Pulling spec.ephemeralContainers{dbg} Pulling image "busybox:1.36"',
      'Normal Pulled spec.ephemeralContainers{dbg} Successfully pulled image "busybox:1.36"',
      'Normal Created spec.ephemeralContainers{dbg} Container created',
      'Normal Started spec.ephemeralContainers{dbg} Container started',
    ]);
  });

  test('comes to a pod that cannot be initialized', () => {
    const initContainers = [{ name: 'first', image: 'busybox:1.36', command: ['sleep', '3600'] }];
    const body = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } };
    const spec = { containers: [MAIN], initContainers };
    must(cluster, 'POST', `${BASE}/pods`, { body: { ...body, spec } });
    cluster.clock.runFor(20_000);
    patch('p', 'ephemeralcontainers', { ephemeralContainers: [DEBUGGER] });
    cluster.clock.runFor(4000);
    const { phase, ephemeralContainerStatuses: statuses } = podOf('p').status;
    expect(phase).toBe('Pending');
    expect(statuses![0].state!.running).toBeDefined();
  });

  test('waits for an image that is not there', () => {
    run('p');
    patch('p', 'ephemeralcontainers', {
      ephemeralContainers: [{ name: 'd', image: 'nginx:1.99' }],
    });
    cluster.clock.runFor(20_000);
    const [{ state }] = podOf('p').status.ephemeralContainerStatuses!;
    expect(state!.waiting!.reason).toMatch(/^(ErrImagePull|ImagePullBackOff)$/);
    expect(podOf('p').status.phase).toBe('Running');
  });

  test('ends with its pod', () => {
    run('p');
    const command = ['sleep', '3600'];
    patch('p', 'ephemeralcontainers', { ephemeralContainers: [{ ...DEBUGGER, command }] });
    cluster.clock.runFor(4000);
    must(cluster, 'DELETE', `${BASE}/pods/p`);
    cluster.clock.runFor(40_000);
    expect(told('p')).toContain(
      'Normal Killing spec.ephemeralContainers{dbg} Stopping container dbg',
    );
    expect(ask(cluster, 'GET', `${BASE}/pods/p`).status).toBe(404);
  });
});

describe('a resize', () => {
  const MORE = { requests: { cpu: '150m', memory: '64Mi' }, limits: RESOURCES.limits };
  const DETAILS = `{"containers":[{"name":"main","resources":${JSON.stringify({
    limits: MORE.limits,
    requests: MORE.requests,
  })}}],"generation":2}`;

  test('is carried out in place', () => {
    run('p');
    resize('p', { requests: { cpu: '150m' } });
    expect(conditions('p')).toEqual([]);
    cluster.clock.runFor(3000);
    expect(conditions('p')).toEqual([]);
    expect(mainOf('p')).toEqual({
      resources: MORE,
      allocatedResources: MORE.requests,
      restartCount: 0,
    });
    expect(told('p')).toEqual([
      `Normal ResizeStarted  Pod resize started: ${DETAILS}`,
      `Normal ResizeCompleted  Pod resize completed: ${DETAILS}`,
    ]);
  });

  test('restarts a container whose policy says so', () => {
    const resizePolicy = [{ resourceName: 'cpu', restartPolicy: 'RestartContainer' }];
    run('p', { resizePolicy });
    resize('p', { requests: { cpu: '150m' } });
    cluster.clock.runFor(40_000);
    expect(mainOf('p')).toEqual({
      resources: MORE,
      allocatedResources: MORE.requests,
      restartCount: 1,
    });
    expect(told('p').map((line) => line.replace(/ (machine|in \d).*/, ''))).toEqual([
      `Normal ResizeStarted  Pod resize started: ${DETAILS}`,
      'Normal Killing spec.containers{main} Container main resize requires restart',
      // That it was created and started is counted with the first time.
      expect.stringContaining('Normal Pulled') as string,
      `Normal ResizeCompleted  Pod resize completed: ${DETAILS}`,
    ]);
  });

  test('to more than the machine has is infeasible, until it is taken back', () => {
    run('p');
    resize('p', { requests: { cpu: '64' }, limits: { cpu: '65' } });
    cluster.clock.runFor(3000);
    const [[type, reason, message, generation]] = conditions('p') as string[][];
    expect([type, reason, generation]).toEqual(['PodResizePending', 'Infeasible', 2]);
    expect(message).toMatch(
      /^Node didn't have enough capacity: cpu, requested: 64000, capacity: \d+$/,
    );
    expect(mainOf('p')).toEqual({
      resources: RESOURCES,
      allocatedResources: RESOURCES.requests,
      restartCount: 0,
    });
    expect(told('p')[0]).toContain(
      'Warning ResizeInfeasible  Pod resize Infeasible: {"containers"',
    );
    resize('p', RESOURCES);
    cluster.clock.runFor(3000);
    expect(conditions('p')).toEqual([]);
    expect(told('p')).toHaveLength(1);
  });

  test('to more than is free waits until another pod leaves', () => {
    run('p');
    const { nodeName } = podOf('p').spec;
    const node = must<{ status: { allocatable: { cpu: string } } }>(
      cluster,
      'GET',
      `/api/v1/nodes/${nodeName}`,
    );
    const cpu = `${Number(node.status.allocatable.cpu) * 1000 - 600}m`;
    run('big', { resources: { requests: { cpu } } }, { nodeName });
    resize('p', { requests: { cpu: '1' }, limits: { cpu: '2' } });
    cluster.clock.runFor(3000);
    const [[type, reason, message]] = conditions('p') as string[][];
    expect([type, reason]).toEqual(['PodResizePending', 'Deferred']);
    expect(message).toMatch(/^Node didn't have enough resource: cpu, requested: 1000, used: \d+,/);
    expect(told('p')[0]).toContain('Warning ResizeDeferred  Pod resize OutOfcpu: {"containers"');
    must(cluster, 'DELETE', `${BASE}/pods/big`);
    cluster.clock.runFor(40_000);
    expect(conditions('p')).toEqual([]);
    expect(mainOf('p')).toMatchObject({ allocatedResources: { cpu: '1', memory: '64Mi' } });
  });
});

describe('a resize of a whole pod', () => {
  const OWN = {
    requests: { cpu: '200m', memory: '128Mi' },
    limits: { cpu: '400m', memory: '256Mi' },
  };
  const bare = { resources: undefined };

  function own(name: string): object {
    const { resources, allocatedResources, containerStatuses = [] } = podOf(name).status;
    return { resources, allocatedResources, restarts: containerStatuses[0].restartCount };
  }

  test('is told from its start on what it has', () => {
    run('p', bare, { resources: OWN });
    expect(own('p')).toEqual({
      resources: OWN,
      allocatedResources: OWN.requests,
      restarts: 0,
    });
  });

  test('is carried out in place', () => {
    run('p', bare, { resources: OWN });
    const more = { requests: OWN.requests, limits: { cpu: '800m', memory: '256Mi' } };
    patch('p', 'resize', { resources: { limits: { cpu: '800m' } } });
    cluster.clock.runFor(3000);
    expect(conditions('p')).toEqual([]);
    expect(own('p')).toEqual({ resources: more, allocatedResources: OWN.requests, restarts: 0 });
    expect(told('p').map((line) => line.split('{')[0])).toEqual([
      'Normal ResizeStarted  Pod resize started: ',
      'Normal ResizeCompleted  Pod resize completed: ',
    ]);
  });

  test('restarts a container that has its limits from the pod, once, if its policy says so', () => {
    const resizePolicy = [{ resourceName: 'cpu', restartPolicy: 'RestartContainer' }];
    run('p', { ...bare, resizePolicy }, { resources: OWN });
    patch('p', 'resize', { resources: { limits: { cpu: '800m' } } });
    cluster.clock.runFor(60_000);
    expect(conditions('p')).toEqual([]);
    expect(own('p')).toMatchObject({ resources: { limits: { cpu: '800m' } }, restarts: 1 });
  });

  test('leaves a container with limits of its own running', () => {
    const resizePolicy = [{ resourceName: 'cpu', restartPolicy: 'RestartContainer' }];
    run('p', { resizePolicy }, { resources: OWN });
    patch('p', 'resize', { resources: { limits: { cpu: '800m' } } });
    cluster.clock.runFor(60_000);
    expect(own('p')).toMatchObject({ resources: { limits: { cpu: '800m' } }, restarts: 0 });
  });

  test('to more than the machine has is infeasible', () => {
    run('p', bare, { resources: OWN });
    patch('p', 'resize', { resources: { requests: { cpu: '64' }, limits: { cpu: '65' } } });
    cluster.clock.runFor(3000);
    const [[type, reason]] = conditions('p') as string[][];
    expect([type, reason]).toEqual(['PodResizePending', 'Infeasible']);
    expect(own('p')).toEqual({ resources: OWN, allocatedResources: OWN.requests, restarts: 0 });
  });
});

test('both outlast that the cluster is saved and loaded', () => {
  run('p');
  const debuggers = [{ name: 'dbg', image: 'busybox:1.36', command: ['sleep', '5'] }];
  patch('p', 'ephemeralcontainers', { ephemeralContainers: debuggers });
  resize('p', { requests: { cpu: '64' }, limits: { cpu: '65' } });
  cluster.clock.runFor(30_000);
  const before = podOf('p').status;
  const pending = conditions('p');
  expect(pending).toHaveLength(1);
  cluster = restoreWholeCluster(JSON.parse(JSON.stringify(cluster.save())));
  cluster.clock.runFor(30_000);
  const { ephemeralContainerStatuses, containerStatuses } = podOf('p').status;
  expect(ephemeralContainerStatuses).toEqual(before.ephemeralContainerStatuses);
  expect(containerStatuses).toEqual(before.containerStatuses);
  expect(conditions('p')).toEqual(pending);
  resize('p', { requests: { cpu: '150m' }, limits: { cpu: '200m' } });
  cluster.clock.runFor(3000);
  expect(conditions('p')).toEqual([]);
  expect(mainOf('p')).toMatchObject({ allocatedResources: { cpu: '150m' } });
});

test('a pod is of generation 1 until somebody changes its spec, though it was bound', () => {
  run('p');
  const told = (): unknown[] => {
    const { metadata, spec, status } = podOf('p');
    return [Boolean(spec.nodeName), metadata.generation, status.observedGeneration];
  };
  expect(told()).toEqual([true, 1, 1]);
});
