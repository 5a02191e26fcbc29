// A cluster with everything from its first moment: what Node runs, and tests of whatever is in the
// extension.
import { Cluster, restoreCluster, type ClusterOptions } from './cluster';
import { extension } from './extension';

/** As `createCluster`, with the extension. */
export function createWholeCluster(options: ClusterOptions): Cluster {
  return new Cluster(options, { extension });
}

/** As `restoreCluster`, with the extension. */
export function restoreWholeCluster(saved: unknown): Cluster {
  return restoreCluster(saved, extension);
}
