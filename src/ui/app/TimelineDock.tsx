import { lazy, Suspense, useState } from 'react';
import type { ReactNode } from 'react';
import { catalog } from '../../i18n/catalog';
import { redo, undo, useHistory } from '../state/history';
import { Icon } from '../theme/Icon';

const BranchMenu = lazy(() => import('./BranchMenu'));
const TimelinePanel = lazy(() => import('../timeline/TimelinePanel'));
const words = catalog.time;

interface TimelineDockProps {
  /** 'dock' where it takes turns with the events. */
  place: 'time' | 'dock';
  /** Tabs in place of its title. */
  tabs?: ReactNode;
}

/** What happened when, and the way back to it. */
export function TimelineDock({ place, tabs }: TimelineDockProps) {
  const hasBranches = useHistory(({ branches }) => branches.length > 1);
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  return (
    <section
      className={`dock${place === 'time' ? ' is-time' : ''}${hasBranches ? ' has-branches' : ''}`}
      data-region="time"
      aria-label={words.timeline}
    >
      <header className="phead">
        {tabs ?? (
          <h2 className="tab on">
            <Icon name="bars" />
            {words.timeline}
          </h2>
        )}
        <span className="sp" />
        <div ref={setSlot} className="tl-slot" />
        {hasBranches && (
          <Suspense fallback={null}>
            <BranchMenu />
          </Suspense>
        )}
        <UndoButtons />
      </header>
      <Suspense fallback={null}>
        <TimelinePanel slot={slot} />
      </Suspense>
    </section>
  );
}

function UndoButtons() {
  const last = useHistory(({ acts }) => acts.at(-1)?.label);
  const undone = useHistory((state) => state.undone.at(-1)?.label);
  const undoLabel = last === undefined ? words.undoNothing : words.undo(last);
  const redoLabel = undone === undefined ? words.redoNothing : words.redo(undone);
  return (
    <>
      <button
        type="button"
        className="btn sq"
        aria-label={undoLabel}
        title={undoLabel}
        disabled={last === undefined}
        onClick={undo}
      >
        <Icon name="undo" />
      </button>
      <button
        type="button"
        className="btn sq"
        aria-label={redoLabel}
        title={redoLabel}
        disabled={undone === undefined}
        onClick={redo}
      >
        <Icon name="undo" className="is-mirrored" />
      </button>
    </>
  );
}
