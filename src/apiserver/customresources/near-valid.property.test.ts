// Random and near-valid definitions and resources: the server answers each with an object or a
// Status in good form, has no bug behind it, stores nothing of what it refused, and goes on.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWholeCluster } from '../../cluster/whole-cluster';

const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

const SCALES = { specReplicasPath: '.spec.a', statusReplicasPath: '.status.b' };

const anything = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 2 ** 53, '', 'x', [], {}, [null], { a: null }),
  fc.string({ maxLength: 6 }),
  fc.jsonValue({ maxDepth: 2 }),
);
const rule = fc.record(
  {
    rule: fc.oneof(
      fc.constantFrom(
        'self.a > 1',
        'self == oldSelf',
        'has(self.a) && self.a.size() > 2',
        'self.all(x, x > 1)',
        'self.',
        'true',
        '[self].exists(y, y == self)',
        'self.a.matches("[")',
      ),
      fc.string({ maxLength: 12 }),
      anything,
    ),
    message: fc.oneof(fc.constant('m'), anything),
    messageExpression: fc.constantFrom('"a"', '1', 'self +', ''),
    fieldPath: fc.constantFrom('.a', 'a', ".['a']", '.b[', ''),
    reason: fc.constantFrom('FieldValueInvalid', 'Odd'),
    optionalOldSelf: fc.boolean(),
  },
  { requiredKeys: ['rule'] },
);
const { schema } = fc.letrec<{ schema: unknown }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    fc.constantFrom<unknown>({ type: 'string' }, { type: 'integer' }),
    fc.record(
      {
        type: fc.constantFrom('object', 'object', 'array', 'string', 'integer', 'null', ''),
        properties: fc.dictionary(
          fc.constantFrom('a', 'b', 'spec', 'metadata', '__proto__'),
          tie('schema'),
        ),
        items: fc.oneof(tie('schema'), anything),
        additionalProperties: fc.oneof(tie('schema'), anything),
        required: fc.array(fc.constantFrom('a', 'b', 'z'), { maxLength: 2 }),
        default: anything,
        enum: fc.array(anything, { maxLength: 2 }),
        pattern: fc.constantFrom('^a+$', '(', '(?=a)', '\\p{Greek}'),
        format: fc.constantFrom('date-time', 'byte', 'duration', 'nobody'),
        maximum: fc.integer(),
        maxLength: fc.integer({ min: -2, max: 5 }),
        oneOf: fc.array(tie('schema'), { maxLength: 2 }),
        not: tie('schema'),
        nullable: fc.boolean(),
        'x-kubernetes-int-or-string': fc.boolean(),
        'x-kubernetes-embedded-resource': fc.boolean(),
        'x-kubernetes-preserve-unknown-fields': fc.boolean(),
        'x-kubernetes-list-type': fc.constantFrom('set', 'map', 'atomic', 'odd'),
        'x-kubernetes-list-map-keys': fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 }),
        'x-kubernetes-validations': fc.array(rule, { maxLength: 2 }),
      },
      { requiredKeys: ['type'] },
    ),
    anything,
  ),
}));
/** Schemas that the server takes, for the most part. */
const { good } = fc.letrec<{ good: unknown }>((tie) => {
  const rules = fc.constantFrom(
    'true',
    'self == self',
    'size(string(type(self))) > 0',
    'self == oldSelf',
  );
  const extra = fc.record(
    { 'x-kubernetes-validations': fc.array(fc.record({ rule: rules }), { maxLength: 1 }) },
    { requiredKeys: [] },
  );
  const plain = fc.constantFrom<object>(
    { type: 'string', maxLength: 5 },
    { type: 'string', enum: ['x', 'y'] },
    { type: 'string', format: 'date-time' },
    { type: 'string', pattern: '^a*$', default: 'aa' },
    { type: 'integer', maximum: 9, default: 3 },
    { type: 'number' },
    { type: 'boolean', nullable: true },
    { 'x-kubernetes-int-or-string': true },
    { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set', maxItems: 3 },
  );
  const fields = fc.dictionary(fc.constantFrom('a', 'b', 'c-d'), tie('good'), { maxKeys: 3 });
  const object = fields.map((properties) => ({ type: 'object', properties }));
  const map = tie('good').map((values) => ({ type: 'object', additionalProperties: values }));
  const list = tie('good').map((items) => ({ type: 'array', items, maxItems: 3 }));
  const any = fc.oneof({ depthSize: 'small', maxDepth: 3 }, plain, object, map, list);
  return { good: fc.tuple(any, extra).map(([own, more]) => ({ ...own, ...more })) };
});
const goodVersion = fc.tuple(good, good, fc.boolean()).map(([spec, status, hasStatus]) => ({
  name: 'v1',
  served: true,
  storage: true,
  schema: { openAPIV3Schema: { type: 'object', properties: { spec, status } } },
  ...(hasStatus && { subresources: { status: {}, scale: SCALES } }),
}));
const goodDefinition = goodVersion.map((one) => ({
  group: 'g.test',
  scope: 'Namespaced',
  names: { plural: 'things', kind: 'Thing' },
  versions: [one],
}));
const version = fc.record(
  {
    name: fc.constantFrom('v1', 'v1', 'v2', 'V', ''),
    served: fc.boolean(),
    storage: fc.boolean(),
    schema: fc.record({ openAPIV3Schema: schema }),
    subresources: fc.oneof(
      fc.constant({
        status: {},
        scale: { specReplicasPath: '.spec.a', statusReplicasPath: '.status.b' },
      }),
      anything,
    ),
    additionalPrinterColumns: fc.array(
      fc.record({
        name: fc.constant('C'),
        type: fc.constantFrom('string', 'date', 'odd'),
        jsonPath: fc.constantFrom('.spec.a', '.x[?(@.a==1)]', '[', '..'),
      }),
      { maxLength: 2 },
    ),
    selectableFields: fc.array(fc.record({ jsonPath: fc.constantFrom('.spec.a', 'x', '') }), {
      maxLength: 2,
    }),
  },
  { requiredKeys: ['name', 'schema'] },
);
const definition = fc.record(
  {
    group: fc.constantFrom('g.test', 'g.test', 'x', ''),
    scope: fc.constantFrom('Namespaced', 'Cluster', 'Odd'),
    names: fc.oneof(fc.constant({ plural: 'things', kind: 'Thing' }), anything),
    versions: fc.oneof(
      version.map((one) => [{ ...one, name: 'v1', served: true, storage: true }]),
      fc.array(version, { maxLength: 2 }),
      anything,
    ),
    conversion: fc.oneof(fc.constant({ strategy: 'Webhook', webhook: {} }), anything),
  },
  { requiredKeys: ['group', 'scope', 'names', 'versions'] },
);

/** A page for what is not served, a Status for what is refused, an object for the rest. */
function isGood(code: number, text: string): boolean {
  if (!text.startsWith('{')) return code === 404;
  const { kind, code: told } = JSON.parse(text) as { kind?: string; code?: number };
  return code < 400 || (kind === 'Status' && told === code);
}

test('the server survives every definition and every resource, and stores nothing that it refused', () => {
  const cluster = createWholeCluster({ seed: 1, preset: 'empty' });
  cluster.clock.runFor(1000);
  const send = (method: string, path: string, body?: unknown, type = 'application/json') => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const answer = cluster.handle({ method, path, body: text, headers: { 'content-type': type } });
    cluster.clock.runFor(50);
    return { code: answer.status, text: answer.body };
  };
  const expectGood = ({ code, text }: { code: number; text: string }): void => {
    expect(isGood(code, text) ? 'good' : text).toBe('good');
    expect(text).not.toContain('caused apiserver to panic');
  };
  let made = 0;
  const resource = fc.record(
    {
      spec: fc.oneof(fc.record({ a: anything, b: anything }), anything),
      status: anything,
      metadata: anything,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(
      fc.oneof(goodDefinition, definition),
      fc.array(resource, { maxLength: 3 }),
      (spec, resources) => {
        const name = 'things.g.test';
        const answer = send('POST', CRDS, { metadata: { name }, spec });
        expectGood(answer);
        const isMade = answer.code === 201;
        if (isMade) made++;
        expect(send('GET', `${CRDS}/${name}`).code).toBe(isMade ? 200 : 404);
        const scope = spec.scope === 'Cluster' ? '' : '/namespaces/default';
        const path = `/apis/g.test/v1${scope}/things`;
        for (const body of resources) {
          expectGood(send('POST', path, { ...body, metadata: { name: 'x' } }));
          expectGood(send('POST', path, body));
          expectGood(send('PATCH', `${path}/x`, body, 'application/merge-patch+json'));
          expectGood(send('PATCH', `${path}/x/status`, body, 'application/merge-patch+json'));
          expectGood(send('GET', `${path}/x/scale`));
        }
        expectGood(send('GET', path));
        send('DELETE', path);
        send('DELETE', `${CRDS}/${name}`);
        cluster.clock.runFor(2000);
        expect(send('GET', `${CRDS}/${name}`).code).toBe(404);
      },
    ),
    { numRuns: 60, seed: 7 },
  );
  expect(made).toBeGreaterThan(5);
  expect(send('GET', '/api/v1/namespaces/default').code).toBe(200);
});
