import { lazy, Suspense, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { KubeObject } from '../../api/object';
import type { Event } from '../../api/types';
import { events as eventsRef } from '../../api/resource-ref';
import { EventsTable } from '../app/EventsDock';
import { TabList } from '../app/TabList';
import { catalog } from '../../i18n/catalog';
import { messages } from '../messages';
import { collectionPath, refOfKind } from '../state/object-path';
import { eventRows } from '../state/events-feed';
import type { EventRow } from '../state/events-feed';
import { groupOf } from '../state/node-groups';
import type { Selection } from '../state/scene-store';
import { useCollection, useLiveObject } from '../state/use-collection';
import { useScene } from '../state/scene-store';
import { ComponentPanel } from './ComponentPanel';
import { ConditionsTab, conditionsOf } from './ConditionsTab';
import { InspectorHead } from './InspectorHead';
import { KubectlLine } from './KubectlLine';
import { SummaryTab } from './SummaryTab';
import { WhyTab } from './WhyTab';
import { YamlTab } from './YamlTab';
import './inspector.css';

const words = messages.inspector;
/** With the graph that it reads: of the ownership view, fetched when first opened. */
const RelationsTab = lazy(() => import('./RelationsTab'));

/** Of many nodes at once. */
const GroupPanel = lazy(() => import('./group/GroupPanel'));

/** All about one object, or about many nodes, live, over the editor. */
export function Inspector({ selection }: { selection: Selection }) {
  const group = groupOf(selection);
  if (!group) return <ObjectInspector selection={selection} />;
  return (
    <Suspense fallback={<div className="inspector" />}>
      <GroupPanel group={group} />
    </Suspense>
  );
}

function ObjectInspector({ selection }: { selection: Selection }) {
  const ref = refOfKind(selection.kind);
  const collection = ref && collectionPath(ref, selection.namespace);
  const { object, gone } = useLiveObject<KubeObject>(collection, selection.name);
  return (
    <div
      className="inspector"
      role="region"
      aria-label={words.label(selection.kind, selection.name)}
    >
      <InspectorHead selection={selection} object={object} gone={gone} />
      {ref ? (
        <ObjectTabs selection={selection} object={object} gone={gone} />
      ) : (
        <div className="inspector-body">
          <ComponentPanel selection={selection} />
        </div>
      )}
    </div>
  );
}

interface ObjectTabsProps {
  selection: Selection;
  object?: KubeObject;
  gone: boolean;
}

type TabId = 'why' | 'summary' | 'yaml' | 'events' | 'conditions' | 'relations';

/** Kinds that are no part of what owns, selects or names. */
const ALONE = new Set(['Machine', 'Namespace', 'ServiceAccount']);

function ObjectTabs({ selection, object, gone }: ObjectTabsProps) {
  const events = useEventsOf(selection);
  const pending = useScene((scene) => {
    const pod = scene.pods.get(`${selection.namespace}/${selection.name}`);
    return selection.kind === 'Pod' && pod?.node === '';
  });
  const [chosen, setChosen] = useState<TabId | null>(null);
  const why = pending ? words.tabs.why.pending : words.tabs.why.here;
  const tabs: { id: TabId; name: ReactNode }[] = [
    ...(selection.kind === 'Pod' ? [{ id: 'why' as const, name: why }] : []),
    { id: 'summary', name: words.tabs.summary },
    { id: 'yaml', name: words.tabs.yaml },
    { id: 'events', name: <Counted name={words.tabs.events} count={events.length} /> },
  ];
  if (object && conditionsOf(object).length > 0) {
    tabs.push({ id: 'conditions', name: words.tabs.conditions });
  }
  if (!ALONE.has(selection.kind)) {
    tabs.push({ id: 'relations', name: catalog.inspection.relationsTab });
  }
  const first: TabId = pending ? 'why' : 'summary';
  const tab = tabs.find(({ id }) => id === chosen)?.id ?? first;
  return (
    <>
      <TabList<TabId> label={selection.name} tabs={tabs} active={tab} onChoose={setChosen} />
      <div
        className="inspector-body"
        role="tabpanel"
        id={`panel-${tab}`}
        aria-labelledby={`tab-${tab}`}
        tabIndex={0}
      >
        {gone && <p className="inspector-gone">{words.gone}</p>}
        {(tab === 'summary' || tab === 'yaml' || tab === 'events') && (
          <KubectlLine selection={selection} tab={tab} />
        )}
        <TabBody tab={tab} selection={selection} object={object} events={events} />
      </div>
    </>
  );
}

interface TabBodyProps {
  tab: TabId;
  selection: Selection;
  object?: KubeObject;
  events: EventRow[];
}

function TabBody({ tab, selection, object, events }: TabBodyProps) {
  if (tab === 'why') return <WhyTab selection={selection} />;
  if (tab === 'events') {
    if (events.length === 0) return <p className="empty">{words.noEvents}</p>;
    return <EventsTable rows={events} />;
  }
  if (tab === 'relations') {
    return (
      <Suspense fallback={<p className="empty">{words.loading}</p>}>
        <RelationsTab selection={selection} />
      </Suspense>
    );
  }
  if (!object) return <p className="empty">{words.loading}</p>;
  if (tab === 'yaml') return <YamlTab object={object} selection={selection} />;
  return tab === 'conditions' ? <ConditionsTab object={object} /> : <SummaryTab object={object} />;
}

function Counted({ name, count }: { name: string; count: number }) {
  return (
    <>
      {name} <span className="n">{count}</span>
    </>
  );
}

/** Events of cluster-scoped objects stand in namespace default, so all namespaces are asked. */
function useEventsOf({ kind, namespace, name }: Selection): EventRow[] {
  const selector = `involvedObject.kind=${kind},involvedObject.name=${name}`;
  const items = useCollection<Event>(collectionPath(eventsRef, namespace), selector);
  return useMemo(() => eventRows(items?.values() ?? []), [items]);
}
