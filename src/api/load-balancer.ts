// A load balancer of the simulated cloud: part of the world, as machines are.
import type { KubeObject } from './object';
import { resourceRef } from './resource-ref';

export interface LoadBalancer extends KubeObject {
  spec: {
    /** 'namespace/name' of the Service that it was made for. */
    service: string;
    ports?: { protocol: string; port: number; nodePort?: number }[];
    /** Names of the Nodes that it sends to. */
    hosts?: string[];
  };
  status: {
    /** Where it listens, once it has been made. */
    address: string;
  };
}

export const loadBalancers = resourceRef<LoadBalancer>(
  'sim.kubarium.dev/v1alpha1',
  'loadbalancers',
  'LoadBalancer',
  false,
);
