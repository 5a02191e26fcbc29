import { describe, expect, it } from 'vitest';
import { wireSchema } from '../../../generated/wire-schema';
import { applyManifests } from './apply';
import type { ApplyResult } from './apply';
import { deleteManifests } from './delete';
import { Discovery } from './discovery';
import { parseWarnings } from './exchange';
import type { Exchange, WireRequest, WireResponse } from './exchange';
import { parseManifests } from './manifest';
import { statusProblems, warningProblem } from './status-problems';

const coreResources = {
  kind: 'APIResourceList',
  groupVersion: 'v1',
  resources: [
    { name: 'configmaps', kind: 'ConfigMap', namespaced: true },
    { name: 'namespaces', kind: 'Namespace', namespaced: false },
    { name: 'namespaces/status', kind: 'Namespace', namespaced: false },
  ],
};
const worldResources = {
  kind: 'APIResourceList',
  groupVersion: 'sim.kubarium.dev/v1alpha1',
  resources: [{ name: 'machines', kind: 'Machine', namespaced: false }],
};

function json(body: unknown, status = 200, headers = {}): WireResponse {
  return { status, headers, body: JSON.stringify(body) };
}

function failure(code: number, reason: string, message: string, details = {}): WireResponse {
  return json({ kind: 'Status', status: 'Failure', code, reason, message, details }, code);
}

const notFound = failure(404, 'NotFound', 'configmaps "a" not found');

/** Runs an exchange against a script of answers; a request without one fails the test. */
function play<T>(exchange: Exchange<T>, answers: Record<string, WireResponse[]>) {
  const sent: WireRequest[] = [];
  let step = exchange.next();
  while (!step.done) {
    sent.push(step.value);
    const key = `${step.value.method} ${step.value.path}`;
    const answer = answers[key]?.shift();
    if (!answer) throw new Error(`no answer for ${key}`);
    step = exchange.next(answer);
  }
  return { result: step.value, sent };
}

function apply(text: string, answers: Record<string, WireResponse[]>, dryRun = false) {
  const exchange = applyManifests(parseManifests(text), {
    schema: wireSchema,
    namespace: 'default',
    dryRun,
    discovery: new Discovery(),
  });
  const { result, sent } = play(exchange, answers);
  return { results: result.map(line), sent };
}

/** 'configmap/a created', with the reason of a failure and the warnings. */
function line({ subject, outcome, status, warnings, manifest }: ApplyResult): string {
  const why = status?.message ?? manifest.problems[0]?.message;
  const parts = [subject, outcome, why && `(${why})`, ...warnings.map((it) => `[${it}]`)];
  return parts.filter(Boolean).join(' ');
}

