import { useStoreApi } from '@xyflow/react';
import { useCallback, useEffect, useRef, type RefObject } from 'react';
import { useFilterMask } from '../../search/filter-mask';
import { sceneStore, type Selection } from '../../state/scene-store';
import { onThemeChange } from '../../theme/on-theme-change';
import { canvasUi } from '../canvas-ui';
import { groupBox, type CrowdLayout } from './crowd-layout';
import { CrowdPainter, type CrowdView } from './crowd-painter';
import { crowdUi } from './crowd-ui';
import { useLiveCrowd, type LiveCrowd } from './use-crowd';

/** What is painted now. */
export interface Shown {
  layout: CrowdLayout;
  live: LiveCrowd;
  matches: Uint8Array | null;
}

/** Paints the large picture on a canvas, at most once a frame, whenever anything of it changes. */
export function useCrowdPainter(layout: CrowdLayout) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<CrowdPainter>(undefined);
  const asked = useRef(0);
  const askPaint = useCallback(() => {
    asked.current ||= requestAnimationFrame(() => {
      asked.current = 0;
      painter.current?.paint();
    });
  }, []);
  const live = useLiveCrowd(layout, askPaint);
  const matches = useFilterMask(live.crowd);
  const store = useStoreApi();
  const shown = useRef<Shown>({ layout, live, matches });
  useEffect(() => {
    shown.current = { layout, live, matches };
    askPaint();
  }, [askPaint, layout, live, matches]);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const view = (): CrowdView => viewOf(shown.current, store.getState().transform);
    const made = new CrowdPainter(element, view, askPaint);
    painter.current = made;
    const stops = [
      onThemeChange(() => made.recolour()),
      crowdUi.subscribe(askPaint),
      canvasUi.subscribe((now, before) => now.zooming !== before.zooming && askPaint()),
      sceneStore.subscribe((now, before) => now.selection !== before.selection && askPaint()),
      store.subscribe((now, before) => now.transform !== before.transform && askPaint()),
    ];
    askPaint();
    return () => {
      painter.current = undefined;
      for (const stop of stops) stop();
      made.dispose();
    };
  }, [store, askPaint]);
  return { canvas, live, shown: shown as RefObject<Shown> };
}

/** The zone or rack that is selected, or else the rack under the pointer. */
function ringOf(
  layout: CrowdLayout,
  selected: Selection | null,
  hotRack: number | undefined,
): CrowdView['ringed'] {
  const box = selected && selected.kind !== 'Canvas' ? groupBox(layout, selected) : undefined;
  if (box) return { box, width: 2.5 };
  const hot = hotRack === undefined ? undefined : layout.racks[hotRack]?.box;
  return hot ? { box: hot, width: 1.5 } : null;
}

function viewOf({ layout, live, matches }: Shown, transform: CrowdView['transform']): CrowdView {
  const selected = sceneStore.getState().selection;
  const { hot, heatBy, standing } = crowdUi.getState();
  const isPod = selected?.kind === 'Pod';
  const key = isPod ? `${selected.namespace}/${selected.name}` : '';
  return {
    layout,
    crowd: live.crowd,
    figures: live.figures,
    transform,
    heatBy,
    standing,
    zooming: canvasUi.getState().zooming,
    matches,
    selected: selected && !isPod ? (layout.index.get(selected.name) ?? -1) : -1,
    selectedRow: live.crowd.rows.get(key) ?? -1,
    hovered: hot?.place ?? -1,
    ringed: ringOf(layout, selected, hot?.rack),
  };
}
