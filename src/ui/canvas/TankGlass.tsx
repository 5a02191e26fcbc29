import { memo } from 'react';
import type { Box } from './layout';
import type { NodeState } from './node-state';

export interface TankGlassProps {
  w: number;
  h: number;
  /** Share of the tank that is requested, 0 to 1. */
  level: number;
  /** Where the pods lie: full water stands at its upper edge. */
  area: Box;
  state: NodeState;
}

/** The tank itself: glass, water and bed. The water only moves by transform. */
export const TankGlass = memo(function TankGlass({ w, h, level, area, state }: TankGlassProps) {
  const hasBed = h - area.y - area.h > 20;
  const top = area.y - 4;
  const bed = hasBed ? area.y + area.h + 1 : h;
  const surface = top + (bed - top) * (1 - level);
  return (
    <div className="tank-glass" aria-hidden="true">
      {!state.drained && (
        <div
          className="tank-water"
          style={{ transform: `translateY(${surface.toFixed(1)}px)`, height: h }}
        >
          <svg width={w} height="8" viewBox={`0 0 ${w} 8`}>
            <path className="tank-water-top" d={`${wave(w)}V8H0Z`} />
            <path className="tank-water-line" d={wave(w)} />
          </svg>
        </div>
      )}
      {hasBed && <div className="tank-bed" style={{ top: bed }} />}
      <svg className="tank-frame" width={w} height={h} viewBox={`0 0 ${w} ${h}`}>
        <rect x=".75" y=".75" width={w - 1.5} height={h - 1.5} rx="9.5" />
      </svg>
    </div>
  );
});

function wave(w: number): string {
  const n = Math.max(2, Math.round(w / 44));
  const k = w / n;
  let d = 'M0 3';
  for (let i = 0; i < n; i++) d += `q${k / 4} -2.5 ${k / 2} 0t${k / 2} 0`;
  return d;
}
