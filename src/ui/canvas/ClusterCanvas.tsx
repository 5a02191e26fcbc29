import { ReactFlowProvider, useReactFlow } from '@xyflow/react';
import {
  lazy,
  Suspense,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type PointerEvent as ReactPointerEvent,
} from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { ClockState } from '../../host/protocol';
import type { SceneNode } from '../../scene/scene';
import { SearchPanels } from '../search/SearchTools';
import { sceneStore, useScene, type SceneState } from '../state/scene-store';
import type { CanvasActions } from './actions';
import { ActionsContext, actOnNode } from './actions-context';
import { mastersOf } from './api-state';
import { CanvasHud, LegendPanel } from './CanvasHud';
import { CanvasMenu, openMenuFor } from './CanvasMenu';
import { CanvasNotes } from './CanvasNotes';
import { canvasUi, useCanvasUi } from './canvas-ui';
import { CellLayer } from './CellLayer';
import { ClockContext } from './clock-context';
import { ClusterFlow } from './ClusterFlow';
import { hasChips } from './control-plane-layout';
import { DropRail } from './DropRail';
import { handDrop } from './hand';
import { canvasKey } from './keyboard';
import { layoutCanvas, layoutKind, type CanvasLayout } from './layout';
import { messages } from './messages';
import { Narration } from './Narration';
import { ParticleLayer } from './ParticleLayer';
import { controlPlaneNode } from './pod-places';
import { PodTip } from './PodTip';
import { layoutRoutes } from './routes';
import { useSideCount } from './services';
import { useSpotlight } from './use-spotlight';
import { VirtualNow } from './virtual-now';
import './canvas.css';
import { byNumber } from '../state/by-number';

export interface ClusterCanvasProps {
  actions: CanvasActions;
  /** The layout of an embed or a phone: small tanks with cells. */
  compact: boolean;
  /** The engine's clock as last heard; the canvas runs it on between two answers by itself. */
  clock: () => ClockState;
  /** Words that say why no engine runs; absent while one does. */
  stopped?: string;
}

/** The cluster as a living picture: everything in the scene, drawn, reachable and in one's hand. */
export function ClusterCanvas({ actions, compact, clock, stopped }: ClusterCanvasProps) {
  const ref = useRef<HTMLElement>(null);
  const size = useSize(ref);
  const now = useMemo(() => new VirtualNow(clock), [clock]);
  const kind = layoutKind(size?.width ?? 900, compact);
  useSpotlight();
  useDrops(actions);
  return (
    <section
      ref={ref}
      className={`cluster-canvas cc-${kind}${stopped ? ' is-stopped' : ''}`}
      aria-label={messages.canvasLabel}
    >
      <Patterns />
      <ActionsContext value={actions}>
        <ClockContext value={now}>
          <ReactFlowProvider>
            {size && <Picture home={ref} size={size} compact={compact} actions={actions} />}
            {kind === 'wide' && <CanvasHud />}
            <LegendPanel />
            <SearchPanels />
          </ReactFlowProvider>
          <Bottom stopped={stopped} />
          {stopped === undefined && <CanvasNotes />}
          <InHand />
          <PodTip />
          <CanvasMenu />
        </ClockContext>
      </ActionsContext>
    </section>
  );
}

interface PictureProps {
  home: React.RefObject<HTMLElement | null>;
  size: Size;
  compact: boolean;
  actions: CanvasActions;
}

/** Over this many nodes they are grouped by zone and rack, and painted. */
const nodesAloneMax = 60;
const CrowdPicture = lazy(() => import('./crowd/CrowdPicture'));
const IngressWatch = lazy(() => import('./IngressWatch'));
const HandCard = lazy(() => import('./HandCard'));

function Picture(props: PictureProps) {
  const isCrowd = useScene(({ nodes }) => nodes.size > nodesAloneMax);
  useKeys(props.home, props.actions);
  useMenuGestures(props.home);
  return isCrowd ? <LargePicture {...props} /> : <SmallPicture {...props} />;
}

function LargePicture({ home, size, compact }: PictureProps) {
  const master = useScene((scene) => controlPlaneNode(scene.nodes));
  const kind = layoutKind(size.width, compact);
  return (
    <Suspense>
      <CrowdPicture home={home} size={size} master={master} kind={kind} />
    </Suspense>
  );
}

