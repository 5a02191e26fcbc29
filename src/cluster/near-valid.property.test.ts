// Objects that are almost right: whatever is sent, the server answers with an object or with a
// refusal in its own words, writes nothing when it refuses, and nothing in the cluster stumbles
// over what it took.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { informersEqualStore } from './checkers/informers-equal-store';
import { memoryWithinQuota } from './checkers/memory-within-quota';
import { createCluster, type Cluster } from './cluster';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Path = (string | number)[];

const labels = { app: 'web' };
const container = {
  name: 'main',
  image: 'nginx:1.27',
  command: ['sleep', '5'],
  env: [
    { name: 'A', value: 'b' },
    { name: 'C', valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } },
  ],
  ports: [{ containerPort: 80, name: 'http', protocol: 'TCP' }],
  resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } },
  readinessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 5 },
  livenessProbe: { exec: { command: ['true'] } },
  volumeMounts: [{ name: 'data', mountPath: '/data' }],
};
const podSpec = {
  containers: [container],
  initContainers: [{ name: 'first', image: 'busybox:1.36', command: ['true'] }],
  volumes: [{ name: 'data', emptyDir: {} }],
  nodeSelector: { 'kubernetes.io/os': 'linux' },
  tolerations: [{ key: 'x', operator: 'Exists', effect: 'NoSchedule' }],
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: 'zone',
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: labels },
    },
  ],
  affinity: {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 1,
          podAffinityTerm: { topologyKey: 'zone', labelSelector: { matchLabels: labels } },
        },
      ],
    },
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [
          { matchExpressions: [{ key: 'kubernetes.io/os', operator: 'In', values: ['linux'] }] },
        ],
      },
    },
  },
  terminationGracePeriodSeconds: 1,
};
const template = { metadata: { labels }, spec: podSpec };
const workload = { replicas: 1, selector: { matchLabels: labels }, template };
const CORE = '/api/v1/namespaces/default/';
const APPS = '/apis/apps/v1/namespaces/default/';

const SAMPLES: [path: string, body: object][] = [
  [CORE + 'pods', { kind: 'Pod', apiVersion: 'v1', spec: podSpec }],
  [
    APPS + 'deployments',
    {
      kind: 'Deployment',
      apiVersion: 'apps/v1',
      spec: {
        ...workload,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 1 } },
      },
    },
  ],
  [APPS + 'replicasets', { kind: 'ReplicaSet', apiVersion: 'apps/v1', spec: workload }],
  [
    APPS + 'daemonsets',
    { kind: 'DaemonSet', apiVersion: 'apps/v1', spec: { selector: workload.selector, template } },
  ],
  [
    CORE + 'services',
    {
      kind: 'Service',
      apiVersion: 'v1',
      spec: { selector: labels, ports: [{ port: 80, targetPort: 'http' }] },
    },
  ],
  [CORE + 'configmaps', { kind: 'ConfigMap', apiVersion: 'v1', data: { k: 'v' } }],
  [CORE + 'secrets', { kind: 'Secret', apiVersion: 'v1', type: 'Opaque', data: { k: 'dg==' } }],
  [CORE + 'serviceaccounts', { kind: 'ServiceAccount', apiVersion: 'v1' }],
  [
    CORE + 'events',
    {
      kind: 'Event',
      apiVersion: 'v1',
      involvedObject: { namespace: 'default', kind: 'Pod', name: 'x' },
      reason: 'R',
    },
  ],
  [
    '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices',
    {
      kind: 'EndpointSlice',
      apiVersion: 'discovery.k8s.io/v1',
      addressType: 'IPv4',
      endpoints: [{ addresses: ['10.0.0.1'], conditions: { ready: true } }],
      ports: [{ port: 80, name: 'a' }],
    },
  ],
  [
    '/apis/coordination.k8s.io/v1/namespaces/default/leases',
    {
      kind: 'Lease',
      apiVersion: 'coordination.k8s.io/v1',
      spec: { holderIdentity: 'a', leaseDurationSeconds: 10 },
    },
  ],
  [
    '/apis/scheduling.k8s.io/v1/priorityclasses',
    { kind: 'PriorityClass', apiVersion: 'scheduling.k8s.io/v1', value: 10 },
  ],
  ['/api/v1/namespaces', { kind: 'Namespace', apiVersion: 'v1' }],
  [
    '/api/v1/nodes',
    {
      kind: 'Node',
      apiVersion: 'v1',
      spec: { taints: [{ key: 'a', effect: 'NoSchedule' }] },
      status: { capacity: { cpu: '2' } },
    },
  ],
  [
    '/apis/sim.kubarium.dev/v1alpha1/machines',
    {
      kind: 'Machine',
      apiVersion: 'sim.kubarium.dev/v1alpha1',
      spec: {
        role: 'worker',
        power: 'On',
        network: 'Connected',
        capacity: { cpu: '2', memory: '4Gi', ephemeralStorage: '40Gi', pods: 110 },
        downloadBytesPerSecond: 1e8,
      },
    },
  ],
];

