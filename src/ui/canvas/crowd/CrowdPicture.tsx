// The picture of a large cluster. All that is far is painted on one canvas under the flow; what is
// near stands there as elements, as in a small cluster; what is under the pointer or in the tree's
// focus has an element of its own, so that menus, clicks and readers find it.
import { ReactFlow, useReactFlow, useStoreApi, ViewportPortal } from '@xyflow/react';
import { useEffect, useMemo, useRef, type RefObject } from 'react';
import { sceneStore } from '../../state/scene-store';
import { onFly } from '../fly';
import { followDetail, useCanvasUi } from '../canvas-ui';
import { CellLayer } from '../CellLayer';
import type { Box } from '../layout';
import { ParticleLayer } from '../ParticleLayer';
import { crowdDetail } from './crowd-detail';
import { groupBox, nodeBox, nodeSize, type CrowdLayout } from './crowd-layout';
import { CrowdHeads } from './CrowdHeads';
import { CrowdHot } from './CrowdHot';
import { CrowdKey } from './CrowdKey';
import { CrowdStrip } from './CrowdStrip';
import { CrowdTip } from './CrowdTip';
import { CrowdTree } from './CrowdTree';
import { crowdUi } from './crowd-ui';
import { hotSpotAt } from './hot-spot';
import { NearPods, nearTypes, useNear } from './NearTanks';
import { Overview } from './Overview';
import { useCrowdLayout } from './use-crowd';
import { useCrowdPainter, type Shown } from './use-crowd-painter';
import { stillFlow } from '../still-flow';
import '@xyflow/react/dist/base.css';
import './crowd.css';

export interface CrowdPictureProps {
  home: RefObject<HTMLElement | null>;
  size: { width: number; height: number };
  /** Name of the node drawn as the control plane. */
  master: string;
  kind: 'wide' | 'embed' | 'phone';
}

/** What the bars above and below the world take of the frame, screen pixels. */
const insets = {
  wide: { left: 14, right: 12, top: 92, bottom: 76 },
  embed: { left: 10, right: 10, top: 56, bottom: 70 },
  phone: { left: 8, right: 8, top: 60, bottom: 118 },
} as const;

export default function CrowdPicture({ home, size, master, kind }: CrowdPictureProps) {
  const inset = insets[kind];
  const frame = useMemo(
    () => ({
      width: size.width - inset.left - inset.right,
      height: Math.max(80, size.height - inset.top - inset.bottom),
    }),
    [size, inset],
  );
  const layout = useCrowdLayout(frame, master);
  const { canvas, live, shown } = useCrowdPainter(layout);
  const fit = useMemo(() => fitted(layout, frame, inset), [layout, frame, inset]);
  const near = useNear(layout, size);
  // Once made they stay: to make them anew costs more than to have them.
  const wasNear = useRef(false);
  wasNear.current ||= near.names.length > 0;
  useFollow(home);
  useFade(home, layout, wasNear.current);
  return (
    <>
      <canvas ref={canvas} className="crowd-canvas" aria-hidden="true" />
      <ReactFlow
        nodes={near.nodes}
        nodeTypes={nearTypes}
        defaultViewport={fit}
        minZoom={fit.zoom * 0.7}
        maxZoom={4}
        translateExtent={extentOf(layout, fit, size)}
        {...stillFlow}
        zoomOnDoubleClick={false}
        zoomActivationKeyCode={null}
        onPaneClick={() => sceneStore.getState().select(null)}
      >
        <ViewportPortal>
          {near.names.length > 0 && <NearPods layout={near.layout} crowd={live.crowd} />}
          <CrowdHot layout={layout} crowd={live.crowd} figures={live.figures} />
        </ViewportPortal>
        <Pointing home={home} shown={shown} />
        <Fitting fit={fit} />
        <Flying layout={layout} size={size} />
      </ReactFlow>
      {wasNear.current && (
        <>
          <CellLayer />
          <ParticleLayer routes={noRoutes} />
        </>
      )}
      <CrowdHeads layout={layout} figures={live.figures} top={inset.top} />
      <CrowdTree layout={layout} figures={live.figures} size={size} />
      <CrowdTip layout={layout} figures={live.figures} />
      <CrowdStrip kind={kind} />
      {kind === 'wide' && <CrowdKey />}
      {kind === 'wide' && <Overview layout={layout} figures={live.figures} size={size} fit={fit} />}
    </>
  );
}

const noRoutes = new Map();

interface View {
  x: number;
  y: number;
  zoom: number;
}

interface Inset {
  left: number;
  top: number;
}

function fitted(layout: CrowdLayout, frame: { width: number; height: number }, inset: Inset): View {
  const { zoom, width } = layout;
  const spare = Math.max(0, frame.width - width * zoom);
  return { x: inset.left + spare / 2, y: inset.top, zoom };
}

/** The world, and around it the room that the bars take when all of it is in view. */
function extentOf(
  { width, height }: CrowdLayout,
  { x, y, zoom }: View,
  size: { width: number; height: number },
): [[number, number], [number, number]] {
  const right = size.width / zoom - x / zoom;
  const bottom = size.height / zoom - y / zoom;
  return [
    [-x / zoom, -y / zoom],
    [Math.max(right, width), Math.max(bottom, height)],
  ];
}

