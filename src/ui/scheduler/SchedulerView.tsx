import { useMemo, useState } from 'react';
import { catalog } from '../../i18n/catalog';
import type { SchedulerOverview, WaitingPod } from '../../host/protocol';
import { useScene } from '../state/scene-store';
import { Icon } from '../theme/Icon';
import { ViewTabs } from '../views/ViewTabs';
import { Cycle } from './Cycle';
import { Queues } from './Queues';
import { useOverview } from './use-scheduling';
import './scheduler.css';

const words = catalog.scheduler;

/** The scheduler at work: who waits where, and one pod's way through the plugins. */
export default function SchedulerView() {
  const overview = useOverview();
  const [chosen, setChosen] = useState<string | null>(null);
  const selected = useScene(({ selection }) =>
    selection?.kind === 'Pod' ? `${selection.namespace}/${selection.name}` : null,
  );
  const pod = chosen ?? selected ?? firstOf(overview);
  const waiting = useMemo(() => waitingOf(overview, pod), [overview, pod]);
  return (
    <section className="view scheduling" aria-label={words.label}>
      <div className="view-bar">
        <ViewTabs />
        <Leader />
      </div>
      <div className="sched-body">
        <Queues overview={overview ?? null} chosen={pod} onChoose={setChosen} />
        {pod === null ? (
          <p className="view-word">{words.choose}</p>
        ) : (
          <Cycle key={pod} pod={pod} waiting={waiting} />
        )}
      </div>
    </section>
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
