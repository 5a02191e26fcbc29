// What the person does while being the scheduler: which pod is in the hand, over which node, and
// what was chosen so far. It lasts as long as the scheduler is away.
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Choice } from './board-model';

export interface Game {
  /** Key of the pod that is picked up. */
  held: string | null;
  /** The node that it is over. */
  aim: string | null;
  /** True while the pointer drags it; else it waits for a node to be chosen. */
  isDragged: boolean;
  choices: readonly Choice[];
}

const start: Game = { held: null, aim: null, isDragged: false, choices: [] };

export const gameStore = createStore<Game>()(() => start);

export function useGame<T>(selector: (game: Game) => T): T {
  return useStore(gameStore, selector);
}

export function pickUp(key: string, isDragged: boolean): void {
  gameStore.setState({ held: key, aim: null, isDragged });
}

export function putBack(): void {
  gameStore.setState({ held: null, aim: null, isDragged: false });
}

export function aimAt(node: string | null): void {
  if (gameStore.getState().aim !== node) gameStore.setState({ aim: node });
}

export function noteChoice(choice: Choice): void {
  gameStore.setState(({ choices }) => ({
    choices: [...choices.filter(({ pod }) => pod !== choice.pod), choice],
  }));
}

/** The last choice is taken back, with the binding. */
export function forgetChoice(): void {
  gameStore.setState(({ choices }) => ({ choices: choices.slice(0, -1) }));
}

export function newGame(): void {
  gameStore.setState(start);
}
