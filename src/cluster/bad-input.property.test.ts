// Whatever is sent to whatever endpoint of a whole cluster: the answer is an object or a Status
// that fits, nothing is written of what was refused, no bug shows, and the server goes on serving.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeBase64 } from '../api/base64';
import { certificateRequestPem } from '../testing/certificate-requests';
import { samples, type Sample } from '../testing/every-kind';
import type { Cluster } from './cluster';
import { createWholeCluster } from './whole-cluster';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const RUNS = Number(process.env.RUNS ?? 8);
const SEED = Number(process.env.SEED ?? 1);

interface Sent {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
}

const ALL = samples(encodeBase64(certificateRequestPem({ commonName: 'jane' })));

/** Codes of the real server for input that has none of its own. */
const SERVER_ERRORS = [
  /^map: .* does not contain declared merge key: \w+$/,
  /^strconv\.ParseUint: parsing /,
  /^Timeout: Too large resource version/,
  /^failed to create typed patch object /,
  /^failed to convert new object /,
  /^unknown patch type: /,
  /^resourceVersion: Invalid value: .*: strconv\.ParseUint: parsing /,
  // Options of a deletion that cannot be read.
  /^json: cannot unmarshal .* of type v1\.DeleteOptions/,
  /^(unexpected end of JSON input|invalid character )/,
  /^no kind .* is registered for version /,
  /^couldn't get version\/kind; /,
];

/** What the real server says in plain text, and Status as YAML. */
const PLAIN =
  /^(404 page not found|only the following media types|apiVersion: v1\n|.* without impersonating a user\n$|$)/s;

/** What may stand where something else should. */
const strange = fc.oneof(
  fc.constantFrom<(Json | undefined)[]>(
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
    -(2 ** 31) - 1,
    true,
    [],
    {},
    [null],
    [[]],
    [{}],
    { x: null },
    ['a', 'a'],
    '10.96.0.1',
    '50%',
    '1e3',
    '1e1000',
    '-1Gi',
    '0',
    '__proto__',
    'constructor',
    '\u0000',
    '\ud800',
    '2026-01-01T00:00:00Z',
    '*',
    '/',
    'a/b/c',
  ),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
);

const KEYS = [
  'spec',
  'metadata',
  'status',
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
  'managedFields',
  'name',
  'template',
  'containers',
  '$patch',
  '$setElementOrder/containers',
  '$deleteFromPrimitiveList/finalizers',
  '$retainKeys',
  '__proto__',
];

const LONG = 'a'.repeat(300);
const SELECTORS = ['a', 'a=b', 'a in (b', '!', 'a>1', 'a>x', ',', '=', 'a==', '()', LONG, 'é=1'];
const FIELDS = ['metadata.name=x', 'spec.x=1', '=', 'metadata.name', '!=x', 'a\\', 'spec..=1'];
const QUERY: [name: string, values: string[]][] = [
  ['labelSelector', SELECTORS],
  ['fieldSelector', FIELDS],
  ['resourceVersion', ['0', '1', '-1', 'x', '99999999999999999999', '999999', '']],
  ['resourceVersionMatch', ['Exact', 'NotOlderThan', 'x', '']],
  ['continue', ['x', 'e30', 'eyJ2IjoibWV0YS5rOHMuaW8vdjEifQ', '%%', '{}', LONG]],
  ['limit', ['1', '0', '-1', 'x', '1e9', '99999999999999999999']],
  ['dryRun', ['All', 'x', '', 'all']],
  ['fieldManager', ['x', '', 'a'.repeat(129), '\u0001', 'é']],
  ['fieldValidation', ['Strict', 'Warn', 'Ignore', 'x']],
  ['force', ['true', 'x', '']],
  ['propagationPolicy', ['Orphan', 'Foreground', 'x']],
  ['gracePeriodSeconds', ['0', '-1', 'x', '1.5', '99999999999999999999']],
  ['orphanDependents', ['true', 'x']],
  ['pretty', ['true', 'x', '']],
  ['watch', ['true', '1', 'x']],
  ['allowWatchBookmarks', ['true', 'x']],
  ['sendInitialEvents', ['true', 'x', '']],
  ['timeoutSeconds', ['1', '-1', 'x']],
  ['includeObject', ['None', 'Object', 'x']],
  ['%zz', ['%zz', '%', '+']],
];

