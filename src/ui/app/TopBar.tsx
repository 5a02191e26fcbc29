import { isControlPlane } from '../state/node-groups';
import { lazy, memo, Suspense, useRef } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { catalog } from '../../i18n/catalog';
import { LANGUAGE_NAMES, LANGUAGE_SIGNS, languageOf, LANGUAGES } from '../../i18n/language';
import { messages } from '../messages';
import { useEngine } from '../state/engine-store';
import { chooseLanguage, useLanguage } from '../state/language';
import { CLUSTER } from '../state/node-groups';
import { PRESET_CHOICES } from '../state/presets';
import { preferences, usePreferences } from '../state/preferences';
import type { Theme } from '../state/preferences';
import { useScene } from '../state/scene-store';
import { Icon } from '../theme/Icon';
import { Logo } from '../theme/Logo';
import { ClockGroup } from './ClockGroup';
import { clusterName } from './cluster-name';
import { HelpButton } from './HelpButton';
import { Menu, useOutsidePress } from './Menu';
import type { MenuItem } from './Menu';
import { canvasUi } from '../canvas/canvas-ui';
import { searchUi } from '../search/search-ui';
import type { IconName } from '../theme/icon-paths';
import { useView, viewStore } from '../views/view-store';
import { VIEWS } from '../views/views';
import { usePage } from './page-context';
import { panes, usePanes } from './pane-store';
import { EmbedButton, ShareButton } from './ShareButtons';
import type { Layout } from './use-layout';

/** The bar above everything. */
export const TopBar = memo(function TopBar({ layout }: { layout: Layout }) {
  return layout === 'phone' ? <PhoneBar /> : <WideBar layout={layout} />;
});

function WideBar({ layout }: { layout: Layout }) {
  const drawer = usePanes((state) => state.drawer);
  return (
    <header className="top" data-region="bar" aria-label={messages.regions.bar}>
      <h1 className="brand">
        <Logo />
        <span>{messages.brand}</span>
      </h1>
      <span className="rule" />
      <ClusterMenu />
      <Gallery />
      <ClockGroup where="page" />
      <span className="sp" />
      {layout === 'medium' && (
        <button
          type="button"
          className="btn out"
          aria-expanded={drawer}
          onClick={() => panes.setState({ drawer: !drawer })}
        >
          <Icon name="doc" />
          {messages.openEditor}
        </button>
      )}
      <ShareButton square={layout === 'medium'} />
      <EmbedButton square={layout === 'medium'} />
      <span className="rule" />
      {layout === 'wide' ? <LanguageSwitch /> : <LanguageMenu />}
      <ThemeMenu />
      <HelpButton />
    </header>
  );
}

function PhoneBar() {
  return (
    <header className="top is-phone" data-region="bar" aria-label={messages.regions.bar}>
      <Logo />
      <h1 className="sr-only">{messages.brand}</h1>
      <ClockGroup where="phone" />
      <span className="sp" />
      <ShareButton square />
      <MoreMenu />
      <Gallery />
    </header>
  );
}

function useClusterAbout() {
  const { session } = usePage();
  const version = useEngine((state) => state.version);
  return messages.clusterAbout(version || 'v1.36', session.describe().seed);
}

function useClusterItems(): MenuItem[] {
  const { session, actions } = usePage();
  return [
    {
      id: 'panel',
      name: words.clusterPanel,
      about: words.clusterPanelAbout,
      icon: 'bars',
      run: () => actions.inspect({ ...CLUSTER, text: '' }),
    },
    {
      id: 'new',
      name: messages.newCluster,
      about: messages.newClusterAbout,
      icon: 'loop',
      run: () => void session.newCluster(),
    },
    {
      id: 'choose',
      name: words.chooseCluster,
      about: words.gallery,
      icon: 'tank',
      run: () => panes.setState({ gallery: true }),
    },
  ];
}

const words = catalog.tools;
const ClusterGallery = lazy(() => import('./ClusterGallery'));

/** The clusters to choose from, below the bar; it never locks the page. */
function Gallery() {
  const isOpen = usePanes((state) => state.gallery);
  const { session } = usePage();
  const wrap = useRef<HTMLDivElement>(null);
  const close = () => panes.setState({ gallery: false });
  useOutsidePress(wrap, isOpen, close);
  if (!isOpen) return null;
  return (
    <div className="pop-wrap gallery-wrap" ref={wrap}>
      <Suspense>
        <ClusterGallery
          current={session.describe().preset}
          onClose={close}
          onChoose={(preset, pods) => {
            close();
            void session.newCluster({ preset, pods });
          }}
        />
      </Suspense>
    </div>
  );
}

