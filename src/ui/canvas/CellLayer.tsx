import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { filterStore, isFiltering, passes } from '../search/filters';
import { sceneStore } from '../state/scene-store';
import { canvasUi } from './canvas-ui';
import { CellPainter, type CellView } from './cell-painter';
import { shownCells } from './cells';
import { onTick, useVirtualNow } from './clock-context';
import { flights } from './flights';
import { ownerKey } from './pod-marks';
import { spriteSheet } from './sprite-sheet';

/** The canvas on which cells are seen; drawn only when one of them changed or all moved. */
export function CellLayer() {
  const ref = useRef<HTMLCanvasElement>(null);
  const clock = useVirtualNow();
  const flow = useStoreApi();
  useEffect(() => {
    const canvas = ref.current;
    if (!canvas) return;
    const painter = new CellPainter(canvas, flights, () => ({
      transform: flow.getState().transform,
      nowMs: clock.at(performance.now()),
      zooming: canvasUi.getState().zooming,
      ...litUp(),
    }));
    const update = () => painter.update();
    shownCells.changed = update;
    flights.landed = update;
    const stops = [
      spriteSheet().onChange(() => painter.repaint()),
      onTick(update),
      filterStore.subscribe(update),
      canvasUi.subscribe((ui, before) => {
        if (ui.hover !== before.hover || ui.hand !== before.hand) update();
        if (before.zooming && !ui.zooming) painter.repaint();
      }),
      // At once and not in the next frame: the tanks move in this one.
      flow.subscribe((state, before) => {
        if (state.transform !== before.transform) update();
      }),
    ];
    update();
    return () => {
      shownCells.changed = () => {};
      flights.landed = () => {};
      for (const stop of stops) stop();
      painter.dispose();
    };
  }, [clock, flow]);
  return <canvas ref={ref} className="cells" aria-hidden="true" />;
}

function litUp(): Pick<CellView, 'owner' | 'inHand' | 'passes'> {
  const { hover, hand } = canvasUi.getState();
  const pod = hover ? sceneStore.getState().pods.get(hover) : undefined;
  const filters = filterStore.getState();
  return {
    owner: pod && !hand ? ownerKey(pod) : null,
    inHand: hand?.node ?? null,
    passes: isFiltering(filters) ? (each) => passes(filters, each) : undefined,
  };
}
