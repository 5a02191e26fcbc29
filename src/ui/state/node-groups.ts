// Many nodes that are one to a person: a rack, a zone, the whole cluster. As a selection a rack is
// named in its zone as a pod is in its namespace, and the cluster is what the canvas is.
import type { SceneNode } from '../../scene/scene';
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

export function isControlPlane({ roles }: SceneNode): boolean {
  return roles.includes('control-plane');
}

function isIn({ kind, namespace, name }: Group, { zone, rack = '' }: SceneNode): boolean {
  return kind === 'Zone' ? zone === name : zone === namespace && rack === name;
}

/** The groups that a group is made of: the cluster of zones, a zone of racks. */
export function partsOf(group: Group, nodes: ReadonlyMap<string, SceneNode>): Group[] {
  if (group.kind === 'Rack') return [];
  const names = new Set<string>();
  for (const node of membersOf(group, nodes)) {
    if (isControlPlane(node)) continue;
    names.add((group.kind === 'Canvas' ? node.zone : node.rack) ?? '');
  }
  names.delete('');
  return [...names]
    .sort((a, b) => collator.compare(a, b))
    .map((name) => (group.kind === 'Canvas' ? zoneGroup(name) : rackGroup(group.name, name)));
}

const collator = new Intl.Collator('en', { numeric: true });
