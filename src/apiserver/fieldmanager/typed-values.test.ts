import { describe, expect, it } from 'vitest';
import { compareFields } from './compare';
import { toFieldsV1 } from './field-set';
import { fieldSetOf } from './field-set-of';
import { mergeObjects } from './merge-objects';
import { removeFields } from './remove-fields';
import { DEDUCED, shapeOfKind, type Shape } from './shape';
import { shapeOfSchema } from './structural-shape';
import { shapeProblem } from './validate-shape';

const pod = shapeOfKind('v1', 'Pod')!;
const service = shapeOfKind('v1', 'Service')!;
const deployment = shapeOfKind('apps/v1', 'Deployment')!;
const configMap = shapeOfKind('v1', 'ConfigMap')!;
const node = shapeOfKind('v1', 'Node')!;
const widget = shapeOfSchema({
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        size: { type: 'integer' },
        port: { 'x-kubernetes-int-or-string': true },
        tags: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
        parts: {
          type: 'array',
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['id', 'kind'],
          items: {
            type: 'object',
            properties: { id: { type: 'integer' }, kind: { type: 'string', default: 'round' } },
          },
        },
        ref: { type: 'object', 'x-kubernetes-map-type': 'atomic', properties: {} },
        free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      },
    },
  },
});

describe('the fields that a configuration sets', () => {
  it.each<[string, unknown, Shape, unknown]>([
    [
      'leaves of structs',
      { spec: { replicas: 1 } },
      deployment,
      { 'f:spec': { 'f:replicas': {} } },
    ],
    [
      'members of maps, but not the map',
      { data: { a: '1' } },
      configMap,
      { 'f:data': { 'f:a': {} } },
    ],
    ['empty maps', { data: {} }, configMap, { 'f:data': {} }],
    [
      'atomic maps as one',
      { spec: { selector: { matchLabels: { a: 'b' } } } },
      deployment,
      { 'f:spec': { 'f:selector': {} } },
    ],
    [
      'list items by their keys, defaults of keys included',
      { spec: { ports: [{ port: 80, name: 'http' }] } },
      service,
      {
        'f:spec': {
          'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:name': {}, 'f:port': {} } },
        },
      },
    ],
    [
      'items of sets by their value',
      { spec: { podCIDRs: ['10.0.0.0/24'] } },
      node,
      { 'f:spec': { 'f:podCIDRs': { 'v:"10.0.0.0/24"': {} } } },
    ],
    [
      'what a custom schema declares',
      {
        spec: { size: 1, tags: ['a'], parts: [{ id: 2 }], ref: { a: 1 }, free: { x: { y: [1] } } },
      },
      widget,
      {
        'f:spec': {
          'f:free': { 'f:x': { '.': {}, 'f:y': {} } },
          'f:parts': { 'k:{"id":2,"kind":"round"}': { '.': {}, 'f:id': {} } },
          'f:ref': {},
          'f:size': {},
          'f:tags': { 'v:"a"': {} },
        },
      },
    ],
    [
      'what values tell where nobody declared anything',
      { spec: { a: { b: 1 }, list: [{ c: 1 }] } },
      DEDUCED,
      { 'f:spec': { '.': {}, 'f:a': { '.': {}, 'f:b': {} }, 'f:list': {} } },
    ],
  ])('%s', (_name, value, shape, expected) => {
    expect(toFieldsV1(fieldSetOf(value, shape))).toEqual(expected);
  });
});

describe('comparing two objects', () => {
  it.each<[string, unknown, unknown, Shape, object]>([
    ['nothing', { data: { a: '1' } }, { data: { a: '1' } }, configMap, {}],
    [
      'a value, a new one and a missing one',
      { data: { a: '1', b: '2' } },
      { data: { a: '3', c: '4' } },
      configMap,
      {
        modified: { 'f:data': { 'f:a': {} } },
        added: { 'f:data': { 'f:c': {} } },
        removed: { 'f:data': { 'f:b': {} } },
      },
    ],
    [
      'a new map with all that is in it',
      {},
      { data: { a: '1' } },
      configMap,
      { added: { 'f:data': { '.': {}, 'f:a': {} } } },
    ],
    [
      'items by key, whatever their order',
      { spec: { containers: [{ name: 'a', image: 'x' }, { name: 'b' }] } },
      { spec: { containers: [{ name: 'b' }, { name: 'a', image: 'y' }] } },
      pod,
      { modified: { 'f:spec': { 'f:containers': { 'k:{"name":"a"}': { 'f:image': {} } } } } },
    ],
    [
      'items of one key as one',
      { spec: { imagePullSecrets: [{ name: 'a' }, { name: 'a' }] } },
      { spec: { imagePullSecrets: [{ name: 'a' }] } },
      pod,
      {
        added: { 'f:spec': { 'f:imagePullSecrets': { 'k:{"name":"a"}': {} } } },
        removed: { 'f:spec': { 'f:imagePullSecrets': { 'k:{"name":"a"}': {} } } },
      },
    ],
    [
      'an atomic list as one',
      { spec: { tolerations: [{ key: 'a' }] } },
      { spec: { tolerations: [{ key: 'b' }] } },
      pod,
      { modified: { 'f:spec': { 'f:tolerations': {} } } },
    ],
    [
      'a map that became a text',
      { spec: { a: { b: 1 } } },
      { spec: { a: 'x' } },
      DEDUCED,
      { modified: { 'f:spec': { 'f:a': {} } }, removed: { 'f:spec': { 'f:a': { 'f:b': {} } } } },
    ],
  ])('finds %s', (_name, left, right, shape, expected) => {
    const { added, modified, removed } = compareFields(left, right, shape);
    expect({
      added: toFieldsV1(added),
      modified: toFieldsV1(modified),
      removed: toFieldsV1(removed),
    }).toEqual({ added: {}, modified: {}, removed: {}, ...expected });
  });
});