const MERGE_KEY = /^map: .* does not contain declared merge key: \w+$/;
/** A real server has no better code than 500 for a missing merge key. */
const isRefusal = ({ code, body }: Answer): boolean =>
  body.kind === 'Status' &&
  body.code === code &&
  Boolean(body.message) &&
  (code < 500 || MERGE_KEY.test(body.message!));

interface Answer {
  code: number;
  body: { kind?: string; code?: number; message?: string };
}

/** What may stand where something else should. */
const STRANGE: fc.Arbitrary<Json | undefined> = fc.constantFrom<(Json | undefined)[]>(
  undefined,
  null,
  '',
  'x',
  'UPPER case',
  'a'.repeat(300),
  0,
  -1,
  1.5,
  2 ** 53,
  true,
  [],
  {},
  [null],
  { x: null },
  ['a', 'a'],
  '10.96.0.1',
  '50%',
  '1e3',
);

interface Attempt {
  sample: number;
  /** Chooses a place in the object. */
  places: number[];
  values: (Json | undefined)[];
  verb: 'POST' | 'PUT' | 'merge-patch' | 'strategic-merge-patch';
}

const attempt: fc.Arbitrary<Attempt> = fc.record({
  sample: fc.nat(SAMPLES.length - 1),
  places: fc.array(fc.nat(10_000), { minLength: 1, maxLength: 2 }),
  values: fc.array(STRANGE, { minLength: 2, maxLength: 2 }),
  verb: fc.constantFrom<Attempt['verb'][]>(
    'POST',
    'POST',
    'PUT',
    'merge-patch',
    'strategic-merge-patch',
  ),
});

function pathsOf(value: Json, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, part]) => pathsOf(part, [...path, key]));
  return path.length > 0 ? [path, ...inner] : inner;
}

function replaced(value: Json, [key, ...rest]: Path, by: Json | undefined): Json {
  if (key === undefined) return by ?? null;
  if (typeof value !== 'object' || value === null) return value;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  const parts = copy as Record<string, Json>;
  if (rest.length === 0 && by === undefined) delete parts[key];
  else parts[key] = replaced(parts[key] ?? null, rest, by);
  return Array.isArray(copy) ? copy.filter((part) => part !== undefined) : copy;
}

function twisted(body: Json, { places, values }: Attempt): Json {
  let result = body;
  for (const [index, place] of places.entries()) {
    const paths = pathsOf(result);
    result = replaced(result, paths[place % paths.length], values[index]);
  }
  return result;
}

class Sender {
  private count = 0;

  constructor(private readonly cluster: Cluster) {}

  send(tried: Attempt): Answer {
    const [path, sample] = SAMPLES[tried.sample];
    const name = 'n' + ++this.count;
    const metadata = { name, labels: { ...labels } };
    const whole = { ...sample, metadata } as Json;
    if (tried.verb === 'POST') return this.request('POST', path, twisted(whole, tried));
    this.request('POST', path, whole);
    const body = twisted(whole, tried);
    if (tried.verb === 'PUT') return this.request('PUT', `${path}/${name}`, body);
    return this.request('PATCH', `${path}/${name}`, body, `application/${tried.verb}+json`);
  }

  private request(method: string, path: string, body: Json, type = 'application/json'): Answer {
    const headers = { 'content-type': type, 'user-agent': 'kubectl' };
    const answer = this.cluster.handle({
      method,
      path,
      headers,
      body: JSON.stringify(body),
    } as never);
    return {
      code: answer.status,
      body: JSON.parse(answer.body) as { kind?: string; code?: number },
    };
  }
}

describe('objects that are almost right', () => {
  it('are taken whole or refused in words, and the cluster lives on with what it took', () => {
    const session = fc.array(attempt, { maxLength: 40, size: 'max' });
    fc.assert(
      fc.property(session, (attempts) => {
        const cluster = createCluster({ seed: 1, workers: 1 });
        cluster.boot();
        const sender = new Sender(cluster);
        const isOvercommitted = memoryWithinQuota.start(cluster);
        const wrong: object[] = [];
        for (const tried of attempts) {
          const before = cluster.store.objectCount;
          const { code, body } = sender.send(tried);
          const isWhole = code < 400 ? body.kind !== 'Status' : isRefusal({ code, body });
          const isPartial =
            code >= 400 && tried.verb === 'POST' && cluster.store.objectCount > before;
          if (!isWhole || isPartial) wrong.push({ tried, code, body });
          cluster.clock.runFor(200);
        }
        cluster.clock.runFor(60_000);
        expect(wrong).toEqual([]);
        expect(isOvercommitted()).toEqual([]);
        expect(informersEqualStore.start(cluster)()).toEqual([]);
      }),
      { numRuns: Number(process.env.RUNS ?? 5), seed: Number(process.env.SEED ?? 1) },
    );
  });
});
