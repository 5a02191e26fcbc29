// A piece that the pointer drags: a press and a move pick it up, a release over a node binds it
// there. What is drawn under the pointer follows without React.
import type { PointerEvent as ReactPointerEvent } from 'react';
import { aimAt, pickUp, putBack } from './game-store';

/** Where the pointer is, and who wants to know. */
export const pointer = { x: 0, y: 0, follow: (_x: number, _y: number): void => {} };
/** Movement below this is a click, in pixels. */
const SLACK_PX = 5;

/** A press on a piece: a move drags it, a release over a node binds it there. */
export function grab(event: ReactPointerEvent, key: string, onDrop: (node: string) => void): void {
  if (event.button !== 0 || event.pointerType === 'touch') return;
  const { clientX: startX, clientY: startY } = event;
  let isMoving = false;
  const move = ({ clientX, clientY }: PointerEvent): void => {
    if (!isMoving && Math.hypot(clientX - startX, clientY - startY) < SLACK_PX) return;
    Object.assign(pointer, { x: clientX, y: clientY });
    if (!isMoving) pickUp(key, true);
    isMoving = true;
    pointer.follow(clientX, clientY);
    aimAt(nodeUnder(clientX, clientY));
  };
  const end = (node: string | null): void => {
    window.removeEventListener('pointermove', move);
    window.removeEventListener('pointerup', up);
    window.removeEventListener('pointercancel', cancel);
    window.removeEventListener('keydown', escape, true);
    if (!isMoving) return;
    // The click that ends the press is none of a person's.
    window.addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => window.removeEventListener('click', swallow, true), 0);
    if (node === null) putBack();
    else onDrop(node);
  };
  const up = ({ clientX, clientY }: PointerEvent) => end(nodeUnder(clientX, clientY));
  const cancel = () => end(null);
  const escape = (pressed: globalThis.KeyboardEvent): void => {
    if (pressed.key !== 'Escape' || !isMoving) return;
    pressed.stopPropagation();
    end(null);
  };
  window.addEventListener('pointermove', move);
  window.addEventListener('pointerup', up);
  window.addEventListener('pointercancel', cancel);
  window.addEventListener('keydown', escape, true);
}

function swallow(event: Event): void {
  event.stopPropagation();
  event.preventDefault();
}

function nodeUnder(x: number, y: number): string | null {
  const element = document.elementFromPoint(x, y)?.closest('[data-game-node]');
  return element?.getAttribute('data-game-node') ?? null;
}