describe('merging a configuration into an object', () => {
  const containers = (...items: object[]): object => ({ spec: { containers: items } });
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => ({ name }));
  it.each<[string, unknown, unknown, Shape, unknown]>([
    [
      'takes what is new',
      { data: { a: '1' } },
      { data: { b: '2' } },
      configMap,
      { data: { a: '1', b: '2' } },
    ],
    [
      'prefers what is applied',
      { data: { a: '1' } },
      { data: { a: '2' } },
      configMap,
      { data: { a: '2' } },
    ],
    [
      'keeps a map for a null',
      { data: { a: '1' } },
      { data: null },
      configMap,
      { data: { a: '1' } },
    ],
    ['appends items', containers(a), containers(b), pod, containers(a, b)],
    [
      'orders shared items as applied',
      containers(a, b, c),
      containers(c, a),
      pod,
      containers(b, c, a),
    ],
    [
      'keeps others among shared ones',
      containers(a, b, c, d),
      containers(a, d),
      pod,
      containers(a, b, c, d),
    ],
    ['inserts before a shared item', containers(b), containers(a, b), pod, containers(a, b)],
    [
      'merges items of one key',
      containers({ name: 'a', image: 'x', tty: true }),
      containers({ name: 'a', image: 'y' }),
      pod,
      containers({ name: 'a', image: 'y', tty: true }),
    ],
    [
      'replaces atomic lists',
      { spec: { tolerations: [{ key: 'a' }] } },
      { spec: { tolerations: [{ key: 'b' }] } },
      pod,
      { spec: { tolerations: [{ key: 'b' }] } },
    ],
  ])('%s', (_name, left, right, shape, expected) => {
    expect(mergeObjects(left, right, shape)).toEqual(expected);
  });
});

it('removes fields, list items and what becomes empty', () => {
  const object = { data: { a: '1' }, metadata: { labels: { x: 'y', z: 'w' } } };
  const gone = fieldSetOf({ data: { a: '1' }, metadata: { labels: { x: '' } } }, configMap);
  expect(removeFields(object, gone, configMap)).toEqual({
    data: null,
    metadata: { labels: { z: 'w' } },
  });
});

describe('a configuration that does not have the shape of its type', () => {
  it.each<[unknown, Shape, string]>([
    [{ spec: { replcas: 1 } }, deployment, '.spec.replcas: field not declared in schema'],
    [
      { spec: { replicas: 'x' } },
      deployment,
      '.spec.replicas: expected numeric (int or float), got string',
    ],
    [
      { metadata: { labels: { a: 1 } } },
      pod,
      '.metadata.labels.a: expected string, got &value.valueUnstructured{Value:1}',
    ],
    [
      { spec: { hostNetwork: 'yes', containers: {} } },
      pod,
      'errors:\n  .spec.hostNetwork: expected boolean, got &{yes}\n' +
        '  .spec.containers: expected list, got &{map[]}',
    ],
    [{ spec: [] }, pod, '.spec: expected map, got &{[]}'],
    [
      { spec: { containers: [{ name: 'a', env: [{ name: 'X' }, { name: 'X' }] }] } },
      pod,
      '.spec.containers[name="a"].env: duplicate entries for key [name="X"]',
    ],
    [
      { spec: { containers: [{ image: 'x' }] } },
      pod,
      '.spec.containers: element 0: associative list with keys has an element that omits all key ' +
        `fields ["name"] (and doesn't have default values for any key fields)`,
    ],
    [
      { spec: { containers: [null] } },
      pod,
      '.spec.containers: element 0: associative list with keys may not have a null element',
    ],
    [
      { metadata: { finalizers: [{}] } },
      pod,
      ".metadata.finalizers: element 0: associative list without keys has an element that's a map type",
    ],
    [{ spec: { extra: 1 } }, widget, '.spec.extra: field not declared in schema'],
  ])('%j', (value, shape, problem) => {
    expect(shapeProblem(value, shape)).toBe(problem);
  });

  it('is only told of duplicates when it is applied', () => {
    const value = { spec: { imagePullSecrets: [{ name: 'a' }, { name: 'a' }] } };
    expect(shapeProblem(value, pod, true)).toBeUndefined();
  });
});
