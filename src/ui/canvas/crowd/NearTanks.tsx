import { useStore, type Node, type NodeProps } from '@xyflow/react';
import { useEffect, useMemo, useState } from 'react';
import type { ScenePod } from '../../../scene/scene';
import type { Crowd } from '../../state/crowd';
import { sceneStore } from '../../state/scene-store';
import { controlPlaneBoxes } from '../control-plane-layout';
import type { Box, CanvasLayout } from '../layout';
import { PodLayer } from '../PodLayer';
import { Tank } from '../Tank';
import { crowdDetail } from './crowd-detail';
import { nodeBox, nodeSize, type CrowdLayout } from './crowd-layout';

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
  const text = useStore(({ transform: [x, y, zoom] }) => {
    if (crowdDetail(zoom, nodeSize.w * zoom, layout.names.length).tanks === 0) return '';
    return inView(layout, size, x, y, zoom).join();
  });
  return useMemo(() => {
    const places = text === '' ? [] : text.split(',').map(Number);
    const boxes = places.map((place) => [layout.names[place]!, nodeBox(layout, place)] as const);
    return {
      names: boxes.map(([name]) => name),
      nodes: boxes.map(([name, box]) => tankNode(name, box)),
      layout: nearLayout(layout, new Map(boxes)),
    };
  }, [text, layout]);
}

function inView(
  layout: CrowdLayout,
  { width, height }: { width: number; height: number },
  tx: number,
  ty: number,
  zoom: number,
): number[] {
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
  return found;
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
