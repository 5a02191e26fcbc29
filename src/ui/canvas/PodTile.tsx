import { lazy, memo, Suspense, useEffect, useState, type CSSProperties } from 'react';
import type { ScenePod } from '../../scene/scene';
import { useTick } from './clock-context';
import { insideFrom } from './canvas-ui';
import { messages } from './messages';
import { podMarks, pullShare } from './pod-marks';
import type { PodPlace } from './pod-places';
import { PodShape } from './PodShape';
import { staleLook } from './silhouette';
import { tileText } from './tile-text';

export interface PodTileProps {
  pod: ScenePod;
  place: PodPlace;
  /** Nothing is heard of its node: what it shows is remembered. */
  stale: boolean;
  leaving: boolean;
  /** See CanvasUi. */
  inside: number;
  /** Asked when the tile is made: whether the pod is new, too. */
  arrives: (pod: ScenePod) => boolean;
}

const PodInside = lazy(() => import('./inside/PodInside'));

/** A pod with its name. Moves by `translate` alone; renders only when its pod changed. */
export const PodTile = memo(function PodTile(props: PodTileProps) {
  const { pod, place, stale, leaving, inside } = props;
  const [isNew] = useState(() => props.arrives(pod));
  const look = stale ? staleLook(pod.look) : pod.look;
  const style: CSSProperties = {
    translate: `${place.x}px ${place.y}px`,
    scale: place.scale === 1 ? undefined : String(place.scale),
    width: place.w,
  };
  const owner = pod.owner;
  const opened = inside * place.scale;
  const isOpen = !leaving && opened * place.h >= insideMinH;
  const k = useLingering(isOpen ? opened / (inside / insideFrom) ** textGrowth : 0);
  const [grown, setGrown] = useState(0);
  style.height = isOpen ? Math.max(place.h, grown) : place.h;
  return (
    <button
      type="button"
      className={`pod pod-tile nopan${leaving ? ' leaving' : ''}`}
      style={style}
      inert={leaving}
      aria-describedby={isOpen ? `inside-${pod.uid}` : undefined}
      {...podMarks(pod, look)}
    >
      <span className={isNew ? 'pod-inner is-new' : 'pod-inner'}>
        <PodShape
          look={look}
          w={place.w}
          h={place.h}
          shape="tile"
          hue={owner?.hue ?? 6}
          current={owner?.current ?? true}
          containers={pod.containers}
        />
        {pod.pull && look === 'creating' && <PullFill pull={pod.pull} />}
        <TileWords pod={pod} look={look} w={place.w} stale={stale} />
        {k > 0 && (
          <Suspense>
            <PodInside {...{ pod, look, place, stale, k }} isClosing={!isOpen} onGrow={setGrown} />
          </Suspense>
        )}
      </span>
    </button>
  );
});

/** Text of the insides grows more slowly than the picture does from the zoom at which they open. */
const textGrowth = 0.3;

/** Height on the screen from which a pod says more of its inside than its tile does. */
const insideMinH = 34;

const closingMs = 240;

/** A value that stays for a while after it became zero. */
function useLingering(value: number): number {
  const [held, setHeld] = useState(value);
  useEffect(() => {
    // Most tiles never open: they need no timer.
    if (held === value) return undefined;
    const timer = setTimeout(() => setHeld(value), value > 0 ? 0 : closingMs);
    return () => clearTimeout(timer);
  }, [held, value]);
  return value || held;
}

interface TileWordsProps {
  pod: ScenePod;
  look: ScenePod['look'];
  w: number;
  stale: boolean;
}

function TileWords({ pod, look, w, stale }: TileWordsProps) {
  const text = tileText(pod, w, belowText(pod, stale));
  const marks = Math.min(4, pod.containers.length);
  return (
    <>
      <span className="pod-name">
        <b>{text.stem}</b>
        <span>{text.suffix}</span>
      </span>
      <span
        className={`pod-below${text.suffix ? '' : ' is-suffix'}`}
        style={{ left: 15 + marks * 8.5 }}
      >
        {pod.pull && look === 'creating' ? <PullPercent pull={pod.pull} /> : text.below}
      </span>
      {pod.restarts > 0 && <span className="pod-restarts">{pod.restarts}</span>}
    </>
  );
}

function belowText(pod: ScenePod, stale: boolean): string {
  if (stale) return '?';
  if (pod.node === '') {
    return pod.reason === 'Unschedulable' ? messages.noNodeFits : messages.waitsForNode;
  }
  return `${pod.ready}/${pod.total}`;
}

type Pull = NonNullable<ScenePod['pull']>;

/** Fills from below as the image comes in; CSS carries it evenly from one tick to the next. */
export function PullFill({ pull }: { pull: Pull }) {
  const percent = useTick((nowMs) => Math.round(pullShare(pull, nowMs) * 100));
  return <span className="pod-fill" style={{ transform: `scaleY(${percent / 100})` }} />;
}

function PullPercent({ pull }: { pull: Pull }) {
  return `${useTick((nowMs) => Math.round(pullShare(pull, nowMs) * 100))}%`;
}
