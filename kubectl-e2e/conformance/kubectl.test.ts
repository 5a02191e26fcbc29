// Upstream: test/e2e/kubectl/kubectl.go, test/e2e/apimachinery/crd_publish_openapi.go: what a real
// kubectl does without logs, exec and traffic.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KubectlRunner, type Outcome, type RunOptions } from '../kubectl-runner';
import { until } from './framework';
import { agnhost } from './images';

let runner: KubectlRunner;
beforeAll(async () => {
  runner = await KubectlRunner.start();
});
afterAll(() => runner.stop());

const run = (namespace: string, line: string, more: Partial<RunOptions> = {}): Promise<Outcome> =>
  runner.run({ namespace, command: line.split(' '), ...more });

const words = (line: string): string[] => line.split(' ');
const httpd = 'registry.k8s.io/e2e-test-images/httpd:2.4.38-4';
const labels = { app: 'agnhost', role: 'primary' };
const controller = JSON.stringify({
  apiVersion: 'v1',
  kind: 'ReplicationController',
  metadata: { name: 'agnhost-primary', labels },
  spec: {
    replicas: 1,
    selector: labels,
    template: {
      metadata: { labels },
      spec: {
        containers: [
          {
            name: 'agnhost-primary',
            image: agnhost,
            ports: [{ name: 'agnhost-server', containerPort: 6379 }],
          },
        ],
      },
    },
  },
});
const service = JSON.stringify({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'agnhost-primary', labels },
  spec: { selector: labels, ports: [{ port: 6379, targetPort: 'agnhost-server' }] },
});
const files = { 'rc.json': controller, 'svc.json': service };
const made = [words('kubectl create -f rc.json'), words('kubectl create -f svc.json')];
const ready = words('kubectl wait --for=condition=Ready pod -l app=agnhost --timeout=30s');
const running = [...made, ['sleep', '1'], ready];

const client = '[sig-cli] Kubectl client';

test(`${client} Kubectl api-versions should check if v1 is in available api versions [Conformance]`, async () => {
  const { stdout } = await run('versions', 'kubectl api-versions');
  expect(stdout.split('\n')).toContain('v1');
});

test(`${client} Kubectl cluster-info should check if Kubernetes control plane services is included in cluster-info [Conformance]`, async () => {
  const { stdout } = await run('info', 'kubectl cluster-info');
  expect(stdout).toMatch(/Kubernetes control plane.* is running at /);
});

test(`${client} Kubectl version should check is all data is printed [Conformance]`, async () => {
  const { stdout } = await run('version', 'kubectl version --output=json');
  for (const part of ['clientVersion', 'serverVersion']) {
    expect((JSON.parse(stdout) as Record<string, object>)[part]).toMatchObject({
      major: expect.any(String) as string,
      minor: expect.any(String) as string,
      gitCommit: expect.any(String) as string,
    });
  }
});

test(`${client} Kubectl describe should check if kubectl describe prints relevant information for rc and pods [Conformance]`, async () => {
  const setup = running;
  const pods = await run('describe-pod', 'kubectl describe pod -l app=agnhost', { files, setup });
  for (const line of [
    /Name:\s+agnhost-primary-/,
    /Namespace:\s+describe-pod/,
    /Node:/,
    /Labels:\s+app=agnhost/,
    /role=primary/,
    /Annotations:/,
    /Status:\s+Running/,
    /IP:/,
    /Controlled By:\s+ReplicationController\/agnhost-primary/,
    /Image:/,
    /State:\s+Running/,
    /QoS Class:\s+BestEffort/,
  ]) {
    expect(pods.stdout).toMatch(line);
  }
  const rc = await run('describe-rc', 'kubectl describe rc agnhost-primary', { files, setup });
  for (const line of [
    /Name:\s+agnhost-primary/,
    /Namespace:/,
    /Selector:\s+app=agnhost,role=primary/,
    /Labels:/,
    /Annotations:/,
    /Replicas:\s+1 current \/ 1 desired/,
    /Pods Status:\s+1 Running \/ 0 Waiting \/ 0 Succeeded \/ 0 Failed/,
    /Pod Template:/,
    /Image:/,
    /Events:/,
  ]) {
    expect(rc.stdout).toMatch(line);
  }
  const own = await run('describe-svc', 'kubectl describe service agnhost-primary', {
    files,
    setup,
  });
  for (const line of [
    /Type:\s+ClusterIP/,
    /IP:/,
    /Port:\s+<unset>\s+6379\/TCP/,
    /Endpoints:/,
    /Session Affinity:\s+None/,
  ]) {
    expect(own.stdout).toMatch(line);
  }
  const node = await run('describe-node', 'kubectl describe node n1');
  for (const line of [
    /Name:\s+n1/,
    /Labels:/,
    /CreationTimestamp:/,
    /Conditions:/,
    /Type\s+Status\s+LastHeartbeatTime\s+LastTransitionTime\s+Reason\s+Message/,
    /MemoryPressure/,
    /DiskPressure/,
    /PIDPressure/,
    /Ready/,
    /Addresses:/,
    /Capacity:/,
    /Kernel Version:/,
    /Kubelet Version:/,
    /Pods:/,
  ]) {
    expect(node.stdout).toMatch(line);
  }
  const namespace = await run('describe-ns', 'kubectl describe namespace describe-ns');
  for (const line of [
    /Name:\s+describe-ns/,
    /Labels:/,
    /Annotations:/,
    /Status:\s+Active/,
    /No resource quota/,
    /No LimitRange resource/,
  ]) {
    expect(namespace.stdout).toMatch(line);
  }
});

