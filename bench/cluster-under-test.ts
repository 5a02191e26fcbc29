// What the benchmark needs of a cluster, and nothing else of the engine: so that the measurement
// stays the same while the engine changes.

export interface ClusterUnderTest {
  /** Runs the clock until every node and every pod of kube-system is Ready. */
  boot(): void;
  /** Applies a Deployment in namespace default. */
  createDeployment(name: string, replicas: number): void;
  /** Runs the clock flat out until all replicas of all Deployments there are Ready. */
  runUntilReady(): void;
}

export interface ClusterSize {
  workers: number;
  /** The most pods that a kubelet takes. */
  maxPods: number;
}

/** A cluster of one control plane and some workers on which nothing has run yet. */
export function newCluster(_size: ClusterSize): ClusterUnderTest {
  throw new Error('the engine has no src/cluster/cluster.ts yet');
}
