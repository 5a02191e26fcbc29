import { createContext, useContext } from 'react';
import type { SceneLink, SceneNode } from '../../scene/scene';
import { sceneStore } from '../state/scene-store';
import type { CanvasActions } from './actions';
import { endsHolding } from './hand';

/** The actions that the app lent to the canvas. */
export const ActionsContext = createContext<CanvasActions | null>(null);

export function useActions(): CanvasActions {
  const actions = useContext(ActionsContext);
  if (!actions) throw new Error('useActions needs an ActionsContext above it');
  return actions;
}

/** Selects an object and opens the inspector for it. */
export function openObject(actions: CanvasActions, target: SceneLink): void {
  const { kind, namespace, name } = target;
  sceneStore.getState().select({ kind, namespace, name });
  actions.inspect(target);
}

/** A click on a node's drawing: opens it, unless it was on something that is drawn inside it. */
export function openNode(actions: CanvasActions, node: SceneNode, target: EventTarget): void {
  const inside = target instanceof Element && target.closest('button, .card, .api');
  if (inside || endsHolding()) return;
  const kind = node.registered ? 'Node' : 'Machine';
  openObject(actions, { kind, namespace: '', name: node.name, text: node.name });
}

/** Does an act with a node or its machine. */
export function actOnNode(actions: CanvasActions, node: SceneNode, act: string): void {
  actions.act(act, { kind: 'Node', namespace: '', name: node.name });
}
