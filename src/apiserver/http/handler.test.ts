import { describe, expect, test } from 'vitest';
import { configMaps, leases, pods } from '../../api/resource-ref';
import type { ResourceDefinition } from '../../resources/definition';
import { resourceDefinitions } from '../../resources';
import { Simulation } from '../../sim/simulation';
import { Store } from '../../store/store';
import { ApiServer } from '../server';
import { HttpHandler } from './handler';
import type { HttpRequest, HttpResponse } from './http';
import { negotiate } from './media-type';
import type { StatusError } from '../../api/status-error';

const START_MS = 1_767_225_600_000;
const SERVED = new Set([configMaps.key, leases.key, pods.key]);

function newFront() {
  const sim = new Simulation({ seed: 1, startMs: START_MS });
  const all: readonly ResourceDefinition[] = resourceDefinitions as never;
  const definitions = all.filter(({ ref }) => SERVED.has(ref.key));
  const handler = new HttpHandler(new ApiServer(sim, new Store(), definitions, [], 'uid'));
  const ask = (method: string, path: string, request: Partial<HttpRequest> = {}): HttpResponse =>
    handler.handle({ method, path, ...request });
  const json = (method: string, path: string, body?: unknown, headers = {}): [number, unknown] => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const response = ask(method, path, { body: text, headers });
    return [response.status, JSON.parse(response.body)];
  };
  return { sim, ask, json };
}

test('a bug behind a request is kept and answered as an internal error, and the server goes on', () => {
  const sim = new Simulation({ seed: 1, startMs: START_MS });
  const all: readonly ResourceDefinition[] = resourceDefinitions as never;
  const definitions = all.filter(({ ref }) => SERVED.has(ref.key));
  const server = new ApiServer(sim, new Store(), definitions, [], 'uid');
  const handler = new HttpHandler(server);
  const bug = new TypeError('x is undefined');
  const { execute } = server;
  server.execute = () => {
    throw bug;
  };
  const path = '/api/v1/configmaps';
  const response = handler.handle({ method: 'GET', path });
  server.execute = execute;
  const { code, message } = JSON.parse(response.body) as { code: number; message: string };
  expect([response.status, code, message, handler.panics]).toEqual([
    500,
    500,
    'Internal error occurred: this request caused apiserver to panic: x is undefined',
    [bug],
  ]);
  expect(handler.handle({ method: 'GET', path }).status).toBe(200);
});

const MEDIA_TYPES = 'application/json, application/yaml, application/vnd.kubernetes.protobuf';
const MAPS = '/api/v1/namespaces/sea/configmaps';
const LEASES = '/apis/coordination.k8s.io/v1/namespaces/sea/leases';
const failure = (message: string, reason: string, code: number, details?: object) => [
  code,
  {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    code,
    ...(details && { details }),
  },
];
const NOT_SERVED = failure('the server could not find the requested resource', 'NotFound', 404, {});
const NOT_ALLOWED = failure(
  'the server does not allow this method on the requested resource',
  'MethodNotAllowed',
  405,
  {},
);

