import type { KeyboardEvent, ReactNode } from 'react';

export interface TabListProps<Id extends string> {
  label: string;
  tabs: readonly { id: Id; name: ReactNode }[];
  active: Id;
  onChoose: (id: Id) => void;
}

/** Tabs in a row; arrows move, and what has the focus is open. Panels are `panel-<id>`. */
export function TabList<Id extends string>({ label, tabs, active, onChoose }: TabListProps<Id>) {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const at = tabs.findIndex(({ id }) => id === active);
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = tabs[(at + by + tabs.length) % tabs.length];
    if (by === 0 || !next) return;
    event.preventDefault();
    onChoose(next.id);
    document.getElementById(`tab-${next.id}`)?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
      {tabs.map(({ id, name }) => (
        <button
          key={id}
          id={`tab-${id}`}
          type="button"
          role="tab"
          className="tab"
          aria-selected={id === active}
          aria-controls={id === active ? `panel-${id}` : undefined}
          tabIndex={id === active ? 0 : -1}
          onClick={() => onChoose(id)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
