import { useLayoutEffect, useRef, type RefObject } from 'react';
import { flightsBetween, unfoldings, type Standing } from './flight-plan';
import { flights, moveMs } from './flights';
import type { PodPlace } from './pod-places';

/** More than this many at once say nothing to the eye: the rest simply appear. */
const aloftMax = 400;

const stillMotion =
  typeof matchMedia === 'undefined' ? null : matchMedia('(prefers-reduced-motion: reduce)');

/** Sends cells on their way when their place changed, and lets them arrive and leave. */
export function useFlights(layer: RefObject<HTMLElement | null>, standing: Standing): void {
  const before = useRef<Standing | null>(null);
  useLayoutEffect(() => {
    const last = before.current;
    before.current = standing;
    if (!last || stillMotion?.matches) return;
    const plan = flightsBetween(last, standing, performance.now());
    const unfolded = unfoldings(last, standing);
    if (plan.length + unfolded.length === 0) return;
    const elements = cellElements(layer.current);
    for (const flight of plan.slice(0, Math.max(0, aloftMax - flights.aloft.size))) {
      const element = elements.get(flight.key);
      if (flight.kind !== 'leave') {
        if (!element) continue;
        // What is drawn may be older news than what is true: the element knows.
        flight.sprite = element.getAttribute('data-sprite') ?? flight.sprite;
        element.setAttribute('data-aloft', '');
      }
      flights.launch(flight);
    }
    for (const { key, from, to } of unfolded) unfold(elements.get(key), from, to);
  }, [layer, standing]);
  useLayoutEffect(() => {
    flights.landed = (keys) => {
      const elements = cellElements(layer.current);
      for (const key of keys) elements.get(key)?.removeAttribute('data-aloft');
    };
  }, [layer]);
}

/**
 * Lets a tile that has just been made travel from where its cell stood, in place of its arrival.
 */
function unfold(element: Element | undefined, from: PodPlace, to: PodPlace): void {
  if (!element) return;
  for (const arrival of element.getAnimations({ subtree: true })) arrival.finish();
  const at = (place: PodPlace) => `${place.x}px ${place.y}px`;
  const frames = [{ translate: at(from) }, { translate: at(to) }];
  element.animate(frames, { duration: moveMs, easing: 'cubic-bezier(0.2, 0, 0, 1)' });
}

function cellElements(layer: HTMLElement | null): ReadonlyMap<string, Element> {
  const found = new Map<string, Element>();
  for (const element of layer?.children ?? []) {
    const key = element.getAttribute('data-key');
    if (key) found.set(key, element);
  }
  return found;
}
