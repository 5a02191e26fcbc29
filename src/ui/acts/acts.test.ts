import { describe, expect, test } from 'vitest';
import type { SceneComponent, SceneNode, ScenePod } from '../../scene/scene';
import { createSceneStore, type SceneData } from '../state/scene-store';
import type { Request, Sending } from './act';
import { actKeys } from './act-keys';
import { dropActs } from './drop-acts';
import { findOffer, offeredFor, offerOfKey } from './offered';
import { acts } from './registry';

function node(change: Partial<SceneNode> = {}): SceneNode {
  return {
    name: 'n1',
    machine: 'n1',
    power: 'On',
    network: 'Connected',
    registered: true,
    ready: 'Ready',
    roles: [],
    zone: '',
    cordoned: false,
    taints: [],
    cpu: { requested: 0, allocatable: 2000 },
    memory: { requested: 0, allocatable: 4 * 1024 ** 3 },
    podCount: 0,
    maxPods: 110,
    imageCount: 0,
    runtime: '',
    kubeletVersion: '',
    heartbeatMs: 0,
    ...change,
  };
}

function pod(change: Partial<ScenePod> = {}): ScenePod {
  return {
    key: 'shop/web-1',
    uid: 'u1',
    namespace: 'shop',
    name: 'web-1',
    title: ['web', '-1'],
    node: 'n1',
    look: 'running',
    ready: 1,
    total: 1,
    containers: ['running'],
    restarts: 0,
    createdMs: 0,
    mirror: false,
    owner: { kind: 'Deployment', name: 'web', hue: 1, current: true },
    ...change,
  };
}

function component(name: string, machine: string, leader = false): SceneComponent {
  return { name, machine, state: 'running', leader };
}

function scene(change: Partial<SceneData> = {}): SceneData {
  const nodes = new Map([['n1', node()]]);
  return { ...createSceneStore().getState(), nodes, ...change };
}

const onNode = { kind: 'Node', namespace: '', name: 'n1' };
const onPod = { kind: 'Pod', namespace: 'shop', name: 'web-1' };

function idsOf(target: typeof onNode, of: SceneData): string[] {
  return offeredFor(target, of).map(({ act, offer }) =>
    offer.id ? `${act.id} ${offer.id}` : act.id,
  );
}

const PROGRAMS = ['kubelet', 'kube-proxy', 'containerd'];
const running = [
  ...PROGRAMS.map((program) => `stopProgram ${program} n1`),
  ...PROGRAMS.map((program) => `crashProgram ${program} n1`),
];

describe('what is offered for a node', () => {
  const always = ['taint', 'label'];
  const end = ['deleteNode', 'removeMachine'];
  test.each([
    [{}, ['cordon', 'drain', ...always, 'fillDisk', 'cutCable', 'powerOff', ...running, ...end]],
    [{ power: 'Off' }, ['cordon', 'drain', ...always, 'powerOn', ...end]],
    [
      { network: 'Cut', cordoned: true },
      ['uncordon', 'drain', ...always, 'fillDisk', 'plugCable', 'powerOff', ...running, ...end],
    ],
    [
      { diskFilled: 97 },
      ['cordon', 'drain', ...always, 'freeDisk', 'cutCable', 'powerOff', ...running, ...end],
    ],
    [{ registered: false }, ['fillDisk', 'cutCable', 'powerOff', ...running, 'removeMachine']],
    [{ machine: '', power: '', network: '' }, ['cordon', 'drain', ...always, 'deleteNode']],
  ] as const)('%j', (change, ids) => {
    const nodes = new Map([['n1', node(change as Partial<SceneNode>)]]);
    expect(idsOf(onNode, scene({ nodes }))).toEqual(ids);
  });

  test('each of its taints that a person may take away', () => {
    const taints = ['a=b:NoSchedule', 'node.kubernetes.io/not-ready:NoExecute'];
    const nodes = new Map([['n1', node({ taints })]]);
    expect(idsOf(onNode, scene({ nodes }))).toContain('untaint a=b:NoSchedule');
    expect(idsOf(onNode, scene({ nodes })).filter((id) => id.startsWith('untaint'))).toHaveLength(
      1,
    );
  });

  test('a drain by force where a pod has no owner', () => {
    const pods = new Map([['shop/web-1', pod({ owner: undefined })]]);
    expect(idsOf(onNode, scene({ pods }))).toContain('drain force');
  });

  test('a program that was stopped starts', () => {
    const nodes = new Map([['n1', node({ programs: { kubelet: { state: 'Stopped' } } })]]);
    expect(idsOf(onNode, scene({ nodes }))).toContain('startProgram kubelet n1');
    expect(idsOf(onNode, scene({ nodes }))).not.toContain('stopProgram kubelet n1');
  });
});

