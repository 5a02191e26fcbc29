// What a scheduling cycle found, for people who ask why.

export interface SchedulingReport {
  /** 'namespace/name'. */
  pod: string;
  atMs: number;
  /** Cycles so far, this one included. */
  attempts: number;
  /** Node that the pod went to, '' when none fits. */
  node: string;
  /** As the Event says it. */
  message: string;
  /** Every filter plugin in the order of asking, with the nodes it rejected and why. */
  filters: { plugin: string; rejected: Record<string, string> }[];
  /** The score plugins that had a say, with their weighted scores. */
  scores: { plugin: string; weight: number; byNode: Record<string, number> }[];
  /** Sum of the weighted scores by node; empty when at most one node fits. */
  totals: Record<string, number>;
}
