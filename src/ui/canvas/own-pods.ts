// Whether the person has anything in the cluster yet.
import { useScene } from '../state/scene-store';

/** True while the cluster lives and every pod in it is the system's. */
export function useNoOwnPods(): boolean {
  return useScene((scene) => {
    if (!scene.live) return false;
    for (const pod of scene.pods.values()) {
      if (!pod.namespace.startsWith('kube-')) return false;
    }
    return true;
  });
}
