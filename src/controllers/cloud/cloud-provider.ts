// What the controllers of a cloud-controller-manager ask of the cloud that a cluster stands on.
// Upstream: k8s.io/cloud-provider/cloud.go.
import type { Node, NodeAddress, Service } from '../../api/types';
import type { ControllerContext } from '../controller';

/** A machine as its cloud knows it. */
export interface Instance {
  readonly providerID: string;
  /** '' for what the cloud does not say. */
  readonly type: string;
  readonly zone: string;
  readonly region: string;
  readonly addresses: readonly NodeAddress[];
  readonly isShutdown: boolean;
}

/** `waitMs`: the cloud is at it, look again then. `elsewhere`: somebody else sees to it. */
export type Ensured =
  | { readonly addresses: readonly string[] }
  | { readonly waitMs: number }
  | 'elsewhere';

export interface LoadBalancers {
  exists(service: Service): boolean;
  /**
   * Makes it, or makes it as the Service asks; `hosts`: names of Nodes. Throws the cloud's words.
   */
  ensure(service: Service, hosts: readonly string[]): Ensured;
  /** Other Nodes than before; false when somebody else sees to it. */
  update(service: Service, hosts: readonly string[]): boolean;
  remove(service: Service): void;
}

export interface CloudProvider {
  /** The machine of a Node; undefined when there is none any more. */
  instanceOf(node: Node): Instance | undefined;
  /** For the controller of that context. */
  loadBalancers(context: ControllerContext): LoadBalancers;
}
