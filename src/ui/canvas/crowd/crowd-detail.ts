// How much is drawn of a node at a zoom. Neighbouring levels overlap for a part of the way, so that
// none of them jumps in.

export interface CrowdDetail {
  /** Racks as one block each, 0 to 1. */
  racks: number;
  /** Nodes as blocks with cells. */
  blocks: number;
  /** Header, bars and cells with glyphs. */
  cells: number;
  /** Whole tanks, as elements. */
  tanks: number;
}

/** Over this many nodes the racks become blocks. */
export const rackBlocksFrom = 1500;
/** Width of a node on the screen between which its rack gives way to it. */
const rackPx = { from: 11, to: 15 };
const blockZoom = { from: 0.27, to: 0.33 };
const tankZoom = { from: 0.74, to: 0.8 };

/** Detail at a zoom at which a node is `nodePx` wide. */
export function crowdDetail(zoom: number, nodePx: number, nodeCount: number): CrowdDetail {
  const nodes = nodeCount > rackBlocksFrom ? share(nodePx, rackPx) : 1;
  const cells = share(zoom, blockZoom);
  const tanks = share(zoom, tankZoom);
  return {
    racks: 1 - nodes,
    blocks: nodes * (1 - cells),
    cells: cells * (1 - tanks),
    tanks,
  };
}

/** The same detail of a node whose tank does not stand yet. */
export function withoutTanks(detail: CrowdDetail): CrowdDetail {
  return { ...detail, cells: detail.cells + detail.tanks, tanks: 0 };
}

function share(value: number, { from, to }: { from: number; to: number }): number {
  return Math.max(0, Math.min(1, (value - from) / (to - from)));
}
