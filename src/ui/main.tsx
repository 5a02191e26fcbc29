// The page starts here. The engine's thread is asked for before anything is drawn, so that the
// cluster lives within the first second; the editor's heavy half comes after the first paint.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { EmbedApp } from './app/EmbedApp';
import { listenForKeys } from './app/keys';
import { PageContext } from './app/page-context';
import { panes } from './app/pane-store';
import { keepRequests } from './inspector/request-log';
import { openShared } from './editor/open-shared';
import { clusterActions } from './state/actions';
import { keepDraft } from './state/editor-store';
import { engineWorker, freshStartMs } from './state/engine';
import { openLanguage, useLanguage } from './state/language';
import { keepPreferences, preferences, showTheme } from './state/preferences';
import { SavedClusters } from './state/saved-clusters';
import { Session } from './state/session';
import { pageParameters } from './state/slot';
import { browserTabSlots } from './state/tab-slot';
import { keepStoryBook } from './story/story-book';
import './theme/tokens.css';
import './app/app.css';
import './app/top-bar.css';
import './app/popover.css';
import './app/notice.css';
import './app/events.css';
import './app/narrow.css';
import './app/embed.css';

const address = { search: location.search, hash: location.hash };
const { embed, theme } = pageParameters(address);
const session = new Session({
  spawn: engineWorker,
  freshStartMs,
  storage: new SavedClusters(),
  tabs: browserTabSlots(),
  moved: (slot) => moveDraft(slot),
  address,
  openShared,
});
const storage = pageStorage();
keepPreferences(storage);
const moveDraft = keepDraft(storage, session.slot);
void session.open();
if (theme) {
  showTheme(theme);
} else {
  showTheme(preferences.getState().theme);
  preferences.subscribe((state) => showTheme(state.theme));
}

const actions = clusterActions(session, () => panes.setState({ drawer: true, front: 'cluster' }));
listenForKeys(session);
keepRequests();
keepStoryBook();
addEventListener('visibilitychange', () => document.hidden && session.leaving());
addEventListener('pagehide', () => session.leaving());
// Another link in the same tab is another cluster.
addEventListener('hashchange', () => location.reload());

const root = createRoot(document.getElementById('root')!);
openLanguage(address.search).then(
  () => root.render(<Page />),
  // The words could not be fetched: English is there.
  () => root.render(<Page />),
);

/** Another language is another page: everything is drawn anew. */
function Page() {
  const language = useLanguage();
  return (
    <StrictMode key={language}>
      <PageContext value={{ session, actions, embed }}>
        {embed ? <EmbedApp /> : <App />}
      </PageContext>
    </StrictMode>
  );
}

/** The browser's storage; absent where it is forbidden (some frames, some private windows). */
function pageStorage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
