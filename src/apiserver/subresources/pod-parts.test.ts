// pods/ephemeralcontainers and pods/resize as clients meet them.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Container, Pod } from '../../api/types';
import type { Cluster } from '../../cluster/cluster';
import { ask, must, openCluster } from '../../testing/access';

const PODS = '/api/v1/namespaces/default/pods';
const DEBUGGER = { name: 'dbg', image: 'busybox', targetContainerName: 'main' };
const RESOURCES = {
  requests: { cpu: '100m', memory: '64Mi' },
  limits: { cpu: '200m', memory: '128Mi' },
};

let cluster: Cluster;
beforeEach(() => {
  cluster = openCluster();
});

function make(container: Partial<Container> = {}, more: object = {}, metadata: object = {}): Pod {
  const containers = [{ name: 'main', image: 'nginx:1.27', ...container }];
  const spec = { containers, schedulerName: 'nobody', ...more };
  const body = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', ...metadata }, spec };
  return must<Pod>(cluster, 'POST', PODS, { body });
}

function patch(part: string, spec: object, type = 'strategic-merge-patch'): unknown {
  const headers = { 'content-type': `application/${type}+json` };
  const { status, body } = ask(cluster, 'PATCH', `${PODS}/p/${part}`, { headers, body: { spec } });
  return status === 200 ? body : `${status} ${String(body.message)}`;
}

const WRONG = '422 Pod "p" is invalid: ';

describe('ephemeralcontainers', () => {
  test('adds a container, with its defaults, and changes nothing else', () => {
    const made = make();
    const patched = patch('ephemeralcontainers', {
      ephemeralContainers: [DEBUGGER],
      priority: 5,
    }) as Pod;
    expect(patched).toEqual({
      ...made,
      metadata: {
        ...made.metadata,
        generation: 2,
        resourceVersion: patched.metadata.resourceVersion,
      },
      spec: {
        ...made.spec,
        ephemeralContainers: [
          {
            ...DEBUGGER,
            imagePullPolicy: 'Always',
            resources: {},
            terminationMessagePath: '/dev/termination-log',
            terminationMessagePolicy: 'File',
          },
        ],
      },
    });
  });

  test('takes a whole pod too, and shows it', () => {
    const made = make();
    const spec = { ...made.spec, ephemeralContainers: [DEBUGGER], nodeName: 'elsewhere' };
    const path = `${PODS}/p/ephemeralcontainers`;
    const written = must<Pod>(cluster, 'PUT', path, { body: { ...made, spec } });
    expect(written.spec.nodeName).toBeUndefined();
    expect(must<Pod>(cluster, 'GET', path)).toEqual(written);
  });

  test.each([
    [
      'to change one',
      [{ ...DEBUGGER, image: 'other' }],
      'spec.ephemeralContainers: Forbidden: existing ephemeral containers "dbg" may not be changed\n' +
        '@@ -1,6 +1,6 @@\n {\n   "Name": "dbg",\n-  "Image": "busybox",\n+  "Image": "other",\n' +
        '   "Command": null,\n   "Args": null,\n   "WorkingDir": "",\n',
    ],
    [
      'to remove one',
      [],
      'spec.ephemeralContainers: Forbidden: existing ephemeral containers "dbg" may not be removed\n',
    ],
    [
      'the name of another container',
      [DEBUGGER, { name: 'main', image: 'x' }],
      'spec.ephemeralContainers[1].name: Duplicate value: "main"',
    ],
    [
      'a target that is not there',
      [DEBUGGER, { name: 'two', image: 'x', targetContainerName: 'none' }],
      'spec.ephemeralContainers[1].targetContainerName: Not found: "none"',
    ],
  ])('refuses %s', (_, ephemeralContainers, message) => {
    make();
    patch('ephemeralcontainers', { ephemeralContainers: [DEBUGGER] });
    const told = patch('ephemeralcontainers', { ephemeralContainers }, 'merge-patch');
    expect(told).toBe(WRONG + message);
  });

  test('is not for static pods', () => {
    const annotations = { 'kubernetes.io/config.mirror': 'x' };
    make({}, { nodeName: 'n', serviceAccountName: undefined }, { annotations });
    expect(patch('ephemeralcontainers', { ephemeralContainers: [DEBUGGER] })).toBe(
      `${WRONG}[]: Forbidden: static pods do not support ephemeral containers`,
    );
  });

  test('is seen by admission', () => {
    make();
    const labels = { 'pod-security.kubernetes.io/enforce': 'baseline' };
    must(cluster, 'PATCH', '/api/v1/namespaces/default', { body: { metadata: { labels } } });
    const privileged = { ...DEBUGGER, securityContext: { privileged: true } };
    expect(patch('ephemeralcontainers', { ephemeralContainers: [privileged] })).toBe(
      '403 pods "p" is forbidden: violates PodSecurity "baseline:latest": ' +
        'privileged (container "dbg" must not set securityContext.privileged=true)',
    );
  });

  test('of a pod that is not there', () => {
    expect(patch('ephemeralcontainers', { ephemeralContainers: [DEBUGGER] })).toBe(
      '404 pods "p" not found',
    );
  });

  test('is the only way: neither a new pod nor an update has them', () => {
    const ephemeralContainers = [DEBUGGER];
    const body = { ...make(), metadata: { name: 'q' } };
    body.spec = { ...body.spec, ephemeralContainers } as never;
    expect(ask(cluster, 'POST', PODS, { body }).body.message).toBe(
      'Pod "q" is invalid: spec.ephemeralContainers: Forbidden: cannot be set on create',
    );
    const { status } = ask(cluster, 'PATCH', `${PODS}/p`, { body: { spec: body.spec } });
    expect(status).toBe(422);
  });
});

