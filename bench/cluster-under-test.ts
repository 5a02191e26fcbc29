// What the benchmark needs of a cluster, and nothing else of the engine: so that the measurement
// stays the same while the engine changes.

import type { Draft } from '../src/api/object';
import { deployments } from '../src/api/resource-ref';
import type { Deployment } from '../src/api/types';
import { createCluster } from '../src/cluster/cluster';
import { createWholeCluster } from '../src/cluster/whole-cluster';

export interface ClusterUnderTest {
  /** Runs the clock until every node and every pod of kube-system is Ready. */
  boot(): void;
  /** Applies a Deployment in namespace default. */
  createDeployment(name: string, replicas: number): void;
  /** Runs the clock flat out until all replicas of the Deployments created are Ready. */
  runUntilReady(): void;
}

export interface ClusterSize {
  /** Only what a page starts with: the extension comes to it later. */
  isCore?: boolean;
  workers: number;
  /** The most pods that a kubelet takes. */
  maxPods: number;
}

const seed = 1;
/** How much virtual time passes between two looks at the Deployments. */
const lookMs = 1_000;
const readyWithinMs = 24 * 3_600_000;

/** A cluster of one control plane and some workers on which nothing has run yet. */
export function newCluster({ workers, maxPods, isCore }: ClusterSize): ClusterUnderTest {
  const options = { seed, preset: 'kubeadm', workers, maxPods, pace: 'real' } as const;
  const cluster = isCore ? createCluster(options) : createWholeCluster(options);
  const { client, clock } = cluster;
  const wanted = new Map<string, number>();

  return {
    boot: () => cluster.boot(),
    createDeployment(name, replicas) {
      client.create(deployments, deployment(name, replicas));
      wanted.set(name, replicas);
    },
    runUntilReady() {
      const endMs = clock.nowMs + readyWithinMs;
      for (const [name, replicas] of wanted) {
        while (readyReplicas(name) < replicas) {
          if (clock.nowMs > endMs) throw new Error(`${name} has only ${readyReplicas(name)} ready`);
          clock.runFor(lookMs);
        }
      }
    },
  };

  function readyReplicas(name: string): number {
    return client.get(deployments, 'default', name).status?.readyReplicas ?? 0;
  }
}

/** The Deployment that a person would paste, with requests small enough for thousands of pods. */
function deployment(name: string, replicas: number): Draft<Deployment> {
  const labels = { app: name };
  return {
    metadata: { name, namespace: 'default', labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: 'web',
              image: 'nginx:1.27',
              ports: [{ containerPort: 80 }],
              resources: { requests: { cpu: '1m', memory: '1Mi' } },
            },
          ],
        },
      },
    },
  };
}
