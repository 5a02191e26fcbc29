// The script that Node and Chromium both play: a cluster, an hour of random operations and faults,
// and what became of it. It is bundled on its own, and knows nothing of where it runs.
import { createWholeCluster } from '../src/cluster/whole-cluster';
import { FaultScript } from '../src/cluster/fault-script';

export interface Played {
  /** Of every message and act, in their order. */
  traceHash: string;
  revision: number;
  nowMs: number;
  acts: number;
}

/** Plays the script of a seed from an empty cluster. */
export function play(seed: number): Played {
  const cluster = createWholeCluster({ seed, pace: 'observable' });
  cluster.boot();
  const script = new FaultScript(cluster, ['n1', 'n2', 'n3', 'n4']);
  script.run(40, 60_000);
  script.stopFaults();
  cluster.clock.runFor(20 * 60_000);
  return {
    traceHash: cluster.sim.trace.hash,
    revision: cluster.store.revision,
    nowMs: cluster.clock.nowMs,
    acts: script.acts.length,
  };
}
