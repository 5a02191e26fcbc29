import { useStoreApi, type Node, type NodeProps } from '@xyflow/react';
import { useEffect, useMemo, useState } from 'react';
import type { ScenePod } from '../../../scene/scene';
import type { Crowd } from '../../state/crowd';
import { sceneStore } from '../../state/scene-store';
import { canvasUi } from '../canvas-ui';
import { controlPlaneBoxes } from '../control-plane-layout';
import type { Box, CanvasLayout } from '../layout';
import { PodLayer } from '../PodLayer';
import { Tank } from '../Tank';
import { crowdDetail } from './crowd-detail';
import { nodeBox, nodeSize, type CrowdLayout } from './crowd-layout';
import { crowdUi } from './crowd-ui';
import { NearPlaces } from './near-places';

type NearNode = Node<{ name: string }>;

export const nearTypes = {
  tank: ({ data, width, height }: NodeProps<NearNode>) => (
    <Tank name={data.name} size="full" w={width ?? 0} h={height ?? 0} />
  ),
};

export interface Near {
  names: readonly string[];
  nodes: NearNode[];
  layout: CanvasLayout;
}

/** More than are ever in view at the zoom from which tanks are elements. */
const nearMax = 60;

/** The nodes that stand in view as whole tanks; none while the picture is far. */
export function useNear(layout: CrowdLayout, size: { width: number; height: number }): Near {
  const places = useStanding(layout, size);
  return useMemo(() => {
    const boxes = places.map((place) => [layout.names[place]!, nodeBox(layout, place)] as const);
    return {
      names: boxes.map(([name]) => name),
      nodes: boxes.map(([name, box]) => tankNode(name, box)),
      layout: nearLayout(layout, new Map(boxes)),
    };
  }, [places, layout]);
}

/** Places of the tanks that stand. They follow what is in view frame by frame (near-places.ts). */
function useStanding(layout: CrowdLayout, size: { width: number; height: number }) {
  const store = useStoreApi();
  const [near] = useState(() => new NearPlaces());
  const [standing, setStanding] = useState(near.standing);
  useEffect(() => {
    let frame = 0;
    const look = (): void => {
      frame = 0;
      const { zooming } = canvasUi.getState();
      if (near.step(wantedPlaces(layout, size, store.getState().transform), zooming)) {
        setStanding(near.standing);
        tell(near.standing);
        ask();
      }
    };
    const ask = (): void => {
      frame ||= requestAnimationFrame(look);
    };
    ask();
    const stops = [
      store.subscribe((now, before) => now.transform !== before.transform && ask()),
      canvasUi.subscribe((now, before) => now.zooming !== before.zooming && ask()),
    ];
    return () => {
      cancelAnimationFrame(frame);
      for (const stop of stops) stop();
      near.clear();
      setStanding(near.standing);
      tell(near.standing);
    };
  }, [near, layout, size, store]);
  return standing;
}

/** A tank that stands is pointed at itself. */
function tell(places: readonly number[]): void {
  const standing = new Set(places);
  const { hot } = crowdUi.getState();
  crowdUi.setState({ standing, hot: hot && standing.has(hot.place) ? null : hot });
}

/** Places in view at a zoom at which tanks are elements, the nearest to the middle first. */
function wantedPlaces(
  layout: CrowdLayout,
  { width, height }: { width: number; height: number },
  [tx, ty, zoom]: readonly [x: number, y: number, zoom: number],
): number[] {
  if (crowdDetail(zoom, nodeSize.w * zoom, layout.names.length).tanks === 0) return [];
  const found: number[] = [];
  const isIn = ({ x, y, w, h }: Box): boolean =>
    (x + w) * zoom + tx > 0 &&
    x * zoom + tx < width &&
    (y + h) * zoom + ty > 0 &&
    y * zoom + ty < height;
  for (const rack of layout.racks) {
    if (!isIn(rack.box)) continue;
    for (const place of rack.nodes) {
      if (found.length < nearMax && isIn(nodeBox(layout, place))) found.push(place);
    }
  }
  const middle = { x: (width / 2 - tx) / zoom, y: (height / 2 - ty) / zoom };
  const away = (place: number): number => {
    const { x, y, w, h } = nodeBox(layout, place);
    return Math.hypot(x + w / 2 - middle.x, y + h / 2 - middle.y);
  };
  return found.sort((a, b) => away(a) - away(b));
}

function tankNode(name: string, box: Box): NearNode {
  const { x, y, w: width, h: height } = box;
  return { id: `node:${name}`, type: 'tank', position: { x, y }, width, height, data: { name } };
}

function nearLayout({ width, height }: CrowdLayout, tanks: ReadonlyMap<string, Box>): CanvasLayout {
  return {
    kind: 'wide',
    zoom: 1,
    width,
    height,
    controlPlane: { ...controlPlaneBoxes('wide', 900, 600), pods: null },
    masters: new Map(),
    you: null,
    tray: null,
    services: null,
    tankSize: 'full',
    columns: 1,
    rows: 1,
    tanks,
  };
}

/** The pods of the tanks in view, drawn as in a small cluster. */
export function NearPods({ layout, crowd }: { layout: CanvasLayout; crowd: Crowd }) {
  const pods = useNearPods(layout, crowd);
  return <PodLayer layout={layout} master="" pods={pods} />;
}

function useNearPods(layout: CanvasLayout, crowd: Crowd): ReadonlyMap<string, ScenePod> {
  const [pods, setPods] = useState(() => podsIn(layout, crowd));
  useEffect(() => {
    let versions = '';
    const update = (): void => {
      const now = [...layout.tanks.keys()].map((name) => crowd.versionOf(name)).join();
      if (now === versions) return;
      versions = now;
      setPods(podsIn(layout, crowd));
    };
    update();
    return sceneStore.subscribe(update);
  }, [layout, crowd]);
  return pods;
}

function podsIn({ tanks }: CanvasLayout, crowd: Crowd): ReadonlyMap<string, ScenePod> {
  const pods = new Map<string, ScenePod>();
  for (const name of tanks.keys()) for (const pod of crowd.podsOn(name)) pods.set(pod.key, pod);
  return pods;
}
