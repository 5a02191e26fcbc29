import { useEffect, useRef } from 'react';
import { catalog } from '../../../i18n/catalog';
import type { SchedulingReport } from '../../../host/protocol';
import { usePage } from '../../app/page-context';
import { useRun } from '../../editor/use-run';
import { useEditor } from '../../state/editor-store';
import { useEngine } from '../../state/engine-store';
import { useHistory } from '../../state/history';
import { Icon } from '../../theme/Icon';
import { momentText, spanText, words as times } from '../../timeline/time-words';
import { guide, useGuide } from '../guide';
import { textParts } from '../story-text';
import { isEnd } from './hops';
import type { Hop, HopKind } from './hops';
import { useScheduling } from './use-scheduling';
import { PodWalk, useWalk } from './walk';
import { words } from './words';
import './walk.css';

/** The card of the walk, over the narration: one hop at a time, with what happens and why. */
export function WalkCard() {
  const { session } = usePage();
  const walk = useRef<PodWalk>(null);
  const card = useRef<HTMLElement>(null);
  const phase = useGuide((state) => state.walk);
  useEffect(() => {
    const begun = (walk.current = new PodWalk(session));
    card.current?.focus();
    const { begin } = guide.getState();
    guide.setState({ begin: null });
    begin?.();
    return () => begun.end();
  }, [session]);
  const leave = () => guide.setState({ walk: 'off' });
  const onKey = (event: React.KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement) return;
    if (event.key === 'Escape') leave();
    else if (event.key === 'ArrowRight') walk.current?.next();
    else if (event.key === 'ArrowLeft') walk.current?.back();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <section
      ref={card}
      className="walk"
      aria-label={catalog.guide.walk.title}
      tabIndex={-1}
      onKeyDown={onKey}
    >
      <header className="walk-head">
        <h2>{catalog.guide.walk.title}</h2>
        <Places />
        <span className="sp" />
        <Moment />
        <button type="button" className="btn" onClick={leave}>
          {words.leave} <kbd aria-hidden="true">Esc</kbd>
        </button>
      </header>
      {phase === 'walking' ? <Step walk={walk} onLeave={leave} /> : <Waiting />}
    </section>
  );
}

/** Of what moment the picture is, when it is not of now. */
function Moment() {
  const past = useHistory((state) => state.past);
  const startMs = useEngine((state) => state.clock.startMs);
  if (!past) return null;
  return (
    <p className="walk-past">
      <Icon name="restore" />
      <span className="num">
        {times.past(momentText(past.atMs, startMs, true), spanText(past.nowMs - past.atMs))}
      </span>
    </p>
  );
}

function Waiting() {
  const run = useRun();
  const fileName = useEditor((state) => state.fileName);
  const busy = useEditor((state) => state.busy !== null || state.text.trim() === '');
  const running = useEngine((state) => state.phase === 'running');
  const empty = useWalk((state) => state.empty);
  return (
    <div className="walk-body">
      <div className="walk-text" role="status">
        <p className="walk-says">{empty ? words.empty[empty] : words.waiting}</p>
        <p className="walk-why">{empty ? words.emptyWhy[empty] : words.waitingWhy}</p>
      </div>
      <div className="walk-acts">
        <button
          type="button"
          className="btn pri"
          disabled={busy || !running}
          onClick={() => run('apply')}
        >
          {words.apply(fileName)}
        </button>
      </div>
    </div>
  );
}

/** The five places that a pod comes through on its way; each holds some of the hops. */
const PLACES: readonly [keyof typeof words.places, readonly HopKind[]][] = [
  ['api', ['sent', 'authn', 'authz', 'admission', 'validation', 'stored', 'refused']],
  [
    'controllers',
    [
      'controllerTold',
      'due',
      'jobMade',
      'replicaSetMade',
      'claimMade',
      'podMade',
      'podRefused',
      'noPod',
      'noJob',
    ],
  ],
  ['scheduler', ['schedulerTold', 'gated', 'filtered', 'scored', 'bound', 'noNode']],
  ['kubelet', ['kubeletTold', 'pulls', 'imageThere', 'started', 'probed', 'ready', 'failed']],
  ['service', ['endpoints']],
];

/** Ends of a walk: they stand where the hop before them stood. */
const ENDS: readonly HopKind[] = ['done', 'stays', 'gone'];

function Places() {
  const kind = useWalk(({ hops, at }) => {
    const shown = hops[at];
    return shown && ENDS.includes(shown.kind) ? hops[at - 1]?.kind : shown?.kind;
  });
  const now = PLACES.findIndex(([, kinds]) => kind && kinds.includes(kind));
  return (
    <ol className="walk-places">
      {PLACES.map(([place], i) => (
        <li
          key={place}
          className={i < now ? 'is-passed' : i === now ? 'is-now' : ''}
          aria-current={i === now ? 'step' : undefined}
        >
          {words.places[place]}
        </li>
      ))}
    </ol>
  );
}

interface StepProps {
  walk: React.RefObject<PodWalk | null>;
  onLeave: () => void;
}

function Step({ walk, onLeave }: StepProps) {
  const hop = useWalk(({ hops, at }) => hops[at]);
  const at = useWalk((state) => state.at);
  const running = useWalk((state) => state.running);
  const playing = useWalk((state) => state.playing);
  const isLast = isEnd(hop);
  return (
    <div className="walk-body">
      <div className="walk-text" role="status" aria-live="polite">
        {hop && <HopText hop={hop} number={at + 1} running={running} />}
      </div>
      <div className="walk-acts">
        <button
          type="button"
          className="btn out"
          disabled={at <= 0}
          onClick={() => walk.current?.back()}
        >
          {words.back}
        </button>
        <button
          type="button"
          className="btn out"
          aria-pressed={playing}
          disabled={isLast}
          onClick={() => walk.current?.play(!playing)}
        >
          <Icon name={playing ? 'pause' : 'play'} />
          {playing ? words.hold : words.play}
        </button>
        {isLast ? (
          <button type="button" className="btn pri" onClick={onLeave}>
            {words.finish}
          </button>
        ) : (
          <button
            type="button"
            className="btn pri"
            aria-busy={running}
            disabled={running}
            onClick={() => walk.current?.next()}
          >
            {words.next}
          </button>
        )}
      </div>
    </div>
  );
}

interface HopTextProps {
  hop: Hop;
  number: number;
  /** The clock runs to the next. */
  running: boolean;
}

function HopText({ hop, number, running }: HopTextProps) {
  const { kind, parts } = hop;
  const isScheduling = kind === 'filtered' || kind === 'scored' || kind === 'bound';
  const { pod = '', namespace = '' } = parts;
  const report = useScheduling(namespace, pod, isScheduling);
  const filled = { ...parts, ...(report && scheduled(report)) };
  const { says, why } = words.hops[kind];
  return (
    <>
      <p className="walk-says">
        <span className="walk-number num">{number}</span>
        <span>
          {textParts(says(filled)).map((part, i) =>
            part.bold ? <b key={i}>{part.text}</b> : <span key={i}>{part.text}</span>,
          )}
        </span>
      </p>
      <p className="walk-why">{running ? words.running : why}</p>
    </>
  );
}

/** What the scheduler's report adds to a hop. */
function scheduled({ node, totals, filters }: SchedulingReport) {
  const rejected = new Set(filters.flatMap((filter) => Object.keys(filter.rejected)));
  const passed = Object.keys(totals).length || (node ? 1 : 0);
  return {
    ...(node && { node, score: totals[node] }),
    passed,
    all: passed + rejected.size,
  };
}
