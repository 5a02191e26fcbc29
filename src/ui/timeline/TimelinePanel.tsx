import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { usePage } from '../app/page-context';
import { useHistory } from '../state/history';
import { preferences, usePreferences } from '../state/preferences';
import { Icon } from '../theme/Icon';
import { CountChart } from './CountChart';
import { LaneChart } from './LaneChart';
import type { LaneKind } from './lane-rows';
import { Scrubber } from './Scrubber';
import { SPANS_MS, windowOf } from './time-scale';
import { nextTimeline, noTimeline, timelineStore, useTimeline } from './timeline-store';
import { momentText, spanText, words } from './time-words';
import { usePageTime } from './use-time';
import './timeline.css';

const KINDS: readonly LaneKind[] = ['pods', 'rollouts', 'nodes'];
/** Two minutes: long enough for a rollout, short enough to see its parts. */
const FIRST_SPAN = 2;
/** Of how many pods lanes are wanted; more than 500 rows nobody reads. */
const PODS_IN_LANES = { auto: 500, lanes: undefined, counts: 0 };

/**
 * The history: a line to move along, and lanes that tell what happened when. What chooses the lanes
 * stands in the `slot` of the header.
 */
export default function TimelinePanel({ slot }: { slot: HTMLElement | null }) {
  const podsAs = usePreferences((state) => state.podsAs);
  useTimelineFeed(PODS_IN_LANES[podsAs]);
  const time = usePageTime();
  const kept = useHistory((state) => state.kept);
  const fromMs = useHistory((state) => state.fromMs);
  const letGo = useHistory((state) => state.letGo);
  const told = useTimeline((state) => state.told);
  const isFull = useTimeline((state) => state.isFull);
  const hasPodLanes = useTimeline((state) => state.hasPodLanes);
  const marks = useTimeline((state) => state.marks);
  const [kind, setKind] = useState<LaneKind>('pods');
  const [span, setSpan] = useState(FIRST_SPAN);
  const isUnkept = useIsUnkept();
  if (!kept) return isUnkept ? <p className="tl-empty">{words.notKept}</p> : null;
  const isCounted = podsAs === 'counts' || !hasPodLanes;
  const shown = windowOf({ fromMs, nowMs: time.nowMs }, time.shownMs, SPANS_MS[span]!);
  return (
    <div className="tl">
      <Scrubber time={time} fromMs={fromMs} marks={marks} shown={shown} />
      {slot &&
        createPortal(
          <>
            {kind === 'pods' && told && <PodsAs isCounted={isCounted} />}
            <div className="seg" role="group" aria-label={words.lanesLabel}>
              {KINDS.map((each) => (
                <button
                  key={each}
                  type="button"
                  aria-pressed={each === kind}
                  onClick={() => setKind(each)}
                >
                  {words.lanes[each]}
                </button>
              ))}
            </div>
            <span className="tl-span num">{spanName(span)}</span>
            <ZoomButton label={words.zoomOut} icon="minus" span={span + 1} onChoose={setSpan} />
            <ZoomButton label={words.zoomIn} icon="plus" span={span - 1} onChoose={setSpan} />
          </>,
          slot,
        )}
      {letGo > 0 && (
        <p className="tl-note">
          {words.letGo(letGo.toLocaleString('en'), momentText(fromMs, time.startMs))}
        </p>
      )}
      {isFull && kind === 'pods' && !isCounted && <p className="tl-note">{words.full}</p>}
      {told && kind === 'pods' && isCounted && <CountChart time={time} shown={shown} />}
      {told && !(kind === 'pods' && isCounted) && <Lanes kind={kind} time={time} shown={shown} />}
    </div>
  );
}

type LanesProps = Parameters<typeof LaneChart>[0];

function Lanes(props: LanesProps) {
  const { kind } = props;
  const isEmpty = useTimeline((state) => state[kind].size === 0);
  if (!isEmpty) return <LaneChart {...props} />;
  const text = { pods: words.empty, rollouts: words.emptyRollouts, nodes: words.emptyNodes };
  return (
    <div className="tl-empty">
      <p>{text[kind]}</p>
      <p>{words.emptyHow}</p>
    </div>
  );
}

const WAYS = ['lanes', 'counts'] as const;

/** Whether pods are shown one by one or counted; remembered once it has been chosen. */
function PodsAs({ isCounted }: { isCounted: boolean }) {
  return (
    <div className="seg tl-as" role="group" aria-label={words.counts.as}>
      {WAYS.map((way) => (
        <button
          key={way}
          type="button"
          aria-label={words.counts[way]}
          title={words.counts[way]}
          aria-pressed={(way === 'counts') === isCounted}
          onClick={() => preferences.setState({ podsAs: way })}
        >
          <Icon name={way === 'lanes' ? 'bars' : 'areas'} />
        </button>
      ))}
    </div>
  );
}

interface ZoomButtonProps {
  label: string;
  icon: 'plus' | 'minus';
  span: number;
  onChoose: (span: number) => void;
}

function ZoomButton({ label, icon, span, onChoose }: ZoomButtonProps) {
  return (
    <button
      type="button"
      className="btn sq"
      aria-label={label}
      title={label}
      disabled={SPANS_MS[span] === undefined}
      onClick={() => onChoose(span)}
    >
      <Icon name={icon} />
    </button>
  );
}

function spanName(span: number): string {
  const ms = SPANS_MS[span]!;
  return ms === 0 ? words.whole : spanText(ms);
}

/** Feeds the store for as long as a timeline is on the page. */
function useTimelineFeed(podLanesMax: number | undefined): void {
  const { session } = usePage();
  const stop = useRef<() => void>(undefined);
  useEffect(() => {
    timelineStore.setState(noTimeline);
    return () => stop.current?.();
  }, []);
  useEffect(() => {
    stop.current = session.watchTimeline((delta) => {
      timelineStore.setState((state) => nextTimeline(state, delta));
    }, podLanesMax);
  }, [session, podLanesMax]);
}

/** True once the engine has said that it keeps no history. */
function useIsUnkept(): boolean {
  return useHistory((state) => state.heard && !state.kept);
}
