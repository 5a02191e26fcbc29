// What is down, with what stops and what goes on: read from the picture, the gravest first.
import type { SceneNode } from '../../scene/scene';
import { apiState, isolatedControlPlane } from '../canvas/api-state';
import { span } from '../canvas/quantities';
import { words as panels } from '../inspector/group/words';
import { podsOnNode } from '../state/crowd';
import { lostGroups, type LostGroup } from '../state/lost-groups';
import type { Group } from '../state/node-groups';
import type { SceneData } from '../state/scene-store';
import type { ActTarget } from './act';
import { isProgramStopped } from './program-acts';
import { membersOf } from './etcd-acts';
import { words } from './words';

export interface Outage {
  id: string;
  /** Nothing can change: it takes the narration's place. */
  isGrave: boolean;
  title: string;
  /** What goes on, and what does not. */
  goesOn: string;
  chain?: readonly string[];
  /** The act that mends it. */
  mend?: { act: string; target: ActTarget; offer: string; name: string };
}

type Scene = Pick<SceneData, 'nodes' | 'pods' | 'components'>;

/** What of the control plane is down. */
export function controlPlaneOutages(scene: Scene, server = serverOutage(scene)): Outage[] {
  return [
    ...(server ? [server] : standbys(scene)),
    ...(server?.id === 'controlPlane' ? [] : clientOutages(scene)),
  ];
}

export function outagesOf(scene: Scene, nowMs: number): Outage[] {
  const server = serverOutage(scene);
  // What keeps the control plane from being reached is told of it, not of its machines.
  const nodes = [...scene.nodes.values()].filter(
    ({ name }) => !server || !scene.components.some(({ machine }) => machine === name),
  );
  // A rack or a zone that is down is one outage, not a dozen.
  const groups = lostGroups(nodes, scene.nodes).filter(isTogether);
  const grouped = new Set(groups.flatMap((lost) => lost.nodes.map(({ name }) => name)));
  return [
    ...controlPlaneOutages(scene, server),
    ...groups.map((lost) => groupOutage(lost, scene, nowMs)),
    ...nodes.flatMap((node) =>
      grouped.has(node.name) ? [] : (nodeOutage(node, scene, nowMs, server !== undefined) ?? []),
    ),
  ];
}

/** Why the API cannot be used, or can only be read. */
function serverOutage(scene: Scene): Outage | undefined {
  const state = apiState(scene);
  const { outages } = words;
  if (state === 'up') return isolation(scene);
  const members = membersOf(scene as SceneData);
  if (state === 'readOnly') {
    const hostOf = ({ machine }: { machine: string }) => scene.nodes.get(machine);
    const linked = members.filter((each) => each.isRunning && !isUnreachable(hostOf(each)));
    const held = members.find(({ isHeld }) => isHeld);
    const away = members.map(hostOf).find(isUnreachable);
    const mend = held ? startOn(scene, 'etcd', held.machine) : away && reachAgain(away);
    return {
      id: 'quorum',
      isGrave: true,
      title: outages.quorum.title(linked.length, members.length),
      goesOn: outages.quorum.goesOn,
      chain: outages.quorum.chain,
      ...(mend && { mend }),
    };
  }
  const machines = scene.components.filter(({ name }) => name === 'kube-apiserver');
  const off = machines.map(({ machine }) => scene.nodes.get(machine)).find(isOff);
  if (off) {
    return {
      id: 'controlPlane',
      isGrave: true,
      title: outages.controlPlane.title(off.name),
      goesOn: outages.controlPlane.goesOn,
      chain: outages.controlPlane.chain,
      mend: reachAgain(off),
    };
  }
  const stopped = scene.components.find(
    ({ name, state: is }) => name === 'kube-apiserver' && is === 'stopped',
  );
  const which = stopped ? 'apiserver' : 'etcd';
  const program = stopped ? 'kube-apiserver' : 'etcd';
  const at = scene.components.find(({ name, machine, state: is }) => {
    return name === program && is === 'stopped' && isHeld(scene, name, machine);
  });
  return {
    id: which,
    isGrave: true,
    title: outages[which].title,
    goesOn: outages[which].goesOn,
    chain: outages[which].chain,
    ...(at && { mend: startOn(scene, program, at.machine) }),
  };
}

