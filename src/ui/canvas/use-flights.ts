import { useLayoutEffect, useRef, type RefObject } from 'react';
import { flights } from './flights';
import { flightsBetween, type Standing } from './flight-plan';

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
    if (plan.length === 0) return;
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
  }, [layer, standing]);
  useLayoutEffect(() => {
    flights.landed = (keys) => {
      const elements = cellElements(layer.current);
      for (const key of keys) elements.get(key)?.removeAttribute('data-aloft');
    };
  }, [layer]);
}

function cellElements(layer: HTMLElement | null): ReadonlyMap<string, Element> {
  const found = new Map<string, Element>();
  for (const element of layer?.children ?? []) {
    const key = element.getAttribute('data-key');
    if (key) found.set(key, element);
  }
  return found;
}
