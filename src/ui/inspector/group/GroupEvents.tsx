import { useMemo, useRef, useState } from 'react';
import { events as eventsRef } from '../../../api/resource-ref';
import type { Event } from '../../../api/types';
import { EventsTable } from '../../app/EventsDock';
import { useRowLimit } from '../../app/use-row-limit';
import { eventRows, type EventRow } from '../../state/events-feed';
import { membersOf, type Group } from '../../state/node-groups';
import { collectionPath } from '../../state/object-path';
import type { SceneData } from '../../state/scene-store';
import { useCollection } from '../../state/use-collection';
import { words } from './words';

/** What the cluster says of the group's nodes and of the pods on them; of all, what it says. */
export function useEventsOf(group: Group, { nodes, pods }: Scene): readonly EventRow[] {
  const items = useCollection<Event>(collectionPath(eventsRef));
  const rows = useMemo(() => eventRows(items?.values() ?? []), [items]);
  return group.kind === 'Canvas' ? rows : rows.filter(concerns(group, { nodes, pods }));
}

type Scene = Pick<SceneData, 'nodes' | 'pods'>;

/** Events as rows, those that warn first if so wished. */
export function GroupEvents({ rows: all }: { rows: readonly EventRow[] }) {
  const [isByKind, setByKind] = useState(true);
  const rows = isByKind ? warningsFirst(all) : all;
  const body = useRef<HTMLDivElement>(null);
  const limit = useRowLimit(body, all);
  return (
    <div ref={body} className="group-events">
      <header>
        <div className="seg" role="group" aria-label={words.tabs.events}>
          <button type="button" aria-pressed={isByKind} onClick={() => setByKind(true)}>
            {words.firstWarnings}
          </button>
          <button type="button" aria-pressed={!isByKind} onClick={() => setByKind(false)}>
            {words.newest}
          </button>
        </div>
      </header>
      {rows.length === 0 ? (
        <p className="empty">{words.none}</p>
      ) : (
        <EventsTable rows={rows} limit={limit} withObject />
      )}
    </div>
  );
}

/** Both in the order in which they came. */
export function warningsFirst(rows: readonly EventRow[]): EventRow[] {
  const isNormal = ({ type }: EventRow): boolean => type === 'Normal';
  return [...rows.filter((row) => !isNormal(row)), ...rows.filter(isNormal)];
}

/** Whether an event is of a node of the group, or of a pod there. */
function concerns(group: Group, { nodes, pods }: Scene) {
  const names = new Set(membersOf(group, nodes).map(({ name }) => name));
  return ({ kind, namespace, name }: EventRow): boolean => {
    if (kind === 'Node' || kind === 'Machine') return names.has(name);
    return kind === 'Pod' && names.has(pods.get(`${namespace}/${name}`)?.node ?? '');
  };
}
