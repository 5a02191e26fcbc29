// The cloud provider within k3s: a Node is all that there is to know of its machine, and load
// balancers are pods on the machines.
// Upstream: github.com/k3s-io/k3s, pkg/cloudprovider.
import type { CloudProvider } from '../../controllers/cloud/cloud-provider';
import { serviceLoadBalancers } from '../../controllers/cloud/servicelb';

const NODE_IP = 'alpha.kubernetes.io/provided-node-ip';

export const k3sCloud: CloudProvider = {
  instanceOf({ metadata: { name, annotations } }) {
    const address = annotations?.[NODE_IP];
    return {
      providerID: `k3s://${name}`,
      type: 'k3s',
      zone: '',
      region: '',
      addresses: address
        ? [
            { type: 'InternalIP', address },
            { type: 'Hostname', address: name },
          ]
        : [],
      isShutdown: false,
    };
  },
  loadBalancers: serviceLoadBalancers,
};
