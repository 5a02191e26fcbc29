// What a person does to the cluster with a gesture, a key or a menu: the acts of `ui/acts`, which
// come once they are needed. What an act leads to comes back as the picture.
import type { CanvasActions } from '../canvas/actions';
import { loadActs } from '../acts/load';
import { sceneStore } from './scene-store';
import type { Session } from './session';

export type ClusterActions = CanvasActions;

/** The acts of a page, over whatever engine runs at the moment. */
export function clusterActions(session: Session, openInspector: () => void): ClusterActions {
  const touched = () => session.touched();
  return {
    inspect: ({ kind, namespace, name }) => {
      sceneStore.getState().select({ kind, namespace, name });
      openInspector();
    },
    act: (id, target, offer) => {
      void loadActs().then(({ act }) => act(id, target, offer, touched));
    },
    press: (key, target) => {
      void loadActs().then(({ press }) => press(key, target, touched));
    },
  };
}