test(`${client} Kubectl diff should check if kubectl diff finds a difference for Deployments [Conformance]`, async () => {
  const deployment = (image: string): string =>
    JSON.stringify({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'httpd-deployment', labels: { app: 'httpd' } },
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: 'httpd' } },
        template: {
          metadata: { labels: { app: 'httpd' } },
          spec: { containers: [{ name: 'httpd', image }] },
        },
      },
    });
  const both = { 'one.json': deployment(httpd), 'two.json': deployment('busybox:1.37.0') };
  const { exitCode, stdout } = await run('diff', 'kubectl diff -f two.json', {
    files: both,
    setup: [words('kubectl create -f one.json')],
  });
  expect([exitCode, stdout]).toEqual([1, expect.stringContaining('busybox:1.37.0')]);
  expect(stdout).toContain(httpd);
});

test(`${client} Kubectl expose should create services for rc [Conformance]`, async () => {
  const setup = [
    words('kubectl create -f rc.json'),
    words('kubectl expose rc agnhost-primary --name=rm2 --port=1234 --target-port=6379'),
    words('kubectl expose service rm2 --name=rm3 --port=2345 --target-port=6379'),
  ];
  const template =
    '-o=jsonpath={range .items[*]}{.metadata.name} {.spec.ports[0].port} {.spec.ports[0].targetPort}{"\\n"}{end}';
  const { stdout } = await runner.run({
    namespace: 'expose',
    files,
    setup,
    command: ['kubectl', 'get', 'services', template],
  });
  expect(stdout).toBe('rm2 1234 6379\nrm3 2345 6379\n');
});

const pause = JSON.stringify({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'pause', labels: { name: 'pause' } },
  spec: { containers: [{ name: 'pause', image: 'registry.k8s.io/pause:3.10.1' }] },
});

test(`${client} Kubectl label should update the label on a resource [Conformance]`, async () => {
  const setup = [
    words('kubectl create -f pause.json'),
    words('kubectl label pods pause testing-label=testing-label-value'),
  ];
  const given = { files: { 'pause.json': pause }, setup };
  const labelled = await run('label', 'kubectl get pod pause -L testing-label', given);
  expect(labelled.stdout).toContain('testing-label-value');
  setup.push(words('kubectl label pods pause testing-label-'));
  const removed = await run('unlabel', 'kubectl get pod pause -L testing-label', given);
  expect(removed.stdout).not.toContain('testing-label-value');
});

test(`${client} Kubectl patch should add annotations for pods in rc [Conformance]`, async () => {
  const { stdout } = await runner.run({
    namespace: 'patch',
    files,
    setup: running,
    command: [
      'kubectl',
      'patch',
      'rc',
      'agnhost-primary',
      '-p',
      '{"metadata":{"annotations":{"x":"y"}}}',
      '-o=jsonpath={.metadata.annotations.x}',
    ],
  });
  expect(stdout).toBe('y');
});