/** Keeps the whole world in view until the person moves it, and again when they ask for it. */
function Fitting({ fit }: { fit: View }) {
  const flow = useReactFlow();
  const asked = useCanvasUi((ui) => ui.fitAsked);
  const last = useRef<{ asked: number; zoom: number }>(undefined);
  const held = useRef(fit);
  useEffect(() => {
    const before = last.current;
    const asks = before !== undefined && before.asked !== asked;
    const wasFitted = before === undefined || Math.abs(flow.getZoom() - before.zoom) < 1e-6;
    last.current = { asked, zoom: fit.zoom };
    if (!asks && !wasFitted) return;
    held.current = fit;
    void flow.setViewport(fit, { duration: asks ? 240 : 0 });
  }, [fit, asked, flow]);
  return null;
}

/** Tells the rest of the page how near the picture is. */
function useFollow(home: RefObject<HTMLElement | null>): void {
  const store = useStoreApi();
  useEffect(() => {
    const element = home.current;
    element?.classList.add('cc-crowd');
    const follow = (): void => followDetail(store.getState().transform[2], true);
    follow();
    const stop = store.subscribe(follow);
    return () => {
      stop();
      element?.classList.remove('cc-crowd');
    };
  }, [home, store]);
}

/** Lets what is near fade in and out, once there is any. */
function useFade(home: RefObject<HTMLElement | null>, layout: CrowdLayout, isNear: boolean): void {
  const store = useStoreApi();
  useEffect(() => {
    if (!isNear) return undefined;
    // On these two and not by inheritance: a frame must not look up the style of every pod.
    const fade = (opacity: string): void => {
      const shown = home.current?.querySelectorAll<HTMLElement>('.react-flow__viewport, .cells');
      for (const { style } of shown ?? []) style.opacity = opacity;
    };
    const follow = (): void => {
      const zoom = store.getState().transform[2];
      fade(crowdDetail(zoom, nodeSize.w * zoom, layout.names.length).tanks.toFixed(2));
    };
    follow();
    const stop = store.subscribe((now, before) => now.transform !== before.transform && follow());
    return () => {
      stop();
      fade('');
    };
  }, [home, layout, store, isNear]);
}

/** Goes to what somebody looks for: to its node, near enough to see its pods. */
function Flying({ layout, size }: { layout: CrowdLayout; size: CrowdPictureProps['size'] }) {
  const flow = useReactFlow();
  useEffect(
    () =>
      onFly(({ kind, namespace, name }) => {
        const duration = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 480;
        const whole = groupBox(layout, { kind, namespace, name });
        if (whole) {
          void flow.setViewport(viewOf(whole, size), { duration });
          return;
        }
        const pod = sceneStore.getState().pods.get(`${namespace}/${name}`);
        const place = layout.index.get(kind === 'Pod' ? (pod?.node ?? '') : name);
        if (place === undefined) return;
        const box = nodeBox(layout, place);
        const zoom = kind === 'Pod' ? 1.1 : 0.9;
        void flow.setViewport(
          {
            x: size.width / 2 - (box.x + box.w / 2) * zoom,
            y: size.height / 2 - (box.y + box.h / 2) * zoom,
            zoom,
          },
          { duration },
        );
      }),
    [flow, layout, size],
  );
  return null;
}

/** All of a box in the middle of the picture, with room around it for the bars. */
function viewOf({ x, y, w, h }: Box, { width, height }: CrowdPictureProps['size']): View {
  const zoom = Math.min((width - 60) / w, (height - 220) / h, 0.9);
  return { x: width / 2 - (x + w / 2) * zoom, y: (height + 20) / 2 - (y + h / 2) * zoom, zoom };
}

interface PointingProps {
  home: RefObject<HTMLElement | null>;
  shown: RefObject<Shown>;
}

/** Finds what is under the pointer, once a frame. */
function Pointing({ home, shown }: PointingProps) {
  const store = useStoreApi();
  useEffect(() => {
    const element = home.current;
    if (!element) return;
    let at: { x: number; y: number } | null = null;
    let frame = 0;
    const look = (): void => {
      frame = 0;
      const { layout, live } = shown.current;
      const [tx, ty, zoom] = store.getState().transform;
      const { hot, standing } = crowdUi.getState();
      const spot =
        at && hotSpotAt(layout, live.crowd, zoom, (at.x - tx) / zoom, (at.y - ty) / zoom, standing);
      const isSame =
        hot?.place === spot?.place && hot?.row === spot?.row && hot?.rack === spot?.rack;
      if (isSame) return;
      crowdUi.setState({ hot: spot });
    };
    const move = (event: PointerEvent): void => {
      const inside = event.target instanceof Element && event.target.closest('.react-flow');
      const box = element.getBoundingClientRect();
      at = inside ? { x: event.clientX - box.left, y: event.clientY - box.top } : null;
      frame ||= requestAnimationFrame(look);
    };
    const leave = (): void => {
      at = null;
      frame ||= requestAnimationFrame(look);
    };
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerdown', move);
    element.addEventListener('pointerleave', leave);
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerdown', move);
      element.removeEventListener('pointerleave', leave);
      crowdUi.setState({ hot: null });
    };
  }, [home, shown, store]);
  return null;
}
