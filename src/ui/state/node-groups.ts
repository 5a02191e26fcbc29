// Many nodes that are one to a person: a rack, a zone, the whole cluster. As a selection a rack is
// named in its zone as a pod is in its namespace, and the cluster is what the canvas is.
import type { SceneNode } from '../../scene/scene';
import { byNumber } from './by-number';
import type { Selection } from './scene-store';

export const GROUP_KINDS = ['Canvas', 'Zone', 'Rack'] as const;

export type GroupKind = (typeof GROUP_KINDS)[number];

export interface Group extends Selection {
  kind: GroupKind;
}

export const CLUSTER: Group = { kind: 'Canvas', namespace: '', name: '' };

/** The selection as a group of nodes; undefined when it is one thing. */
export function groupOf(selection: Selection): Group | undefined {
  return GROUP_KINDS.some((kind) => kind === selection.kind) ? (selection as Group) : undefined;
}

export function zoneGroup(zone: string): Group {
  return { kind: 'Zone', namespace: '', name: zone };
}

export function rackGroup(zone: string, rack: string): Group {
  return { kind: 'Rack', namespace: zone, name: rack };
}

/** Its nodes, without those that hold the control plane, which are no zone's or rack's to draw. */
export function membersOf(group: Group, nodes: ReadonlyMap<string, SceneNode>): SceneNode[] {
  const all = [...nodes.values()];
  if (group.kind === 'Canvas') return all;
  return all.filter((node) => !isControlPlane(node) && isIn(group, node));
}

export function isControlPlane({ roles }: Pick<SceneNode, 'roles'>): boolean {
  return roles.includes('control-plane');
}

function isIn({ kind, namespace, name }: Group, { zone, rack = '' }: SceneNode): boolean {
  return kind === 'Zone' ? zone === name : zone === namespace && rack === name;
}

/** A group of nodes with these nodes. */
export interface Part {
  group: Group;
  members: readonly SceneNode[];
}

/** What a group is made of: the cluster of zones, a zone of racks; found in one pass. */
export function partsOf(group: Group, nodes: ReadonlyMap<string, SceneNode>): Part[] {
  if (group.kind === 'Rack') return [];
  const members = new Map<string, SceneNode[]>();
  for (const node of membersOf(group, nodes)) {
    const name = (group.kind === 'Canvas' ? node.zone : node.rack) ?? '';
    if (isControlPlane(node) || name === '') continue;
    const held = members.get(name);
    if (held) held.push(node);
    else members.set(name, [node]);
  }
  return [...members]
    .sort(([a], [b]) => byNumber(a, b))
    .map(([name, held]) => ({
      group: group.kind === 'Canvas' ? zoneGroup(name) : rackGroup(group.name, name),
      members: held,
    }));
}
