import type { ClockState } from '../../host/protocol';
import type { CanvasActions } from './actions';

export interface ClusterCanvasProps {
  actions: CanvasActions;
  /** The layout of an embed or a phone: small tanks with cells. */
  compact: boolean;
  /** The engine's clock as last heard; the canvas runs it on between two answers by itself. */
  clock: () => ClockState;
  /** Words that say why no engine runs; absent while one does. */
  stopped?: string;
}

/** The cluster as a living picture: everything in the scene, drawn, reachable and in one's hand. */
export function ClusterCanvas(_props: ClusterCanvasProps) {
  return <section className="cluster-canvas" aria-label="Cluster" />;
}