const query = fc
  .array(
    fc.nat(QUERY.length - 1).chain((index) => {
      const [name, values] = QUERY[index];
      const value = fc.oneof(fc.constantFrom(...values), fc.string({ maxLength: 8 }));
      return fc.tuple(fc.constant(name), value, fc.boolean());
    }),
    { maxLength: 3 },
  )
  .map((pairs) =>
    pairs.map(([name, value, isRaw]) => name + '=' + (isRaw ? value : encoded(value))).join('&'),
  );

const TYPES = [
  'application/json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/json-patch+json',
  'application/apply-patch+yaml',
  'application/yaml',
  'application/vnd.kubernetes.protobuf',
  'application/cbor',
  'text/plain',
  'x',
  '',
  ';',
  'application/json; charset=x; =',
];
const ACCEPTS = [
  'application/json',
  'application/json;as=Table;v=v1;g=meta.k8s.io',
  'application/json;as=Table;v=v9;g=meta.k8s.io',
  'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io',
  'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io',
  'application/vnd.kubernetes.protobuf',
  'application/yaml',
  '*/*',
  'x',
  '',
  ',;=',
];

const headers = fc.record(
  {
    'content-type': fc.constantFrom(...TYPES),
    accept: fc.constantFrom(...ACCEPTS),
    'user-agent': fc.oneof(fc.constantFrom('', '/', 'kubectl/v1.36.0'), fc.string()),
    'impersonate-user': fc.constantFrom('x', 'system:anonymous', '', 'system:serviceaccount:a:b'),
    'impersonate-group': fc.constantFrom('x', ''),
    authorization: fc.constantFrom('Bearer x', 'Bearer a.b.c', 'Basic eDp5', 'x'),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Record<string, string>>;

const patchOp = fc.record(
  {
    op: fc.oneof(
      fc.constantFrom<Json[]>('add', 'remove', 'replace', 'move', 'copy', 'test', 'x'),
      strange,
    ),
    path: fc.oneof(
      fc.constantFrom<Json[]>('/spec', '/metadata/labels/a', '', '/', '/a/-', '/spec/~2', '/kind'),
      strange,
    ),
    from: fc.constantFrom<Json[]>('/spec', '/metadata', '', '/none'),
    value: strange,
  },
  { requiredKeys: [] },
);

const rawBody = fc.oneof(
  fc.constantFrom(
    '',
    '{',
    'null',
    '[]',
    '1',
    '"x"',
    '{"kind":1}',
    '{}{}',
    '\u0000',
    'a: b: c',
    '- [',
  ),
  fc.string(),
  fc.json(),
);

function encoded(value: string): string {
  return [...value]
    .map((part) => (/\p{Surrogate}/u.test(part) ? '%ED' : encodeURIComponent(part)))
    .join('');
}

function collectionOf({ apiVersion, kind, namespaced }: Sample, resource: string): string {
  const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  expect(resource, `${apiVersion} ${kind} is served`).toBeTruthy();
  return namespaced ? `${base}/namespaces/default/${resource}` : `${base}/${resource}`;
}

/** A cluster with one object of every kind in it, and what may be wrong with its answers. */
class Stage {
  readonly wrong: object[] = [];
  readonly cluster: Cluster = createWholeCluster({ seed: 1, preset: 'empty' });
  private readonly resources = new Map<string, string>();
  private readonly parts = new Map<string, string[]>();
  private count = 0;

  constructor() {
    this.cluster.clock.runFor(3000);
    for (const apiVersion of new Set(ALL.map((each) => each.apiVersion))) {
      const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
      const { resources } = JSON.parse(this.send({ method: 'GET', path: base, headers: {} })) as {
        resources: { name: string; kind: string }[];
      };
      for (const { name, kind } of resources) {
        const [resource, part] = name.split('/');
        if (!part) this.resources.set(`${apiVersion} ${kind}`, resource);
        else this.parts.set(resource, [...(this.parts.get(resource) ?? []), part]);
      }
    }
    for (const sample of ALL) this.create(sample, sample.name ?? 'first');
  }

  collection(sample: Sample): string {
    return collectionOf(sample, this.resources.get(`${sample.apiVersion} ${sample.kind}`)!);
  }

  partsOf(sample: Sample): string[] {
    return this.parts.get(this.resources.get(`${sample.apiVersion} ${sample.kind}`)!) ?? [];
  }

  whole({ apiVersion, kind, body, namespaced }: Sample, name: string): Json {
    const metadata = { name, ...(namespaced && { namespace: 'default' }) };
    const text = JSON.stringify({ apiVersion, kind, metadata, ...body });
    return JSON.parse(text.replaceAll('{{namespace}}', 'default')) as Json;
  }

  create(sample: Sample, name: string): void {
    const body = JSON.stringify(this.whole(sample, name));
    const header = { 'content-type': 'application/json' };
    this.send({ method: 'POST', path: this.collection(sample), headers: header, body });
  }

  freshName(): string {
    return 'n' + ++this.count;
  }

  /** Sends it, and notes what is wrong with the answer. */
  send(request: Sent): string {
    const { store, worldStore } = this.cluster;
    const before = store.revision + worldStore.revision;
    const answer = this.cluster.handle(request);
    const { status, body } = answer;
    answer.stream?.start({ chunk: () => true, end: () => undefined } as never);
    answer.stream?.stop();
    const problem =
      status < 400 ? this.problemOfSuccess(answer.headers, body) : problemOfRefusal(status, body);
    const isPartial = status >= 400 && store.revision + worldStore.revision !== before;
    if (problem || isPartial) this.wrong.push({ problem, isPartial, status, request, body });
    return body;
  }

  private problemOfSuccess(sent: Record<string, string>, body: string): string {
    const type = Object.entries(sent).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
    if (body === '' || !type?.startsWith('application/json')) return '';
    return parsed(body) ? '' : 'no JSON';
  }
}

function problemOfRefusal(status: number, body: string): string {
  if (!body.startsWith('{')) return PLAIN.test(body) ? '' : 'no Status';
  const answer = parsed(body) as { kind?: string; code?: number; message?: string } | undefined;
  if (!answer || answer.kind !== 'Status') return 'no Status';
  if (answer.code !== status) return 'another code';
  const { message = '' } = answer;
  if (status < 500) return message ? '' : 'no message';
  return SERVER_ERRORS.some((known) => known.test(message)) ? '' : 'a server error';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function pathsOf(value: Json, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, part]) => pathsOf(part, [...path, key]));
  return [path, ...inner];
}

