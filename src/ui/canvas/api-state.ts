// Whether there is an API server to talk to: its program runs, the etcd beside it too, and its
// machine has power. Of several one is enough; without a majority of etcd that see each other it
// only reads.
import { isControlPlane } from '../state/node-groups';
import type { SceneComponent } from '../../scene/scene';
import type { SceneData } from '../state/scene-store';
import { byNumber } from '../state/by-number';

export type ApiState = 'up' | 'readOnly' | 'down';

type Scene = Pick<SceneData, 'components' | 'nodes'>;

/** The component that stands for all of its name: the one that leads, or else runs. */
export function componentOf(scene: Scene, name: string): SceneComponent | undefined {
  let found: SceneComponent | undefined;
  for (const component of scene.components) {
    if (component.name !== name) continue;
    if (component.leader && component.state === 'running') return component;
    if (!found || (found.state !== 'running' && component.state === 'running')) found = component;
  }
  return found;
}

/** The machines of a control plane that has several, in order; none where it is one machine's. */
export function mastersOf({ components, nodes }: Scene): string[] {
  const names = new Set(components.map(({ machine }) => machine));
  for (const node of nodes.values()) {
    if (isControlPlane(node)) names.add(node.name);
  }
  const masters = [...names].filter((name) => nodes.has(name));
  if (masters.length < 2) return [];
  return masters.sort(byNumber);
}

/** A member of etcd as the others see it. */
export interface EtcdMember {
  machine: string;
  isThere: boolean;
  leads: boolean;
}

/** The members of etcd, and whether those that see each other are a majority. */
export function etcdMembers(scene: Scene): { members: EtcdMember[]; hasQuorum: boolean } {
  const all = scene.components.filter(({ name }) => name === 'etcd');
  const members = all.map(({ machine, state, leader }) => {
    const host = scene.nodes.get(machine);
    const isAlone = all.length === 1;
    const isLinked = isAlone || host?.network !== 'Cut';
    const isThere = state !== 'stopped' && host?.power !== 'Off' && isLinked;
    return { machine, isThere, leads: isThere && leader };
  });
  members.sort((a, b) => byNumber(a.machine, b.machine));
  const there = members.filter(({ isThere }) => isThere).length;
  return { members, hasQuorum: all.length === 0 || there * 2 > all.length };
}

/** Who leads of several that stand ready, and who would take over. */
export function standing(
  scene: Scene,
  name: string,
): { leader: string; standby: string[]; count: number } {
  const all = scene.components.filter((it) => it.name === name);
  const running = all.filter(
    ({ machine, state }) => state === 'running' && scene.nodes.get(machine)?.power !== 'Off',
  );
  return {
    leader: running.find(({ leader }) => leader)?.machine ?? '',
    standby: running.filter(({ leader }) => !leader).map(({ machine }) => machine),
    count: all.length,
  };
}

/** 'up' while the scene has not told yet. */
export function apiState({ components, nodes }: Scene): ApiState {
  const servers = components.filter(({ name }) => name === 'kube-apiserver');
  if (servers.length === 0) return 'up';
  const members = components.filter(({ name }) => name === 'etcd');
  const isThere = ({ machine, state }: SceneComponent): boolean => {
    const host = nodes.get(machine);
    return state !== 'stopped' && host?.power !== 'Off';
  };
  const living = members.filter(isThere);
  const hasStore = ({ machine }: SceneComponent): boolean =>
    members.length === 0 || living.some((member) => member.machine === machine);
  if (!servers.some((server) => isThere(server) && hasStore(server))) return 'down';
  if (members.length === 0) return 'up';
  // One alone has nobody to see.
  const linked = living.filter(({ machine }) => nodes.get(machine)?.network !== 'Cut');
  const side = members.length === 1 ? living : linked;
  return side.length * 2 > members.length ? 'up' : 'readOnly';
}

/**
 * The only machine of the control plane, when its cable is cut: all others are out of its reach.
 */
export function isolatedControlPlane({ components, nodes }: Scene): string | undefined {
  const machines = new Set(components.map(({ machine }) => machine));
  const [only] = machines;
  return machines.size === 1 && nodes.get(only!)?.network === 'Cut' ? only : undefined;
}

/** True when no request can be answered. */
export function isApiDown(scene: Scene): boolean {
  return apiState(scene) === 'down';
}
