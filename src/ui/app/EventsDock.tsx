import { memo, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { Event } from '../../api/types';
import { messages } from '../messages';
import { collectionPath, refOfKind } from '../state/object-path';
import { events as eventsRef } from '../../api/resource-ref';
import { eventRows } from '../state/events-feed';
import type { EventRow } from '../state/events-feed';
import { useCollection } from '../state/use-collection';
import { Icon } from '../theme/Icon';
import { usePage } from './page-context';
import { rowHeightPx, ROWS_MAX, useRowLimit } from './use-row-limit';
import { useVirtualSecond } from './use-virtual-age';
import { ageText } from './virtual-time';

/** Under the canvas: what the cluster says about itself, newest first. */
export const EventsDock = memo(function EventsDock({ tabs }: { tabs?: ReactNode }) {
  const items = useCollection<Event>(collectionPath(eventsRef));
  const [onlyWarnings, setOnlyWarnings] = useState(false);
  const rows = useMemo(() => eventRows(items?.values() ?? []), [items]);
  const shown = onlyWarnings ? rows.filter((row) => row.type !== 'Normal') : rows;
  const body = useRef<HTMLDivElement>(null);
  const limit = useRowLimit(body, rows);
  return (
    <section className="dock" data-region="dock" aria-label={messages.regions.dock}>
      <header className="phead">
        {tabs ?? (
          <h2 className="tab on">
            <Icon name="list" />
            {messages.events}
            <span className="n">{rows.length}</span>
          </h2>
        )}
        <span className="sp" />
        <div className="seg" role="group" aria-label={messages.events}>
          <button type="button" aria-pressed={!onlyWarnings} onClick={() => setOnlyWarnings(false)}>
            {messages.eventsAll}
          </button>
          <button type="button" aria-pressed={onlyWarnings} onClick={() => setOnlyWarnings(true)}>
            {messages.eventsWarnings}
          </button>
        </div>
      </header>
      <div
        ref={body}
        id="panel-events"
        className="dock-body"
        tabIndex={0}
        role={tabs ? 'tabpanel' : 'group'}
        aria-label={messages.events}
      >
        {shown.length === 0 ? (
          <p className="empty">
            {onlyWarnings && rows.length > 0 ? messages.eventsNoWarnings : messages.eventsNone}
          </p>
        ) : (
          <EventsTable rows={shown} limit={limit} withObject />
        )}
      </div>
    </section>
  );
});

export interface EventsTableProps {
  rows: readonly EventRow[];
  /** How many of them are drawn; room is kept for the others. */
  limit?: number;
  /** Whether to say which object each is about. */
  withObject?: boolean;
}

/** Events in columns, as kubectl shows them. */
export function EventsTable({ rows, limit = ROWS_MAX, withObject }: EventsTableProps) {
  const nowMs = useVirtualSecond();
  const columns = messages.eventColumns;
  const left = Math.max(0, Math.min(rows.length, ROWS_MAX) - limit);
  return (
    <>
      <table className={`events${withObject ? '' : ' is-narrow'}`}>
        <thead>
          <tr>
            <th className="c-age">{columns.age}</th>
            <th className="c-reason">{columns.reason}</th>
            {withObject && <th className="c-object">{columns.object}</th>}
            <th>{columns.text}</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, limit).map((row) => (
            <Row key={row.uid} row={row} age={ageText(nowMs - row.atMs)} withObject={withObject} />
          ))}
        </tbody>
      </table>
      {left > 0 && <div style={{ height: left * rowHeightPx }} />}
      {rows.length > ROWS_MAX && (
        <p className="empty">{messages.eventsOlder(rows.length - ROWS_MAX)}</p>
      )}
    </>
  );
}

interface RowProps {
  row: EventRow;
  age: string;
  withObject?: boolean;
}

const Row = memo(function Row({ row, age, withObject }: RowProps) {
  const isWarning = row.type !== 'Normal';
  return (
    <tr className={isWarning ? 'is-warning' : undefined}>
      <td className="c-age num">{age}</td>
      <td className="c-reason">
        {isWarning && (
          <span className="event-warning" title={row.type}>
            <Icon name="warn" size={13} />
            <span className="sr-only">{row.type}</span>
          </span>
        )}
        {row.reason}
        {row.count > 1 && <span className="num"> {messages.eventTimes(row.count)}</span>}
      </td>
      {withObject && (
        <td className="c-object">
          <ObjectLink row={row} />
        </td>
      )}
      <td className="c-text">{row.message}</td>
    </tr>
  );
});

function ObjectLink({ row }: { row: EventRow }) {
  const { actions } = usePage();
  const { kind, namespace, name } = row;
  const text = `${kind.toLowerCase()}/${name}`;
  if (!refOfKind(kind)) return <span className="mono">{text}</span>;
  return (
    <button
      type="button"
      className="mono link"
      title={messages.openObject(text)}
      onClick={() => actions.inspect({ kind, namespace, name, text: name })}
    >
      {text}
    </button>
  );
}