test(`${client} Kubectl replace should update a single-container pod's image [Conformance]`, async () => {
  const pod = (image: string): string =>
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'e2e-test-httpd-pod', labels: { run: 'x' } },
      spec: { containers: [{ name: 'c', image }] },
    });
  const { stdout, stderr } = await runner.run({
    namespace: 'replace',
    files: {
      'one.json': pod(httpd),
      'two.json': pod('registry.k8s.io/e2e-test-images/busybox:1.37.0-1'),
    },
    setup: [
      words('kubectl create -f one.json'),
      words('kubectl wait --for=condition=Ready pod e2e-test-httpd-pod'),
      words('kubectl replace --force -f two.json'),
    ],
    command: words('kubectl get pod e2e-test-httpd-pod -o=jsonpath={.spec.containers[0].image}'),
  });
  expect([stdout, stderr]).toEqual(['registry.k8s.io/e2e-test-images/busybox:1.37.0-1', '']);
});

test(`${client} Kubectl run pod should create a pod from an image when restart is Never [Conformance]`, async () => {
  const setup = [
    [
      ...words('kubectl run e2e-test-httpd-pod --restart=Never --pod-running-timeout=2m0s'),
      `--image=${httpd}`,
    ],
  ];
  const { stdout } = await run(
    'runs',
    'kubectl get pod e2e-test-httpd-pod -o=jsonpath={.spec.containers[*].image},{.spec.restartPolicy}',
    { setup },
  );
  expect(stdout).toBe(`${httpd},Never`);
});

test(`${client} Kubectl server-side dry-run should check if kubectl can dry-run update Pods [Conformance]`, async () => {
  const patch =
    '{"spec":{"containers":[{"name": "e2e-test-httpd-pod","image": "registry.k8s.io/pause:3.10.1"}]}}';
  const setup = [
    [
      ...words('kubectl run e2e-test-httpd-pod --labels=run=e2e-test-httpd-pod'),
      `--image=${httpd}`,
    ],
    ['kubectl', 'patch', 'pod', 'e2e-test-httpd-pod', '-p', patch, '--dry-run=server'],
  ];
  const { stdout } = await run(
    'dry',
    'kubectl get pod e2e-test-httpd-pod -o=jsonpath={.spec.containers[0].image}',
    { setup },
  );
  expect(stdout).toBe(httpd);
});

const publish = '[sig-api-machinery] CustomResourcePublishOpenAPI [Privileged:ClusterAdmin]';
const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
const bars = {
  type: 'object',
  description: 'Foo CRD for Testing',
  properties: {
    spec: {
      type: 'object',
      description: 'Specification of Foo',
      properties: {
        bars: {
          type: 'array',
          description: 'List of Bars and their specs.',
          items: {
            type: 'object',
            required: ['name'],
            properties: {
              name: { type: 'string', description: 'Name of Bar.' },
              age: { type: 'string' },
              isFemale: { type: 'boolean' },
            },
          },
        },
      },
    },
  },
};

interface Version {
  name: string;
  schema: object;
  served?: boolean;
}

async function publishes(group: string, plural: string, versions: Version[]): Promise<object> {
  const kind = `E2e-${plural}`.replace('-', '');
  const body = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural, kind },
      versions: versions.map(({ name, schema, served = true }, index) => ({
        name,
        served,
        storage: index === 0,
        schema: { openAPIV3Schema: schema },
      })),
    },
  };
  const headers = { 'content-type': 'application/json' };
  await fetch(`${runner.server.url}/apis/apiextensions.k8s.io/v1/customresourcedefinitions`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  for (const { name, served = true } of versions) if (served) await published(group, name, kind);
  return body;
}

type Definitions = Record<
  string,
  { 'x-kubernetes-group-version-kind'?: { group: string; version: string; kind: string }[] }
>;

async function isPublished(group: string, version: string, kind: string): Promise<boolean> {
  const response = await fetch(`${runner.server.url}/openapi/v2`);
  const { definitions } = (await response.json()) as { definitions: Definitions };
  const gvks = Object.values(definitions).flatMap(
    (one) => one['x-kubernetes-group-version-kind'] ?? [],
  );
  return gvks.some((one) => one.group === group && one.version === version && one.kind === kind);
}

const published = (group: string, version: string, kind: string): Promise<boolean> =>
  until(`${kind} to be published`, () => isPublished(group, version, kind));

