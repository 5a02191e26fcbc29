import {
  ReactFlow,
  ViewportPortal,
  useReactFlow,
  useStoreApi,
  type Node,
  type NodeProps,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { memo, useEffect, useMemo, useRef } from 'react';
import { sceneStore } from '../state/scene-store';
import { followDetail, useCanvasUi } from './canvas-ui';
import { ControlPlane } from './ControlPlane';
import { onFly } from './fly';
import type { Box, CanvasLayout } from './layout';
import { PodLayer } from './PodLayer';
import type { Routes } from './routes';
import { Sides, TrayHead, YouCard } from './SideColumn';
import { Tank } from './Tank';
import { EmptyHint } from './EmptyHint';
import { Wires } from './Wires';
import { stillFlow } from './still-flow';

export interface ClusterFlowProps {
  layout: CanvasLayout;
  routes: Routes;
  /** Name of the node drawn as the control plane's card. */
  master: string;
}

type PartData = { layout: CanvasLayout; routes: Routes; master: string; name: string };
type PartNode = Node<PartData>;

/** The world in React Flow: one custom node a part, the pods in one layer above them. */
export const ClusterFlow = memo(function ClusterFlow({ layout, routes, master }: ClusterFlowProps) {
  const nodes = useMemo(
    () => partNodes({ layout, routes, master, name: '' }),
    [layout, routes, master],
  );
  const movedRef = useFit(layout);
  useFlying(movedRef);
  return (
    <ReactFlow<PartNode>
      nodes={nodes}
      nodeTypes={partTypes}
      defaultViewport={{ x: 0, y: 0, zoom: layout.zoom }}
      minZoom={layout.zoom * 0.5}
      maxZoom={4}
      translateExtent={[
        [0, 0],
        [layout.width, layout.height],
      ]}
      {...stillFlow}
      zoomOnScroll={layout.kind === 'wide'}
      preventScrolling={layout.kind === 'wide'}
      zoomActivationKeyCode={null}
      onMove={(event, viewport) => {
        if (event) movedRef.current = true;
        followDetail(viewport.zoom);
      }}
      onPaneClick={() => sceneStore.getState().select(null)}
    >
      <ViewportPortal>
        <PodLayer layout={layout} master={master} />
      </ViewportPortal>
    </ReactFlow>
  );
});

/** Keeps the whole world in view until the person moves it, and again when they ask for it. */
function useFit(layout: CanvasLayout): { current: boolean } {
  const flow = useReactFlow();
  const store = useStoreApi();
  const moved = useRef(false);
  const asked = useCanvasUi((ui) => ui.fitAsked);
  const lastAsked = useRef(asked);
  const fitted = useRef(layout.zoom);
  useEffect(() => {
    const asks = lastAsked.current !== asked;
    lastAsked.current = asked;
    const [x, y, zoom] = store.getState().transform;
    // Keys and buttons move it, too.
    const isFitted = x === 0 && y === 0 && zoom === fitted.current;
    if (!asks && (moved.current || !isFitted)) return;
    moved.current = false;
    fitted.current = layout.zoom;
    followDetail(layout.zoom);
    if (x === 0 && y === 0 && zoom === layout.zoom) return;
    void flow.setViewport({ x: 0, y: 0, zoom: layout.zoom }, { duration: asks ? 240 : 0 });
  }, [layout, asked, flow, store]);
  return moved;
}

/** Goes to what somebody looks for, near enough to read it. */
function useFlying(moved: { current: boolean }): void {
  const flow = useReactFlow();
  useEffect(
    () =>
      onFly(({ kind, namespace, name }) => {
        const marks = `[data-kind="${kind}"][data-namespace="${namespace}"]`;
        const element = document.querySelector<HTMLElement>(
          `.cluster-canvas ${marks}[data-name="${CSS.escape(name)}"]`,
        );
        if (!element) return;
        element.focus({ preventScroll: true });
        const { left, top, width, height } = element.getBoundingClientRect();
        const middle = flow.screenToFlowPosition({ x: left + width / 2, y: top + height / 2 });
        moved.current = true;
        const zoom = Math.max(flow.getZoom(), kind === 'Pod' ? 1.4 : 1);
        void flow.setCenter(middle.x, middle.y, { zoom, duration: 240 });
      }),
    [flow, moved],
  );
}

const partTypes = {
  wires: ({ data }: NodeProps<PartNode>) => <Wires layout={data.layout} routes={data.routes} />,
  controlPlane: ({ data }: NodeProps<PartNode>) => (
    <ControlPlane
      boxes={data.layout.controlPlane}
      masters={data.layout.masters}
      kind={data.layout.kind}
      master={data.master}
    />
  ),
  you: YouCard,
  tray: ({ data }: NodeProps<PartNode>) => (
    <>
      <TrayHead kind={data.layout.kind} />
      {data.layout.kind === 'wide' && <EmptyHint />}
    </>
  ),
  services: ({ data }: NodeProps<PartNode>) => (
    <Sides
      box={data.layout.services!}
      columns={data.layout.kind === 'phone' ? data.layout.columns : 1}
    />
  ),
  tank: ({ data, width, height }: NodeProps<PartNode>) => (
    <Tank name={data.name} size={data.layout.tankSize} w={width ?? 0} h={height ?? 0} />
  ),
};

function partNodes(data: PartData): PartNode[] {
  const { layout } = data;
  const world = { x: 0, y: 0, w: layout.width, h: layout.height };
  const nodes: PartNode[] = [part('wires', 'wires', world, data)];
  nodes[0]!.zIndex = -1;
  nodes.push(part('control-plane', 'controlPlane', layout.controlPlane.card, data));
  if (layout.you) nodes.push(part('you', 'you', layout.you, data));
  if (layout.tray) nodes.push(part('tray', 'tray', layout.tray, data));
  if (layout.services) nodes.push(part('services', 'services', layout.services, data));
  for (const [name, box] of layout.tanks) {
    nodes.push(part(`node:${name}`, 'tank', box, { ...data, name }));
  }
  return nodes;
}

function part(id: string, type: string, box: Box, data: PartData): PartNode {
  return { id, type, position: { x: box.x, y: box.y }, width: box.w, height: box.h, data };
}
