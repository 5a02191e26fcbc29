import type { CSSProperties } from 'react';
import { catalog } from '../../i18n/catalog';
import { ClusterCanvas } from '../canvas/ClusterCanvas';
import { EditorPane } from '../editor/EditorPane';
import { Inspector } from '../inspector/Inspector';
import { messages } from '../messages';
import { engineStore, useEngine } from '../state/engine-store';
import { useHistory } from '../state/history';
import { objectPath } from '../state/object-path';
import { preferences, usePreferences } from '../state/preferences';
import { useScene } from '../state/scene-store';
import { GuideLayer } from '../story/GuideLayer';
import { Icon } from '../theme/Icon';
import type { IconName } from '../theme/icon-paths';
import { Docks } from './Docks';
import { OtherView } from '../views/OtherView';
import { useView } from '../views/view-store';
import { Notice } from './Notice';
import { PastNotice } from './PastNotice';
import { usePage } from './page-context';
import { panes, usePanes } from './pane-store';
import type { Pane } from './pane-store';
import { Splitter } from './Splitter';
import { wideFrom } from '../canvas/layout';
import { TopBar } from './TopBar';
import { useLayout } from './use-layout';
import type { Layout } from './use-layout';

const clock = () => engineStore.getState().clock;

/** The whole page: bar, canvas, right column, dock; by width beside, over or behind one another. */
export function App() {
  const layout = useLayout();
  const front = usePanes((state) => state.front);
  const drawer = usePanes((state) => state.drawer);
  const sideShare = usePreferences((state) => state.sideShare);
  const dockPx = usePreferences((state) => state.dockPx);
  const isPast = useHistory((state) => state.past !== null);
  const sizes = { '--side': `${sideShare * 100}%`, '--dock': `${dockPx}px` } as CSSProperties;
  return (
    <div
      className={`app is-${layout}${drawer ? ' has-drawer' : ''}${isPast ? ' is-past' : ''}`}
      data-front={front}
      style={sizes}
    >
      <TopBar layout={layout} />
      <main className="body">
        <CanvasPane layout={layout} />
        {layout !== 'phone' && <DockSplitter dockPx={dockPx} />}
        <Docks layout={layout} />
        {layout === 'wide' && <SideSplitter sideShare={sideShare} />}
        <SideColumn layout={layout} />
      </main>
      {layout === 'phone' && <TabBar front={front} />}
    </div>
  );
}

function CanvasPane({ layout }: { layout: Layout }) {
  const { actions } = usePage();
  const view = useView();
  const crashed = useEngine((state) => state.phase === 'crashed');
  return (
    <div className="canvas-pane" data-region="canvas">
      <Notice />
      <PastNotice />
      {view === 'cluster' ? (
        <ClusterCanvas
          actions={actions}
          compact={layout === 'phone'}
          clock={clock}
          stopped={crashed ? messages.crashed.kept : undefined}
        />
      ) : (
        <OtherView />
      )}
      <GuideLayer layout={layout} />
    </div>
  );
}

/** The editor, with the inspector over it while something is selected. */
function SideColumn({ layout }: { layout: Layout }) {
  const selection = useScene((scene) => scene.selection);
  const drawer = usePanes((state) => state.drawer);
  const front = usePanes((state) => state.front);
  const inspected = selection !== null && (layout === 'wide' || drawer || front === 'cluster');
  const hidden =
    (layout === 'medium' && !drawer) ||
    (layout === 'phone' && front !== 'editor' && !(inspected && front === 'cluster'));
  return (
    <section
      className={`side${inspected ? ' has-inspector' : ''}`}
      data-region="side"
      aria-label={messages.regions.side}
      inert={hidden}
    >
      <EditorPane
        covered={inspected}
        onClose={layout === 'medium' ? () => panes.setState({ drawer: false }) : undefined}
      />
      {inspected && (
        <Inspector key={objectPath(selection) ?? selection.name} selection={selection} />
      )}
    </section>
  );
}

function SideSplitter({ sideShare }: { sideShare: number }) {
  return (
    <Splitter
      orientation="vertical"
      label={messages.splitSide}
      value={sideShare * 100}
      min={24}
      max={Math.max(24, Math.min(56, 100 - (wideFrom / innerWidth) * 100))}
      step={2}
      perPixel={() => 100 / innerWidth}
      onChange={(value) => preferences.setState({ sideShare: value / 100 })}
    />
  );
}

function DockSplitter({ dockPx }: { dockPx: number }) {
  return (
    <Splitter
      orientation="horizontal"
      label={messages.splitDock}
      value={dockPx}
      min={96}
      max={420}
      step={16}
      perPixel={() => 1}
      onChange={(value) => preferences.setState({ dockPx: value })}
    />
  );
}

const tabs: readonly { pane: Pane; icon: IconName }[] = [
  { pane: 'cluster', icon: 'tank' },
  { pane: 'editor', icon: 'doc' },
  { pane: 'events', icon: 'list' },
  { pane: 'timeline', icon: 'bars' },
];

function TabBar({ front }: { front: Pane }) {
  return (
    <nav className="tab-bar">
      {tabs.map(({ pane, icon }) => (
        <button
          key={pane}
          type="button"
          aria-current={pane === front ? 'page' : undefined}
          onClick={() => panes.setState({ front: pane })}
        >
          <Icon name={icon} />
          {pane === 'timeline' ? catalog.time.timeline : messages.tabs[pane]}
        </button>
      ))}
    </nav>
  );
}
