// A cluster with everything from its first moment: what Node runs, and tests of whatever is in the
// extension.
import type { ClusterKeys } from '../api/cluster-keys';
import { Cluster, restoreCluster, type ClusterOptions } from './cluster';
import { extension, unkeyedExtension } from './extension';
import { withKeys, type StaticTokens } from './keyed-extension';

/** As `createCluster`, with the extension, and with keys that the host lends. */
export function createWholeCluster(
  options: ClusterOptions,
  keys?: ClusterKeys,
  tokens?: StaticTokens,
): Cluster {
  const own = keys ? withKeys(unkeyedExtension, keys, tokens) : extension;
  return new Cluster(options, { extension: own });
}

/** As `restoreCluster`, with the extension. */
export function restoreWholeCluster(saved: unknown): Cluster {
  return restoreCluster(saved, extension);
}