function isolation(scene: Scene): Outage | undefined {
  const machine = isolatedControlPlane(scene);
  const host = machine === undefined ? undefined : scene.nodes.get(machine);
  if (!host) return undefined;
  const { title, goesOn, chain } = words.outages.isolated;
  return {
    id: 'isolated',
    isGrave: true,
    title: title(host.name),
    goesOn,
    chain,
    mend: reachAgain(host),
  };
}

function isUnreachable(node: SceneNode | undefined): node is SceneNode {
  return node?.power === 'Off' || node?.network === 'Cut';
}

function isOff(node: SceneNode | undefined): node is SceneNode {
  return node?.power === 'Off';
}

/** Control planes of which one has gone while others serve. */
function standbys(scene: Scene): Outage[] {
  const { outages } = words;
  return scene.components.flatMap(({ name, machine, state }): Outage[] => {
    if ((name !== 'etcd' && name !== 'kube-apiserver') || state !== 'stopped') return [];
    if (isUnreachable(scene.nodes.get(machine))) return [];
    const mend = startOn(scene, name, machine);
    const isMember = name === 'etcd';
    return [
      {
        id: `${name} ${machine}`,
        isGrave: false,
        title: isMember ? outages.member.title(machine) : outages.standby.title(name, machine),
        goesOn: outages.member.goesOn,
        ...(mend && { mend }),
      },
    ];
  });
}

const CLIENTS = [
  ['kube-scheduler', 'scheduler'],
  ['kube-controller-manager', 'controllers'],
  ['cloud-controller-manager', 'cloud'],
] as const;

function clientOutages(scene: Scene): Outage[] {
  const { outages } = words;
  return CLIENTS.flatMap(([program, key]): Outage[] => {
    const all = scene.components.filter(({ name }) => name === program);
    const stopped = all.filter(({ state }) => state === 'stopped');
    const hasHost = stopped.some(({ machine }) => !isUnreachable(scene.nodes.get(machine)));
    // Of several, those whose machine is away are told of with the machine.
    if (stopped.length === 0 || (!hasHost && stopped.length < all.length)) return [];
    const first = stopped.find(({ machine }) => isHeld(scene, program, machine)) ?? stopped[0]!;
    const mend = startOn(scene, program, first.machine);
    const base = { id: program, isGrave: false, ...(mend && { mend }) };
    if (stopped.length === all.length) {
      return [{ ...base, title: outages[key].title, goesOn: outages[key].goesOn }];
    }
    const leader = all.find((each) => each.leader && each.state === 'running');
    return [
      {
        ...base,
        title: outages.standby.title(program, first.machine),
        goesOn: leader ? outages.standby.led(leader.machine) : outages.standby.goesOn,
      },
    ];
  });
}

type Together = LostGroup & { group: Group };

function isTogether(lost: LostGroup): lost is Together {
  return lost.group !== undefined && lost.cause !== 'news';
}

/** A rack or a zone without power, or cut off. */
function groupOutage({ cause, group, nodes }: Together, scene: Scene, nowMs: number): Outage {
  const { outages } = words;
  const isOff = cause === 'power';
  const who = group.kind === 'Rack' ? panels.rack(group.name) : group.name;
  const isGiven = nodes.every(({ ready }) => ready !== 'Ready');
  const pods = nodes.reduce((sum, { name }) => sum + podsOn(name, scene), 0);
  const heardMs = Math.max(...nodes.map(({ heartbeatMs }) => heartbeatMs));
  const { off, partition } = outages;
  const goesOn = isOff
    ? isGiven
      ? off.given
      : off.goesOn
    : isGiven
      ? partition.given(pods)
      : partition.goesOn(pods, span(Math.max(0, nowMs - heardMs)));
  return {
    id: `${isOff ? 'off' : 'partition'} ${group.namespace}/${group.name}`,
    isGrave: false,
    title: (isOff ? off : partition).title(who),
    goesOn,
    mend: {
      act: isOff ? 'powerOnGroup' : 'plugCableGroup',
      target: group,
      offer: '',
      name: isOff ? outages.powerOn : outages.plug,
    },
  };
}