const configMap = (name: string, data = '{ color: blue }') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: ${data}\n`;

const annotation =
  '{"apiVersion":"v1","data":{"color":"blue"},"kind":"ConfigMap",' +
  '"metadata":{"annotations":{},"name":"a","namespace":"default"}}\n';

const liveA = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name: 'a',
    namespace: 'default',
    uid: 'u',
    annotations: { 'kubectl.kubernetes.io/last-applied-configuration': annotation },
  },
  data: { color: 'blue' },
};

const query = '?fieldManager=kubectl-client-side-apply&fieldValidation=Strict';
const collection = `/api/v1/namespaces/default/configmaps`;

describe('kubectl apply', () => {
  it('creates what is not there, with what was applied written on it', () => {
    const { results, sent } = apply(configMap('a'), {
      'GET /api/v1': [json(coreResources)],
      [`GET ${collection}/a`]: [notFound],
      [`POST ${collection}${query}`]: [json(liveA, 201)],
    });
    expect(results).toEqual(['configmap/a created']);
    expect(sent.map(({ method, path, headers }) => ({ method, path, headers }))).toEqual([
      { method: 'GET', path: '/api/v1', headers: undefined },
      { method: 'GET', path: `${collection}/a`, headers: undefined },
      {
        method: 'POST',
        path: `${collection}${query}`,
        headers: { 'content-type': 'application/json' },
      },
    ]);
    expect(JSON.parse(sent[2]!.body!)).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'a',
        namespace: 'default',
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': annotation },
      },
      data: { color: 'blue' },
    });
  });

  it('sends nothing when nothing changed', () => {
    const { results, sent } = apply(configMap('a'), {
      'GET /api/v1': [json(coreResources)],
      [`GET ${collection}/a`]: [json(liveA)],
    });
    expect(results).toEqual(['configmap/a unchanged']);
    expect(sent).toHaveLength(2);
  });

  it('patches what changed, and only that', () => {
    const { results, sent } = apply(configMap('a', '{ colour: red }'), {
      'GET /api/v1': [json(coreResources)],
      [`GET ${collection}/a`]: [json(liveA)],
      [`PATCH ${collection}/a${query}`]: [json(liveA)],
    });
    expect(results).toEqual(['configmap/a configured']);
    expect(sent[2]!.headers).toEqual({ 'content-type': 'application/strategic-merge-patch+json' });
    expect(JSON.parse(sent[2]!.body!)).toEqual({
      data: { colour: 'red', color: null },
      metadata: {
        annotations: {
          'kubectl.kubernetes.io/last-applied-configuration': annotation.replace(
            '"color":"blue"',
            '"colour":"red"',
          ),
        },
      },
    });
  });

  it('asks the server to try only, on a dry run', () => {
    const { results, sent } = apply(
      configMap('a'),
      {
        'GET /api/v1': [json(coreResources)],
        [`GET ${collection}/a`]: [notFound],
        [`POST ${collection}${query}&dryRun=All`]: [json(liveA, 201)],
      },
      true,
    );
    expect(results).toEqual(['configmap/a created']);
    expect(sent).toHaveLength(3);
  });

  it('warns where the annotation is missing and repairs it', () => {
    const bare = { ...liveA, metadata: { name: 'a', namespace: 'default' } };
    const warned = { warning: '299 - "first \\"one\\"", 299 - "second"' };
    const { results } = apply(configMap('a'), {
      'GET /api/v1': [json(coreResources)],
      [`GET ${collection}/a`]: [json(bare)],
      [`PATCH ${collection}/a${query}`]: [json(liveA, 200, warned)],
    });
    expect(results).toEqual([
      'configmap/a configured [resource configmaps/a is missing the ' +
        'kubectl.kubernetes.io/last-applied-configuration annotation which is required by ' +
        'kubectl apply. kubectl apply should only be used on resources created declaratively ' +
        'by either kubectl create --save-config or kubectl apply. The missing annotation will ' +
        'be patched automatically.] [first "one"] [second]',
    ]);
  });

  it('goes on after a failure, machines first, and tells of each', () => {
    const machine = 'apiVersion: sim.kubarium.dev/v1alpha1\nkind: Machine\nmetadata: {name: n9}\n';
    const unknown = 'apiVersion: x.test/v1\nkind: Widget\nmetadata: {name: x}\n';
    const text = [configMap('a'), 'kind: [', unknown, machine, configMap('b')].join('---\n');
    const { results, sent } = apply(text.replace('kind: [---', 'kind: [\n---'), {
      'GET /apis/sim.kubarium.dev/v1alpha1': [json(worldResources)],
      'GET /apis/sim.kubarium.dev/v1alpha1/machines/n9': [failure(404, 'NotFound', 'gone')],
      [`POST /apis/sim.kubarium.dev/v1alpha1/machines${query}`]: [json({}, 201)],
      'GET /api/v1': [json(coreResources)],
      [`GET ${collection}/a`]: [notFound],
      [`POST ${collection}${query}`]: [failure(403, 'Forbidden', 'no'), json({}, 201)],
      'GET /apis/x.test/v1': [failure(404, 'NotFound', '404 page not found')],
      [`GET ${collection}/b`]: [notFound],
    });
    expect(results).toEqual([
      'machine.sim.kubarium.dev/n9 created',
      'configmap/a failed (no)',
      'failed (Flow sequence in block collection must be sufficiently indented and end with a ])',
      'widget failed (no matches for kind "Widget" in version "x.test/v1"\nensure CRDs are ' +
        'installed first)',
      'configmap/b created',
    ]);
    expect(sent.filter((it) => it.path === '/api/v1')).toHaveLength(1);
  });

  it('reads again and tries again when somebody was faster, five times at most', () => {
    const clash = failure(409, 'Conflict', 'the object has been modified');
    const changed = json({ ...liveA, data: { color: 'green' } });
    const once = apply(configMap('a'), {
      'GET /api/v1': [json(coreResources)],
      [`GET ${collection}/a`]: [changed, changed],
      [`PATCH ${collection}/a${query}`]: [clash, json(liveA)],
    });
    expect(once.results).toEqual(['configmap/a configured']);
    const always = apply(configMap('a'), {
      'GET /api/v1': [json(coreResources)],
      [`GET ${collection}/a`]: Array.from({ length: 9 }, () => changed),
      [`PATCH ${collection}/a${query}`]: Array.from({ length: 9 }, () => clash),
    });
    expect(always.results).toEqual(['configmap/a failed (the object has been modified)']);
    expect(always.sent.filter((it) => it.method === 'PATCH')).toHaveLength(5);
  });

  it('reads an answer that is no Status as its text', () => {
    const { results } = apply(configMap('a'), {
      'GET /api/v1': [{ status: 503, headers: {}, body: 'apiserver is stopped' }],
    });
    expect(results).toEqual(['configmap failed (apiserver is stopped)']);
  });

  it('leaves cluster-scoped objects without a namespace and keeps a named one', () => {
    const text =
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n---\n' +
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: shop}\n';
    const { sent } = apply(text, {
      'GET /api/v1': [json(coreResources)],
      'GET /api/v1/namespaces/shop': [notFound],
      [`POST /api/v1/namespaces${query}`]: [json({}, 201)],
      'GET /api/v1/namespaces/shop/configmaps/a': [notFound],
      [`POST /api/v1/namespaces/shop/configmaps${query}`]: [json({}, 201)],
    });
    expect(JSON.parse(sent[2]!.body!).metadata.namespace).toBeUndefined();
  });
});

describe('kubectl delete', () => {
  it('deletes each object with the chosen cascade and tells what was gone', () => {
    const text = [configMap('a'), configMap('b'), 'kind: ['].join('---\n');
    const exchange = deleteManifests(parseManifests(text), {
      namespace: 'default',
      cascade: 'Foreground',
      discovery: new Discovery(),
    });
    const { result, sent } = play(exchange, {
      'GET /api/v1': [json(coreResources)],
      [`DELETE ${collection}/a`]: [json({})],
      [`DELETE ${collection}/b`]: [failure(404, 'NotFound', 'configmaps "b" not found')],
    });
    expect(result.map(({ subject, outcome }) => ({ subject, outcome }))).toEqual([
      { subject: 'configmap/a', outcome: 'deleted' },
      { subject: 'configmap/b', outcome: 'notFound' },
      { subject: '', outcome: 'failed' },
    ]);
    expect(JSON.parse(sent[1]!.body!)).toEqual({
      kind: 'DeleteOptions',
      apiVersion: 'v1',
      propagationPolicy: 'Foreground',
    });
  });
});

describe('what the server holds against a manifest', () => {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { "bad key": x } }
spec:
  replcas: 2
  replicas: many
  template:
    spec:
      containers:
        - { name: x, imagge: y }
`;
  const manifest = parseManifests(text)[0]!;
  const places = (status: Parameters<typeof statusProblems>[0]) =>
    statusProblems(status, manifest).map(({ message, range }) => {
      const { startLine, startColumn, endColumn } = range;
      const word = text.split('\n')[startLine - 1]!.slice(startColumn - 1, endColumn - 1);
      return `${startLine} ${word}: ${message}`;
    });
  const status = (message: string, reason = 'Invalid', causes: object[] = []) =>
    ({ kind: 'Status', code: 422, reason, message, details: { causes } }) as never;

  it.each([
    [
      'causes with fields',
      status('Deployment.apps "web" is invalid: [...]', 'Invalid', [
        { field: 'spec.selector', message: 'Required value', reason: 'FieldValueRequired' },
        { field: 'metadata.labels', message: 'Invalid value: "bad key": no', reason: 'x' },
      ]),
      [
        '4 spec: spec.selector: Required value',
        '3 "bad key": metadata.labels: Invalid value: "bad key": no',
      ],
    ],
    [
      'strict decoding',
      status(
        'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: ' +
          'unknown field "spec.replcas", unknown field "spec.template.spec.containers[0].imagge"',
        'BadRequest',
      ),
      [
        '5 replcas: unknown field "spec.replcas"',
        '10 imagge: unknown field "spec.template.spec.containers[0].imagge"',
      ],
    ],
    [
      'a type that does not fit',
      status(
        'Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal ' +
          'string into Go struct field DeploymentSpec.spec.replicas of type int32',
        'BadRequest',
      ),
      [
        '6 many: Deployment in version "v1" cannot be handled as a Deployment: json: cannot ' +
          'unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
      ],
    ],
    [
      'a name taken',
      status('deployments.apps "web" already exists', 'AlreadyExists'),
      ['3 web: deployments.apps "web" already exists'],
    ],
    [
      'anything else',
      status('etcdserver: request timed out', 'InternalError'),
      ['2 Deployment: etcdserver: request timed out'],
    ],
  ])('is shown at the word: %s', (_what, answer, expected) => {
    expect(places(answer)).toEqual(expected);
  });

  it('shows a warning at its field', () => {
    const where = (message: string) => warningProblem(message, manifest).range.startLine;
    expect(where('unknown field "spec.replcas"')).toBe(5);
    expect(where('spec.template.spec.containers[0].name: odd')).toBe(10);
    expect(where('something general')).toBe(2);
  });

  it('reads warning headers', () => {
    expect(parseWarnings('299 - "a \\"b\\", c", 299 host "d"')).toEqual(['a "b", c', 'd']);
    expect(parseWarnings('')).toEqual([]);
  });
});
