// Whether there is an API server to talk to: it can be stopped, or the machine it runs on can be
// without power.
import type { SceneComponent } from '../../scene/scene';
import type { SceneData } from '../state/scene-store';

/** A component of the control plane by its name. */
export function componentOf(scene: SceneData, name: string): SceneComponent | undefined {
  return scene.components.find((it) => it.name === name);
}

/** True when no request can be answered; false while the scene has not told yet. */
export function isApiDown(scene: SceneData): boolean {
  const server = componentOf(scene, 'kube-apiserver');
  if (!server) return false;
  return server.state === 'stopped' || scene.nodes.get(server.machine)?.power === 'Off';
}
