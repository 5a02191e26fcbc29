// The tree of zones, racks and nodes of which only the open path is there, and where keys lead in
// it.
import type { Box } from '../layout';
import { nodeBox, type CrowdLayout } from './crowd-layout';

export interface TreeItem {
  /** 'z0', 'r12', 'n345' */
  id: string;
  level: 1 | 2 | 3;
  zone: number;
  rack: number;
  /** Of a node; -1 for what holds nodes. */
  place: number;
  size: number;
  position: number;
}

/** The item that a key goes to from `at`; undefined when the key leads nowhere. */
export function stepIn(items: readonly TreeItem[], at: number, key: string): TreeItem | undefined {
  const item = items[at]!;
  const siblings = items.filter(
    ({ level, zone, rack }) =>
      level === item.level &&
      (level === 1 || zone === item.zone) &&
      (level < 3 || rack === item.rack),
  );
  const place = siblings.indexOf(item);
  switch (key) {
    case 'ArrowDown':
    case ']':
      return siblings[place + 1];
    case 'ArrowUp':
    case '[':
      return siblings[place - 1];
    case 'Home':
      return siblings[0];
    case 'End':
      return siblings.at(-1);
    case 'ArrowLeft':
      return parentOf(items, at);
    case 'ArrowRight': {
      const next = items[at + 1];
      return next && next.level === item.level + 1 ? next : undefined;
    }
    default:
      return undefined;
  }
}

function parentOf(items: readonly TreeItem[], at: number): TreeItem | undefined {
  for (let before = at - 1; before >= 0; before--) {
    if (items[before]!.level < items[at]!.level) return items[before];
  }
  return undefined;
}

/** The items that are there: zones, racks of the open one, nodes of the open rack. */
export function itemsOf(layout: CrowdLayout, openZone: number, openRack: number): TreeItem[] {
  const items: TreeItem[] = [];
  layout.zones.forEach(({ racks }, zone) => {
    const size = layout.zones.length;
    items.push({ id: `z${zone}`, level: 1, zone, rack: -1, place: -1, size, position: zone + 1 });
    if (zone !== openZone) return;
    racks.forEach((rack, at) => {
      const position = at + 1;
      items.push({ id: `r${rack}`, level: 2, zone, rack, place: -1, size: racks.length, position });
      if (rack !== openRack) return;
      const { nodes } = layout.racks[rack]!;
      nodes.forEach((place, index) => {
        const one = {
          level: 3,
          zone,
          rack,
          place,
          size: nodes.length,
          position: index + 1,
        } as const;
        items.push({ id: `n${place}`, ...one });
      });
    });
  });
  return items;
}

/** Where an item stands, world pixels. */
export function boxOf(layout: CrowdLayout, id: string): Box {
  const index = Number(id.slice(1));
  if (id.startsWith('n')) return nodeBox(layout, index);
  return id.startsWith('r') ? layout.racks[index]!.box : layout.zones[index]!.box;
}
