import { useLayoutEffect, useRef } from 'react';
import { AREAS, sum, type Counts } from './count-view';
import { LookGlyph } from './LookGlyph';
import { numberText } from './number-text';
import { AXIS_PX } from './time-painter';
import { words } from './time-words';

interface CountTipProps {
  counts: Counts;
  /** The moment, in words. */
  at: string;
  /** Within the chart. */
  x: number;
  /** Of the chart. */
  width: number;
  height: number;
}

const GAP_PX = 12;

/** The counts of the moment under the pointer, or where the arrow keys have led. */
export function CountTip({ counts, at, x, width, height }: CountTipProps) {
  const tip = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { offsetWidth, offsetHeight } = tip.current!;
    const isRight = x + GAP_PX + offsetWidth <= width - 4;
    const left = isRight ? x + GAP_PX : Math.max(4, x - GAP_PX - offsetWidth);
    const top = Math.min(AXIS_PX + 2, height - offsetHeight - 4);
    tip.current!.style.translate = `${left}px ${top}px`;
  });
  const looks = AREAS.filter((_, index) => counts.areas[index]! > 0).toReversed();
  return (
    <div ref={tip} className="tl-tip is-counts" aria-hidden="true">
      <b className="num">{at}</b>
      {looks.map((look) => (
        <p key={look}>
          <LookGlyph look={look} />
          <span>{words.counts.looks[look]}</span>
          <b className="num">{numberText(counts.areas[AREAS.indexOf(look)]!)}</b>
        </p>
      ))}
      <p className="t-3">
        {sum(counts.areas) > 0 || counts.all === 0
          ? words.counts.inAll(counts.all)
          : words.counts.allRun(counts.running)}
      </p>
      <p className="t-3">{words.jump}</p>
    </div>
  );
}
