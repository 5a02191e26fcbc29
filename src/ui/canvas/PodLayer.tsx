import { lazy, Suspense, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { ScenePod } from '../../scene/scene';
import { sceneStore, useScene } from '../state/scene-store';
import { isApiDown } from './api-state';
import { openObject, useActions } from './actions-context';
import { canvasUi, useCanvasUi } from './canvas-ui';
import { CellGroup } from './CellGroup';
import { CellShaper, shownCells } from './cells';
import { useVirtualNow } from './clock-context';
import { keptPlacer } from './kept-places';
import type { CanvasLayout } from './layout';
import { messages } from './messages';
import { nodeState } from './node-state';
import type { Overflow, PodPlace } from './pod-places';
import { PodTile } from './PodTile';
import { useFlights } from './use-flights';
import { leaveMs } from './flights';
import './pod.css';

export interface PodLayerProps {
  layout: CanvasLayout;
  /** Name of the node drawn as the control plane's card. */
  master: string;
  /** Instead of all of the scene: those of the tanks in view. */
  pods?: ReadonlyMap<string, ScenePod>;
}

const InsideWatch = lazy(() => import('./inside/InsideWatch'));

/**
 * All pods in one flat layer above the tanks, so that one that is bound moves there from the tray.
 */
export function PodLayer({ layout, master, pods: given }: PodLayerProps) {
  const all = useScene((scene) => (given ? noPods : scene.pods));
  const pods = given ?? all;
  const step = useCanvasUi((ui) => ui.step);
  const tiles = useCanvasUi((ui) => ui.tiles);
  const inside = useCanvasUi((ui) => ui.inside);
  const isNear = inside > 0;
  const [placer] = useState(keptPlacer);
  const stale = useStaleNodes(given ? layout.tanks : undefined);
  const { places, overflow } = useMemo(
    () => placer.place(layout, master, pods, { step, tiles, open: isNear }),
    [placer, layout, master, pods, step, tiles, isNear],
  );
  const leaving = useLeaving(pods, places, given ? layout.tanks : undefined);
  const arrives = useArrives(given ? layout.tanks : undefined);
  const layer = useRef<HTMLDivElement>(null);
  const [shaper] = useState(() => new CellShaper());
  const cells = useMemo(() => shaper.shape(pods, places, stale), [shaper, pods, places, stale]);
  const standing = useMemo(
    () => ({ layout, pods, places, cells: cells.all }),
    [layout, pods, places, cells],
  );
  useFlights(layer, standing);
  useLayoutEffect(() => shownCells.show(cells.all), [cells]);
  useKeptFocus(layer);
  useStillness(layer, layout, step);
  const actions = useActions();
  return (
    <div
      ref={layer}
      className="pod-layer"
      onClick={(event) => openPod(actions, event.target)}
      onPointerOver={hoverStarts}
      onPointerLeave={hoverEnds}
      onFocus={hoverStarts}
      onBlur={hoverEnds}
    >
      {[...pods.values()].map((pod) => {
        const place = places.get(pod.key);
        if (place?.shape !== 'tile') return null;
        const isStale = stale.has(pod.node);
        const marks = { pod, place, stale: isStale, inside, arrives };
        return <PodTile key={pod.uid} {...marks} leaving={false} />;
      })}
      {[...cells.byNode].map(([node, group]) => (
        <CellGroup key={node} cells={group} />
      ))}
      {leaving.map(({ pod, place }) => (
        <PodTile
          key={pod.uid}
          pod={pod}
          place={place}
          stale={false}
          inside={0}
          leaving
          arrives={never}
        />
      ))}
      {isNear && (
        <Suspense>
          <InsideWatch layout={layout} />
        </Suspense>
      )}
      {[...overflow].map(([holder, more]) => (
        <More key={holder} more={more} />
      ))}
    </div>
  );
}

/** A cell that is bound to another node is another element: the focus goes along. */
function useKeptFocus(layer: RefObject<HTMLElement | null>): void {
  const focused = useRef('');
  useLayoutEffect(() => {
    const key = focused.current;
    if (key !== '' && document.activeElement === document.body) {
      layer.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
    }
    const active = document.activeElement;
    focused.current = (layer.current?.contains(active) && active?.getAttribute('data-key')) || '';
  });
}

/** When the picture is laid out anew or its detail changes, tiles are there at once. */
function useStillness(
  layer: RefObject<HTMLElement | null>,
  layout: CanvasLayout,
  step: number,
): void {
  useLayoutEffect(() => {
    const element = layer.current;
    element?.setAttribute('data-still', `${layout.width} ${step}`);
    const timer = setTimeout(() => element?.removeAttribute('data-still'), 60);
    return () => clearTimeout(timer);
  }, [layer, layout, step]);
}

function More({ more }: { more: Overflow }) {
  const { place, count } = more;
  return (
    <span
      className="pod-more"
      style={{
        translate: `${place.x}px ${place.y}px`,
        scale: String(place.scale),
        minWidth: place.w,
        height: place.h,
      }}
      title={messages.morePods(count)}
    >
      {messages.more(count)}
    </span>
  );
}

const noPods: ReadonlyMap<string, ScenePod> = new Map();

/** Names of the nodes, of those in view, of which nothing is heard. */
function useStaleNodes(inView?: ReadonlyMap<string, unknown>): ReadonlySet<string> {
  const clock = useVirtualNow();
  const names = useStore(
    sceneStore,
    useShallow((scene) => {
      const now = clock.at(performance.now()) - clock.lagMs();
      const shown = inView
        ? [...inView.keys()].flatMap((name) => scene.nodes.get(name) ?? [])
        : [...scene.nodes.values()];
      return shown.filter((it) => nodeState(it, now, isApiDown(scene)).stale).map((it) => it.name);
    }),
  );
  return useMemo(() => new Set(names), [names]);
}

const never = () => false;

/**
 * Whether a tile that is made now is one of a pod that has just come, and not of one whose tank
 * came into view. One function for as long as the layer stands, so that tiles do not render for it.
 */
function useArrives(inView?: ReadonlyMap<string, unknown>): (pod: ScenePod) => boolean {
  const seen = useRef<ReadonlyMap<string, unknown>>(undefined);
  useLayoutEffect(() => {
    seen.current = inView;
  }, [inView]);
  const [arrives] = useState(() =>
    inView ? (pod: ScenePod) => seen.current?.has(pod.node) ?? false : () => true,
  );
  return arrives;
}

interface Leaving {
  pod: ScenePod;
  place: PodPlace;
}

/**
 * Tiles of pods that are gone from the scene but still fade, where they last stood; of pods whose
 * tank is gone from view, none.
 */
function useLeaving(
  pods: ReadonlyMap<string, ScenePod>,
  places: ReadonlyMap<string, PodPlace>,
  inView?: ReadonlyMap<string, unknown>,
): readonly Leaving[] {
  const [fading, setFading] = useState<readonly Leaving[]>([]);
  const before = useRef({ pods, places });
  // Before the paint, so that what leaves is never absent for a frame.
  useLayoutEffect(() => {
    const last = before.current;
    before.current = { pods, places };
    if (last.pods === pods) return;
    const uids = new Set([...pods.values()].map((pod) => pod.uid));
    const gone: Leaving[] = [];
    for (const pod of last.pods.values()) {
      const place = last.places.get(pod.key);
      const isSeen = !inView || inView.has(pod.node);
      if (place?.shape === 'tile' && isSeen && !uids.has(pod.uid)) gone.push({ pod, place });
    }
    if (gone.length === 0) return;
    setFading((held) => [...held.filter((it) => !uids.has(it.pod.uid)), ...gone]);
    setTimeout(() => setFading((held) => held.filter((it) => !gone.includes(it))), leaveMs);
  }, [pods, places, inView]);
  return fading;
}

function podOf(target: EventTarget): ScenePod | undefined {
  const element = target instanceof Element ? target.closest('.pod') : null;
  const key = element?.getAttribute('data-key');
  return key ? sceneStore.getState().pods.get(key) : undefined;
}

/** What of a pod's inside a target belongs to. */
function partOf(target: EventTarget): string | null {
  const element = target instanceof Element ? target.closest('[data-part]') : null;
  return element?.getAttribute('data-part') ?? null;
}

function openPod(actions: ReturnType<typeof useActions>, target: EventTarget): void {
  const pod = podOf(target);
  if (!pod) return;
  openObject(actions, linkOf(pod));
  const part = partOf(target);
  if (part) void import('./inside/reveal').then(({ reveal }) => reveal(part));
}

function linkOf(pod: ScenePod) {
  return { kind: 'Pod', namespace: pod.namespace, name: pod.name, text: pod.name };
}

function hoverStarts(event: { target: EventTarget }): void {
  const key = podOf(event.target)?.key ?? null;
  const part = partOf(event.target);
  const held = canvasUi.getState();
  if (held.hover !== key || held.part !== part) canvasUi.setState({ hover: key, part });
}

function hoverEnds(): void {
  if (canvasUi.getState().hover !== null) canvasUi.setState({ hover: null, part: null });
}
