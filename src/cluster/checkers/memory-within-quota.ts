import { nodes, pods } from '../../api/resource-ref';
import { parseQuantity } from '../../api/quantity';
import type { Node, Pod } from '../../api/types';
import type { Checker } from './checker';

/** The pods bound to a node never ask for more memory than it can give. */
export const memoryWithinQuota: Checker = {
  name: 'memory never exceeded on a node',
  when: 'always',
  start:
    ({ store }) =>
    () => {
      const requested = new Map<string, number>();
      for (const { spec, status } of store.list(pods.key) as Pod[]) {
        if (!spec.nodeName || status.phase === 'Succeeded' || status.phase === 'Failed') continue;
        const bytes = spec.containers.reduce(
          (sum, { resources }) => sum + parseQuantity(resources?.requests?.memory ?? '0'),
          0,
        );
        requested.set(spec.nodeName, (requested.get(spec.nodeName) ?? 0) + bytes);
      }
      const violations: string[] = [];
      for (const { metadata, status } of store.list(nodes.key) as Node[]) {
        const bytes = requested.get(metadata.name) ?? 0;
        const most = parseQuantity(status.allocatable?.memory ?? '0');
        if (bytes > most)
          violations.push(`Node ${metadata.name} gives ${most} bytes, ${bytes} are asked`);
      }
      return violations;
    },
};
