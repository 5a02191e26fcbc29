import { lazy, Suspense, useMemo, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { catalog } from '../../i18n/catalog';
import type { SchedulerOverview, WaitingPod } from '../../host/protocol';
import { usePage } from '../app/page-context';
import { useScene } from '../state/scene-store';
import type { SceneData } from '../state/scene-store';
import { Icon } from '../theme/Icon';
import { ViewTabs } from '../views/ViewTabs';
import { Cycle } from './Cycle';
import { Queues } from './Queues';
import { useOverview } from './use-scheduling';
import { SCHEDULER } from './scheduler-target';
import { words as game } from './game/words';
import { words } from './words';
import './scheduler.css';

const Board = lazy(() => import('./game/Board'));

/** The scheduler at work: who waits where, and one pod's way through the plugins. */
export default function SchedulerView() {
  const overview = useOverview();
  const [chosen, setChosen] = useState<string | null>(null);
  const selected = useScene(({ selection }) =>
    selection?.kind === 'Pod' ? `${selection.namespace}/${selection.name}` : null,
  );
  const pod = chosen ?? selected ?? firstOf(overview);
  const waiting = useMemo(() => waitingOf(overview, pod), [overview, pod]);
  const isAway = useScene(isSchedulerStopped);
  return (
    <section className="view scheduling" aria-label={words.label}>
      <div className="view-bar">
        <ViewTabs />
        <Leader />
        <span className="sp" />
        {!isAway && <BeTheScheduler />}
      </div>
      {isAway ? (
        <Suspense fallback={<p className="view-word">{catalog.views.loading}</p>}>
          <Board />
        </Suspense>
      ) : (
        <div className="sched-body">
          <Queues overview={overview ?? null} chosen={pod} onChoose={setChosen} />
          {pod === null ? (
            <p className="view-word">{words.choose}</p>
          ) : (
            <Cycle key={pod} pod={pod} waiting={waiting} />
          )}
        </div>
      )}
    </section>
  );
}

/** Stopped on every machine by hand: who is only being started again is not away. */
function isSchedulerStopped({ components, nodes }: SceneData): boolean {
  const copies = components.filter(({ name }) => name === 'kube-scheduler');
  return (
    copies.length > 0 &&
    copies.every(({ machine }) => {
      return nodes.get(machine)?.programs?.['kube-scheduler']?.state === 'Stopped';
    })
  );
}

/** Stops the scheduler, so that the person can do its work. */
function BeTheScheduler() {
  const { actions } = usePage();
  const machines = useScene(
    useShallow(({ components }) =>
      components.filter(({ name }) => name === 'kube-scheduler').map(({ machine }) => machine),
    ),
  );
  return (
    <button
      type="button"
      className="btn out"
      title={game.beginAbout}
      onClick={() => {
        for (const machine of machines) {
          actions.act('stopProgram', SCHEDULER, `kube-scheduler ${machine}`);
        }
      }}
    >
      <Icon name="place" />
      {game.begin}
    </button>
  );
}

function Leader() {
  const machine = useScene(({ components }) => {
    const running = components.filter(
      ({ name, state }) => name === 'kube-scheduler' && state === 'running',
    );
    return (running.find(({ leader }) => leader) ?? running[0])?.machine ?? '';
  });
  return (
    <span className={machine ? 'sched-leader' : 'sched-leader t-fail'} role="status">
      <Icon name={machine ? 'place' : 'warn'} size={14} />
      {machine ? words.leads(machine) : words.nobody}
    </span>
  );
}

/** Whoever is tried next; else who waits; else who was placed last. */
function firstOf(overview: SchedulerOverview | null | undefined): string | null {
  if (!overview) return null;
  const { active, backoff, unschedulable, recent } = overview;
  const [next] = [...active.pods, ...backoff.pods, ...unschedulable.pods];
  return next?.pod ?? recent[0]?.pod ?? null;
}

function waitingOf(
  overview: SchedulerOverview | null | undefined,
  pod: string | null,
): WaitingPod | undefined {
  if (!overview) return undefined;
  const { active, backoff, unschedulable } = overview;
  const all = [...active.pods, ...backoff.pods, ...unschedulable.pods];
  return all.find((waiting) => waiting.pod === pod);
}