function nodeOutage(
  node: SceneNode,
  scene: Scene,
  nowMs: number,
  isApiDown: boolean,
): Outage | undefined {
  const { outages } = words;
  const { name } = node;
  const told = (id: string, title: string, goesOn: string, mend?: Outage['mend']): Outage => ({
    id: `${id} ${name}`,
    isGrave: false,
    title,
    goesOn,
    ...(mend && { mend }),
  });
  if (!node.machine) return undefined;
  if (node.power === 'Off') {
    const { title, goesOn, given } = outages.off;
    return told('off', title(name), node.ready === 'Ready' ? goesOn : given, reachAgain(node));
  }
  if (node.network === 'Cut') {
    const { title, goesOn, given } = outages.partition;
    const age = span(Math.max(0, nowMs - node.heartbeatMs));
    const pods = podsOn(name, scene);
    const text = node.ready === 'Ready' ? goesOn(pods, age) : given(pods);
    return told('partition', title(name), text, reachAgain(node));
  }
  for (const [program, key] of NODE_PROGRAMS) {
    if (!isProgramStopped(node, program)) continue;
    const { title, goesOn } = outages[key];
    return told(program, title(name), goesOn, startBeside(program, node));
  }
  if (node.diskFilled || node.pressures?.includes('DiskPressure')) {
    const { title, goesOn, freed } = outages.disk;
    const free = { act: 'freeDisk', target: targetOf(node), offer: '', name: outages.free };
    return node.diskFilled
      ? told('disk', title(name), goesOn, free)
      : told('disk', title(name), freed);
  }
  if (node.registered && node.ready === 'Unknown' && !isApiDown) {
    return told('returning', outages.returning.title(name), outages.returning.goesOn);
  }
  return undefined;
}

const NODE_PROGRAMS = [
  ['kubelet', 'kubelet'],
  ['containerd', 'containerd'],
  ['kube-proxy', 'kubeProxy'],
] as const;

/** What is held to run there, ended pods aside. */
function podsOn(node: string, { pods }: Scene): number {
  return podsOnNode(pods, node).filter(({ look }) => look !== 'succeeded' && look !== 'failed')
    .length;
}

function isHeld({ nodes }: Scene, program: string, machine: string): boolean {
  const host = nodes.get(machine);
  return host?.power === 'On' && isProgramStopped(host, program);
}

/** Starts what a hand has stopped; what has crashed is started by its kubelet. */
function startOn(scene: Scene, program: string, machine: string): Outage['mend'] {
  if (!isHeld(scene, program, machine)) return undefined;
  const hosts = scene.components.filter(({ name }) => name === program).length;
  const { start, startOn: on } = words.outages;
  return {
    act: 'startProgram',
    target: { kind: 'Component', namespace: '', name: program },
    offer: `${program} ${machine}`,
    name: hosts > 1 ? on(machine) : start,
  };
}

function startBeside(program: string, node: SceneNode): Outage['mend'] {
  return {
    act: 'startProgram',
    target: targetOf(node),
    offer: `${program} ${node.machine}`,
    name: words.outages.start,
  };
}

function reachAgain(node: SceneNode): Outage['mend'] {
  const isOff = node.power === 'Off';
  return {
    act: isOff ? 'powerOn' : 'plugCable',
    target: targetOf(node),
    offer: '',
    name: isOff ? words.outages.powerOn : words.outages.plug,
  };
}

function targetOf({ name }: SceneNode): ActTarget {
  return { kind: 'Node', namespace: '', name };
}
