import { panes } from '../app/pane-store';
import { sceneStore } from '../state/scene-store';

/**
 * Nothing is selected any more: the editor is there again, or the canvas where it lay over that.
 */
export function closeInspector(): void {
  sceneStore.getState().select(null);
  panes.setState({ drawer: false });
}
