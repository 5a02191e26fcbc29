// A snapshot of etcd, as the world keeps it: taken when the object is made.
import type { KubeObject } from './object';
import { resourceRef } from './resource-ref';

export interface EtcdSnapshot extends KubeObject {
  spec?: {
    /** A higher number than before restores it once: what came after it is forgotten. */
    restores?: number;
  };
  status: {
    /** Of the cluster when it was taken. */
    revision: number;
    objects: number;
  };
}

export const etcdSnapshots = resourceRef<EtcdSnapshot>(
  'sim.kubarium.dev/v1alpha1',
  'etcdsnapshots',
  'EtcdSnapshot',
  false,
);
