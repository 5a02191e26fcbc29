// Nodes that are not heard of, those together that have fallen silent together: a whole zone, a
// whole rack, or what is left of a zone.
import type { SceneNode } from '../../scene/scene';
import { isControlPlane, rackGroup, zoneGroup, type Group } from './node-groups';

/** Why: its machine has no power, its cable is cut, or nobody knows. */
export type LostCause = 'power' | 'cable' | 'news';

export interface LostGroup {
  cause: LostCause;
  zone: string;
  /** Absent when they are not all of a rack or a zone. */
  group?: Group;
  nodes: readonly SceneNode[];
}

/** Two at least make a group: one alone is called by its name. */
const GROUP_MIN = 2;

/** The silent ones of `members`; whole racks and zones are told by all the nodes there are. */
export function lostGroups(
  members: Iterable<SceneNode>,
  all: ReadonlyMap<string, SceneNode>,
): LostGroup[] {
  const silent = new Map<string, LostGroup & { nodes: SceneNode[] }>();
  for (const node of members) {
    const cause = causeOf(node);
    if (!cause) continue;
    const key = `${cause} ${isControlPlane(node)} ${node.zone}`;
    const held = silent.get(key);
    if (held) held.nodes.push(node);
    else silent.set(key, { cause, zone: node.zone, nodes: [node] });
  }
  if (silent.size === 0) return [];
  const sizes = sizesOf(all);
  return [...silent.values()].flatMap((each) => split(each, sizes));
}

export function causeOf(node: SceneNode): LostCause | undefined {
  if (node.power === 'Off') return 'power';
  if (node.network === 'Cut') return 'cable';
  return node.registered && node.ready !== 'Ready' ? 'news' : undefined;
}

function sizesOf(all: ReadonlyMap<string, SceneNode>): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const node of all.values()) {
    if (isControlPlane(node)) continue;
    for (const key of [node.zone, `${node.zone}/${node.rack ?? ''}`]) {
      sizes.set(key, (sizes.get(key) ?? 0) + 1);
    }
  }
  return sizes;
}

function split({ cause, zone, nodes }: LostGroup, sizes: Map<string, number>): LostGroup[] {
  const isWhole = (count: number, key: string): boolean =>
    count >= GROUP_MIN && count === sizes.get(key);
  const base = { cause, zone };
  if (nodes.some(isControlPlane)) return nodes.map((node) => ({ ...base, nodes: [node] }));
  if (zone !== '' && isWhole(nodes.length, zone)) {
    return [{ ...base, group: zoneGroup(zone), nodes }];
  }
  const racks = new Map<string, SceneNode[]>();
  for (const node of nodes) {
    const rack = node.rack ?? '';
    racks.set(rack, [...(racks.get(rack) ?? []), node]);
  }
  const lost: LostGroup[] = [];
  const rest: SceneNode[] = [];
  for (const [rack, held] of racks) {
    if (rack !== '' && isWhole(held.length, `${zone}/${rack}`)) {
      lost.push({ ...base, group: rackGroup(zone, rack), nodes: held });
    } else rest.push(...held);
  }
  return rest.length > 0 ? [...lost, { ...base, nodes: rest }] : lost;
}