function ClusterMenu() {
  const items = useClusterItems();
  const about = useClusterAbout();
  const version = useEngine((state) => state.version);
  const { session } = usePage();
  const { preset } = session.describe();
  const [masters, workers] = useScene(
    useShallow(({ live, nodes }) => {
      const all = [...nodes.values()];
      const control = all.filter(isControlPlane).length;
      // Before the first picture: what the preset will bring.
      if (live && control > 0) return [control, all.length - control];
      const choice = PRESET_CHOICES.find(({ id }) => id === preset);
      return [choice?.masters ?? 1, choice?.workers ?? 4];
    }),
  );
  const [, minor] = /^(v\d+\.\d+)/.exec(version) ?? [];
  return (
    <Menu className="btn out" menuLabel={messages.clusterMenu} heading={about} items={items}>
      {clusterName(preset)} · {words.machines(masters!, workers!)} <small>{minor ?? 'v1.36'}</small>
      <Icon name="down" />
    </Menu>
  );
}

function useThemeItems(): MenuItem[] {
  const theme = usePreferences((state) => state.theme);
  return (Object.keys(messages.themes) as Theme[]).map((choice) => ({
    id: choice,
    name: messages.themes[choice],
    checked: choice === theme,
    run: () => preferences.setState({ theme: choice }),
  }));
}

function useLanguageItems(): MenuItem[] {
  const chosen = usePreferences((state) => state.language);
  return (['browser', ...LANGUAGES] as const).map((choice) => ({
    id: choice,
    name: choice === 'browser' ? messages.languageOfBrowser : LANGUAGE_NAMES[choice],
    checked: choice === chosen,
    run: () => void chooseLanguage(choice),
  }));
}

/** A press on the browser's own language follows the browser again. */
function LanguageSwitch() {
  const spoken = useLanguage();
  const ofBrowser = languageOf(navigator.languages);
  return (
    <div className="seg" role="group" aria-label={messages.language}>
      {LANGUAGES.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          className={language === spoken ? 'on' : undefined}
          aria-pressed={language === spoken}
          aria-label={LANGUAGE_NAMES[language]}
          title={LANGUAGE_NAMES[language]}
          onClick={() => void chooseLanguage(language === ofBrowser ? 'browser' : language)}
        >
          {LANGUAGE_SIGNS[language]}
        </button>
      ))}
    </div>
  );
}

function LanguageMenu() {
  return (
    <Menu
      className="btn sq"
      label={messages.language}
      menuLabel={messages.language}
      items={useLanguageItems()}
      align="end"
    >
      <Icon name="globe" />
    </Menu>
  );
}

function ThemeMenu() {
  const theme = usePreferences((state) => state.theme);
  const items = useThemeItems();
  const dark = theme === 'dark' || (theme === 'system' && matchMedia(DARK).matches);
  return (
    <Menu
      className="btn sq"
      label={messages.theme}
      menuLabel={messages.theme}
      items={items}
      align="end"
    >
      <Icon name={dark ? 'sun' : 'moon'} />
    </Menu>
  );
}

const DARK = '(prefers-color-scheme: dark)';

/** What stands above the picture where there is room. */
function useViewItems(): MenuItem[] {
  const view = useView();
  const show = (): void => panes.setState({ front: 'cluster' });
  const shown = VIEWS.map(({ id, icon }) => ({
    id,
    name: catalog.views.names[id],
    icon,
    checked: id === view,
    run: () => {
      viewStore.setState({ view: id });
      show();
    },
  }));
  const tool = (id: string, name: string, icon: IconName, open: () => void): MenuItem => {
    const run = (): void => {
      viewStore.setState({ view: 'cluster' });
      show();
      open();
    };
    return { id, name, icon, run };
  };
  return [
    ...shown,
    tool('find', words.find, 'search', () => searchUi.setState({ open: 'find' })),
    tool('filter', words.filter, 'filter', () => searchUi.setState({ open: 'filter' })),
    tool('legend', catalog.canvas.legend, 'info', () => canvasUi.setState({ legend: true })),
  ];
}

/** What the phone's bar has no room for. */
function MoreMenu() {
  const { session } = usePage();
  const cluster = useClusterItems();
  const themes = useThemeItems();
  const languages = useLanguageItems();
  const views = useViewItems();
  const step: MenuItem = {
    id: 'step',
    name: messages.step,
    icon: 'step',
    run: () => session.command({ type: 'clock', command: 'step' }),
  };
  return (
    <Menu
      className="btn sq touch"
      label={messages.more}
      menuLabel={messages.more}
      heading={useClusterAbout()}
      items={[...views, ...cluster, step, ...themes, ...languages]}
      align="end"
    >
      <Icon name="list" />
    </Menu>
  );
}
