import { memo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { ScenePlace } from '../../scene/scene';
import { useScene, type SceneData } from '../state/scene-store';
import { componentOf, isApiDown } from './api-state';
import type { CanvasLayout } from './layout';
import { isSilent } from './node-state';
import { trafficLanes, type Routes } from './routes';
import { servicesRoom, shownServices } from './services';

export interface WiresProps {
  layout: CanvasLayout;
  routes: Routes;
}

/** The lines on which messages travel: solid where heard, dotted where cut or refused. */
export const Wires = memo(function Wires({ layout, routes }: WiresProps) {
  const { card } = layout.controlPlane;
  const services = useScene(({ services }) =>
    layout.services ? shownServices(services, servicesRoom(layout.services)).length : 0,
  );
  const cut = useScene(useShallow((scene) => cutWires(scene, routes)));
  return (
    <svg
      className="wires"
      width={layout.width}
      height={layout.height}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      aria-hidden="true"
    >
      <rect
        className={cut.includes('kube-apiserver') ? 'cp-back is-down' : 'cp-back'}
        x={card.x + 0.5}
        y={card.y + 0.5}
        width={card.w - 1}
        height={card.h - 1}
        rx={13.5}
      />
      <path className="wire-traffic" d={trafficLanes(layout, services)} />
      {[...routes].map(([place, curve]) => (
        <path key={place} className={cut.includes(place) ? 'wire is-cut' : 'wire'} d={curve.d} />
      ))}
    </svg>
  );
});

/**
 * Ends of wires that nothing passes: all when the server is down (itself too), else the silent
 * ones.
 */
export function cutWires(scene: SceneData, routes: Routes): ScenePlace[] {
  if (isApiDown(scene)) return ['kube-apiserver', ...routes.keys()];
  return [...routes.keys()].filter((place) => {
    if (!place.startsWith('node:')) {
      return componentOf(scene, place)?.state === 'stopped';
    }
    const node = scene.nodes.get(place.slice('node:'.length));
    return node !== undefined && isSilent(node);
  });
}
