import { describe, expect, it } from 'vitest';
import { nodes } from '../../api/resource-ref';
import type { Pod } from '../../api/types';
import { container, deployment, pod, requests } from './manifests';
import { Stage } from './stage';

/** How many pods of the app each node has; '' for those without a place. */
function places(pods: readonly Pod[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { spec } of pods) counts[spec.nodeName ?? ''] = (counts[spec.nodeName ?? ''] ?? 0) + 1;
  return counts;
}

const app = (name: string): object => ({ labelSelector: { matchLabels: { app: name } } });

describe('the scheduler', () => {
  it('lets a pod of high priority take the place of one of low priority', async () => {
    const stage = new Stage({ workers: 1 });
    stage.create({ kind: 'PriorityClass', metadata: { name: 'high' }, value: 1000 });
    const big = requests('1500m');
    stage
      .act('low comes', () => stage.create(pod('low', { containers: [container(big)] })))
      .run(20);
    stage.act('low-too comes', () =>
      stage.create(pod('low-too', { containers: [container(big)] })),
    );
    stage.run(20);
    stage.act('high comes', () =>
      stage.create(pod('high', { priorityClassName: 'high', containers: [container(big)] })),
    );
    stage.run(60);
    await expect(stage.diary()).toMatchFileSnapshot('diaries/preemption.txt');
  });

  it.each([
    ['Honor', { n1: 2, n2: 2, n3: 2, n4: 2 }],
    // The control plane's node counts as a place that stays empty, as in the real one.
    ['Ignore', { n1: 1, n2: 1, n3: 1, n4: 1, '': 4 }],
  ])('spreads pods over nodes, taints policy %s', (nodeTaintsPolicy, expected) => {
    const stage = new Stage({ workers: 4 });
    const constraint = {
      maxSkew: 1,
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'DoNotSchedule',
      nodeTaintsPolicy,
      ...app('web'),
    };
    stage.create(deployment('web', 8, {}, { topologySpreadConstraints: [constraint] }));
    stage.run(30);
    expect(places(stage.pods())).toEqual(expected);
  });

  it('keeps pods apart that want no neighbour of their kind, and leaves over what has no place', () => {
    const stage = new Stage({ workers: 3 });
    const term = { topologyKey: 'kubernetes.io/hostname', ...app('web') };
    const affinity = {
      podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] },
    };
    stage.create(deployment('web', 4, {}, { affinity }));
    stage.run(30);
    expect(places(stage.pods())).toEqual({ n1: 1, n2: 1, n3: 1, '': 1 });
    const [waiting] = stage.pods().filter(({ spec }) => !spec.nodeName);
    expect(waiting.status.conditions![0]).toMatchObject({
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message:
        "0/4 nodes are available: 1 node(s) had untolerated taint(s), 3 node(s) didn't match pod " +
        'anti-affinity rules. no new claims to deallocate, preemption: 0/4 nodes are available: ' +
        '1 Preemption is not helpful for scheduling, 3 No preemption victims found for incoming pod.',
    });
  });

  it('places a pod as soon as what it waited for is there', async () => {
    const stage = new Stage({ workers: 1 });
    stage.act('web wants a disk', () =>
      stage.create(pod('web', { nodeSelector: { disk: 'ssd' } })),
    );
    stage.run(20);
    stage.act('n1 gets it', () =>
      stage.change(nodes, 'n1', { metadata: { labels: { disk: 'ssd' } } }),
    );
    stage.run(10);
    await expect(stage.diary()).toMatchFileSnapshot('diaries/unschedulable-then-placed.txt');
  });

  it('never promises more of a node than it has', () => {
    const stage = new Stage({ workers: 2 });
    const spec = { containers: [container(requests('700m', '256Mi'))] };
    stage.create(deployment('web', 20, {}, spec));
    stage.run(60);
    const capacity = Number(stage.cluster.client.get(nodes, '', 'n1').status.allocatable!.cpu);
    const each = Math.floor((capacity - 0.2) / 0.7);
    expect(places(stage.pods())).toMatchObject({ '': 20 - 2 * each });
  });
});
