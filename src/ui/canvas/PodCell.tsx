import { memo } from 'react';
import type { ScenePod } from '../../scene/scene';
import { useTick } from './clock-context';
import type { PodPlace } from './pod-places';
import { podMarks, pullShare } from './pod-marks';
import { staleLook } from './silhouette';
import { spriteSheet } from './sprite-sheet';

export interface PodCellProps {
  pod: ScenePod;
  place: PodPlace;
  /** Nothing is heard of its node: what it shows is remembered. */
  stale: boolean;
}

/**
 * A pod with no room for its name: one element with a picture. It does not move by itself; see
 * flights.ts.
 */
export const PodCell = memo(function PodCell({ pod, place, stale }: PodCellProps) {
  const look = stale ? staleLook(pod.look) : pod.look;
  if (pod.pull && look === 'creating') {
    return <PullingCell pod={pod} place={place} pull={pod.pull} />;
  }
  return <Cell pod={pod} place={place} look={look} fill={0} />;
});

type Pull = NonNullable<ScenePod['pull']>;

/** Fills in quarters: a cell is too small for more. */
function PullingCell({ pod, place, pull }: { pod: ScenePod; place: PodPlace; pull: Pull }) {
  const fill = useTick((nowMs) => Math.floor(pullShare(pull, nowMs) * 4));
  return <Cell pod={pod} place={place} look="creating" fill={fill} />;
}

interface CellProps {
  pod: ScenePod;
  place: PodPlace;
  look: ScenePod['look'];
  fill: number;
}

function Cell({ pod, place, look, fill }: CellProps) {
  const sprite = spriteSheet().classOf({
    look,
    hue: pod.owner?.hue ?? 6,
    current: pod.owner?.current ?? true,
    size: place.w,
    fill,
  });
  const edge = place.w * place.scale;
  return (
    <button
      type="button"
      className={`pod pod-cell nopan ${sprite}`}
      style={{ left: place.x, top: place.y, width: edge, height: edge }}
      data-sprite={sprite}
      {...podMarks(pod, look)}
    />
  );
}
