// The large picture for the keyboard and for those who hear it: zones, in the open one its racks,
// in the open rack its nodes. Only these are there as elements, so that 5,000 nodes weigh nothing;
// each lies over what it stands for, so that the focus is seen there.
import { useRef } from 'react';
import { rackGroup, zoneGroup, type Group } from '../../state/node-groups';
import { useReadout } from '../../state/scene-readout';
import { useScene } from '../../state/scene-store';
import { openObject, useActions } from '../actions-context';
import { messages } from '../messages';
import { nodeState } from '../node-state';
import { ofZone } from './CrowdHeads';
import type { CrowdFigures } from './crowd-figures';
import type { CrowdLayout } from './crowd-layout';
import { useCrowdUi } from './crowd-ui';
import { itemsOf, type TreeItem } from './tree-keys';
import { useTreeKeys } from './use-tree-keys';
import { words } from './words';

interface CrowdTreeProps {
  layout: CrowdLayout;
  figures: CrowdFigures;
  size: { width: number; height: number };
}

export function CrowdTree({ layout, figures, size }: CrowdTreeProps) {
  const zone = useCrowdUi((ui) => ui.zone);
  const rack = useCrowdUi((ui) => ui.rack);
  const ref = useRef<HTMLDivElement>(null);
  const focused = useRef('z0');
  const actions = useActions();
  const items = itemsOf(layout, zone, rack);

  useTreeKeys(ref, layout, size, focused);
  const current = items.some(({ id }) => id === focused.current) ? focused.current : 'z0';
  return (
    <div ref={ref} className="crowd-tree" role="tree" aria-label={words.treeLabel}>
      {items.map((item) => (
        <Item
          key={item.id}
          item={item}
          layout={layout}
          figures={figures}
          isStop={item.id === current}
          isOpen={item.level === 1 ? item.zone === zone : item.rack === rack}
          onFocus={() => (focused.current = item.id)}
          onOpen={(name) => openObject(actions, { kind: 'Node', namespace: '', name, text: name })}
        />
      ))}
    </div>
  );
}

interface ItemProps {
  item: TreeItem;
  layout: CrowdLayout;
  figures: CrowdFigures;
  isStop: boolean;
  isOpen: boolean;
  onFocus: () => void;
  onOpen: (name: string) => void;
}

function Item({ item, layout, figures, isStop, isOpen, onFocus, onOpen }: ItemProps) {
  const { level, size, position, zone, rack } = item;
  const shared = {
    role: 'treeitem',
    className: 'crowd-item',
    'data-item': item.id,
    'aria-level': level,
    'aria-setsize': size,
    'aria-posinset': position,
    tabIndex: isStop ? 0 : -1,
    onFocus,
  };
  const label = useReadout(() => {
    if (level === 1) {
      const each = layout.zones[zone]!;
      const { nodes, silent, pods } = ofZone(layout, each, figures, 'cpu');
      return words.zoneLabel(each.name || words.noZone, nodes, pods, silent);
    }
    if (level > 2) return '';
    const { name, nodes } = layout.racks[rack]!;
    const { silent, troubled } = figures.ofRack(nodes, 'cpu');
    return words.rackLabel(name, nodes.length, silent, troubled);
  });
  if (level < 3) {
    const group = groupAt(layout, item);
    const marks = group.name === '' ? {} : groupMarks(group);
    return <div {...shared} {...marks} aria-label={label} aria-expanded={isOpen} />;
  }
  return (
    <NodeItem shared={shared} name={layout.names[item.place]!} onOpen={onOpen} figures={figures} />
  );
}

function groupAt({ zones, racks }: CrowdLayout, { level, zone, rack }: TreeItem): Group {
  const { name } = zones[zone]!;
  return level === 1 ? zoneGroup(name) : rackGroup(name, racks[rack]!.name);
}

/** By these keys, menus and Enter know what has the focus. */
function groupMarks({ kind, namespace, name }: Group) {
  return { 'data-kind': kind, 'data-namespace': namespace, 'data-name': name, 'data-stop': '' };
}

interface NodeItemProps {
  shared: object;
  name: string;
  figures: CrowdFigures;
  onOpen: (name: string) => void;
}

function NodeItem({ shared, name, onOpen }: NodeItemProps) {
  const node = useScene((scene) => scene.nodes.get(name));
  if (!node) return null;
  const state = nodeState(node, node.heartbeatMs);
  return (
    <div
      {...shared}
      aria-label={messages.nodeLabel(name, state.label, state.about, node.podCount)}
      data-kind="Node"
      data-namespace=""
      data-name={name}
      data-stop=""
      data-ready={node.ready}
      onClick={() => onOpen(name)}
    />
  );
}
