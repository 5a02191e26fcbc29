import { memo } from 'react';
import type { Cell } from './cells';
import { podMarks } from './pod-marks';

/**
 * The elements of one node's cells: what is pressed, focused and heard. A group of its own, so that
 * one node's changes lay out and render nothing of the others.
 */
export const CellGroup = memo(function CellGroup({ cells }: { cells: readonly Cell[] }) {
  return (
    <div className="pod-cells">
      {cells.map((cell) => (
        <PodCell key={cell.pod.uid} cell={cell} />
      ))}
    </div>
  );
});

/** A pod with no room for its name; see cells.ts for where its picture is. */
const PodCell = memo(function PodCell({ cell }: { cell: Cell }) {
  const { pod, place, look } = cell;
  const edge = place.w * place.scale;
  return (
    <button
      type="button"
      className="pod pod-cell nopan"
      style={{ margin: `${place.y}px 0 0 ${place.x}px`, width: edge, height: edge }}
      {...podMarks(pod, look)}
    />
  );
});
