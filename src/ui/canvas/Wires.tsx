import { memo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { ScenePlace } from '../../scene/scene';
import { useScene, type SceneData } from '../state/scene-store';
import { componentOf, isApiDown } from './api-state';
import type { CanvasLayout } from './layout';
import { isSilent } from './node-state';
import type { Routes } from './routes';
import { useSideChoice } from './services';
import { trafficLanes } from './traffic-lanes';

export interface WiresProps {
  layout: CanvasLayout;
  routes: Routes;
}

/** The lines on which messages travel: solid where heard, dotted where cut or refused. */
export const Wires = memo(function Wires({ layout, routes }: WiresProps) {
  const { card } = layout.controlPlane;
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
      <Traffic layout={layout} />
      {[...routes].map(([place, curve]) => (
        <path key={place} className={cut.includes(place) ? 'wire is-cut' : 'wire'} d={curve.d} />
      ))}
    </svg>
  );
});

/** Where traffic runs: from outside to the Services, and on to every kube-proxy. */
function Traffic({ layout }: { layout: CanvasLayout }) {
  const choice = useSideChoice(layout.services, 1);
  const silent = useScene(
    useShallow(({ nodes }) => [...nodes.values()].filter(isSilent).map(({ name }) => name)),
  );
  const { open, closed } = trafficLanes(layout, choice, new Set(silent));
  return (
    <>
      <path className="wire-traffic" d={open} />
      <path className="wire-traffic is-closed" d={closed} />
    </>
  );
}

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
