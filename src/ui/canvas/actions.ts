// What a person can do on the canvas. The canvas only asks; the app turns each into API requests,
// and the result comes back as a scene delta. Nothing on the canvas changes before the cluster did.
import type { SceneLink } from '../../scene/scene';
import type { Selection } from '../state/scene-store';

export interface CanvasActions {
  /** Opens the inspector for an object. */
  inspect(target: SceneLink): void;
  /**
   * Does an act of `ui/acts/registry.ts`, after asking what it has to ask; nothing when it is not
   * offered for the target at this moment. `offer` tells which where it is offered in several ways.
   */
  act(id: string, target: Selection, offer?: string): void;
  /** Does what a key means for what has the focus, if it means anything. */
  press(key: string, target: Selection): void;
}
