import { describe, expect, test } from 'vitest';
import { deepFreeze } from '../../store/freeze';
import { applyPatch } from './apply-patch';

const deployment = deepFreeze({
  metadata: { name: 'web', labels: { a: '1', b: '2' }, finalizers: ['x/one', 'x/two'] },
  spec: {
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } },
    template: {
      spec: {
        containers: [
          {
            name: 'main',
            image: 'm:1',
            env: [
              { name: 'A', value: '1' },
              { name: 'B', value: '2' },
            ],
          },
          { name: 'side', image: 's:1', ports: [{ containerPort: 80 }, { containerPort: 81 }] },
        ],
        tolerations: [{ key: 'k' }],
      },
    },
  },
});

type Web = typeof deployment;
const patchPod = (podSpec: unknown): Web =>
  applyPatch('strategic', deployment, { spec: { template: { spec: podSpec } } }, 'Deployment');
const containersAfter = (podSpec: unknown): unknown[] =>
  patchPod(podSpec).spec.template.spec.containers;
const [main, side] = deployment.spec.template.spec.containers;

function failure(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    const { code, message } = error as { code: number; message: string };
    return { code, message };
  }
  return 'no error';
}

describe('merge patch', () => {
  test.each([
    [
      'sets, removes and adds members',
      { a: 1, b: { c: 2 } },
      { a: 3, b: { c: null, d: 4 } },
      { a: 3, b: { d: 4 } },
    ],
    ['replaces lists as a whole', { a: [1, 2] }, { a: [3] }, { a: [3] }],
    ['leaves out nulls of what it adds', {}, { a: { b: null, c: { d: null } } }, { a: { c: {} } }],
    ['replaces a scalar by an object', { a: 1 }, { a: { b: 2 } }, { a: { b: 2 } }],
    ['removes what is not there without ado', { a: 1 }, { b: null }, { a: 1 }],
  ])('%s', (_name, current, patch, expected) => {
    expect(applyPatch('merge', deepFreeze(current), deepFreeze(patch))).toEqual(expected);
  });

  test('gives back the same object when nothing changes, and shares the rest when something does', () => {
    const same = { metadata: { finalizers: ['x/one', 'x/two'], labels: { c: null } } };
    expect(applyPatch('merge', deployment, same)).toBe(deployment);
    const changed = applyPatch('merge', deployment, { metadata: { labels: { a: '9' } } });
    expect(changed.metadata.labels).toEqual({ a: '9', b: '2' });
    expect(changed.spec).toBe(deployment.spec);
  });

  test('refuses a patch that is no object', () => {
    expect(failure(() => applyPatch('merge', deployment, []))).toEqual({
      code: 400,
      message:
        'error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}',
    });
  });
});

describe('JSON patch', () => {
  const current = deepFreeze({ a: { b: [1, 2, 3] }, 'x/y': 1 });

  test.each([
    [
      'adds a member',
      { op: 'add', path: '/a/c', value: 5 },
      { a: { b: [1, 2, 3], c: 5 }, 'x/y': 1 },
    ],
    [
      'inserts into a list',
      { op: 'add', path: '/a/b/1', value: 9 },
      { a: { b: [1, 9, 2, 3] }, 'x/y': 1 },
    ],
    [
      'appends to a list',
      { op: 'add', path: '/a/b/-', value: 9 },
      { a: { b: [1, 2, 3, 9] }, 'x/y': 1 },
    ],
    ['removes from a list', { op: 'remove', path: '/a/b/0' }, { a: { b: [2, 3] }, 'x/y': 1 }],
    [
      'replaces by an escaped path',
      { op: 'replace', path: '/x~1y', value: 2 },
      { a: { b: [1, 2, 3] }, 'x/y': 2 },
    ],
    ['moves', { op: 'move', from: '/a/b', path: '/b' }, { a: {}, b: [1, 2, 3], 'x/y': 1 }],
    ['copies', { op: 'copy', from: '/x~1y', path: '/z' }, { a: { b: [1, 2, 3] }, 'x/y': 1, z: 1 }],
    ['passes a test', { op: 'test', path: '/a/nothing', value: null }, current],
  ])('%s', (_name, operation, expected) => {
    expect(applyPatch('json', current, [operation])).toEqual(expected);
  });

  test.each([
    ['a test that fails', { op: 'test', path: '/x~1y', value: 3 }],
    ['a member that is missing', { op: 'remove', path: '/nope' }],
    ['a parent that is missing', { op: 'add', path: '/nope/x', value: 1 }],
    ['an index beyond the list', { op: 'remove', path: '/a/b/7' }],
    ['an unknown operation', { op: 'bogus', path: '/a' }],
    ['a path without a slash', { op: 'add', path: 'a', value: 1 }],
  ])('refuses %s without saying why', (_name, operation) => {
    expect(failure(() => applyPatch('json', current, [operation]))).toEqual({
      code: 422,
      message: 'the server rejected our request due to an error in our request',
    });
  });

  test('refuses a patch that is no list', () => {
    expect(failure(() => applyPatch('json', current, { a: 1 }))).toEqual({
      code: 400,
      message:
        'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
    });
  });
});

