// What the sentences of the walk behind a pod are filled with.
export interface WalkParts {
  kind?: string;
  name?: string;
  owner?: string;
  pod?: string;
  node?: string;
  service?: string;
  code?: number;
  reason?: string;
  ready?: number;
  total?: number;
  /** Of the scheduler: nodes that passed its filters, of how many, and the winner's score. */
  passed?: number;
  all?: number;
  score?: number;
}

export interface WalkHop {
  /** What happens; names stand between double asterisks. */
  says(parts: WalkParts): string;
  /** Why it is so. */
  why: string;
}