describe('what is offered for other things', () => {
  test('a pod that runs on a machine', () => {
    const pods = new Map([['shop/web-1', pod()]]);
    const all = ['killContainer', 'crashPod', 'failProbe', 'label', 'deletePod'];
    expect(idsOf(onPod, scene({ pods }))).toEqual(all);
    const waiting = new Map([['shop/web-1', pod({ node: '', look: 'pending' })]]);
    expect(idsOf(onPod, scene({ pods: waiting }))).toEqual(['label', 'deletePod']);
  });

  test('a probe that fails is mended', () => {
    const containers = { 'shop/web-1/app': { failingProbes: ['readiness' as const] } };
    const nodes = new Map([['n1', node({ containers })]]);
    const pods = new Map([['shop/web-1', pod()]]);
    expect(idsOf(onPod, scene({ nodes, pods }))).toContain('mendProbe shop/web-1/app');
  });

  test('the one etcd of a small cluster has no quorum to lose', () => {
    const etcd = { kind: 'Component', namespace: '', name: 'etcd' };
    const nodes = new Map([['m1', node({ name: 'm1', machine: 'm1' })]]);
    const components = [component('etcd', 'm1', true)];
    expect(idsOf(etcd, scene({ nodes, components }))).toEqual([
      'stopProgram etcd m1',
      'crashProgram etcd m1',
      'saveSnapshot',
      'restoreSnapshot',
    ]);
  });

  test('three members lose one, or two with which the quorum goes', async () => {
    const etcd = { kind: 'Component', namespace: '', name: 'etcd' };
    const names = ['m1', 'm2', 'm3'];
    const nodes = new Map(names.map((name) => [name, node({ name, machine: name })]));
    const components = names.map((name) => component('etcd', name, name === 'm3'));
    const of = scene({ nodes, components });
    const command = async (act: string) =>
      (await findOffer(act, etcd, of)!.offer.plan({}, never)).command;
    expect(await command('loseMember')).toBe(
      `kubectl patch machine m2 --type merge -p '{"spec":{"programs":{"etcd":{"state":"Stopped"}}}}'`,
    );
    expect(await command('loseQuorum')).toBe(
      'kubectl patch machine/m2 machine/m3 --type merge -p ' +
        `'{"spec":{"programs":{"etcd":{"state":"Stopped"}}}}'`,
    );
  });

  test('the canvas takes machines, a Service labels', () => {
    const canvas = { kind: 'Canvas', namespace: '', name: '' };
    expect(idsOf(canvas, scene())).toEqual(['addMachine']);
    const service = { kind: 'Service', namespace: 'shop', name: 'web' };
    expect(idsOf(service, scene())).toEqual(['label', 'deleteObject']);
  });
});

