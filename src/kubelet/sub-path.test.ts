import { expect, test } from 'vitest';
import { pods } from '../api/resource-ref';
import { Cluster } from '../cluster/cluster';

function started(): Cluster {
  const cluster = new Cluster({ seed: 1, workers: 1 });
  cluster.boot();
  return cluster;
}

function podWith(env: object[], annotations: Record<string, string> = {}): never {
  const volumeMounts = [{ name: 'work', mountPath: '/work', subPathExpr: '$(WHERE)' }];
  const container = {
    name: 'main',
    image: 'busybox',
    command: ['sleep', '600'],
    env,
    volumeMounts,
  };
  return {
    metadata: { name: 'p', namespace: 'default', annotations },
    spec: { containers: [container], volumes: [{ name: 'work', emptyDir: {} }] },
  } as never;
}

const fromAnnotation = [
  { name: 'WHERE', valueFrom: { fieldRef: { fieldPath: "metadata.annotations['where']" } } },
];

test.each([
  ['..', "unable to provision SubPath `..`: must not contain '..'"],
  ['/tmp', 'error SubPath `/tmp` must not be an absolute path'],
  ['', 'missing value for WHERE'],
])('a path in a volume that comes out as "%s" keeps its container waiting', (value, message) => {
  const cluster = started();
  cluster.client.create(pods, podWith([{ name: 'WHERE', value }]));
  cluster.clock.runFor(20_000);
  const { status } = cluster.client.get(pods, 'default', 'p');
  expect(status.phase).toBe('Pending');
  expect(status.containerStatuses?.[0].state?.waiting).toEqual({
    reason: 'CreateContainerConfigError',
    message,
  });
});

test('a pod whose path is mended starts', () => {
  const cluster = started();
  cluster.client.create(pods, podWith(fromAnnotation));
  cluster.clock.runFor(20_000);
  expect(cluster.client.get(pods, 'default', 'p').status.phase).toBe('Pending');
  const body = { metadata: { annotations: { where: 'here' } } };
  cluster.client.patch(pods, 'default', 'p', body, { patchType: 'merge' });
  cluster.clock.runFor(90_000);
  expect(cluster.client.get(pods, 'default', 'p').status.phase).toBe('Running');
});
