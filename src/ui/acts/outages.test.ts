import { describe, expect, test } from 'vitest';
import type { SceneComponent, SceneNode } from '../../scene/scene';
import { outagesOf } from './outages';

const PROGRAMS = ['kube-apiserver', 'etcd', 'kube-scheduler', 'kube-controller-manager'];
const nowMs = 100_000;

type Change = Partial<SceneNode>;

interface Setting {
  masters?: string[];
  /** By name of the machine. */
  nodes?: Record<string, Change>;
  /** 'program machine' of those that do not run. */
  stopped?: string[];
  /** Besides those that every control plane has. */
  more?: string[];
  /** 'program machine' of those that lead. */
  leaders?: string[];
}

function scene({ masters = ['m1'], nodes = {}, stopped = [], leaders = [], more = [] }: Setting) {
  const names = [...masters, 'n1', 'n2'];
  const all = names.map((name): [string, SceneNode] => {
    const roles = masters.includes(name) ? ['control-plane'] : [];
    return [name, { ...node(name), roles, ...nodes[name] }];
  });
  const components = masters.flatMap((machine) =>
    [...PROGRAMS, ...more].map((name): SceneComponent => {
      const key = `${name} ${machine}`;
      const state = stopped.includes(key) ? 'stopped' : 'running';
      return { name, machine, state, leader: leaders.includes(key) };
    }),
  );
  return { nodes: new Map(all), pods: new Map(), components };
}

function node(name: string): SceneNode {
  return {
    name,
    machine: name,
    power: 'On',
    network: 'Connected',
    registered: true,
    ready: 'Ready',
    roles: [],
    zone: '',
    cordoned: false,
    taints: [],
    cpu: { requested: 0, allocatable: 2000 },
    memory: { requested: 0, allocatable: 1 },
    podCount: 0,
    maxPods: 110,
    imageCount: 0,
    runtime: '',
    kubeletVersion: '',
    heartbeatMs: nowMs - 30_000,
  };
}

function held(program: string): Change {
  return { programs: { [program]: { state: 'Stopped' } } };
}

/** 'id! act' of each: ! where it stops everything, the act that mends it. */
function told(setting: Setting): string[] {
  return outagesOf(scene(setting), nowMs).map(({ id, isGrave, mend }) =>
    [id + (isGrave ? '!' : ''), mend && `${mend.act} ${mend.offer}`.trim()]
      .filter(Boolean)
      .join(': '),
  );
}

const three = ['m1', 'm2', 'm3'];

describe('outagesOf', () => {
  test('a cluster that is well has none', () => {
    expect(told({})).toEqual([]);
    expect(told({ masters: three })).toEqual([]);
  });

  test.each<[string, Setting, string[]]>([
    [
      'kube-apiserver that a hand has stopped',
      { nodes: { m1: held('kube-apiserver') }, stopped: ['kube-apiserver m1'] },
      ['apiserver!: startProgram kube-apiserver m1'],
    ],
    [
      'kube-apiserver that starts again by itself',
      { stopped: ['kube-apiserver m1'] },
      ['apiserver!'],
    ],
    [
      'the only etcd',
      { nodes: { m1: held('etcd') }, stopped: ['etcd m1'] },
      ['etcd!: startProgram etcd m1'],
    ],
    [
      'the only control plane without power',
      { nodes: { m1: { power: 'Off' } }, stopped: PROGRAMS.map((name) => `${name} m1`) },
      ['controlPlane!: powerOn'],
    ],
    ['its cable', { nodes: { m1: { network: 'Cut' } } }, ['isolated!: plugCable']],
    [
      'the scheduler',
      { nodes: { m1: held('kube-scheduler') }, stopped: ['kube-scheduler m1'] },
      ['kube-scheduler: startProgram kube-scheduler m1'],
    ],
    [
      'what speaks with the cloud',
      {
        more: ['cloud-controller-manager'],
        nodes: { m1: held('cloud-controller-manager') },
        stopped: ['cloud-controller-manager m1'],
      },
      ['cloud-controller-manager: startProgram cloud-controller-manager m1'],
    ],
    [
      'one etcd member of three',
      { masters: three, nodes: { m3: held('etcd') }, stopped: ['etcd m3'] },
      ['etcd m3: startProgram etcd m3'],
    ],
    [
      'two of three',
      {
        masters: three,
        nodes: { m2: held('etcd'), m3: held('etcd') },
        stopped: ['etcd m2', 'etcd m3'],
      },
      ['quorum!: startProgram etcd m2'],
    ],
    [
      'two of three cut off',
      { masters: three, nodes: { m1: { network: 'Cut' }, m2: { network: 'Cut' } } },
      ['quorum!: plugCable'],
    ],
    [
      'one of three control planes without power',
      {
        masters: three,
        nodes: { m2: { power: 'Off' } },
        stopped: PROGRAMS.map((name) => `${name} m2`),
      },
      ['off m2: powerOn'],
    ],
    ['a partition', { nodes: { n1: { network: 'Cut' } } }, ['partition n1: plugCable']],
    ['no power', { nodes: { n1: { power: 'Off' } } }, ['off n1: powerOn']],
    ['a returning node', { nodes: { n1: { ready: 'Unknown' } } }, ['returning n1']],
    ['a kubelet', { nodes: { n1: held('kubelet') } }, ['kubelet n1: startProgram kubelet n1']],
    [
      'containerd',
      { nodes: { n1: held('containerd') } },
      ['containerd n1: startProgram containerd n1'],
    ],
    ['a full disk', { nodes: { n1: { diskFilled: 97 } } }, ['disk n1: freeDisk']],
    ['a disk that was freed', { nodes: { n1: { pressures: ['DiskPressure'] } } }, ['disk n1']],
  ])('%s', (_, setting, expected) => {
    expect(told(setting)).toEqual(expected);
  });

  test('a standby takes over', () => {
    const stopped = ['kube-controller-manager m1'];
    const nodes = { m1: held('kube-controller-manager') };
    const words = (leaders: string[]) =>
      outagesOf(scene({ masters: three, nodes, stopped, leaders }), nowMs)[0]!.goesOn;
    expect(words([])).toBe('A standby takes over once its lease runs out.');
    expect(words(['kube-controller-manager m2'])).toBe('The one on m2 has taken over.');
  });

  test('a partition tells both truths', () => {
    const words = (ready: SceneNode['ready']) =>
      outagesOf(scene({ nodes: { n1: { network: 'Cut', ready } } }), nowMs)[0]!.goesOn;
    expect(words('Ready')).toBe('0 pods run there; the API last heard 30 s ago and goes by that.');
    expect(words('Unknown')).toContain('given it up');
  });
});
