import type { Node, Pod } from '../../api/types';

/** Average use over a window. */
export interface MeasuredUsage {
  /** Billionths of a core. */
  readonly cpuNanos: number;
  readonly memoryBytes: number;
}

export interface Measured<T> {
  readonly value: T;
  /** When the window ended, ms since the epoch, and how long it was. */
  readonly atMs: number;
  readonly windowMs: number;
}

/** Who measures pods and nodes; undefined for what has not been measured yet. */
export interface UsageSource {
  containersOf(
    pod: Pod,
  ): Measured<readonly { readonly name: string; readonly usage: MeasuredUsage }[]> | undefined;
  ofNode(node: Node): Measured<MeasuredUsage> | undefined;
}

declare module '../context' {
  interface Services {
    /** What the metrics API tells. */
    usage?: UsageSource;
  }
}
