import { useReactFlow, useStore, useStoreApi } from '@xyflow/react';
import { useEffect, useRef, type PointerEvent } from 'react';
import { onThemeChange } from '../../theme/on-theme-change';
import { crowdColours, heatStep } from './crowd-colours';
import type { CrowdFigures } from './crowd-figures';
import type { CrowdLayout } from './crowd-layout';
import { useCrowdUi } from './crowd-ui';
import { words } from './words';

interface OverviewProps {
  layout: CrowdLayout;
  figures: CrowdFigures;
  size: { width: number; height: number };
  fit: { zoom: number };
}

const edge = { w: 148, h: 104 } as const;
/** A picture so small need not be of this moment. */
const repaintMs = 500;
/** Shown from so many times the zoom at which all is in view. */
const nearFrom = 1.6;

/** The whole cluster in a corner while only a part of it is in view; press to go there. */
export function Overview(props: OverviewProps) {
  const isNear = useStore(({ transform }) => transform[2] > props.fit.zoom * nearFrom);
  return isNear ? <Map {...props} /> : null;
}

function Map({ layout, figures, size }: OverviewProps) {
  const scale = Math.min(edge.w / layout.width, edge.h / layout.height);
  const width = Math.round(layout.width * scale);
  const height = Math.round(layout.height * scale);
  const canvas = useRef<HTMLCanvasElement>(null);
  const by = useCrowdUi((ui) => ui.heatBy);
  const flow = useReactFlow();
  useEffect(() => {
    const paint = (): void => {
      const g = canvas.current?.getContext('2d');
      if (!g) return;
      const colours = crowdColours();
      g.clearRect(0, 0, width * 2, height * 2);
      for (const rack of layout.racks) {
        const { heat, silent, worst } = figures.ofRack(rack.nodes, by);
        const isDark = silent === rack.nodes.length;
        g.fillStyle = isDark ? colours.silent : colours.heat[heatStep(heat)]!;
        const { x, y, w, h } = rack.box;
        const k = scale * 2;
        g.fillRect(x * k, y * k, Math.max(1, w * k - 1), Math.max(1, h * k - 1));
        if (!worst && silent === 0) continue;
        g.fillStyle = colours.look[worst ?? 'unknown'];
        g.fillRect((x + w) * k - 4, y * k, 3, 3);
      }
    };
    paint();
    const timer = setInterval(paint, repaintMs);
    const stop = onThemeChange(paint);
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [layout, figures, by, scale, width, height]);
  const go = (event: PointerEvent<HTMLElement>): void => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    const zoom = flow.getZoom();
    void flow.setViewport({
      x: size.width / 2 - ((event.clientX - box.left) / scale) * zoom,
      y: size.height / 2 - ((event.clientY - box.top) / scale) * zoom,
      zoom,
    });
  };
  return (
    <div
      className="crowd-overview"
      role="img"
      aria-label={words.overview}
      style={{ width, height }}
      onPointerDown={go}
      onPointerMove={go}
    >
      <canvas ref={canvas} width={width * 2} height={height * 2} style={{ width, height }} />
      <ViewFrame scale={scale} size={size} />
    </div>
  );
}

/** Lies over what is in view. */
function ViewFrame({ scale, size }: { scale: number; size: { width: number; height: number } }) {
  const frame = useRef<HTMLDivElement>(null);
  const store = useStoreApi();
  useEffect(() => {
    const place = (): void => {
      const [x, y, zoom] = store.getState().transform;
      const element = frame.current;
      if (!element) return;
      element.style.translate = `${(-x / zoom) * scale}px ${(-y / zoom) * scale}px`;
      element.style.width = `${(size.width / zoom) * scale}px`;
      element.style.height = `${(size.height / zoom) * scale}px`;
    };
    place();
    return store.subscribe((now, before) => now.transform !== before.transform && place());
  }, [store, scale, size]);
  return <div ref={frame} className="crowd-overview-frame" />;
}