function SmallPicture({ home, size, compact }: PictureProps) {
  const master = useScene((scene) => controlPlaneNode(scene.nodes));
  const layout = useLayout(size, compact, master);
  // Not before the first picture is alive: nobody has made an Ingress by then.
  const isAlive = useScene(({ live, nodes }) => live && nodes.size > 0);
  const routes = useMemo(() => layoutRoutes(layout), [layout]);
  return (
    <>
      <Far home={home} />
      <ClusterFlow layout={layout} routes={routes} master={master} />
      <CellLayer />
      <ParticleLayer routes={routes} />
      {isAlive && (
        <Suspense>
          <IngressWatch />
        </Suspense>
      )}
    </>
  );
}

/** What the pointer has picked up. */
function InHand() {
  const hand = useCanvasUi((ui) => ui.hand);
  if (hand?.by !== 'pointer') return null;
  return (
    <Suspense>
      <HandCard node={hand.node} hot={hand.target !== null} />
    </Suspense>
  );
}

/**
 * From afar: small text leaves, names grow in the world so that they keep their size on the screen.
 */
function Far({ home }: { home: React.RefObject<HTMLElement | null> }) {
  const far = useCanvasUi((ui) => !ui.tiles);
  const step = useCanvasUi((ui) => ui.step);
  const inside = useCanvasUi((ui) => ui.inside);
  useLayoutEffect(() => {
    home.current?.classList.toggle('is-far', far);
    home.current?.style.setProperty('--k', String(Math.min(2, 1 / step)));
    // Rings keep their width.
    home.current?.style.setProperty('--ring', String(1 / Math.max(1, inside)));
  }, [home, far, step, inside]);
  return null;
}

/**
 * Whether the scheduler may put pods on a machine of the control plane: some tools leave it without
 * a taint.
 */
function takesPods({ registered, roles, taints }: SceneNode): boolean {
  const isTainted = taints.some((taint) => taint.endsWith(':NoSchedule'));
  return registered && roles.includes('control-plane') && !isTainted;
}

function useLayout({ width, height }: Size, compact: boolean, master: string): CanvasLayout {
  const kind = layoutKind(width, compact);
  const masters = useScene(useShallow(mastersOf));
  const chips = hasChips(kind, height, masters.length);
  const names = useScene(
    useShallow((scene) =>
      [...scene.nodes.values()]
        .filter((node) => !(chips ? masters : [master]).includes(node.name) || takesPods(node))
        .map(({ name }) => name),
    ),
  );
  const cloud = useScene(hasCloud);
  // On a phone these rows come and go; elsewhere their room is always there.
  const phone = kind === 'phone';
  const waits = useScene((scene) => phone && hasUnscheduled(scene));
  const cards = useSideCount();
  const services = phone ? cards : 0;
  return useMemo(
    () =>
      layoutCanvas({
        width,
        height,
        compact,
        tanks: [...names].sort(byNumber),
        masters: chips ? masters : [],
        cloud,
        unscheduled: waits ? 1 : 0,
        services,
      }),
    [width, height, compact, names, chips, masters, cloud, waits, services],
  );
}

function hasCloud({ components }: SceneState): boolean {
  return components.some(({ name }) => name === 'cloud-controller-manager');
}

function hasUnscheduled({ pods }: SceneState): boolean {
  for (const pod of pods.values()) if (pod.node === '') return true;
  return false;
}

function Bottom({ stopped }: { stopped: string | undefined }) {
  const hand = useCanvasUi((ui) => ui.hand);
  useEffect(() => {
    document.body.classList.toggle('has-hand', hand?.by === 'pointer');
  }, [hand]);
  return (
    <div className={hand ? 'cc-bottom has-rail' : 'cc-bottom'}>
      {stopped === undefined ? (
        <Narration />
      ) : (
        <div className="say is-bad" role="alert">
          <p>
            <b>{messages.stoppedTitle}</b> {stopped}
          </p>
          <div className="chain">{messages.stoppedAbout}</div>
        </div>
      )}
      {hand && <DropRail node={hand.node} target={hand.target} />}
      <span className="sr-only" aria-live="assertive">
        {hand?.by === 'keys' && messages.inHand(hand.node)}
      </span>
    </div>
  );
}

