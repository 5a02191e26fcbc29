import { describe, expect, it } from 'vitest';
import { wireSchema } from '../../../generated/wire-schema';
import { applyPatch } from '../../apiserver/patch/apply-patch';
import type { JsonObject } from './json-value';
import { mergeSchemaOf } from './merge-schema';
import { threeWayJsonPatch } from './three-way-json-patch';
import { threeWayStrategicPatch } from './three-way-strategic-patch';

const deploymentRules = mergeSchemaOf(wireSchema, 'apps/v1', 'Deployment')!;

function pod(spec: JsonObject): JsonObject {
  return { spec: { template: { spec } } };
}

interface Case {
  what: string;
  /** Last applied. */
  original: JsonObject;
  modified: JsonObject;
  current: JsonObject;
  patch: JsonObject;
}

const cases: Case[] = [
  {
    what: 'nothing to do, though the server filled in more',
    original: { spec: { replicas: 2 } },
    modified: { spec: { replicas: 2 } },
    current: { spec: { replicas: 2, revisionHistoryLimit: 10 }, status: { replicas: 2 } },
    patch: {},
  },
  {
    what: 'a change',
    original: { spec: { replicas: 2 } },
    modified: { spec: { replicas: 5 } },
    current: { spec: { replicas: 2 } },
    patch: { spec: { replicas: 5 } },
  },
  {
    what: 'a change somebody else made is taken back',
    original: { spec: { replicas: 2 } },
    modified: { spec: { replicas: 2 } },
    current: { spec: { replicas: 9 } },
    patch: { spec: { replicas: 2 } },
  },
  {
    what: 'a field taken away',
    original: { spec: { replicas: 2, paused: true } },
    modified: { spec: { replicas: 2 } },
    current: { spec: { replicas: 2, paused: true } },
    patch: { spec: { paused: null } },
  },
  {
    what: 'a field that was never applied stays',
    original: { spec: {} },
    modified: { spec: {} },
    current: { spec: { paused: true } },
    patch: {},
  },
  {
    what: 'an image of one container among two',
    original: pod({
      containers: [
        { name: 'a', image: 'x:1' },
        { name: 'b', image: 'y:1' },
      ],
    }),
    modified: pod({
      containers: [
        { name: 'a', image: 'x:2' },
        { name: 'b', image: 'y:1' },
      ],
    }),
    current: pod({
      containers: [
        { name: 'a', image: 'x:1', imagePullPolicy: 'IfNotPresent' },
        { name: 'b', image: 'y:1', imagePullPolicy: 'IfNotPresent' },
      ],
    }),
    patch: pod({
      '$setElementOrder/containers': [{ name: 'a' }, { name: 'b' }],
      containers: [{ name: 'a', image: 'x:2' }],
    }),
  },
  {
    what: 'a container taken away and one added',
    original: pod({
      containers: [
        { name: 'a', image: 'x:1' },
        { name: 'b', image: 'y:1' },
      ],
    }),
    modified: pod({
      containers: [
        { name: 'a', image: 'x:1' },
        { name: 'c', image: 'z:1' },
      ],
    }),
    current: pod({
      containers: [
        { name: 'a', image: 'x:1' },
        { name: 'b', image: 'y:1' },
      ],
    }),
    patch: pod({
      '$setElementOrder/containers': [{ name: 'a' }, { name: 'c' }],
      containers: [
        { name: 'c', image: 'z:1' },
        { $patch: 'delete', name: 'b' },
      ],
    }),
  },
  {
    what: 'a sidecar that an injector added stays',
    original: pod({ containers: [{ name: 'a', image: 'x:1' }] }),
    modified: pod({ containers: [{ name: 'a', image: 'x:1' }] }),
    current: pod({
      containers: [
        { name: 'a', image: 'x:1' },
        { name: 'proxy', image: 'p' },
      ],
    }),
    patch: {},
  },
  {
    what: 'a new order',
    original: pod({ containers: [{ name: 'a' }, { name: 'b' }] }),
    modified: pod({ containers: [{ name: 'b' }, { name: 'a' }] }),
    current: pod({ containers: [{ name: 'a' }, { name: 'b' }] }),
    patch: pod({ '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }] }),
  },
  {
    what: 'an environment variable taken away inside a container',
    original: pod({
      containers: [
        {
          name: 'a',
          env: [
            { name: 'X', value: '1' },
            { name: 'Y', value: '2' },
          ],
        },
      ],
    }),
    modified: pod({ containers: [{ name: 'a', env: [{ name: 'X', value: '1' }] }] }),
    current: pod({
      containers: [
        {
          name: 'a',
          env: [
            { name: 'X', value: '1' },
            { name: 'Y', value: '2' },
          ],
        },
      ],
    }),
    patch: pod({
      '$setElementOrder/containers': [{ name: 'a' }],
      containers: [
        {
          name: 'a',
          '$setElementOrder/env': [{ name: 'X' }],
          env: [{ $patch: 'delete', name: 'Y' }],
        },
      ],
    }),
  },
  {
    what: 'an atomic list is replaced',
    original: pod({ containers: [{ name: 'a', args: ['x', 'y'] }] }),
    modified: pod({ containers: [{ name: 'a', args: ['x', 'z'] }] }),
    current: pod({ containers: [{ name: 'a', args: ['x', 'y'] }] }),
    patch: pod({
      '$setElementOrder/containers': [{ name: 'a' }],
      containers: [{ name: 'a', args: ['x', 'z'] }],
    }),
  },
  {
    what: 'another strategy drops the parameters of the old one',
    original: { spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } } },
    modified: { spec: { strategy: { type: 'Recreate' } } },
    current: {
      spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } },
    },
    patch: {
      spec: { strategy: { $retainKeys: ['type'], type: 'Recreate', rollingUpdate: null } },
    },
  },
  {
    what: "a volume's other source",
    original: pod({ volumes: [{ name: 'v', emptyDir: {} }] }),
    modified: pod({ volumes: [{ name: 'v', configMap: { name: 'c' } }] }),
    current: pod({ volumes: [{ name: 'v', emptyDir: {} }] }),
    patch: pod({
      '$setElementOrder/volumes': [{ name: 'v' }],
      volumes: [
        { name: 'v', $retainKeys: ['configMap', 'name'], configMap: { name: 'c' }, emptyDir: null },
      ],
    }),
  },
  {
    what: 'a set loses one and gains one',
    original: { metadata: { finalizers: ['a/x', 'b/x'] } },
    modified: { metadata: { finalizers: ['b/x', 'c/x'] } },
    current: { metadata: { finalizers: ['a/x', 'b/x'] } },
    patch: {
      metadata: {
        '$deleteFromPrimitiveList/finalizers': ['a/x'],
        '$setElementOrder/finalizers': ['b/x', 'c/x'],
        finalizers: ['c/x'],
      },
    },
  },
  {
    what: 'labels are a map of words',
    original: { metadata: { labels: { a: '1', b: '2' } } },
    modified: { metadata: { labels: { a: '3' } } },
    current: { metadata: { labels: { a: '1', b: '2', c: '4' } } },
    patch: { metadata: { labels: { a: '3', b: null } } },
  },
];

