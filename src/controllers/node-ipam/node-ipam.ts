// Node IPAM: gives each Node the range of addresses that its pods will have.
// Where the real one differs: a node that allows more pods than a range of the usual size has
// addresses gets a larger one, so that a big node can be tried out without another cluster CIDR.
// Upstream: pkg/controller/nodeipam/ipam/range_allocator.go.
import { nodes } from '../../api/resource-ref';
import type { Node } from '../../api/types';
import type { Controller } from '../controller';
import { recordNodeStatusChange } from '../node-events';
import { OwnWrites } from '../own-writes';
import { CidrAllocator } from './cidr-allocator';

/** The network's own address and the broadcast address. */
const RESERVED_ADDRESSES = 2;

export const nodeIpamController: Controller = {
  name: 'node-ipam',
  eventSource: 'cidrAllocator',
  workers: 1,
  start(context) {
    const { settings, client, recorder } = context;
    if (!settings.clusterCIDR) return { reconcile: () => undefined };
    const allocator = new CidrAllocator(settings.clusterCIDR);
    const ownWrites = new OwnWrites();
    const known = context.watch(nodes, {
      added: (node) => {
        if (node.spec.podCIDR) allocator.occupy(node.spec.podCIDR);
        else context.enqueue(node.metadata.name);
      },
      updated: (node) => {
        if (!node.spec.podCIDR) context.enqueue(node.metadata.name);
      },
      deleted: ({ metadata, spec }) => {
        ownWrites.forget(metadata.uid);
        if (spec.podCIDR) allocator.release(spec.podCIDR);
      },
    });
    return {
      reconcile(name) {
        const node = known.get(name);
        if (!node || node.spec.podCIDR || ownWrites.isAheadOf(node)) return;
        const podCIDR = allocator.allocate(prefixBits(node, settings.nodeCIDRMaskSize));
        if (!podCIDR) {
          recordNodeStatusChange(recorder, node, 'CIDRNotAvailable');
          throw new Error('CIDR allocation failed; there are no remaining CIDRs left to allocate');
        }
        try {
          const spec = { podCIDR, podCIDRs: [podCIDR] };
          ownWrites.wrote(client.patch(nodes, '', name, { spec }));
        } catch (error) {
          allocator.release(podCIDR);
          recordNodeStatusChange(recorder, node, 'CIDRAssignmentFailed');
          throw error;
        }
      },
    };
  },
};

function prefixBits({ status }: Node, usual: number): number {
  const pods = Number(status.capacity?.pods ?? 0) || 0;
  return Math.min(usual, 32 - Math.ceil(Math.log2(pods + RESERVED_ADDRESSES)));
}