describe('objects', () => {
  test('are created, read, listed without their kind, and deleted', () => {
    const { ask, json } = newFront();
    const created = ask('POST', MAPS, { body: '{"metadata":{"name":"c"},"data":{"a":"1"}}' });
    expect(created.status).toBe(201);
    expect(created.headers).toEqual({
      'Content-Type': 'application/json',
      'Cache-Control': 'no-cache, private',
    });
    const object = JSON.parse(created.body) as {
      metadata: { uid: string; resourceVersion: string };
    };
    const metadata = {
      name: 'c',
      namespace: 'sea',
      uid: object.metadata.uid,
      resourceVersion: object.metadata.resourceVersion,
      creationTimestamp: '2026-01-01T00:00:00Z',
    };
    expect(object).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: '1' } });
    expect(json('GET', `${MAPS}/c`)).toEqual([200, object]);
    expect(json('GET', MAPS)).toEqual([
      200,
      {
        kind: 'ConfigMapList',
        apiVersion: 'v1',
        metadata: { resourceVersion: metadata.resourceVersion },
        items: [{ metadata, data: { a: '1' } }],
      },
    ]);
    expect(json('DELETE', `${MAPS}/c`)).toEqual([
      200,
      {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Success',
        details: { name: 'c', kind: 'configmaps', uid: metadata.uid },
      },
    ]);
    expect(json('GET', `${MAPS}/c`)).toEqual(
      failure('configmaps "c" not found', 'NotFound', 404, { name: 'c', kind: 'configmaps' }),
    );
  });

  test('carry warnings for fields that nobody knows, or are refused when that is asked for', () => {
    const { ask, json } = newFront();
    const body = { metadata: { name: 'c', bogus: 1 }, nothing: 1 };
    const response = ask('POST', MAPS, { body: JSON.stringify(body) });
    expect(response.headers.Warning).toBe(
      '299 - "unknown field \\"metadata.bogus\\"", 299 - "unknown field \\"nothing\\""',
    );
    expect(json('POST', `${MAPS}?fieldValidation=Strict`, body)).toEqual(
      failure(
        'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: ' +
          'unknown field "metadata.bogus", unknown field "nothing"',
        'BadRequest',
        400,
      ),
    );
  });

  test('are patched by content type, and what a patch makes is checked', () => {
    const { json } = newFront();
    json('POST', MAPS, { metadata: { name: 'c' }, data: { a: '1' } });
    const patch = (type: string, body: unknown): [number, unknown] =>
      json('PATCH', `${MAPS}/c`, body, { 'Content-Type': type });
    expect(patch('application/merge-patch+json', { data: { b: '2' } })).toMatchObject([
      200,
      { data: { a: '1', b: '2' } },
    ]);
    expect(patch('application/json-patch+json', [{ op: 'remove', path: '/data/a' }])).toMatchObject(
      [200, { data: { b: '2' } }],
    );
    expect(patch('application/strategic-merge-patch+json', { data: { c: 5 } })).toMatchObject([
      422,
      {
        message:
          ' "" is invalid: patch: Invalid value: "map[data:map[c:5]]": json: cannot unmarshal number ' +
          'into Go struct field ConfigMap.data of type string',
      },
    ]);
    expect(patch('application/apply-patch+yaml', {})).toEqual(
      failure('415: Unsupported Media Type', 'UnsupportedMediaType', 415, {}),
    );
  });

  test.each([
    ['another name', 'd', 'the name of the object (d) does not match the name on the URL (c)'],
    [
      'no name',
      undefined,
      'the name of the object (c based on URL) was undeterminable: name must be provided',
    ],
  ])('with %s than the URL has are refused', (_what, name, message) => {
    const { json } = newFront();
    expect(json('PUT', `${MAPS}/c`, { metadata: { name } })).toEqual(
      failure(message, 'BadRequest', 400),
    );
  });
});

test.each([
  ['application/strategic-merge-patch+json', ''],
  ['application/merge-patch+json', 'error decoding patch: '],
  ['application/json-patch+json', 'error decoding patch: '],
])('a patch of type %s that is no JSON is refused in the words of its decoder', (type, before) => {
  const { ask, json } = newFront();
  json('POST', MAPS, { metadata: { name: 'c' } });
  const headers = { 'Content-Type': type };
  const { status, body } = ask('PATCH', `${MAPS}/c`, { body: '{bad', headers });
  const why = "invalid character 'b' looking for beginning of object key string";
  expect([status, JSON.parse(body).message]).toEqual([400, before + why]);
});

