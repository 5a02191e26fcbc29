import { memo, type CSSProperties } from 'react';
import type { Crowd } from '../../state/crowd';
import { rackGroup } from '../../state/node-groups';
import { openObject, useActions } from '../actions-context';
import { canvasUi } from '../canvas-ui';
import { podMarks } from '../pod-marks';
import { staleLook } from '../silhouette';
import type { CrowdFigures } from './crowd-figures';
import type { CrowdLayout } from './crowd-layout';
import { useCrowdUi } from './crowd-ui';
import { flyTo } from '../fly';

interface CrowdHotProps {
  layout: CrowdLayout;
  crowd: Crowd;
  figures: CrowdFigures;
}

/** The element of what is under the pointer: it is clicked, has a menu, and says what it is. */
export const CrowdHot = memo(function CrowdHot({ layout, crowd, figures }: CrowdHotProps) {
  const hot = useCrowdUi((ui) => ui.hot);
  const actions = useActions();
  if (!hot || hot.place >= layout.names.length) return null;
  const { x, y, w, h } = hot.box;
  const style = { left: x, top: y, width: w, height: h };
  if (hot.rack !== undefined) return <HotRack layout={layout} rack={hot.rack} style={style} />;
  const name = layout.names[hot.place]!;
  const isPod = hot.row >= 0 && crowd.keys[hot.row] !== undefined;
  if (isPod) {
    const pod = crowd.podAt(hot.row);
    const look = figures.silent[hot.place] ? staleLook(pod.look) : pod.look;
    const { 'data-stop': _stop, ...marks } = podMarks(pod, look);
    const link = { kind: 'Pod', namespace: pod.namespace, name: pod.name, text: pod.name };
    return (
      <div
        className="pod crowd-hot"
        style={style}
        {...marks}
        aria-hidden="true"
        onPointerEnter={() => canvasUi.setState({ hover: pod.key })}
        onPointerLeave={() => canvasUi.setState({ hover: null })}
        onClick={() => openObject(actions, link)}
        onDoubleClick={() => flyTo(link)}
      />
    );
  }
  const node = { kind: 'Node', namespace: '', name };
  return (
    <div
      className="crowd-hot"
      style={style}
      data-kind="Node"
      data-namespace=""
      data-name={name}
      aria-hidden="true"
      onClick={() => openObject(actions, { ...node, text: name })}
      onDoubleClick={() => flyTo(node)}
    />
  );
});

interface HotRackProps {
  layout: CrowdLayout;
  rack: number;
  style: CSSProperties;
}

function HotRack({ layout, rack, style }: HotRackProps) {
  const actions = useActions();
  const held = layout.racks[rack];
  if (!held) return null;
  const group = rackGroup(layout.zones[held.zone]!.name, held.name);
  return (
    <div
      className="crowd-hot is-rack"
      style={style}
      data-kind="Rack"
      data-namespace={group.namespace}
      data-name={group.name}
      aria-hidden="true"
      onClick={() => openObject(actions, { ...group, text: group.name })}
      onDoubleClick={() => flyTo(group)}
    />
  );
}
