import { memo, useLayoutEffect, useMemo, useRef, type CSSProperties } from 'react';
import type { Pod } from '../../../api/types';
import type { PodLook, ScenePod } from '../../../scene/scene';
import { useTick } from '../clock-context';
import { messages } from '../messages';
import type { PodPlace } from '../pod-places';
import { PodShape } from '../PodShape';
import { PullFill } from '../PodTile';
import { insideRoom, type InsideRoom } from './inside-room';
import { isSeen, useSeen } from './inside-store';
import { insideWords } from './inside-words';
import { podVolumes, type PodVolume } from './pod-volumes';
import { useTurn } from './turns';
import { VesselBox } from './VesselBox';
import { vesselsOf, type Vessel } from './vessels';
import { VolumeMark } from './VolumeMark';
import './inside.css';

export interface PodInsideProps {
  pod: ScenePod;
  look: PodLook;
  place: PodPlace;
  /** Pixels of the inside a pixel of the tile. */
  k: number;
  stale: boolean;
  /** The tile closes over it. */
  isClosing: boolean;
  /** Told how high the tile has to be, in its own pixels. */
  onGrow: (h: number) => void;
}

/** The inside of a pod that is in view, over its tile. */
export default memo(function PodInside(props: PodInsideProps) {
  const isInView = useSeen((state) => isSeen(state, props.pod.node, props.place));
  const isOpen = useTurn(isInView);
  return isOpen || props.isClosing ? <Inside {...props} /> : null;
});

/** Its containers, their probes, its volumes. */
function Inside(props: PodInsideProps) {
  const { pod, look, place, k, stale, isClosing, onGrow } = props;
  const { vessels, volumes } = useContents(pod, stale);
  const w = Math.round(place.w * k);
  const least = Math.round(place.h * k);
  const most = Math.round((place.h + (place.spare ?? 0)) * k);
  const ip = pod.ip ?? '';
  const room = useMemo(
    () =>
      insideRoom({
        w,
        least,
        most,
        nameLength: pod.title.join('').length,
        addressLength: ip.length,
        vessels,
        volumes,
      }),
    [w, least, most, pod.title, ip, vessels, volumes],
  );
  const { h } = room;
  useLayoutEffect(() => onGrow(h / k), [onGrow, h, k]);
  const style = { width: w, height: h, scale: String(1 / k), '--least': `${least}px` };
  return (
    <span
      className={isClosing ? 'pod-inside is-closing' : 'pod-inside'}
      style={style as CSSProperties}
    >
      <PodShape
        look={look}
        w={w}
        h={h}
        shape="inside"
        hue={pod.owner?.hue ?? 6}
        current={pod.owner?.current ?? true}
        containers={[]}
      />
      {pod.pull && look === 'creating' && <PullFill pull={pod.pull} />}
      <Head pod={pod} room={room} />
      <svg className="in-wires" width={w} height={h} aria-hidden="true">
        {room.wires.map((d) => (
          <path key={d} d={d} />
        ))}
      </svg>
      {room.vessels.map((at, i) => (
        <VesselBox key={i} vessel={vessels[i]!} place={at} />
      ))}
      <Shelf room={room} volumes={volumes} />
      <span className="sr-only" id={`inside-${pod.uid}`}>
        {insideWords(vessels, volumes)}
      </span>
    </span>
  );
}

interface Contents {
  vessels: readonly Vessel[];
  volumes: readonly PodVolume[];
}

const nothingFailed: readonly never[] = [];

/** From the API; until it has answered, as many containers as the picture knows of. */
function useContents(pod: ScenePod, stale: boolean): Contents {
  const seen = useSeen((state) => state.byNode.get(pod.node)?.get(pod.key));
  const held = useRef<Pod>(undefined);
  if (seen) held.current = seen;
  const object = seen ?? held.current;
  const failed = useSeen((state) =>
    state.unhealthy.some(({ uid }) => uid === object?.metadata.uid)
      ? state.unhealthy
      : nothingFailed,
  );
  // Whether a liveness probe is well depends on how long ago it failed, and when it began.
  const nowMs = useTick((now) => (object ? Math.floor(now / 1000) * 1000 : 0));
  return useMemo(() => {
    if (!object) return { vessels: pod.containers.map(unknownVessel), volumes: [] };
    const vessels = vesselsOf(object, failed, nowMs, stale);
    return { vessels, volumes: podVolumes(object, vessels) };
  }, [object, failed, nowMs, stale, pod.containers]);
}

function unknownVessel(look: Vessel['look']): Vessel {
  return {
    name: '',
    role: look === 'sidecar' ? 'sidecar' : look.startsWith('init') ? 'init' : 'app',
    look,
    tone: look === 'error' ? 'bad' : look === 'running' || look === 'sidecar' ? 'run' : 'wait',
    reason: '',
    message: '',
    last: '',
    exitCode: undefined,
    image: '',
    restarts: 0,
    probes: [],
    mounts: [],
  };
}

function Head({ pod, room }: { pod: ScenePod; room: InsideRoom }) {
  const [stem, rest] = pod.title;
  const tail = rest.replace(/^-/, '');
  return (
    <>
      <span className="in-name">
        <b>{stem}</b>
        <span>{tail && stem ? `-${tail}` : tail}</span>
        {room.address === 'beside' && <i>{pod.ip}</i>}
      </span>
      {room.address === 'below' && <span className="in-address">{pod.ip}</span>}
      {room.hiddenVessels > 0 && (
        <span className="in-more">{messages.more(room.hiddenVessels)}</span>
      )}
    </>
  );
}

function Shelf({ room, volumes }: { room: InsideRoom; volumes: readonly PodVolume[] }) {
  if (room.chips.length === 0) return null;
  const end = room.chips.at(-1)!;
  return (
    <>
      {room.chips.map(({ x, w, text }, i) => {
        const { name, mark, mounts } = volumes[i]!;
        return (
          <span
            key={name}
            className={mounts.length > 0 ? 'in-chip' : 'in-chip is-loose'}
            style={{ left: x, top: room.shelfY, width: w }}
            data-part={`volume ${name}`}
          >
            <VolumeMark mark={mark} />
            {text}
          </span>
        );
      })}
      {room.hiddenChips > 0 && (
        <span className="in-chip is-more" style={{ left: end.x + end.w + 4, top: room.shelfY }}>
          {messages.more(room.hiddenChips)}
        </span>
      )}
    </>
  );
}
