// The TTL controller: tells kubelets by an annotation how long they may keep Secrets and
// ConfigMaps, longer the larger the cluster. Upstream: pkg/controller/ttl.
import { nodes } from '../../api/resource-ref';
import type { Controller } from '../controller';

const ANNOTATION = 'node.alpha.kubernetes.io/ttl';

/** Each step is entered above `max` of the one before, and left below its own `min`: hysteresis. */
const STEPS: readonly { min: number; max: number; ttlSeconds: number }[] = [
  { min: 0, max: 100, ttlSeconds: 0 },
  { min: 90, max: 500, ttlSeconds: 15 },
  { min: 450, max: 1000, ttlSeconds: 30 },
  { min: 900, max: 2000, ttlSeconds: 60 },
  { min: 1800, max: Number.POSITIVE_INFINITY, ttlSeconds: 300 },
];

/** What the annotation says on nodes that have come to be so many. */
export function ttlSecondsFor(nodeCount: number): number {
  return STEPS.find(({ max }) => nodeCount <= max)!.ttlSeconds;
}

export const nodeTtlController: Controller = {
  name: 'ttl',
  eventSource: 'ttl-controller',
  workers: 5,
  start(context) {
    let count = 0;
    let step = 0;
    const known = context.watch(nodes, {
      added: ({ metadata }) => {
        if (++count > STEPS[step].max) step++;
        context.enqueue(metadata.name);
      },
      updated: ({ metadata }) => context.enqueue(metadata.name),
      deleted: () => {
        if (--count < STEPS[step].min) step--;
      },
    });
    return {
      reconcile(name) {
        const node = known.get(name);
        const ttl = String(STEPS[step].ttlSeconds);
        if (!node || node.metadata.annotations?.[ANNOTATION] === ttl) return;
        context.client.patch(nodes, '', name, { metadata: { annotations: { [ANNOTATION]: ttl } } });
      },
    };
  },
};