describe('paths and methods', () => {
  test.each([
    ['GET', '/api/v1/namespaces/sea/nothings', NOT_SERVED],
    ['GET', `${MAPS}/c/status`, NOT_SERVED],
    ['GET', `${MAPS}/c/status/more`, NOT_SERVED],
    ['PUT', MAPS, NOT_ALLOWED],
    ['POST', `${MAPS}/c`, NOT_ALLOWED],
    ['POST', '/api/v1/configmaps', NOT_ALLOWED],
    ['DELETE', '/api/v1/namespaces/sea/pods/p/status', NOT_ALLOWED],
    ['GET', '/api/v1/namespaces/sea/bindings', NOT_ALLOWED],
    ['OPTIONS', MAPS, NOT_ALLOWED],
    ['POST', '/api', NOT_ALLOWED],
  ])('%s %s', (method, path, expected) => {
    expect(newFront().json(method, path)).toEqual(expected);
  });

  test('HEAD is refused without a body; an unknown group has no page', () => {
    const { ask } = newFront();
    expect(ask('HEAD', MAPS)).toMatchObject({ status: 405, body: '' });
    expect(ask('GET', '/apis/nope/v1/things')).toMatchObject({
      status: 404,
      body: '404 page not found\n',
      headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    });
  });
});

describe('options', () => {
  const invalid = (kind: string, field: string, what: string, reason: string) =>
    failure(`${kind}.meta.k8s.io "" is invalid: ${field}: ${what}`, 'Invalid', 422, {
      group: 'meta.k8s.io',
      kind,
      causes: [{ reason, message: what, field }],
    });

  test.each([
    [
      'GET',
      `${MAPS}?limit=x`,
      failure('strconv.ParseInt: parsing "x": invalid syntax', 'BadRequest', 400),
    ],
    [
      'GET',
      `${MAPS}?resourceVersionMatch=Exact`,
      invalid(
        'ListOptions',
        'resourceVersionMatch',
        'Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
        'FieldValueForbidden',
      ),
    ],
    [
      'GET',
      `${MAPS}?watch=1&sendInitialEvents=true`,
      invalid(
        'ListOptions',
        'resourceVersionMatch',
        'Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
        'FieldValueForbidden',
      ),
    ],
    [
      'POST',
      `${MAPS}?fieldValidation=Sometimes`,
      invalid(
        'CreateOptions',
        'fieldValidation',
        'Unsupported value: "Sometimes": supported values: "", "Ignore", "Strict", "Warn"',
        'FieldValueNotSupported',
      ),
    ],
    [
      'DELETE',
      `${MAPS}/c?propagationPolicy=Bogus`,
      invalid(
        'DeleteOptions',
        'propagationPolicy',
        'Unsupported value: "Bogus": supported values: "Foreground", "Background", "Orphan", "nil"',
        'FieldValueNotSupported',
      ),
    ],
  ])('%s %s', (method, path, expected) => {
    const body = method === 'POST' ? {} : undefined;
    expect(newFront().json(method, path, body)).toEqual(expected);
  });

  test('a revision from the future is told to come later, one that is no number fails', () => {
    const { ask, json } = newFront();
    const response = ask('GET', `${MAPS}?resourceVersion=999`);
    expect([response.status, response.headers['Retry-After']]).toEqual([504, '1']);
    expect(json('GET', `${MAPS}/c?resourceVersion=abc`)).toEqual([
      500,
      {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        code: 500,
        message:
          'resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
      },
    ]);
  });

  test.each([
    ['text/html', `406: Not Acceptable\n\nAvailable representations: ${MEDIA_TYPES}`, {}],
    [
      'application/json;as=Nothing',
      `only the following media types are accepted: ${MEDIA_TYPES}`,
      undefined,
    ],
  ])('Accept: %s is refused', (accept, message, details) => {
    expect(newFront().json('GET', MAPS, undefined, { accept })).toEqual(
      failure(message, 'NotAcceptable', 406, details),
    );
  });

  test('a body of another type is refused', () => {
    const headers = { 'content-type': 'text/plain' };
    expect(newFront().json('POST', MAPS, {}, headers)).toMatchObject([
      415,
      { reason: 'UnsupportedMediaType' },
    ]);
  });
});

