import { describe, expect, test } from 'vitest';
import type { SceneComponent, SceneNode } from '../../scene/scene';
import { etcdMembers, mastersOf, standing } from './api-state';
import { layoutCanvas, type Box } from './layout';
import { masterWords } from './master-words';
import { layoutRoutes } from './routes';

const programs = ['kube-apiserver', 'etcd', 'kube-scheduler', 'kube-controller-manager'];

/** Three machines; `leads` says which program leads where, `stopped` which does not run. */
function componentsOf(leads: Record<string, string>, stopped: string[] = []): SceneComponent[] {
  return ['m1', 'm2', 'm3'].flatMap((machine) =>
    programs.map((name) => ({
      name,
      machine,
      state: stopped.includes(`${name} ${machine}`) ? ('stopped' as const) : ('running' as const),
      leader: leads[name] === machine,
    })),
  );
}

const leads = { etcd: 'm3', 'kube-scheduler': 'm2', 'kube-controller-manager': 'm2' };

function nodesOf(off: string[] = [], cut: string[] = []): Map<string, SceneNode> {
  return new Map(
    ['m1', 'm2', 'm3', 'n1'].map((name) => {
      const power = off.includes(name) ? 'Off' : 'On';
      const network = cut.includes(name) ? 'Cut' : 'Connected';
      const roles = name.startsWith('m') ? ['control-plane'] : [];
      return [name, { name, power, network, roles } as unknown as SceneNode];
    }),
  );
}

describe('the machines of a control plane', () => {
  test('are named where there are several', () => {
    expect(mastersOf({ components: componentsOf(leads), nodes: nodesOf() })).toEqual([
      'm1',
      'm2',
      'm3',
    ]);
  });

  test('one alone is the card itself', () => {
    const components = componentsOf(leads).filter(({ machine }) => machine === 'm1');
    const nodes = new Map([...nodesOf()].filter(([name]) => name === 'm1' || name === 'n1'));
    expect(mastersOf({ components, nodes })).toEqual([]);
  });

  test.each([
    ['m1', [], ['apiserver · etcd', 'standby', '']],
    ['m2', [], ['apiserver · etcd', 'scheduler, controllers leader', '']],
    ['m3', [], ['apiserver · etcd leader', 'standby', '']],
    ['m1', ['etcd m1'], ['apiserver', 'standby', 'etcd stopped']],
    ['m1', programs.map((name) => `${name} m1`), ['', '', expect.stringContaining('stopped')]],
  ] as const)('%s with %j stopped says what runs and leads', (machine, stopped, said) => {
    const all = componentsOf(leads, [...stopped]);
    const words = masterWords(all.filter((it) => it.machine === machine));
    expect([words.serves, words.leads, words.stopped]).toEqual(said);
  });

  test('what speaks with the cloud is told of where there is a cloud', () => {
    const name = 'cloud-controller-manager';
    const own = componentsOf(leads).filter(({ machine }) => machine === 'm1');
    const said = (state: 'running' | 'stopped', leader: boolean) =>
      masterWords([...own, { name, machine: 'm1', state, leader }]);
    expect(said('running', true).leads).toBe('cloud leader');
    expect(said('stopped', false).stopped).toBe('cloud stopped');
  });

  test('who leads and who stands by', () => {
    const scene = { components: componentsOf(leads), nodes: nodesOf() };
    expect(standing(scene, 'kube-scheduler')).toEqual({
      leader: 'm2',
      standby: ['m1', 'm3'],
      count: 3,
    });
    const dark = { ...scene, nodes: nodesOf(['m2']) };
    expect(standing(dark, 'kube-scheduler').leader).toBe('');
  });

  test.each([
    ['all there', [], [], [true, true, true], true],
    ['one without power', ['m3'], [], [true, true, false], true],
    ['one cut, one without power', ['m3'], ['m1'], [false, true, false], false],
  ] as const)('members of etcd: %s', (_, off, cut, there, hasQuorum) => {
    const scene = { components: componentsOf(leads), nodes: nodesOf([...off], [...cut]) };
    const found = etcdMembers(scene);
    expect(found.members.map(({ isThere }) => isThere)).toEqual(there);
    expect(found.hasQuorum).toBe(hasQuorum);
  });
});

describe('machines as chips', () => {
  const masters = ['m1', 'm2', 'm3'];
  const layoutOf = (width: number, height: number, compact: boolean, cloud = false) =>
    layoutCanvas({
      width,
      height,
      compact,
      tanks: ['n1', 'n2', 'n3', 'n4', 'n5'],
      masters,
      cloud,
      unscheduled: 0,
      services: 2,
    });
  const sizes = [
    [892, 628, false],
    [1400, 900, false],
    [760, 372, true],
    [390, 736, true],
  ] as const;
  const overlaps = (a: Box, b: Box) =>
    a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

  test.each(sizes)(
    '%d x %d: chips and parts lie in the card beside each other',
    (w, h, compact) => {
      for (const cloud of [false, true]) {
        const layout = layoutOf(w, h, compact, cloud);
        const { card, pods, ...parts } = layout.controlPlane;
        expect(pods).toBeNull();
        const boxes = [
          ...Object.values(parts),
          ...[...layout.masters.values()].map((it) => it.box),
        ];
        expect(boxes).toHaveLength(4 + 3 + (cloud && layout.kind === 'wide' ? 1 : 0));
        for (const [i, box] of boxes.entries()) {
          expect(box.x >= card.x && box.x + box.w <= card.x + card.w).toBe(true);
          expect(box.y >= card.y && box.y + box.h <= card.y + card.h).toBe(true);
          for (const other of boxes.slice(i + 1)) expect(overlaps(box, other)).toBe(false);
        }
      }
    },
  );

  test('in the lowest frame they stay tanks', () => {
    expect(layoutOf(390, 272, true).masters.size).toBe(0);
  });

  test('five workers beside them stand in one row of whole tanks at the desk', () => {
    const layout = layoutOf(892, 628, false);
    expect([layout.tankSize, layout.columns, layout.rows]).toEqual(['full', 5, 1]);
  });

  test('every chip has a wire at the desk, and the cloud one', () => {
    const layout = layoutOf(892, 628, false, true);
    const routes = layoutRoutes(layout);
    for (const [name, { box }] of layout.masters) {
      const { xs, ys } = routes.get(`node:${name}`)!;
      expect([xs.at(-1), ys.at(-1)]).toEqual([box.x + box.w / 2, box.y + box.h]);
    }
    const { cloud } = layout.controlPlane;
    expect(routes.get('cloud-controller-manager')!.ys.at(-1)).toBe(cloud!.y + cloud!.h);
  });
});
