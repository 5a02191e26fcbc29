// What is applied, or said of managedFields, may be anything: the server answers with an object or
// a Status that is no panic, and what it then shows is in canonical form.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { KubeObject } from '../../api/object';
import { createWholeCluster } from '../../cluster/whole-cluster';
import { fromFieldsV1, toFieldsV1 } from './field-set';

const PATHS: Readonly<Record<string, string>> = {
  ConfigMap: '/api/v1/namespaces/default/configmaps/x',
  Deployment: '/apis/apps/v1/namespaces/default/deployments/x',
  Pod: '/api/v1/namespaces/default/pods/x',
  Service: '/api/v1/namespaces/default/services/x',
};

const meta = (kind: string, apiVersion = 'v1'): object => ({
  apiVersion,
  kind,
  metadata: { name: 'x', labels: { a: 'b' }, finalizers: ['x.test/a'] },
});
const template = {
  metadata: { labels: { a: 'b' } },
  spec: {
    containers: [
      { name: 'c', image: 'i', env: [{ name: 'E', value: 'v' }], ports: [{ containerPort: 80 }] },
    ],
    volumes: [{ name: 'v', emptyDir: {} }],
    tolerations: [{ key: 'k' }],
  },
};
const SAMPLES: readonly object[] = [
  { ...meta('ConfigMap'), data: { a: '1', b: '2' } },
  { ...meta('Pod'), spec: template.spec },
  { ...meta('Service'), spec: { ports: [{ port: 80 }, { port: 80, protocol: 'UDP', name: 'u' }] } },
  {
    ...meta('Deployment', 'apps/v1'),
    spec: { replicas: 0, selector: { matchLabels: { a: 'b' } }, template },
  },
];

const junk = fc.oneof(
  fc.constantFrom(null, {}, [], '', 0, -1, 1e300, true, 'x', [null], [[]], { a: null }, [{}]),
  fc.jsonValue({ maxDepth: 2 }),
);
/** A sample with a few of its values replaced, by a path of random turns. */
const nearly = fc
  .tuple(
    fc.constantFrom(...SAMPLES),
    fc.array(fc.tuple(fc.array(fc.nat(6), { minLength: 1, maxLength: 6 }), junk), { maxLength: 2 }),
  )
  .map(([sample, changes]) =>
    changes.reduce<unknown>((value, [turns, to]) => replaced(value, turns, to), sample),
  );

function replaced(value: unknown, [turn, ...rest]: number[], to: unknown): unknown {
  if (turn === undefined || typeof value !== 'object' || value === null) return to;
  const keys = Object.keys(value);
  if (keys.length === 0) return to;
  const key = keys[turn % keys.length] as never;
  const next = replaced(value[key], rest, to);
  return Array.isArray(value) ? value.with(key, next) : { ...value, [key]: next };
}

const cluster = createWholeCluster({ seed: 1, preset: 'empty' });
cluster.clock.runFor(5000);

/** What is wrong with the answer to a patch; nothing, as it should be. */
function problemsOf(path: string, query: string, type: string, body: string): string[] {
  const headers = { 'content-type': type };
  const response = cluster.handle({ method: 'PATCH', path: `${path}?${query}`, headers, body });
  const answer = JSON.parse(response.body) as KubeObject & { message?: string };
  const problems: string[] = [];
  if (answer.message?.includes('panic')) problems.push(`${body}: ${answer.message}`);
  if (response.status >= 400 !== (answer.kind === 'Status')) problems.push(response.body);
  for (const { fieldsV1 } of answer.metadata.managedFields ?? []) {
    const canonical = JSON.stringify(toFieldsV1(fromFieldsV1(fieldsV1)));
    if (canonical !== JSON.stringify(fieldsV1)) problems.push(canonical);
  }
  return problems;
}

const text = fc.oneof(
  nearly.map((value) => JSON.stringify(value)),
  junk.map((value) => JSON.stringify(value)),
  fc.string(),
);

it('an apply of what is almost right is answered', () => {
  const query = fc.constantFrom('fieldManager=a', 'fieldManager=b&force=true');
  fc.assert(
    fc.property(fc.constantFrom(...Object.values(PATHS)), query, text, (path, asked, body) => {
      expect(problemsOf(path, asked, 'application/apply-patch+yaml', body)).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

it('an apply to the right place is answered, of its status too', () => {
  const query = fc.constantFrom('fieldManager=a', 'fieldManager=b&force=true');
  const kinds = fc.property(nearly, query, (value, asked) => {
    const { kind } = value as { kind?: unknown };
    const path = PATHS[String(kind)] ?? PATHS.Pod;
    expect(problemsOf(path, asked, 'application/apply-patch+yaml', JSON.stringify(value))).toEqual(
      [],
    );
    expect(
      problemsOf(path + '/status', asked, 'application/apply-patch+yaml', JSON.stringify(value)),
    ).toEqual([]);
  });
  fc.assert(kinds, { numRuns: 100 });
});

it('managedFields of any kind are taken or passed over', () => {
  const entry = fc.record(
    {
      manager: fc.oneof(fc.string(), junk),
      operation: fc.constantFrom('Apply', 'Update', 'Delete'),
      apiVersion: fc.constantFrom('v1', 'v2', ''),
      fieldsType: fc.constantFrom('FieldsV1', 'FieldsV2'),
      fieldsV1: fc.oneof(junk, fc.constant({ 'f:data': { '.': {}, 'f:a': {}, 'k:{"b":1}': {} } })),
      subresource: fc.constantFrom('', 'status', 'x'),
    },
    { requiredKeys: [] },
  );
  cluster.handle({
    method: 'POST',
    path: '/api/v1/namespaces/default/configmaps',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...meta('ConfigMap'), metadata: { name: 'y' }, data: { a: '1' } }),
  });
  fc.assert(
    fc.property(fc.array(fc.oneof(entry, junk), { maxLength: 3 }), fc.nat(3), (entries, value) => {
      const body = { metadata: { managedFields: entries }, data: { a: String(value) } };
      const path = '/api/v1/namespaces/default/configmaps/y';
      expect(
        problemsOf(path, 'fieldManager=c', 'application/merge-patch+json', JSON.stringify(body)),
      ).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