describe('the three-way strategic merge patch', () => {
  it.each(cases)('$what', ({ original, modified, current, patch }) => {
    expect(threeWayStrategicPatch(original, modified, current, deploymentRules)).toEqual(patch);
  });

  it.each(cases)('is understood by the server: $what', ({ original, modified, current }) => {
    const patch = threeWayStrategicPatch(original, modified, current, deploymentRules);
    const live = { apiVersion: 'apps/v1', kind: 'Deployment', ...current };
    const patched = applyPatch('strategic', live, patch, 'Deployment') as unknown as JsonObject;
    expect(threeWayStrategicPatch(modified, modified, patched, deploymentRules)).toEqual({});
  });
});

describe('the three-way JSON merge patch', () => {
  it.each<Case>([
    {
      what: 'nothing to do',
      original: { spec: { power: 'On' } },
      modified: { spec: { power: 'On' } },
      current: { spec: { power: 'On', zone: 'a' } },
      patch: {},
    },
    {
      what: 'a change, an addition and a deletion',
      original: { spec: { power: 'On', zone: 'a', labels: { x: '1' } } },
      modified: { spec: { power: 'Off', rack: 'r', labels: {} } },
      current: { spec: { power: 'On', zone: 'a', labels: { x: '1', y: '2' } } },
      patch: { spec: { power: 'Off', rack: 'r', zone: null, labels: { x: null } } },
    },
    {
      what: 'a list, whole',
      original: { spec: { list: [1, 2] } },
      modified: { spec: { list: [2] } },
      current: { spec: { list: [1, 2] } },
      patch: { spec: { list: [2] } },
    },
  ])('$what', ({ original, modified, current, patch }) => {
    expect(threeWayJsonPatch(original, modified, current)).toEqual(patch);
  });
});
