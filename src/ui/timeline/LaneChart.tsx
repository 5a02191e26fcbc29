import { useMemo, useRef, useState } from 'react';
import type { MouseEvent } from 'react';
import { usePage } from '../app/page-context';
import { lookAt } from '../state/history';
import { sceneStore } from '../state/scene-store';
import { Icon } from '../theme/Icon';
import { LaneTip, type Pointed } from './LaneTip';
import { paintLanes, ROW_PX } from './lane-painter';
import { rowsOf, type LaneKind, type LaneRow } from './lane-rows';
import { laneText } from './lane-text';
import { AXIS_PX, seenOf } from './time-painter';
import { steady, toMs } from './time-scale';
import { useTimeline } from './timeline-store';
import { words } from './time-words';
import { useCanvas, usePainting } from './use-canvas';
import type { PageTime } from './use-time';

export const RIGHT_PX = 16;

export interface LaneChartProps {
  kind: LaneKind;
  time: PageTime;
  shown: { fromMs: number; toMs: number };
}

/** Lanes with their names; only what is on screen is there at all. */
export function LaneChart({ kind, time, shown }: LaneChartProps) {
  const { rows, marks, toggle } = useRows(kind, shown);
  const [scrollPx, setScrollPx] = useState(0);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const surface = useCanvas();
  const { canvas, size, palette } = surface;
  const leftPx = labelPx(size.width);
  const scale = steady({ ...shown, widthPx: Math.max(1, size.width - leftPx - RIGHT_PX) });
  const view = { ...time, leftPx, heightPx: size.height, scale, rows, marks, scrollPx };
  usePainting(surface, [...seenOf(view), rows, scrollPx], (g) => paintLanes(g, view, palette));
  const pointedAt = (event: MouseEvent<HTMLElement>): Pointed | null => {
    const box = list.current!.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const row = rows[Math.floor((y + list.current!.scrollTop) / ROW_PX)];
    if (!row || x < leftPx || x > leftPx + scale.widthPx) return null;
    return { row, atMs: Math.min(time.nowMs, toMs(scale, x - leftPx)), x, y: y + AXIS_PX };
  };
  const first = Math.max(0, Math.floor(scrollPx / ROW_PX) - 2);
  const last = Math.ceil((scrollPx + size.height) / ROW_PX) + 2;
  return (
    <div className="tl-chart">
      <canvas ref={canvas} aria-hidden="true" />
      <div
        ref={list}
        className="tl-rows"
        role="group"
        aria-label={words.lanes[kind]}
        tabIndex={0}
        onScroll={(event) => setScrollPx(event.currentTarget.scrollTop)}
        onMouseMove={(event) => setPointed(pointedAt(event))}
        onMouseLeave={() => setPointed(null)}
        onClick={(event) => {
          const at = pointedAt(event);
          if (at) lookAt(at.atMs);
        }}
      >
        <ul style={{ height: rows.length * ROW_PX }}>
          {rows.slice(first, last).map((row, index) => (
            <li
              key={row.key}
              style={{ top: (first + index) * ROW_PX, width: Math.max(0, leftPx - 4) }}
            >
              <RowName row={row} time={time} onToggle={toggle} />
            </li>
          ))}
        </ul>
      </div>
      {pointed && <LaneTip pointed={pointed} time={time} width={size.width} />}
    </div>
  );
}

/** The rows of what is shown, with groups open or closed as the person left them. */
function useRows(kind: LaneKind, shown: LaneChartProps['shown']) {
  const pods = useTimeline((state) => state.pods);
  const rollouts = useTimeline((state) => state.rollouts);
  const nodes = useTimeline((state) => state.nodes);
  const marks = useTimeline((state) => state.marks);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  // Which lanes there are changes with seconds, not with pixels.
  const [fromS, toS] = [Math.floor(shown.fromMs / 1_000), Math.ceil(shown.toMs / 1_000)];
  const rows = useMemo(
    () =>
      rowsOf(
        { pods, rollouts, nodes },
        kind,
        { fromMs: fromS * 1_000, toMs: toS * 1_000 },
        toggled,
      ),
    [pods, rollouts, nodes, kind, fromS, toS, toggled],
  );
  const toggle = (key: string) => {
    const next = new Set(toggled);
    if (!next.delete(key)) next.add(key);
    setToggled(next);
  };
  return { rows, marks, toggle };
}

/** What the names of lanes take. */
export function labelPx(width: number): number {
  return width < 420 ? 104 : 148;
}

interface RowNameProps {
  row: LaneRow;
  time: PageTime;
  onToggle: (key: string) => void;
}

function RowName({ row, time, onToggle }: RowNameProps) {
  const { actions } = usePage();
  if (row.kind === 'group') {
    const { group, open } = row;
    const { kind, name, lanes } = group;
    return (
      <button
        type="button"
        className="tl-group"
        aria-expanded={open}
        aria-label={words.group(kind, name || words.groupAlone, lanes.length)}
        onClick={() => onToggle(row.key)}
      >
        <Icon name="chev" size={12} />
        <i className="tl-owner" style={{ background: hueOf(group.hue) }} />
        <span className="tl-name">{name || words.groupAlone}</span>
        <span className="num">{lanes.length}</span>
      </button>
    );
  }
  const hue = row.kind === 'node' ? 0 : row.lane.hue;
  const target = targetOf(row);
  return (
    <button
      type="button"
      className={`tl-lane mono${row.kind === 'pod' ? ' is-inner' : ''}`}
      aria-label={laneText(row, time)}
      title={row.lane.name}
      onClick={() => target && actions.inspect({ ...target, text: target.name })}
    >
      {row.kind !== 'node' && <i className="tl-owner" style={{ background: hueOf(hue) }} />}
      <Name name={row.lane.name} hasSuffix={row.kind === 'pod'} />
    </button>
  );
}

/** A pod's suffix is what tells it from its siblings: only what is before it may be cut. */
function Name({ name, hasSuffix }: { name: string; hasSuffix: boolean }) {
  const at = hasSuffix ? name.lastIndexOf('-') : -1;
  if (at < 0) return <span className="tl-name">{name}</span>;
  return (
    <>
      <span className="tl-name is-stem">{name.slice(0, at)}</span>
      <b>{name.slice(at)}</b>
    </>
  );
}

function targetOf(row: Exclude<LaneRow, { kind: 'group' }>) {
  const { name } = row.lane;
  if (row.kind === 'node') return { kind: 'Node', namespace: '', name };
  if (row.kind === 'rollout') return { kind: row.lane.kind, namespace: row.lane.namespace, name };
  const isThere = sceneStore.getState().pods.has(`${row.lane.namespace}/${name}`);
  return isThere ? { kind: 'Pod', namespace: row.lane.namespace, name } : undefined;
}

function hueOf(hue: number): string {
  return hue > 0 ? `var(--o${hue})` : 'var(--ink-3)';
}
