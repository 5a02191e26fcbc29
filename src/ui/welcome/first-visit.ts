// Whether this is somebody's first visit, remembered in the browser.
import { preferences } from '../state/preferences';
import { guide } from '../story/guide';

/** Opens the welcome for who comes for the first time. */
export function welcomeFirstVisit(): void {
  if (!preferences.getState().welcomed) guide.setState({ welcome: true });
}

/** The person has seen it. */
export function closeWelcome(): void {
  guide.setState({ welcome: false });
  if (!preferences.getState().welcomed) preferences.setState({ welcomed: true });
}