describe('resize', () => {
  function resize(resources: object, more: object = {}): unknown {
    return patch('resize', { containers: [{ name: 'main', resources, ...more }] });
  }

  test('changes what containers ask for, and nothing else', () => {
    const made = make({ resources: RESOURCES });
    const patched = resize({ requests: { cpu: '0.15' } }, { image: 'other' }) as Pod;
    const [main] = made.spec.containers;
    expect(patched).toEqual({
      ...made,
      metadata: {
        ...made.metadata,
        generation: 2,
        resourceVersion: patched.metadata.resourceVersion,
      },
      spec: {
        ...made.spec,
        containers: [
          { ...main, resources: { ...RESOURCES, requests: { cpu: '150m', memory: '64Mi' } } },
        ],
      },
    });
  });

  test.each<[string, Partial<Container>, object, string]>([
    [
      'another quality of service',
      { resources: RESOURCES },
      { requests: RESOURCES.limits },
      'spec: Invalid value: "Burstable": Pod QOS Class may not change as a result of resizing',
    ],
    [
      'a limit less',
      { resources: RESOURCES },
      { limits: { cpu: null } },
      'spec.containers[0].resources.limits: Forbidden: resource limits cannot be removed',
    ],
    [
      'other resources',
      { resources: RESOURCES },
      { limits: { 'ephemeral-storage': '1Gi' } },
      'spec: Forbidden: only cpu and memory resources are mutable',
    ],
    [
      'more than the limit',
      { resources: RESOURCES },
      { requests: { cpu: '300m' } },
      'spec.containers[0].resources.requests: Invalid value: "300m": ' +
        'must be less than or equal to cpu limit of 200m',
    ],
  ])('refuses %s', (_, container, resources, message) => {
    make(container);
    expect(resize(resources)).toBe(WRONG + message);
  });

  test('refuses other containers', () => {
    make({ resources: RESOURCES });
    const containers = [{ name: 'other', image: 'x' }];
    expect(patch('resize', { containers }, 'merge-patch')).toBe(
      `${WRONG}spec.containers[0].name: Forbidden: ` +
        'containers may not be renamed or reordered on resize',
    );
    expect(patch('resize', { containers })).toBe(
      `${WRONG}spec.containers: Forbidden: containers may not be added or removed on resize`,
    );
  });

  test('is judged by the limits of the namespace and charged to its quota', () => {
    const range = { limits: [{ type: 'Container', max: { cpu: '1' } }] };
    const base = '/api/v1/namespaces/default';
    make({ resources: RESOURCES });
    must(cluster, 'POST', `${base}/limitranges`, {
      body: { apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'l' }, spec: range },
    });
    expect(resize({ limits: { cpu: '2' } })).toBe(
      '403 pods "p" is forbidden: maximum cpu usage per Container is 1, but limit is 2',
    );
    const hard = { 'requests.cpu': '150m' };
    must(cluster, 'POST', `${base}/resourcequotas`, {
      body: { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'q' }, spec: { hard } },
    });
    cluster.clock.runFor(5000);
    expect(resize({ requests: { cpu: '160m' } })).toBe(
      '403 pods "p" is forbidden: exceeded quota: q, requested: requests.cpu=60m, ' +
        'used: requests.cpu=100m, limited: requests.cpu=150m',
    );
    expect((resize({ requests: { cpu: '150m' } }) as Pod).metadata.generation).toBe(2);
  });
});

test('discovery tells of both', () => {
  const { resources } = must<{ resources: { name: string }[] }>(cluster, 'GET', '/api/v1');
  const parts = resources.filter(({ name }) => /^pods\/(ephemeral|resize)/.test(name));
  const verbs = ['get', 'patch', 'update'];
  const shape = { singularName: '', namespaced: true, kind: 'Pod', verbs };
  expect(parts).toEqual([
    { name: 'pods/ephemeralcontainers', ...shape },
    { name: 'pods/resize', ...shape },
  ]);
});