function useDrops(actions: CanvasActions): void {
  useEffect(() => {
    handDrop.on = (name, act) => {
      const node = sceneStore.getState().nodes.get(name);
      if (node) actOnNode(actions, node, act);
    };
    return () => {
      handDrop.on = () => {};
    };
  }, [actions]);
}

function useKeys(home: React.RefObject<HTMLElement | null>, actions: CanvasActions): void {
  const flow = useReactFlow();
  useEffect(() => {
    const element = home.current;
    if (!element) return;
    const zoom = (by: 'in' | 'out' | 'fit') => {
      if (by === 'in') zoomInOn(flow, element);
      else if (by === 'out') void flow.zoomOut();
      else canvasUi.setState((ui) => ({ fitAsked: ui.fitAsked + 1 }));
    };
    const onKey = (event: KeyboardEvent) => {
      if (!canvasKey(event, element, { actions, zoom })) return;
      event.preventDefault();
      event.stopPropagation();
    };
    element.addEventListener('keydown', onKey);
    return () => element.removeEventListener('keydown', onKey);
  }, [home, actions, flow]);
}

/** As much as a press of the button does. */
const zoomStep = 1.2;

/** Nearer to what has the focus, if anything on the picture has. */
function zoomInOn(flow: ReturnType<typeof useReactFlow>, home: Element): void {
  const stop = document.activeElement?.closest('.react-flow [data-stop]');
  if (!stop || !home.contains(stop)) return void flow.zoomIn();
  const { left, top, width, height } = stop.getBoundingClientRect();
  const middle = flow.screenToFlowPosition({ x: left + width / 2, y: top + height / 2 });
  const zoom = Math.min(4, flow.getZoom() * zoomStep);
  void flow.setCenter(middle.x, middle.y, { zoom });
}

const longPressMs = 550;

/** Right click, and a long press where there is no right button. */
function useMenuGestures(home: React.RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = home.current;
    if (!element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onContext = (event: MouseEvent) => {
      if (!(event.target instanceof Element)) return;
      if (openMenuFor(event.target, event.clientX, event.clientY)) event.preventDefault();
    };
    const stop = () => clearTimeout(timer);
    const onDown = (event: PointerEvent | ReactPointerEvent) => {
      stop();
      const { target, clientX, clientY } = event;
      if (event.pointerType !== 'touch' || !(target instanceof Element)) return;
      timer = setTimeout(() => openMenuFor(target, clientX, clientY), longPressMs);
    };
    element.addEventListener('contextmenu', onContext);
    element.addEventListener('pointerdown', onDown);
    for (const type of ['pointerup', 'pointermove', 'pointercancel'] as const) {
      element.addEventListener(type, stop);
    }
    return () => {
      stop();
      element.removeEventListener('contextmenu', onContext);
      element.removeEventListener('pointerdown', onDown);
      for (const type of ['pointerup', 'pointermove', 'pointercancel'] as const) {
        element.removeEventListener(type, stop);
      }
    };
  }, [home]);
}

interface Size {
  width: number;
  height: number;
}

function useSize(ref: React.RefObject<HTMLElement | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width === 0 || height === 0) return;
      setSize((held) =>
        held?.width === width && held.height === height ? held : { width, height },
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}

/** Hatches that the silhouettes refer to. */
function Patterns() {
  return (
    <svg width="0" height="0" style={{ position: 'absolute' }} aria-hidden="true">
      <defs>
        <Hatch id="term" size={6} width={2} angle={45} opacity={0.22} colour="term" />
        <Hatch id="unk" size={5} width={1.5} angle={-45} opacity={0.28} colour="unk" />
        <Hatch id="node" size={9} width={3} angle={-45} opacity={0.13} colour="unk" />
      </defs>
    </svg>
  );
}

interface HatchProps {
  id: string;
  size: number;
  width: number;
  angle: number;
  opacity: number;
  colour: string;
}

function Hatch({ id, size, width, angle, opacity, colour }: HatchProps) {
  return (
    <pattern
      id={`kb-hatch-${id}`}
      width={size}
      height={size}
      patternUnits="userSpaceOnUse"
      patternTransform={`rotate(${angle})`}
    >
      <path d={`M0 0v${size}`} stroke={`var(--${colour})`} strokeWidth={width} opacity={opacity} />
    </pattern>
  );
}
