// A cluster with everything from its first moment: what Node runs, and tests of whatever is in the
// extension.
import type { ClusterKeys } from '../api/cluster-keys';
import { storyTeller } from '../scene/story-teller';
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
  const cluster = new Cluster(options, { extension: own });
  cluster.tellWith(storyTeller);
  return cluster;
}

/** A whole cluster that is up: grown where that is quicker, else booted. */
export function openWholeCluster(
  options: ClusterOptions,
  keys?: ClusterKeys,
  tokens?: StaticTokens,
): Cluster {
  const own = keys ? withKeys(unkeyedExtension, keys, tokens) : extension;
  const grown = own.grow(options, own);
  if (grown) return restoreCluster(grown, own);
  const cluster = createWholeCluster(options, keys, tokens);
  cluster.boot();
  return cluster;
}

/** As `restoreCluster`, with the extension. */
export function restoreWholeCluster(saved: unknown): Cluster {
  const cluster = restoreCluster(saved, extension);
  cluster.tellWith(storyTeller);
  return cluster;
}
