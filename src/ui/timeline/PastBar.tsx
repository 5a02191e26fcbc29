import { catalog } from '../../i18n/catalog';
import { useEffect } from 'react';
import { Menu } from '../app/Menu';
import { useEngine } from '../state/engine-store';
import { branchHere, historyStore, lookAt, lookAtNow, useHistory } from '../state/history';
import type { PastMoment, SkippedCount, SkippedReport } from '../../host/protocol';
import { Icon } from '../theme/Icon';
import { ApartBar } from './ApartBar';
import { momentText, spanText, words, wroteText } from './time-words';
import { listed } from '../state/language';
import './past-bar.css';

const SKIPPED_SHOWN_MS = 30_000;

/** Above the canvas: that the past is shown and the ways out of it, or what was skipped. */
export default function PastBar() {
  const past = useHistory((state) => state.past);
  const skipped = useHistory((state) => state.skipped);
  const asked = useHistory((state) => state.asked);
  if (asked) return <ApartBar asked={asked} />;
  if (past) return <Past past={past} />;
  return skipped ? <Skipped key={skipped.toMs} report={skipped} /> : null;
}

function Past({ past: { atMs, nowMs, wrote } }: { past: PastMoment }) {
  const startMs = useEngine((state) => state.clock.startMs);
  const isShared = useHistory((state) => state.isShared);
  const about = isShared ? words.pastAboutShared : words.pastAbout;
  const isPlaying = useEngine((state) => !state.clock.paused);
  const what = isPlaying ? words.playing : wroteText(wrote);
  // Where it goes on, the tenths would only flicker.
  const agoMs = isShared ? Math.floor((nowMs - atMs) / 1_000) * 1_000 : nowMs - atMs;
  const when = words.past(momentText(atMs, startMs, true), spanText(agoMs));
  return (
    <div className="past-bar" role="region" aria-label={words.scrubber}>
      <Icon name="restore" />
      <p>
        <b className="num">{when}</b> <span>· {what}</span> <i>{about}</i>
      </p>
      <Menu
        className="btn out"
        menuLabel={words.branch}
        align="end"
        items={[
          {
            id: 'same',
            name: words.branchSame,
            about: words.branchSameAbout,
            run: () => branchHere(),
          },
          {
            id: 'other',
            name: words.branchOther,
            about: words.branchOtherAbout,
            run: () => branchHere(otherSeed()),
          },
        ]}
      >
        {words.branch}
        <Icon name="down" />
      </Menu>
      <button
        type="button"
        className="btn pri"
        title={`${words.toNow} (Esc)`}
        aria-keyshortcuts="Escape"
        onClick={lookAtNow}
      >
        {words.toNow}
      </button>
    </div>
  );
}

/** Another seed than any course has had. */
function otherSeed(): number {
  const used = historyStore.getState().branches.map(({ seed = 0 }) => seed);
  return Math.max(1_000, ...used) + 1;
}

function Skipped({ report }: { report: SkippedReport }) {
  useEffect(() => {
    const timer = setTimeout(() => historyStore.setState({ skipped: null }), SKIPPED_SHOWN_MS);
    return () => clearTimeout(timer);
  }, []);
  const { fromMs, toMs, counts, missed } = report;
  return (
    <div className="past-bar is-skipped" role="status">
      <Icon name="warp" />
      <p>
        {words.skippedLine(spanText(toMs - fromMs), countsText(counts))}{' '}
        {missed && <span>{words.skippedMissed(catalog.time.warps[missed])}</span>}
      </p>
      <button type="button" className="btn out" onClick={() => lookAt(fromMs)}>
        {words.skippedLook}
      </button>
      <button
        type="button"
        className="btn sq"
        aria-label={words.skippedClose}
        onClick={() => historyStore.setState({ skipped: null })}
      >
        <Icon name="x" />
      </button>
    </div>
  );
}

function countsText(counts: SkippedReport['counts']): string {
  const parts = (Object.keys(words.skipped) as SkippedCount[])
    .filter((what) => counts[what])
    .map((what) => words.skipped[what](counts[what]!));
  return parts.length > 0 ? listed(parts) : words.skippedNothing;
}
