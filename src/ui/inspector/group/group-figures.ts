// What a group of nodes amounts to, read from the scene: how its pods look, what is requested of
// it, how its nodes are. A pod of a node that is not heard of counts as the canvas draws it.
import { POD_LOOKS } from '../../../scene/packed-pods';
import type { PodLook, SceneNode } from '../../../scene/scene';
import { isSilent } from '../../canvas/node-state';
import { SHOWN_LOOKS, staleLook } from '../../canvas/silhouette';
import { crowdOf, unscheduledIn, type Crowd } from '../../state/crowd';
import { membersOf, type Group } from '../../state/node-groups';
import type { SceneData } from '../../state/scene-store';

export interface Share {
  requested: number;
  allocatable: number;
}

export interface GroupFigures {
  members: readonly SceneNode[];
  looks: Readonly<Record<PodLook, number>>;
  pods: number;
  /** Those without a node; 0 but of the whole cluster. */
  unscheduled: number;
  ready: number;
  notReady: number;
  cordoned: number;
  /** Millicores, bytes. */
  cpu: Share;
  memory: Share;
}

type Scene = Pick<SceneData, 'nodes' | 'pods'>;

export function groupFigures(scene: Scene, group: Group): GroupFigures {
  const members = membersOf(group, scene.nodes);
  const looks = noLooks();
  const count = (look: PodLook, by = 1): void => {
    looks[look] += by;
  };
  const crowd = crowdOf(scene.pods);
  if (!crowd) countPods(scene, group, members, count);
  else if (group.kind === 'Canvas') countAll(crowd, members, count);
  else for (const node of members) countNode(crowd, node, count);
  const cluster = group.kind === 'Canvas';
  return {
    members,
    looks,
    pods: SHOWN_LOOKS.reduce((sum, look) => sum + looks[look], 0),
    unscheduled: cluster ? unscheduledIn(scene.pods) : 0,
    ...nodeSums(members),
  };
}

type Count = (look: PodLook, by?: number) => void;

function noLooks(): Record<PodLook, number> {
  return Object.fromEntries(POD_LOOKS.map((look) => [look, 0])) as Record<PodLook, number>;
}

function countPods({ pods }: Scene, group: Group, members: SceneNode[], count: Count): void {
  const byName = new Map(members.map((node) => [node.name, node]));
  for (const { node, look } of pods.values()) {
    const on = byName.get(node);
    if (on) count(isSilent(on) ? staleLook(look) : look);
    else if (group.kind === 'Canvas') count(look);
  }
}

/** The columns know the sums; only what is not heard of looks otherwise. */
function countAll(crowd: Crowd, members: SceneNode[], count: Count): void {
  POD_LOOKS.forEach((look, at) => count(look, crowd.looks[at]!));
  for (const node of members) {
    if (!isSilent(node)) continue;
    for (const row of crowd.slotsOf(node.name)) {
      if (row < 0) continue;
      count(crowd.lookAt(row), -1);
      count(staleLook(crowd.lookAt(row)));
    }
  }
}

function countNode(crowd: Crowd, node: SceneNode, count: Count): void {
  const silent = isSilent(node);
  for (const row of crowd.slotsOf(node.name)) {
    if (row < 0) continue;
    const look = crowd.lookAt(row);
    count(silent ? staleLook(look) : look);
  }
}

/** What the nodes alone amount to. */
export function nodeSums(members: readonly SceneNode[]) {
  const cpu = { requested: 0, allocatable: 0 };
  const memory = { requested: 0, allocatable: 0 };
  let ready = 0;
  let notReady = 0;
  let cordoned = 0;
  for (const node of members) {
    if (node.ready === 'Ready') ready++;
    else notReady++;
    if (node.cordoned) cordoned++;
    cpu.requested += node.cpu.requested;
    cpu.allocatable += node.cpu.allocatable;
    memory.requested += node.memory.requested;
    memory.allocatable += node.memory.allocatable;
  }
  return { ready, notReady, cordoned, cpu, memory };
}

/** The nodes of which the largest share is requested, the fullest first. */
export function hottest(
  members: readonly SceneNode[],
  by: 'cpu' | 'memory',
  most: number,
): SceneNode[] {
  const shareOf = (node: SceneNode): number =>
    node[by].allocatable > 0 ? node[by].requested / node[by].allocatable : 0;
  return [...members]
    .sort((a, b) => shareOf(b) - shareOf(a) || (a.name < b.name ? -1 : 1))
    .slice(0, most);
}
