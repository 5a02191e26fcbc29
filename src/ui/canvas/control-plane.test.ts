import { describe, expect, test } from 'vitest';
import type { SceneController, SceneNode } from '../../scene/scene';
import { createSceneStore, type SceneData } from '../state/scene-store';
import { shortPath, stagePath } from './api-stages';
import { isApiDown } from './api-state';
import { chipWidth, chooseChips } from './controller-chips';

describe('stagePath', () => {
  test.each([
    ['create', 201, 'authn authz admit check store', false],
    ['patch', 200, 'authn authz admit check store', false],
    ['get', 200, 'authn authz store', false],
    ['LIST', 200, 'authn authz store', false],
    ['create', 401, 'authn', true],
    ['get', 403, 'authn authz', true],
    ['create', 422, 'authn authz admit check', true],
    ['create', 400, 'authn authz admit check', true],
    ['update', 409, 'authn authz admit check store', true],
    ['get', 404, 'authn authz store', false],
    ['update', 404, 'authn authz admit check store', true],
  ])('%s answered by %d passes %s', (verb, code, stages, refused) => {
    expect(stagePath(verb, code)).toEqual({ stages: stages.split(' '), refused });
  });
});

describe('shortPath', () => {
  test.each([
    ['pods', 15, 'pods'],
    ['pods/web-745d47f586-k6k6n', 15, 'pods/web…-k6k6n'],
    ['leases/kube-scheduler', 20, 'leases/kube-s…eduler'],
    ['pods/web-1', 2, 'p…'],
  ])('%s in %d letters is %s', (path, chars, short) => {
    expect(shortPath(path, chars)).toBe(short);
  });
});

describe('chooseChips', () => {
  const controllers = [
    'bootstrap',
    'daemonset',
    'deployment',
    'endpointslice',
    'garbage-collector',
    'namespace',
    'node-lifecycle',
    'pod-gc',
    'replicaset',
    'serviceaccount',
    'tokens',
  ].map((name): SceneController => ({ name: `${name}-controller`, queue: 0, busy: false }));
  const names = (row: { shown: readonly SceneController[] }) =>
    row.shown.map(({ name }) => name.replace('-controller', ''));
  const work = (name: string) =>
    controllers.map((it) =>
      it.name === `${name}-controller` ? { ...it, queue: 4, busy: true } : it,
    );

  test('at rest it shows those that a rollout wakes, in that order', () => {
    const row = chooseChips(controllers, 288, 2);
    expect(names(row).slice(0, 4)).toEqual([
      'deployment',
      'replicaset',
      'endpointslice',
      'daemonset',
    ]);
    expect(row.shown.length + row.hidden).toBe(controllers.length);
    expect(row.hiddenBusy).toBe(false);
  });

  test('one that is at work gets a chip', () => {
    expect(names(chooseChips(work('tokens'), 288, 2))).toContain('tokens');
  });

  test('where there is room for none, it only counts them', () => {
    const { shown, hidden } = chooseChips(controllers, 80, 1);
    expect([shown.length, hidden]).toEqual([0, controllers.length]);
  });

  test('where there is room for one, it is the one at work', () => {
    expect(names(chooseChips(controllers, 150, 1))).toHaveLength(1);
    expect(names(chooseChips(work('namespace'), 150, 1))).toEqual(['namespace']);
  });

  test('without room all are counted, and whether one of them works', () => {
    expect(chooseChips(work('tokens'), 20, 1)).toEqual({ shown: [], hidden: 11, hiddenBusy: true });
  });

  test('no row is wider than it may be', () => {
    for (const width of [150, 288, 400, 640]) {
      const { shown } = chooseChips(controllers, width, 2);
      const total = shown.reduce((sum, it) => sum + chipWidth(it) + 5, 0);
      expect(total).toBeLessThanOrEqual(2 * (width + 5));
    }
  });
});

describe('isApiDown', () => {
  const scene = (state: 'running' | 'stopped', power: 'On' | 'Off'): SceneData => ({
    ...createSceneStore().getState(),
    components: [{ name: 'kube-apiserver', machine: 'm1', state, leader: true }],
    nodes: new Map([['m1', { name: 'm1', power } as SceneNode]]),
  });

  test.each([
    ['running', 'On', false],
    ['stopped', 'On', true],
    ['running', 'Off', true],
  ] as const)('a server that is %s on a machine that is %s: %s', (state, power, down) => {
    expect(isApiDown(scene(state, power))).toBe(down);
  });

  test('nothing is down before the scene has told', () => {
    expect(isApiDown(createSceneStore().getState())).toBe(false);
  });
});
