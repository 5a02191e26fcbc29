// What a person can do on the canvas. The canvas only asks; the app turns each into an API request,
// and the result comes back as a scene delta. Nothing on the canvas changes before the cluster did.
import type { SceneLink } from '../../scene/scene';

export interface CanvasActions {
  /** Opens the inspector for an object. */
  inspect(target: SceneLink): void;
  /** Sets `spec.power` of a Machine (not of a Node) to Off or On. */
  powerOff(machine: string): void;
  powerOn(machine: string): void;
  /** Sets `spec.network` of a Machine to Cut or Connected. */
  cutCable(machine: string): void;
  plugCable(machine: string): void;
  deletePod(namespace: string, name: string): void;
  /** Sets `spec.unschedulable` of a Node. */
  cordon(node: string, on: boolean): void;
}
