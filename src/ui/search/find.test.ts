import { describe, expect, it } from 'vitest';
import { packPods } from '../../scene/packed-pods';
import type { SceneNode, ScenePod } from '../../scene/scene';
import { Crowd, CrowdPods } from '../state/crowd';
import { find } from './find';
import { filterMask } from './filter-mask';
import { hasLabel, isFiltering, noFilters, passes } from './filters';

function pod(namespace: string, name: string, more: Partial<ScenePod> = {}): ScenePod {
  return {
    key: `${namespace}/${name}`,
    uid: '0a1b2c3d',
    namespace,
    name,
    title: [name, ''],
    node: 'n1',
    look: 'running',
    ready: 1,
    total: 1,
    containers: [],
    restarts: 0,
    createdMs: 0,
    mirror: false,
    ...more,
  };
}

const web = { kind: 'Deployment', name: 'web', hue: 1, current: true };
const all = [
  pod('shop', 'web-77-abcde', { owner: web, labels: 'app=web,team=shop' }),
  pod('data', 'web-77-fghij', { owner: web, labels: 'app=web,team=data', look: 'crashLoop' }),
  pod('data', 'cache-0', { labels: 'app=cache' }),
];
const nodes = new Map(
  ['n1', 'n2', 'web-1'].map((name) => [name, { name, zone: 'zone-a' } as SceneNode]),
);
const plain = new Map(all.map((each) => [each.key, each]));
const crowd = new Crowd();
crowd.take(packPods(all), []);

describe.each([
  ['one by one', plain],
  ['in columns', new CrowdPods(crowd)],
])('finding among pods %s', (_, pods) => {
  const scene = { nodes, pods, services: new Map(), components: [] };
  const told = (question: string, most = 10) =>
    find(scene, question, most).hits.map(({ kind, name }) => `${kind} ${name}`);

  it('tells the very name first, then what begins so', () => {
    expect(told('web')).toEqual([
      'Deployment web',
      'Deployment web',
      'Node web-1',
      'Pod web-77-abcde',
      'Pod web-77-fghij',
    ]);
  });

  it.each([
    ['app=cache', ['Pod cache-0']],
    ['pod data', ['Pod cache-0', 'Pod web-77-fghij']],
    ['nodes', ['Node n1', 'Node n2', 'Node web-1']],
    ['data/web', ['Deployment web', 'Pod web-77-fghij']],
    ['77-f', ['Pod web-77-fghij']],
    ['nothing', []],
    [' ', []],
  ])('%s finds %j', (question, hits) => {
    expect(told(question)).toEqual(hits);
  });

  it('says how many there are beyond those told', () => {
    const found = find(scene, 'web', 2);
    expect([found.hits.length, found.total]).toEqual([2, 5]);
  });
});

describe('filters', () => {
  it('let through what meets all of them, in columns as one by one', () => {
    const cases = [
      { namespace: 'data' },
      { label: 'app=web' },
      { label: 'team' },
      { owner: 'Deployment/web' },
      { look: 'crashLoop' as const },
      { namespace: 'data', owner: 'Deployment/web' },
      { namespace: 'none' },
    ];
    for (const some of cases) {
      const filters = { ...noFilters, ...some };
      const mask = filterMask(crowd, filters)!;
      expect([some, [...mask]]).toEqual([some, all.map((each) => Number(passes(filters, each)))]);
    }
  });

  it('are none until one is set', () => {
    expect(isFiltering(noFilters)).toBe(false);
    expect(filterMask(crowd, noFilters)).toBeNull();
  });

  it.each([
    ['app=web,team=shop', 'app', true],
    ['app=web,team=shop', 'team=shop', true],
    ['app=web,team=shop', 'team=sho', false],
    [undefined, 'app', false],
  ])('labels %s have %s: %s', (labels, wanted, has) => {
    expect(hasLabel(labels, wanted)).toBe(has);
  });
});
