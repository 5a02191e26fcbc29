// A node in the hand. With the pointer: press its header, move, drop it on a target of the rail; a
// press without a move is a click. With keys: see keyboard.ts. Escape, or a drop beside the rail,
// puts it back.
import type { PointerEvent as ReactPointerEvent } from 'react';
import type { SceneNode } from '../../scene/scene';
import { dropActs, type DropAct } from '../acts/drop-acts';
import { canvasUi } from './canvas-ui';

/** Movement below this is a click, in pixels. */
const clickSlackPx = 5;

/** Where the pointer is while it holds a node; the card in the hand follows it without React. */
export const handPointer = { x: 0, y: 0, moved: (_x: number, _y: number) => {} };

/** Called with what a node was dropped on; the canvas sets it. */
export const handDrop = { on: (_node: string, _act: DropAct) => {} };

let letGoMs = -Infinity;

/** Whether a click is only the end of a press that held a node. */
export function endsHolding(): boolean {
  return performance.now() - letGoMs < 80;
}

/** Starts a press on a node's header. */
export function grabNode(event: ReactPointerEvent, node: SceneNode): void {
  if (event.button !== 0) return;
  const startX = event.clientX;
  const startY = event.clientY;
  const canHold = dropActs(node).length > 0;
  let held = false;
  const move = (moved: PointerEvent) => {
    if (!held) {
      if (!canHold || Math.hypot(moved.clientX - startX, moved.clientY - startY) < clickSlackPx)
        return;
      held = true;
      handPointer.x = moved.clientX;
      handPointer.y = moved.clientY;
      canvasUi.setState({ hand: { node: node.name, by: 'pointer', target: null }, menu: null });
    }
    handPointer.x = moved.clientX;
    handPointer.y = moved.clientY;
    handPointer.moved(moved.clientX, moved.clientY);
    aimAt(targetUnder(moved.clientX, moved.clientY));
  };
  const end = (done: boolean) => {
    window.removeEventListener('pointermove', move);
    window.removeEventListener('pointerup', up);
    window.removeEventListener('pointercancel', cancel);
    window.removeEventListener('keydown', key, true);
    if (!held) return;
    letGoMs = performance.now();
    if (done) dropHand();
    else putBack();
  };
  const up = (released: PointerEvent) => {
    if (held) aimAt(targetUnder(released.clientX, released.clientY));
    end(true);
  };
  const cancel = () => end(false);
  const key = (pressed: KeyboardEvent) => {
    if (pressed.key !== 'Escape' || !held) return;
    pressed.stopPropagation();
    end(false);
  };
  window.addEventListener('pointermove', move);
  window.addEventListener('pointerup', up);
  window.addEventListener('pointercancel', cancel);
  window.addEventListener('keydown', key, true);
}

/** Picks a node up without a pointer; its gravest target is chosen first. */
export function pickUp(node: SceneNode): void {
  const target = dropActs(node).at(-1) ?? null;
  if (target) canvasUi.setState({ hand: { node: node.name, by: 'keys', target }, menu: null });
}

/** Chooses a target for what is in the hand. */
export function aimAt(target: DropAct | null): void {
  const hand = canvasUi.getState().hand;
  if (hand && hand.target !== target) canvasUi.setState({ hand: { ...hand, target } });
}

/** The next target to the left or right, for keys. */
export function aimBeside(node: SceneNode, by: 1 | -1): void {
  const acts = dropActs(node);
  const hand = canvasUi.getState().hand;
  if (!hand) return;
  const at = hand.target ? acts.indexOf(hand.target) : 0;
  aimAt(acts[(at + by + acts.length) % acts.length] ?? null);
}

/** Drops what is in the hand where it is aimed, or puts it back. */
export function dropHand(): void {
  const hand = canvasUi.getState().hand;
  putBack();
  if (hand?.target) handDrop.on(hand.node, hand.target);
}

export function putBack(): void {
  if (canvasUi.getState().hand) canvasUi.setState({ hand: null });
}

function targetUnder(x: number, y: number): DropAct | null {
  const element = document.elementFromPoint(x, y)?.closest('[data-drop]');
  return (element?.getAttribute('data-drop') as DropAct | null) ?? null;
}
