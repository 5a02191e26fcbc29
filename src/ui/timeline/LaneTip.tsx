import { useLayoutEffect, useRef } from 'react';
import type { LaneRow } from './lane-rows';
import { stateText } from './lane-text';
import { momentText, words } from './time-words';
import type { PageTime } from './use-time';

export interface Pointed {
  row: LaneRow;
  atMs: number;
  /** Within the chart. */
  x: number;
  y: number;
}

interface LaneTipProps {
  pointed: Pointed;
  time: PageTime;
  width: number;
}

const GAP_PX = 14;

/** What the pointer is on: the lane's state at that moment, and restarts near by. */
export function LaneTip({ pointed, time, width }: LaneTipProps) {
  const tip = useRef<HTMLDivElement>(null);
  const { row, atMs, x, y } = pointed;
  useLayoutEffect(() => {
    const { offsetWidth, offsetHeight } = tip.current!;
    const left = Math.max(4, Math.min(x + GAP_PX, width - offsetWidth - 4));
    tip.current!.style.translate = `${left}px ${y - offsetHeight - GAP_PX}px`;
  });
  return (
    <div ref={tip} className="tl-tip" aria-hidden="true">
      <b className="mono">{row.kind === 'group' ? row.group.name : row.lane.name}</b>
      <span className="num">{momentText(atMs, time.startMs)}</span>
      {row.kind !== 'group' && stateText(row, atMs, time).map((line) => <p key={line}>{line}</p>)}
      {restartsNear(pointed).map(({ atMs: restartMs, reason, exitCode }) => (
        <p key={restartMs} className="t-fail">
          {momentText(restartMs, time.startMs)} {words.restart(reason, exitCode)}
        </p>
      ))}
      <p className="t-3">{words.jump}</p>
    </div>
  );
}

const NEAR_MS = 5_000;

function restartsNear({ row, atMs }: Pointed) {
  if (row.kind !== 'pod') return [];
  return row.lane.restarts.filter((each) => Math.abs(each.atMs - atMs) < NEAR_MS).slice(-3);
}
