// The cloud-controller-manager: the same loops as in any cloud, over the cloud that the preset
// names.
// Upstream: k8s.io/cloud-provider/app.
import type { Component } from '../../client/component';
import { cloudNodeController } from '../../controllers/cloud/cloud-node';
import { cloudNodeLifecycleController } from '../../controllers/cloud/cloud-node-lifecycle';
import type { CloudProvider } from '../../controllers/cloud/cloud-provider';
import { serviceLoadBalancerController } from '../../controllers/cloud/service-load-balancer';
import type { Controller } from '../../controllers/controller';
import {
  startControllerManager,
  type ControllerManager,
} from '../../controllers/controller-manager';
import { serviceAddressController } from '../../controllers/cloud/servicelb';
import type { CloudOptions } from '../extension-parts';
import { k3sCloud } from './k3s-cloud';
import { simulatedCloud } from './simulated-cloud';

/** Starts the program on its component; it ends with the component's scope. */
export function startCloudControllerManager(
  component: Component,
  { identity, cloud, world }: CloudOptions,
): ControllerManager {
  const registry =
    cloud.name === 'k3s'
      ? [...controllersOf(k3sCloud), serviceAddressController]
      : controllersOf(simulatedCloud(world));
  const { lease } = cloud;
  return startControllerManager(component, { identity, lease, registry, clusterCIDR: '' });
}

function controllersOf(cloud: CloudProvider): readonly Controller[] {
  return [
    cloudNodeController(cloud),
    cloudNodeLifecycleController(cloud),
    serviceLoadBalancerController(cloud),
  ];
}