describe('a watch', () => {
  function watching(path: string, accept = 'application/json') {
    const front = newFront();
    front.json('POST', LEASES, { metadata: { name: 'a' } });
    const response = front.ask('GET', `${LEASES}?watch=1${path}`, { headers: { accept } });
    const lines: string[] = [];
    let ended = false;
    response.stream!.start({
      chunk: (text) => lines.push(...text.trimEnd().split('\n')),
      end: () => (ended = true),
    });
    type Line = { type: string; object: { kind: string; metadata: Record<string, unknown> } };
    const events = (): Line[] => lines.map((line) => JSON.parse(line) as Line);
    const told = (): string[] =>
      events().map(({ type, object }) =>
        `${type} ${object.kind} ${(object.metadata.name ?? '') as string}`.trim(),
      );
    return { ...front, response, told, events, hasEnded: () => ended };
  }

  test('tells the state, then what happens, until its time is up', () => {
    const { json, told, sim, hasEnded, response } = watching('&timeoutSeconds=2');
    expect([response.status, response.body]).toEqual([200, '']);
    json('POST', LEASES, { metadata: { name: 'b' } });
    json('DELETE', `${LEASES}/a`);
    sim.clock.runFor(2000);
    json('POST', LEASES, { metadata: { name: 'c' } });
    expect(told()).toEqual(['ADDED Lease a', 'ADDED Lease b', 'DELETED Lease a']);
    expect(hasEnded()).toBe(true);
  });

  test('sends bookmarks now and then, and at the end of the initial state', () => {
    const query =
      '&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
    const { told, events, sim } = watching(query);
    sim.clock.runFor(60_000);
    expect(told()).toEqual(['ADDED Lease a', 'BOOKMARK Lease', 'BOOKMARK Lease']);
    expect(events().map(({ object }) => object.metadata.annotations)).toEqual([
      undefined,
      { 'k8s.io/initial-events-end': 'true' },
      undefined,
    ]);
  });

  test('says nothing of the end of the initial state to who takes no bookmarks', () => {
    const { told, sim } = watching('&sendInitialEvents=true&resourceVersionMatch=NotOlderThan');
    sim.clock.runFor(60_000);
    expect(told()).toEqual(['ADDED Lease a']);
  });

  test('has no initial state of a revision that is yet to come', () => {
    const query = 'watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan';
    const front = newFront();
    expect(front.json('GET', `${LEASES}?${query}&resourceVersion=999999`)).toMatchObject([
      504,
      { reason: 'Timeout', details: { retryAfterSeconds: 1 } },
    ]);
  });

  test('gives Tables with columns in the first event only', () => {
    const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io';
    const { json, events } = watching('', accept);
    json('POST', LEASES, { metadata: { name: 'b' } });
    const tables = events().map(({ object }) => object as unknown as Record<string, unknown>);
    expect(tables.map(({ columnDefinitions, rows }) => [columnDefinitions === null, rows])).toEqual(
      [
        [
          false,
          [
            {
              cells: ['a', '', '0s'],
              object: expect.objectContaining({ kind: 'PartialObjectMetadata' }),
            },
          ],
        ],
        [
          true,
          [
            {
              cells: ['b', '', '0s'],
              object: expect.objectContaining({ kind: 'PartialObjectMetadata' }),
            },
          ],
        ],
      ],
    );
  });

  test('says nothing more once it was stopped', () => {
    const { json, told, response } = watching('');
    response.stream!.stop();
    json('POST', LEASES, { metadata: { name: 'b' } });
    expect(told()).toEqual(['ADDED Lease a']);
  });

  test('of one object tells of that object only', () => {
    const { json, told } = watching('&fieldSelector=metadata.name%3Db');
    json('POST', LEASES, { metadata: { name: 'b' } });
    expect(told()).toEqual(['ADDED Lease b']);
  });
});

