import { useLayoutEffect, useRef, type RefObject } from 'react';
import { spriteOf } from './cells';
import { useVirtualNow } from './clock-context';
import { flightsBetween, unfoldings, type Standing } from './flight-plan';
import { flights, moveMs } from './flights';
import type { PodPlace } from './pod-places';
import { spriteSheet } from './sprite-sheet';

/** More than this many at once say nothing to the eye: the rest simply appear. */
const aloftMax = 400;

/** Hundreds of tiles that unfold at once cost a frame each second of a zoom through them. */
const unfoldMax = 80;

const stillMotion =
  typeof matchMedia === 'undefined' ? null : matchMedia('(prefers-reduced-motion: reduce)');

/** Sends cells on their way when their place changed, and lets them arrive and leave. */
export function useFlights(layer: RefObject<HTMLElement | null>, standing: Standing): void {
  const clock = useVirtualNow();
  const before = useRef<Standing | null>(null);
  useLayoutEffect(() => {
    const last = before.current;
    before.current = standing;
    if (!last || stillMotion?.matches) return;
    const wallMs = performance.now();
    const nowMs = clock.at(wallMs);
    const plan = flightsBetween(last, standing, wallMs, (cell) =>
      spriteSheet().nameOf(spriteOf(cell, nowMs)),
    );
    for (const flight of plan.slice(0, Math.max(0, aloftMax - flights.aloft.size))) {
      flights.launch(flight);
    }
    const unfolding = unfoldings(last, standing);
    if (unfolding.length > unfoldMax) return;
    for (const { key, from, to } of unfolding) {
      unfold(layer.current?.querySelector(`[data-key="${CSS.escape(key)}"]`), from, to);
    }
  }, [layer, standing, clock]);
}

/**
 * Lets a tile that has just been made travel from where its cell stood, in place of its arrival.
 */
function unfold(element: Element | null | undefined, from: PodPlace, to: PodPlace): void {
  if (!element) return;
  for (const arrival of element.getAnimations({ subtree: true })) arrival.finish();
  const at = (place: PodPlace) => `${place.x}px ${place.y}px`;
  const frames = [{ translate: at(from) }, { translate: at(to) }];
  element.animate(frames, { duration: moveMs, easing: 'cubic-bezier(0.2, 0, 0, 1)' });
}
