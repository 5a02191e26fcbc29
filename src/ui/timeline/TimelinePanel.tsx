import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { usePage } from '../app/page-context';
import { useHistory } from '../state/history';
import { Icon } from '../theme/Icon';
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

/**
 * The history: a line to move along, and lanes that tell what happened when. What chooses the lanes
 * stands in the `slot` of the header.
 */
export default function TimelinePanel({ slot }: { slot: HTMLElement | null }) {
  useTimelineFeed();
  const time = usePageTime();
  const kept = useHistory((state) => state.kept);
  const fromMs = useHistory((state) => state.fromMs);
  const letGo = useHistory((state) => state.letGo);
  const told = useTimeline((state) => state.told);
  const isFull = useTimeline((state) => state.isFull);
  const marks = useTimeline((state) => state.marks);
  const [kind, setKind] = useState<LaneKind>('pods');
  const [span, setSpan] = useState(FIRST_SPAN);
  const isUnkept = useIsUnkept();
  if (!kept) return isUnkept ? <p className="tl-empty">{words.notKept}</p> : null;
  const shown = windowOf({ fromMs, nowMs: time.nowMs }, time.shownMs, SPANS_MS[span]!);
  return (
    <div className="tl">
      <Scrubber time={time} fromMs={fromMs} marks={marks} shown={shown} />
      {slot &&
        createPortal(
          <>
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
      {isFull && kind === 'pods' && <p className="tl-note">{words.full}</p>}
      {told && <Lanes kind={kind} time={time} shown={shown} />}
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
function useTimelineFeed(): void {
  const { session } = usePage();
  useEffect(() => {
    timelineStore.setState(noTimeline);
    return session.watchTimeline((delta) => {
      timelineStore.setState((state) => nextTimeline(state, delta));
    });
  }, [session]);
}

/** True once the engine has said that it keeps no history. */
function useIsUnkept(): boolean {
  return useHistory((state) => state.heard && !state.kept);
}
