// What must always hold, and what must hold once a cluster has come to rest: each invariant is a
// checker of its own, so that a run which breaks one says which. `violations` are sentences with
// names in them.
import type { Cluster } from '../cluster';

export interface Checker {
  readonly name: string;
  /**
   * 'always' is asked again and again during a run; 'rest' when faults have stopped and time
   * passed.
   */
  readonly when: 'always' | 'rest';
  /** Begins to look at a cluster; the returned function tells what is wrong now. */
  start(cluster: Cluster): () => string[];
}
