// The canvas by keyboard: arrows move between what is drawn, G picks a node up, M opens a menu, a
// letter does the act that bears it. Every way of the pointer has its key.
import { sceneStore } from '../state/scene-store';
import type { CanvasActions } from './actions';
import { actKeys } from '../acts/act-keys';
import { openObject } from './actions-context';
import { openMenuFor } from './CanvasMenu';
import { canvasUi } from './canvas-ui';
import { aimBeside, dropHand, pickUp, putBack } from './hand';
import { arrowDirection, nearestStop, type Direction, type Stop } from './spatial-focus';

export interface KeyTarget {
  actions: CanvasActions;
  zoom: (by: 'in' | 'out' | 'fit') => void;
}

/** Handles a key pressed on the canvas; true when it meant something. */
export function canvasKey(event: KeyboardEvent, home: Element, target: KeyTarget): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  // What is typed somewhere is text.
  const { target: at } = event;
  if (at instanceof Element && at.closest('input, select, textarea')) return false;
  if (canvasUi.getState().hand?.by === 'keys') return handKey(event.key);
  const stop = event.target instanceof Element ? event.target.closest('[data-stop]') : null;
  const direction = arrowDirection(event.key);
  if (direction) return stop !== null && moveFocus(home, stop, direction);
  if (event.key === '[' || event.key === ']') return moveTank(home, event.key === ']' ? 1 : -1);
  const zoom = zoomKeys[event.key];
  if (zoom) {
    target.zoom(zoom);
    return true;
  }
  if (stop !== null) return stopKey(event, stop, target.actions);
  return openCanvasMenu(event.key, home);
}

/** Where nothing has the focus, M is the menu of the cluster. */
function openCanvasMenu(key: string, home: Element): boolean {
  if (key !== 'm' && key !== 'M' && key !== 'ContextMenu') return false;
  const { left, top } = home.getBoundingClientRect();
  return openMenuFor(home, left + 160, top + 60);
}

const zoomKeys: Record<string, 'in' | 'out' | 'fit' | undefined> = {
  '+': 'in',
  '=': 'in',
  '-': 'out',
  '0': 'fit',
};

function handKey(key: string): boolean {
  const hand = canvasUi.getState().hand;
  const node = hand && sceneStore.getState().nodes.get(hand.node);
  const direction = arrowDirection(key);
  if (key === 'Escape' || !node) putBack();
  else if (key === 'Enter' || key === ' ' || key === 'g') dropHand();
  else if (direction) aimBeside(node, direction === 'right' || direction === 'down' ? 1 : -1);
  else return false;
  return true;
}

function stopKey(event: KeyboardEvent, stop: Element, actions: CanvasActions): boolean {
  const kind = stop.getAttribute('data-kind') ?? '';
  const namespace = stop.getAttribute('data-namespace') ?? '';
  const name = stop.getAttribute('data-name') ?? '';
  const node = sceneStore.getState().nodes.get(name);
  const isNode = kind === 'Node' || kind === 'Machine';
  switch (event.key) {
    case 'Enter':
      // Buttons inside a tank keep their own Enter.
      if (event.target !== stop) return false;
      openObject(actions, { kind, namespace, name, text: name });
      return true;
    case 'g':
    case 'G':
      if (!isNode || !node) return false;
      pickUp(node);
      return true;
    case 'm':
    case 'M':
    case 'ContextMenu': {
      const box = stop.getBoundingClientRect();
      return openMenuFor(stop, box.left + Math.min(24, box.width), box.top + 28);
    }
    default:
      if (!actKeys.has(event.key)) return false;
      actions.press(event.key, { kind, namespace, name });
      return true;
  }
}

/** A tank is entered from its header: what is in it lies below. */
const headPx = 24;

function moveFocus(home: Element, from: Element, direction: Direction): boolean {
  const elements = [...home.querySelectorAll<HTMLElement>('[data-stop]:not([inert])')].filter(
    (element) => element !== from,
  );
  const at = nearestStop(stopOf(from), elements.map(stopOf), direction);
  elements[at]?.focus();
  return at >= 0;
}

function stopOf(element: Element): Stop {
  const box = element.getBoundingClientRect();
  const { left, top, right, bottom } = box;
  const head = element.getAttribute('data-stop') === 'top';
  return { left, top, right, bottom: head ? Math.min(bottom, top + headPx) : bottom };
}

function moveTank(home: Element, by: 1 | -1): boolean {
  const tanks = [...home.querySelectorAll<HTMLElement>('.tank')];
  if (tanks.length === 0) return false;
  const focused = document.activeElement;
  const node = focused?.closest('[data-node]')?.getAttribute('data-node');
  const at = tanks.findIndex((it) => it === focused || it.dataset['name'] === node);
  const next = at < 0 ? 0 : (at + by + tanks.length) % tanks.length;
  tanks[next]?.focus();
  return true;
}