function replaced(value: Json, [key, ...rest]: string[], by: Json | undefined): Json {
  if (key === undefined) return by ?? null;
  if (typeof value !== 'object' || value === null) return { [key]: by ?? null };
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, Json>;
  if (rest.length === 0 && by === undefined) delete copy[key];
  else copy[key] = replaced(copy[key] ?? null, rest, by);
  return Array.isArray(value) ? Object.values(copy) : copy;
}

const twist = fc.record({
  place: fc.nat(10_000),
  added: fc.option(fc.constantFrom(...KEYS), { nil: undefined }),
  value: strange,
});
type Twist = typeof twist extends fc.Arbitrary<infer T> ? T : never;

function twisted(body: Json, twists: readonly Twist[]): Json {
  return twists.reduce((value, { place, added, value: by }) => {
    const paths = pathsOf(value);
    const path = paths[place % paths.length];
    return replaced(value, added === undefined ? path : [...path, added], by);
  }, body);
}

/** Every kind once in each run, so that none is left to chance. */
function eachKind<T>(what: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.array(what, { minLength: ALL.length, maxLength: ALL.length });
}

/** All that was wrong with the answers, and all bugs that showed. */
function wrongAfter<T>(
  attempts: fc.Arbitrary<T[]>,
  act: (stage: Stage, sample: Sample, attempt: T) => void,
): unknown[] {
  return fc.sample(attempts, { numRuns: RUNS, seed: SEED }).flatMap((items) => {
    const stage = new Stage();
    items.forEach((item, index) => {
      act(stage, ALL[index % ALL.length], item);
      stage.cluster.clock.runFor(50);
    });
    stage.cluster.clock.runFor(5000);
    stage.send({ method: 'GET', path: '/api/v1/namespaces/default/pods', headers: {} });
    const { http } = stage.cluster as unknown as { http: { panics: unknown[] } };
    return [...stage.wrong, ...http.panics];
  });
}

const JSON_TYPE = { 'content-type': 'application/json' };