for (const [title, schema, said, unknown] of [
  ['works for CRD preserving unknown fields at the schema root', open, /KIND:\s+E2e/, true],
  ['works for CRD without validation schema', open, /DESCRIPTION:\n\s+<empty>/, true],
  [
    'works for CRD preserving unknown fields in an embedded object',
    {
      type: 'object',
      description: 'preserve-unknown-properties in nested field for Testing',
      properties: { spec: { ...open, description: 'Specification of Waldo' } },
    },
    /preserve-unknown-properties in nested field for\s+Testing/,
    true,
  ],
  ['works for CRD with validation schema', bars, /Foo CRD for Testing/, false],
] as const) {
  test(`${publish} ${title} [Conformance]`, async () => {
    const plural = `e2e${title.replace(/\W/g, '').length}foos`;
    const kind = `E2e-${plural}`.replace('-', '');
    const group = `${plural}.example.com`;
    await publishes(group, plural, [{ name: 'v1', schema }]);
    const resource = (spec: object): string =>
      JSON.stringify({
        apiVersion: `${group}/v1`,
        kind,
        metadata: { name: 'test-cr' },
        spec,
      });
    const given = {
      files: {
        'cr.json': resource({ a: null, b: [{ c: 'd' }] }),
        'good.json': resource({ bars: [{ name: 'bar1', age: '10' }] }),
        'nameless.json': resource({ bars: [{ age: '10' }] }),
      },
    };
    const explained = await run(`explain-${plural}`, `kubectl explain ${plural}`, given);
    expect(explained.stdout).toMatch(said);
    for (const verb of ['create', 'apply']) {
      const any = await run(`${verb}-any-${plural}`, `kubectl ${verb} -f cr.json`, given);
      expect([any.stderr, any.exitCode]).toEqual(unknown ? ['', 0] : [any.stderr, 1]);
      const complaint = unknown ? /^$/ : /unknown field "spec\.[ab]"/;
      expect(any.stderr).toMatch(complaint);
      const good = await run(`${verb}-good-${plural}`, `kubectl ${verb} -f good.json`, given);
      expect([good.stderr, good.exitCode]).toEqual(['', 0]);
      const nameless = await run(
        `${verb}-nameless-${plural}`,
        `kubectl ${verb} -f nameless.json`,
        given,
      );
      expect(nameless.exitCode).toBe(unknown ? 0 : 1);
    }
    if (unknown) return;
    const nested = await run('nested', `kubectl explain ${plural}.spec.bars.name`);
    expect(nested.stdout + nested.stderr).toMatch(/Name of Bar/);
    const absent = await run('absent', `kubectl explain ${plural}.spec.bars2`);
    expect(absent.stderr).toMatch(/field "bars2" does not exist/);
  });
}

for (const [title, definitions] of [
  [
    'works for multiple CRDs of different groups',
    [
      ['a1.example.com', 'foos', 'v1'],
      ['a2.example.com', 'foos', 'v1'],
    ],
  ],
  [
    'works for multiple CRDs of same group but different versions',
    [
      ['b.example.com', 'foos', 'v2'],
      ['b.example.com', 'bars', 'v3'],
    ],
  ],
  [
    'works for multiple CRDs of same group and version but different kinds',
    [
      ['c.example.com', 'foos', 'v6'],
      ['c.example.com', 'bars', 'v6'],
    ],
  ],
] as const) {
  test(`${publish} ${title} [Conformance]`, async () => {
    for (const [group, plural, name] of definitions)
      await publishes(group, plural, [{ name, schema: bars }]);
    for (const [group, plural, name] of definitions)
      expect(await isPublished(group, name, `E2e${plural}`)).toBe(true);
  });
}

for (const [title, value, gone, kept] of [
  [
    'updates the published spec when one version gets renamed',
    { op: 'test', path: '/spec/versions/1', value: 'v4' },
    'v3',
    ['v2', 'v4'],
  ],
  [
    'removes definition from spec when one version gets changed to not be served',
    { op: 'replace', path: '/spec/versions/1/served', value: false },
    'v3',
    ['v2'],
  ],
] as const) {
  test(`${publish} ${title} [Conformance]`, async () => {
    const group = `${gone}${kept.length}.example.com`;
    const own = await publishes(group, 'foos', [
      { name: 'v2', schema: bars },
      { name: 'v3', schema: bars },
    ]);
    const { versions } = (own as { spec: { versions: object[] } }).spec;
    const change =
      value.op === 'test'
        ? { op: 'replace', path: '/spec/versions/1', value: { ...versions[1], name: 'v4' } }
        : value;
    const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/foos.${group}`;
    const headers = { 'content-type': 'application/json-patch+json' };
    const { status } = await fetch(runner.server.url + path, {
      method: 'PATCH',
      headers,
      body: JSON.stringify([change]),
    });
    expect(status).toBe(200);
    for (const version of kept) await published(group, version, 'E2efoos');
    await until(
      'the other version to go',
      async () => !(await isPublished(group, gone, 'E2efoos')),
    );
  });
}