describe('commands', () => {
  const never = () => Promise.reject(new Error('nothing is read'));
  const pods = new Map([['shop/web-1', pod()]]);
  const of = scene({ pods });
  test.each([
    ['powerOff', onNode, {}, `kubectl patch machine n1 --type merge -p '{"spec":{"power":"Off"}}'`],
    [
      'fillDisk',
      onNode,
      {},
      `kubectl patch machine n1 --type merge -p '{"spec":{"disk":{"filledPercent":97}}}'`,
    ],
    ['cordon', onNode, {}, 'kubectl cordon n1'],
    ['drain', onNode, {}, 'kubectl drain n1 --ignore-daemonsets --delete-emptydir-data'],
    [
      'taint',
      onNode,
      { key: 'a', value: '', effect: 'NoExecute' },
      'kubectl taint nodes n1 a:NoExecute',
    ],
    ['label', onNode, { label: 'disk=ssd' }, 'kubectl label node n1 disk=ssd --overwrite'],
    ['label', onNode, { label: 'disk-' }, 'kubectl label node n1 disk-'],
    ['deletePod', onPod, {}, 'kubectl delete pod web-1 -n shop'],
    ['removeMachine', onNode, {}, 'kubectl delete machine n1'],
  ] as const)('%s', async (id, target, values, command) => {
    const { offer } = findOffer(id, target, of)!;
    expect((await offer.plan(values, never)).command).toBe(command);
  });
});

test('a taint is put on the Node as it is when somebody else changes it meanwhile', async () => {
  const heard: string[] = [];
  const versions = ['7', '8'];
  const taints = [[], [{ key: 'x', effect: 'NoSchedule' }]];
  let reads = 0;
  const request: Request = ({ method, body }) => {
    if (method === 'GET') {
      const metadata = { name: 'n1', resourceVersion: versions[reads] };
      return answer(200, { kind: 'Node', metadata, spec: { taints: taints[reads++] } });
    }
    heard.push(String(body));
    if (heard.length === 1) return answer(409, { kind: 'Status', reason: 'Conflict', code: 409 });
    return answer(200, { kind: 'Node', metadata: { name: 'n1' } });
  };
  const { offer } = findOffer('taint', onNode, scene({}))!;
  const plan = await offer.plan({ key: 'a', value: '', effect: 'NoExecute' }, request);
  await plan.run({ request } as Sending);
  expect(heard).toEqual([
    '{"metadata":{"resourceVersion":"7"},"spec":{"taints":[{"key":"a","effect":"NoExecute"}]}}',
    '{"metadata":{"resourceVersion":"8"},"spec":{"taints":[{"key":"x","effect":"NoSchedule"},' +
      '{"key":"a","effect":"NoExecute"}]}}',
  ]);
});

function answer(status: number, body: object): ReturnType<Request> {
  return Promise.resolve({ status, headers: {}, body: JSON.stringify(body) });
}

const never = () => Promise.reject(new Error('nothing is read'));

describe('keys', () => {
  test('those that the canvas knows are those of the registry', () => {
    const keys = new Set(acts.flatMap(({ key }) => key ?? []));
    expect([...actKeys].sort()).toEqual([...keys].sort());
  });

  test.each([
    ['Delete', onNode, 'powerOff'],
    ['Delete', onPod, 'deletePod'],
    ['c', onNode, 'cordon'],
    ['k', onPod, 'killContainer'],
    ['s', onNode, undefined],
    ['n', onPod, 'addMachine'],
  ])('%s', (key, target, id) => {
    const pods = new Map([['shop/web-1', pod()]]);
    expect(offerOfKey(key, target, scene({ pods }))?.act.id).toBe(id);
  });
});

describe('dropActs', () => {
  test.each([
    [{}, ['fillDisk', 'cutCable', 'powerOff']],
    [{ diskFilled: 97, network: 'Cut' }, ['freeDisk', 'plugCable', 'powerOff']],
    [{ power: 'Off' }, ['powerOn']],
    [{ machine: '' }, []],
  ] as const)('%j', (change, expected) => {
    expect(dropActs(node(change as Partial<SceneNode>))).toEqual(expected);
  });
});
