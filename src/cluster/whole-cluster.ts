// A cluster with everything from its first moment: what Node runs, and tests of whatever is in the
// extension.
import type { ClusterKeys } from '../api/cluster-keys';
import { Cluster, restoreCluster, type ClusterOptions } from './cluster';
import { extension } from './extension';
import { withKeys, type StaticTokens } from './keyed-extension';

/** As `createCluster`, with the extension, and with keys that the host lends. */
export function createWholeCluster(
  options: ClusterOptions,
  keys?: ClusterKeys,
  tokens?: StaticTokens,
): Cluster {
  return new Cluster(options, { extension: keys ? withKeys(extension, keys, tokens) : extension });
}

/** As `restoreCluster`, with the extension. */
export function restoreWholeCluster(saved: unknown): Cluster {
  return restoreCluster(saved, extension);
}
