// Warping: the clock runs ahead in short hops until something changes that is worth a look. The
// engine only knows how to run to a time, so the page hops and looks.
import type { SceneDelta, SceneNode } from '../../scene/scene';

/** Virtual length of a hop: short at first, so that a near change is not jumped over. */
const HOPS_MS = [500, 500, 1_000, 1_000, 2_000] as const;
const HOP_MAX_MS = 4_000;
/** Nothing at all happens for an hour: then nothing will. */
const AHEAD_MAX_MS = 3_600_000;

/** Whether a delta shows more than heartbeats. */
export function isWorthALook(delta: SceneDelta, nodes: ReadonlyMap<string, SceneNode>): boolean {
  return (
    delta.pods.length > 0 ||
    delta.removedPods.length > 0 ||
    delta.services.length > 0 ||
    delta.removedServices.length > 0 ||
    delta.removedNodes.length > 0 ||
    delta.nodes.some((node) => differs(node, nodes.get(node.name)))
  );
}

function differs(node: SceneNode, before: SceneNode | undefined): boolean {
  if (!before) return true;
  const still = { ...node, heartbeatMs: before.heartbeatMs };
  return JSON.stringify(still) !== JSON.stringify(before);
}

export interface WarpDeps {
  nowMs(): number;
  warpTo(virtualMs: number): void;
  /** Resolves after the engine told its clock once more. */
  clockTold(): Promise<void>;
}

/** Hops on until `stop` is called or nothing happened for an hour; resolves then. */
export function warpAhead(deps: WarpDeps): { stop(): void; done: Promise<void> } {
  const stopped = new AbortController();
  const run = async () => {
    const endMs = deps.nowMs() + AHEAD_MAX_MS;
    for (let hop = 0; !stopped.signal.aborted && deps.nowMs() < endMs; hop += 1) {
      const toMs = deps.nowMs() + (HOPS_MS[hop] ?? HOP_MAX_MS);
      deps.warpTo(toMs);
      while (!stopped.signal.aborted && deps.nowMs() < toMs) await deps.clockTold();
    }
  };
  return { stop: () => stopped.abort(), done: run() };
}