describe('strategic merge patch', () => {
  test.each([
    [
      'merges items by their key',
      { containers: [{ name: 'main', image: 'm:2' }] },
      [{ ...main, image: 'm:2' }, side],
    ],
    [
      'merges lists within items, patched items first',
      {
        containers: [
          {
            name: 'main',
            env: [
              { name: 'N', value: 'n' },
              { name: 'B', value: 'two' },
            ],
          },
        ],
      },
      [
        {
          ...main,
          env: [
            { name: 'N', value: 'n' },
            { name: 'A', value: '1' },
            { name: 'B', value: 'two' },
          ],
        },
        side,
      ],
    ],
    [
      'adds items',
      { containers: [{ name: 'third', image: 't' }] },
      [{ name: 'third', image: 't' }, main, side],
    ],
    [
      'merges by a number',
      {
        containers: [
          { name: 'side', ports: [{ containerPort: 81, name: 'y' }, { containerPort: 90 }] },
        ],
      },
      [
        main,
        {
          ...side,
          ports: [{ containerPort: 80 }, { containerPort: 81, name: 'y' }, { containerPort: 90 }],
        },
      ],
    ],
    ['deletes an item', { containers: [{ name: 'side', $patch: 'delete' }] }, [main]],
    [
      'replaces a list',
      { containers: [{ $patch: 'replace' }, { name: 'new' }] },
      [{ name: 'new' }],
    ],
    [
      'orders items',
      {
        '$setElementOrder/containers': [{ name: 'side' }, { name: 'main' }],
        containers: [{ name: 'main', image: 'm:9' }],
      },
      [side, { ...main, image: 'm:9' }],
    ],
    [
      'orders items without changing them',
      {
        '$setElementOrder/containers': [{ name: 'side' }, { name: 'main' }],
      },
      [side, main],
    ],
    [
      'places new items by the order',
      {
        '$setElementOrder/containers': [{ name: 'side' }, { name: 'extra' }, { name: 'main' }],
        containers: [{ name: 'extra', image: 'e' }],
      },
      [side, { name: 'extra', image: 'e' }, main],
    ],
  ])('%s', (_name, podSpec, expected) => {
    expect(containersAfter(deepFreeze(podSpec))).toEqual(expected);
  });

  test('replaces lists that have no merge strategy', () => {
    const { tolerations } = patchPod({ tolerations: [{ key: 'other' }] }).spec.template.spec;
    expect(tolerations).toEqual([{ key: 'other' }]);
  });

  test('replaces a map, keeps only the named keys, unites and prunes lists of scalars', () => {
    const patch = (body: unknown): unknown =>
      applyPatch('strategic', deployment, body, 'Deployment');
    expect(patch({ metadata: { labels: { $patch: 'replace', only: 'this' } } })).toMatchObject({
      metadata: { labels: { only: 'this' } },
    });
    expect(
      patch({ spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } }),
    ).toHaveProperty('spec.strategy', { type: 'Recreate' });
    expect(patch({ metadata: { finalizers: ['x/three'] } })).toHaveProperty('metadata.finalizers', [
      'x/three',
      'x/one',
      'x/two',
    ]);
    expect(
      patch({ metadata: { '$deleteFromPrimitiveList/finalizers': ['x/one'] } }),
    ).toHaveProperty('metadata.finalizers', ['x/two']);
  });

  test('gives back the same object when nothing changes, and shares the rest when something does', () => {
    expect(containersAfter({ containers: [{ name: 'main', image: 'm:1' }] })).toBe(
      deployment.spec.template.spec.containers,
    );
    expect(patchPod({})).toBe(deployment);
    const changed = patchPod({ containers: [{ name: 'main', image: 'm:2' }] });
    expect(changed.metadata).toBe(deployment.metadata);
    expect(changed.spec.template.spec.containers[1]).toBe(side);
  });

  test.each([
    [
      { containers: [{ $patch: 'delete' }] },
      500,
      'map: map[$patch:delete] does not contain declared merge key: name',
    ],
    [{ $patch: 'bogus' }, 500, 'unknown patch type: bogus in map: map[$patch:bogus]'],
    [{ $retainKeys: ['a'], b: 1 }, 400, 'invalid patch format of retainKeys'],
    [{ '$setElementOrder/containers': 5 }, 400, 'invalid patch format of setElementOrder list'],
    [
      {
        '$setElementOrder/containers': [{ name: 'main' }],
        containers: [{ name: 'side', image: 'q' }],
      },
      500,
      "The order in patch list:\n[map[image:q name:side]]\n doesn't match $setElementOrder list:\n[map[name:main]]\n",
    ],
  ])('refuses %j', (podSpec, code, message) => {
    expect(failure(() => patchPod(podSpec))).toEqual({ code, message });
  });
});
