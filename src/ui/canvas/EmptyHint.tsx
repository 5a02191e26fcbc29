import { useScene } from '../state/scene-store';
import { messages } from './messages';

/** Shown where pods of the person would first appear, until there are any. */
export function EmptyHint() {
  const empty = useScene((scene) => {
    if (!scene.live) return false;
    for (const pod of scene.pods.values()) {
      if (!pod.namespace.startsWith('kube-')) return false;
    }
    return true;
  });
  return empty ? <p className="empty-hint">{messages.emptyTray}</p> : null;
}
