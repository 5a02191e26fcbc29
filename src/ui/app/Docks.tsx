import { catalog } from '../../i18n/catalog';
import { messages } from '../messages';
import { Icon } from '../theme/Icon';
import type { IconName } from '../theme/icon-paths';
import { EventsDock } from './EventsDock';
import { StoryDock } from '../story/StoryDock';
import { panes, usePanes } from './pane-store';
import type { Panes } from './pane-store';
import { TabList } from './TabList';
import { TimelineDock } from './TimelineDock';
import type { Layout } from './use-layout';

/** What lies below canvas and editor: events or story, and the timeline beside it where it fits. */
export function Docks({ layout }: { layout: Layout }) {
  const front = usePanes((state) => state.front);
  const dock = usePanes((state) => state.dock);
  if (layout === 'wide') {
    const tabs = <DockTabs ids={['events', 'story']} />;
    return (
      <>
        {dock === 'story' ? <StoryDock tabs={tabs} /> : <EventsDock tabs={tabs} />}
        <TimelineDock place="time" />
      </>
    );
  }
  if (layout === 'phone') {
    return (
      <>
        <EventsDock />
        {front === 'timeline' && <TimelineDock place="time" />}
      </>
    );
  }
  const tabs = <DockTabs ids={['events', 'story', 'timeline']} />;
  if (dock === 'events') return <EventsDock tabs={tabs} />;
  if (dock === 'story') return <StoryDock tabs={tabs} />;
  return <TimelineDock place="dock" tabs={tabs} />;
}

type DockId = Panes['dock'];

const TABS: Record<DockId, { icon: IconName; name: () => string }> = {
  events: { icon: 'list', name: () => messages.events },
  story: { icon: 'book', name: () => catalog.guide.story.title },
  timeline: { icon: 'bars', name: () => catalog.time.timeline },
};

/** Those of the panels that take turns here. */
function DockTabs({ ids }: { ids: readonly [DockId, ...DockId[]] }) {
  const dock = usePanes((state) => state.dock);
  return (
    <TabList
      label={messages.regions.dock}
      active={ids.includes(dock) ? dock : ids[0]}
      onChoose={(id) => panes.setState({ dock: id })}
      tabs={ids.map((id) => ({
        id,
        name: (
          <>
            <Icon name={TABS[id].icon} />
            {TABS[id].name()}
          </>
        ),
      }))}
    />
  );
}