describe('whatever is sent is taken whole or refused in words', () => {
  test('objects that are almost right', () => {
    const attempt = fc.record({
      twists: fc.array(twist, { minLength: 1, maxLength: 2 }),
      verb: fc.constantFrom('POST', 'PUT', 'merge-patch', 'strategic-merge-patch', 'apply'),
      part: fc.nat(20),
    });
    const wrong = wrongAfter(eachKind(attempt), (stage, sample, { twists, verb, part }) => {
      const path = stage.collection(sample);
      const name = verb === 'POST' ? stage.freshName() : (sample.name ?? 'first');
      const body = JSON.stringify(twisted(stage.whole(sample, name), twists));
      if (verb === 'POST') {
        stage.send({ method: 'POST', path, headers: JSON_TYPE, body });
        return;
      }
      const parts = ['', '', ...stage.partsOf(sample)];
      const of = parts[part % parts.length];
      const at = `${path}/${name}${of && '/'}${of}`;
      if (verb === 'PUT') stage.send({ method: 'PUT', path: at, headers: JSON_TYPE, body });
      else {
        const suffix = verb === 'apply' ? '?fieldManager=x&force=true' : '';
        const type = verb === 'apply' ? 'application/apply-patch+yaml' : `application/${verb}+json`;
        const header = { 'content-type': type };
        stage.send({ method: 'PATCH', path: at + suffix, headers: header, body });
      }
    });
    expect(wrong).toEqual([]);
  });

  test('JSON patches', () => {
    const attempt = fc.array(fc.oneof({ weight: 9, arbitrary: patchOp }, strange), {
      maxLength: 3,
    });
    const wrong = wrongAfter(eachKind(attempt), (stage, sample, operations) => {
      const path = `${stage.collection(sample)}/${sample.name ?? 'first'}`;
      const header = { 'content-type': 'application/json-patch+json' };
      stage.send({ method: 'PATCH', path, headers: header, body: JSON.stringify(operations) });
    });
    expect(wrong).toEqual([]);
  });

  test('queries, headers and bodies at every endpoint', () => {
    const attempt = fc.record({
      method: fc.constantFrom(
        'GET',
        'GET',
        'POST',
        'PUT',
        'PATCH',
        'DELETE',
        'HEAD',
        'OPTIONS',
        'x',
      ),
      where: fc.constantFrom('collection', 'object', 'missing', 'part', 'strange', 'watch'),
      odd: fc.oneof(fc.constantFrom('%', '..', '%2F', 'a b', '//', '\u0000', LONG), fc.string()),
      part: fc.nat(20),
      query,
      headers,
      body: fc.option(rawBody, { nil: undefined }),
    });
    const wrong = wrongAfter(eachKind(attempt), (stage, sample, tried) => {
      const path = stage.collection(sample);
      const object = `${path}/${sample.name ?? 'first'}`;
      const parts = ['scale', 'log', ...stage.partsOf(sample)];
      const at = {
        collection: path,
        object,
        missing: `${path}/missing`,
        part: `${object}/${parts[tried.part % parts.length]}`,
        strange: `${path}/${tried.odd}`,
        watch: path.replace(/^(\/api\/v1|\/apis\/[^/]+\/[^/]+)/, '$1/watch'),
      }[tried.where];
      const { method, body } = tried;
      const request = { method, path: `${at}?${tried.query}`, headers: tried.headers };
      stage.send(body === undefined ? request : { ...request, body });
    });
    expect(wrong).toEqual([]);
  });

  test('lists and watches', () => {
    const accept = fc.constantFrom(...ACCEPTS);
    const wrong = wrongAfter(eachKind(fc.tuple(query, accept)), (stage, sample, [asked, type]) => {
      const path = `${stage.collection(sample)}?${asked}`;
      stage.send({ method: 'GET', path, headers: { accept: type } });
    });
    expect(wrong).toEqual([]);
  });
});

/** What once panicked the server. */
test.each<[string, string, string, string, Json | undefined, number]>([
  [
    'kinds that are no texts, in a patch',
    'PATCH',
    '/api/v1/namespaces/default/configmaps/first',
    'application/merge-patch+json',
    { apiVersion: { toString: {} } },
    422,
  ],
  [
    'kinds that are no texts, in a deletion',
    'DELETE',
    '/api/v1/namespaces/default/configmaps/first',
    'application/json',
    { kind: { toString: {} } },
    500,
  ],
  [
    'Events that regard nothing',
    'PATCH',
    '/apis/events.k8s.io/v1/namespaces/default/events/first',
    'application/merge-patch+json',
    { regarding: null },
    422,
  ],
  [
    'a table of Events in their own group',
    'GET',
    '/apis/events.k8s.io/v1/namespaces/default/events',
    'application/json',
    undefined,
    200,
  ],
])('%s', (_, method, path, type, body, status) => {
  const { cluster } = new Stage();
  const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io';
  const headers = { 'content-type': type, accept };
  const answer = cluster.handle({
    method,
    path,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  expect([answer.status, answer.body.includes('panic')]).toEqual([status, false]);
});