describe('other shapes', () => {
  const table = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
  const partial = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';

  test.each([
    ['None', null],
    ['Metadata', expect.objectContaining({ kind: 'PartialObjectMetadata' })],
    ['Object', expect.objectContaining({ kind: 'ConfigMap', data: { a: '1' } })],
  ])('a Table with includeObject=%s', (include, object) => {
    const { json } = newFront();
    json('POST', MAPS, { metadata: { name: 'c' }, data: { a: '1' } });
    const [, answer] = json('GET', `${MAPS}?includeObject=${include}`, undefined, {
      accept: table,
    });
    expect(answer).toMatchObject({
      kind: 'Table',
      apiVersion: 'meta.k8s.io/v1',
      metadata: { resourceVersion: '2' },
      columnDefinitions: [{ name: 'Name' }, { name: 'Data' }, { name: 'Age' }],
      rows: [{ cells: ['c', 1, '0s'], object }],
    });
  });

  test('a list of metadata alone', () => {
    const { json } = newFront();
    json('POST', MAPS, { metadata: { name: 'c' }, data: { a: '1' } });
    expect(json('GET', MAPS, undefined, { accept: partial })).toEqual([
      200,
      {
        kind: 'PartialObjectMetadataList',
        apiVersion: 'meta.k8s.io/v1',
        metadata: { resourceVersion: '2' },
        items: [
          {
            kind: 'PartialObjectMetadata',
            apiVersion: 'meta.k8s.io/v1',
            metadata: expect.objectContaining({ name: 'c' }),
          },
        ],
      },
    ]);
  });

  test('indented JSON for people', () => {
    const { ask } = newFront();
    const headers = { 'User-Agent': 'curl/8.0' };
    expect(ask('GET', '/api', { headers }).body).toContain('{\n  "kind": "APIVersions"');
    expect(ask('GET', `${MAPS}?pretty=true`).body).toContain('\n  "items": []\n}');
  });
});

describe("the server's own pages", () => {
  test('version, health and paths', () => {
    const { ask, json } = newFront();
    expect(json('GET', '/version')).toMatchObject([
      200,
      { major: '1', minor: '36', gitVersion: 'v1.36.0' },
    ]);
    expect(ask('GET', '/readyz')).toMatchObject({ status: 200, body: 'ok' });
    expect(ask('GET', '/livez?verbose').body).toMatch(
      /^\[\+\]ping ok\n[^]*\nlivez check passed\n$/,
    );
    expect(ask('GET', '/healthz/etcd')).toMatchObject({ status: 200, body: 'ok' });
    expect(ask('GET', '/healthz/nothing')).toMatchObject({ status: 404 });
    const [, { paths }] = json('GET', '/') as [number, { paths: string[] }];
    expect(paths).toEqual(
      expect.arrayContaining([
        '/api',
        '/api/v1',
        '/apis',
        '/apis/coordination.k8s.io',
        '/apis/coordination.k8s.io/v1',
        '/healthz',
        '/version',
      ]),
    );
  });
});

test.each([
  ['Table', 406],
  ['PartialObjectMetadata', 200],
])('a kind that is only answered has no table of its own: asked for a %s', (as, expected) => {
  const accept = `application/json;as=${as};v=v1;g=meta.k8s.io`;
  const negotiated = (): number => {
    try {
      negotiate(accept, false, false);
      return 200;
    } catch (error) {
      return (error as StatusError).code;
    }
  };
  expect(negotiated()).toBe(expected);
});

test.each([
  ['timeout=invalid', 400],
  ['timeout=5', 400],
  ['timeout=0s', 200],
  ['timeout=32s', 200],
  ['timeout=', 200],
  ['timeout=invalid&watch=true', 200],
])('a client says in %s how long it waits: %i', (query, expected) => {
  expect(newFront().ask('GET', `${MAPS}?${query}`).status).toBe(expected);
});

test('a timeout that cannot be read is refused in the words of Go', () => {
  expect(newFront().json('GET', '/version?timeout=invalid')).toEqual(
    failure(
      'invalid timeout specified in the request URL - time: invalid duration "invalid"',
      'BadRequest',
      400,
    ),
  );
});
