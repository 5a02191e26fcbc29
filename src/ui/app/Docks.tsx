import { catalog } from '../../i18n/catalog';
import { messages } from '../messages';
import { Icon } from '../theme/Icon';
import { EventsDock } from './EventsDock';
import { panes, usePanes } from './pane-store';
import { TabList } from './TabList';
import { TimelineDock } from './TimelineDock';
import type { Layout } from './use-layout';

/** What lies below canvas and editor: events and timeline, side by side where they fit. */
export function Docks({ layout }: { layout: Layout }) {
  const front = usePanes((state) => state.front);
  const dock = usePanes((state) => state.dock);
  if (layout === 'wide') {
    return (
      <>
        <EventsDock />
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
  const tabs = <DockTabs />;
  if (dock === 'events') return <EventsDock tabs={tabs} />;
  return <TimelineDock place="dock" tabs={tabs} />;
}

function DockTabs() {
  const dock = usePanes((state) => state.dock);
  return (
    <TabList
      label={messages.regions.dock}
      active={dock}
      onChoose={(id) => panes.setState({ dock: id })}
      tabs={[
        {
          id: 'events',
          name: (
            <>
              <Icon name="list" />
              {messages.events}
            </>
          ),
        },
        {
          id: 'timeline',
          name: (
            <>
              <Icon name="bars" />
              {catalog.time.timeline}
            </>
          ),
        },
      ]}
    />
  );
}
