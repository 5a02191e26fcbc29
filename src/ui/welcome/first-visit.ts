// Whether this is somebody's first visit, remembered in the browser.
import { panes } from '../app/pane-store';
import { canvasUi } from '../canvas/canvas-ui';
import { preferences } from '../state/preferences';
import { sceneStore } from '../state/scene-store';
import { guide } from '../story/guide';

/** Larger clusters are nobody's first lesson, and they fill the canvas. */
const MOST_NODES = 20;

/** Opens the welcome for who comes for the first time and has not begun by themselves. */
export function welcomeFirstVisit(): void {
  if (preferences.getState().welcomed) return;
  if (sceneStore.getState().nodes.size <= MOST_NODES) guide.setState({ welcome: true });
}

/** The person has seen it. */
export function closeWelcome(): void {
  if (guide.getState().welcome) guide.setState({ welcome: false });
  if (!preferences.getState().welcomed) preferences.setState({ welcomed: true });
}

/**
 * Whoever has begun needs no welcome: it goes, or never comes, when a node is taken up, a menu or a
 * form is opened, something is selected or applied. Returns what ends the watch.
 */
export function leaveToWhoBegins(): () => void {
  const stops = [
    canvasUi.subscribe(({ hand, menu, form }) => (hand ?? menu ?? form) && closeWelcome()),
    sceneStore.subscribe(({ stories, selection }, before) => {
      if (selection === before.selection && stories === before.stories) return;
      if (selection || stories.some(({ rule }) => rule.startsWith('you'))) closeWelcome();
    }),
    panes.subscribe(({ front, drawer }) => (drawer || front !== 'cluster') && closeWelcome()),
  ];
  return () => stops.forEach((stop) => stop());
}
