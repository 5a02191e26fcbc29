import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, type RefObject } from 'react';
import type { CrowdLayout } from './crowd-layout';
import { crowdUi } from './crowd-ui';
import { boxOf, itemsOf, stepIn, type TreeItem } from './tree-keys';

interface Frame {
  width: number;
  height: number;
}

/** Screen pixels that the bars above and below take of the picture. */
const bars = { top: 88, bottom: 70 } as const;

/**
 * Moves the focus by keys, keeps what has it in view, and lays the items over what they stand for
 * while one of them has it.
 */
export function useTreeKeys(
  ref: RefObject<HTMLElement | null>,
  layout: CrowdLayout,
  size: Frame,
  focused: RefObject<string>,
): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const place = (): void => {
      if (element.contains(document.activeElement)) {
        placeItems(element, layout, store.getState().transform);
      }
    };
    const show = (item: TreeItem, zoomIn = false): void => {
      focused.current = item.id;
      if (item.level < 3) crowdUi.setState({ zone: item.zone, rack: item.rack });
      const [tx, ty, zoom] = store.getState().transform;
      const box = boxOf(layout, item.id);
      const fits = Math.min((size.width - 40) / box.w, (size.height - 200) / box.h, 1);
      const next = zoomIn ? fits : Math.min(zoom, fits);
      if (zoomIn || !isSeen(box, [tx, ty, zoom], size)) {
        const x = size.width / 2 - (box.x + box.w / 2) * next;
        const y = (size.height + 20) / 2 - (box.y + box.h / 2) * next;
        void flow.setViewport({ x, y, zoom: next });
      }
      requestAnimationFrame(() => {
        element.querySelector<HTMLElement>(`[data-item="${item.id}"]`)?.focus();
        place();
      });
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const open = crowdUi.getState();
      const all = itemsOf(layout, open.zone, open.rack);
      const at = all.findIndex(({ id }) => id === (event.target as HTMLElement).dataset['item']);
      const item = all[at];
      if (!item) return;
      const next = stepIn(all, at, event.key);
      const opens = event.key === 'ArrowRight' || event.key === 'Enter';
      if (next) show(next);
      else if (opens && item.level < 3) show(item, event.key === 'Enter');
      else return;
      // Enter opens what has the focus as anywhere on the canvas, too.
      if (event.key === 'Enter') return;
      event.preventDefault();
      event.stopPropagation();
    };
    element.addEventListener('keydown', onKey);
    element.addEventListener('focusin', place);
    const stop = store.subscribe((now, before) => now.transform !== before.transform && place());
    return () => {
      element.removeEventListener('keydown', onKey);
      element.removeEventListener('focusin', place);
      stop();
    };
  }, [ref, layout, flow, store, size, focused]);
}

type Transform = readonly [x: number, y: number, zoom: number];

function isSeen(
  box: { x: number; y: number; w: number; h: number },
  [x, y, zoom]: Transform,
  { width, height }: Frame,
): boolean {
  return (
    box.x * zoom + x >= 0 &&
    box.y * zoom + y >= bars.top &&
    (box.x + box.w) * zoom + x <= width &&
    (box.y + box.h) * zoom + y <= height - bars.bottom
  );
}

function placeItems(element: HTMLElement, layout: CrowdLayout, [x, y, zoom]: Transform): void {
  for (const each of element.children as HTMLCollectionOf<HTMLElement>) {
    const box = boxOf(layout, each.dataset['item']!);
    each.style.translate = `${box.x * zoom + x}px ${box.y * zoom + y}px`;
    each.style.width = `${Math.max(8, box.w * zoom)}px`;
    each.style.height = `${Math.max(8, box.h * zoom)}px`;
  }
}
