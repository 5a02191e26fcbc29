import type { SchedulerOverview, WaitingPod, WaitingQueue } from '../../host/protocol';
import { ageText } from '../app/virtual-time';
import { useVirtualSecond } from '../app/use-virtual-age';
import { Icon } from '../theme/Icon';
import { listed } from '../state/language';
import { words } from './words';

const QUEUES = ['active', 'backoff', 'unschedulable'] as const;
type QueueId = (typeof QUEUES)[number];

interface Choosing {
  chosen: string | null;
  onChoose: (pod: string) => void;
}

/** The three queues, and what came of the last cycles. */
export function Queues({
  overview,
  ...choosing
}: Choosing & { overview: SchedulerOverview | null }) {
  return (
    <nav className="sched-queues" aria-label={words.queues}>
      {QUEUES.map((id) => (
        <Queue key={id} id={id} queue={overview?.[id] ?? NOBODY} {...choosing} />
      ))}
      <Cycles recent={overview?.recent ?? []} {...choosing} />
    </nav>
  );
}

const NOBODY: WaitingQueue = { count: 0, pods: [] };

function Queue({ id, queue, ...choosing }: Choosing & { id: QueueId; queue: WaitingQueue }) {
  const { count, pods } = queue;
  const state = count === 0 ? '' : id === 'unschedulable' ? ' is-stuck' : ' is-filled';
  return (
    <section className={`sched-queue${state}`}>
      <h2>
        {words.queueNames[id]} <span className="num">{count}</span>
      </h2>
      <p>{words.queueAbout[id]}</p>
      {count > 0 && (
        <ul>
          {pods.map((waiting) => (
            <Waiting key={waiting.pod} waiting={waiting} {...choosing} />
          ))}
        </ul>
      )}
      {count > pods.length && <p className="num">{words.more(count - pods.length)}</p>}
    </section>
  );
}

function Waiting({ waiting, chosen, onChoose }: Choosing & { waiting: WaitingPod }) {
  const { pod, priority, attempts } = waiting;
  return (
    <li>
      <button type="button" aria-pressed={pod === chosen} onClick={() => onChoose(pod)}>
        <b className="mono">{nameOf(pod)}</b>
        <small className="num">
          {[
            priority !== 0 && words.priority(String(priority)),
            attempts > 0 && words.attempts(attempts),
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
        <Why waiting={waiting} />
      </button>
    </li>
  );
}

function Why({ waiting: { untilMs, rejectedBy, gatedBy } }: { waiting: WaitingPod }) {
  const nowMs = useVirtualSecond();
  if (gatedBy) return <small className="t-pend">{words.gated(gatedBy)}</small>;
  if (untilMs > nowMs) {
    return <small className="t-pend num">{words.backoffLeft(ageText(untilMs - nowMs))}</small>;
  }
  if (rejectedBy.length === 0) return null;
  return <small className="t-pend">{words.rejectedBy(listed(rejectedBy))}</small>;
}

function Cycles({ recent, chosen, onChoose }: Choosing & Pick<SchedulerOverview, 'recent'>) {
  return (
    <section className="sched-queue is-cycles">
      <h2>{words.cycles}</h2>
      {recent.length === 0 && <p>{words.noCycles}</p>}
      <ul>
        {recent.map(({ pod, atMs, node, attempts }) => (
          <li key={`${pod} ${atMs} ${attempts}`}>
            <button type="button" aria-pressed={pod === chosen} onClick={() => onChoose(pod)}>
              <b className="mono">{nameOf(pod)}</b>
              <small className={node ? 't-run mono' : 't-fail'}>
                <Icon name={node ? 'check' : 'x'} size={10} />{' '}
                {node ? words.placed(node) : words.noFit}
              </small>
              <Age atMs={atMs} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Age({ atMs }: { atMs: number }) {
  return <small className="num sched-age">{ageText(useVirtualSecond() - atMs)}</small>;
}

function nameOf(pod: string): string {
  return pod.slice(pod.indexOf('/') + 1);
}
