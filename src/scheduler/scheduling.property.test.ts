import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Affinity, Node, Pod, TopologySpreadConstraint } from '../api/types';
import { FakeCluster, type NodeDraft, type PodDraft } from './fake-cluster';

const EVERYTHING = { operator: 'Exists' } as const;
const zone = 'topology.kubernetes.io/zone';
const hostname = 'kubernetes.io/hostname';
const apps = ['a', 'b', 'c'];
const app = fc.constantFrom(...apps);
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq: 2 });

const nodeDraft: fc.Arbitrary<Omit<NodeDraft, 'name'>> = fc.record({
  cpu: fc.constantFrom('1', '2', '4'),
  memory: fc.constantFrom('1Gi', '4Gi'),
  pods: fc.constantFrom('2', '5', '110'),
  labels: fc.constantFrom({}, { [zone]: 'x' }, { [zone]: 'y' }, { [zone]: 'y', disk: 'ssd' }),
  taints: fc.constantFrom(
    undefined,
    [{ key: 'gpu', effect: 'NoSchedule' as const }],
    [{ key: 'slow', effect: 'PreferNoSchedule' as const }],
  ),
});

const spread: fc.Arbitrary<TopologySpreadConstraint> = fc
  .record({
    maxSkew: fc.constantFrom(1, 2),
    topologyKey: fc.constantFrom(zone, hostname),
    whenUnsatisfiable: fc.constantFrom('DoNotSchedule' as const, 'ScheduleAnyway' as const),
    app,
  })
  .map(({ app, ...constraint }) => ({
    ...constraint,
    labelSelector: { matchLabels: { app } },
  }));

const affinity: fc.Arbitrary<Affinity> = fc
  .record({
    kind: fc.constantFrom('podAffinity' as const, 'podAntiAffinity' as const),
    isHard: fc.boolean(),
    topologyKey: fc.constantFrom(zone, hostname),
    app,
  })
  .map(({ kind, isHard, topologyKey, app }) => {
    const term = { topologyKey, labelSelector: { matchLabels: { app } } };
    const terms = isHard
      ? { requiredDuringSchedulingIgnoredDuringExecution: [term] }
      : {
          preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 5, podAffinityTerm: term }],
        };
    return { [kind]: terms };
  });

const podDraft = fc
  .record({
    app,
    cpu: maybe(fc.constantFrom('100m', '500m', '2')),
    memory: maybe(fc.constantFrom('64Mi', '1Gi')),
    priority: fc.constantFrom(0, 0, 0, 10),
    nodeSelector: fc.constantFrom(undefined, undefined, { disk: 'ssd' }),
    tolerations: fc.constantFrom(undefined, [EVERYTHING]),
    hostPort: fc.constantFrom(undefined, undefined, undefined, 80),
    spread: maybe(spread),
    affinity: maybe(affinity),
  })
  .map(({ app, spread, ...draft }): Omit<PodDraft, 'name'> => ({
    ...(dropUndefined(draft) as Partial<PodDraft>),
    labels: { app },
    ...(spread && { topologySpreadConstraints: [spread] }),
  }));

type Step =
  | { do: 'pods'; draft: Omit<PodDraft, 'name'>; count: number }
  | { do: 'remove' | 'finish' | 'cordon' | 'lose' | 'relabel'; which: number }
  | { do: 'node'; draft: Omit<NodeDraft, 'name'> }
  | { do: 'wait'; ms: number };

const which = fc.nat(20);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('pods' as const),
      draft: podDraft,
      count: fc.integer({ min: 1, max: 4 }),
    }),
  },
  fc.record({
    do: fc.constantFrom('remove', 'finish', 'cordon', 'lose', 'relabel'),
    which,
  }),
  fc.record({ do: fc.constant('node' as const), draft: nodeDraft }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1, 10, 400, 3000) }),
) as fc.Arbitrary<Step>;

const story = fc.record({
  seed: fc.nat(1000),
  nodes: fc.array(nodeDraft, { minLength: 1, maxLength: 6 }),
  steps: fc.array(step, { minLength: 1, maxLength: 25 }),
});
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

describe('any story of pods and nodes', () => {
  it('is the same with kept answers as with every plugin asked every time', () => {
    fc.assert(
      fc.property(story, (told) => {
        const kept = play(told, true);
        const asked = play(told, false);
        expect(kept.transport.events).toEqual(asked.transport.events);
        expect(kept.placements()).toEqual(asked.placements());
      }),
      { numRuns: 150 },
    );
  });

  it('never puts more on a node than it has', () => {
    fc.assert(
      fc.property(story, (told) => {
        const cluster = play(told, true);
        for (const node of cluster.scheduler.cache.nodes) {
          expect(node.requested.milliCpu).toBeLessThanOrEqual(node.allocatable.milliCpu);
          expect(node.requested.memory).toBeLessThanOrEqual(node.allocatable.memory);
          expect(node.pods.length).toBeLessThanOrEqual(node.allocatablePods);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('leaves sums and counts as counting anew would find them', () => {
    fc.assert(
      fc.property(story, (told) => {
        const { scheduler, transport } = play(told, true);
        const { cache } = scheduler;
        const placed = [...transport.objects.values()].filter(
          (object): object is Pod =>
            object.kind === 'Pod' &&
            Boolean((object as Pod).spec.nodeName) &&
            (object as Pod).status.phase !== 'Succeeded',
        );
        for (const node of cache.nodes) {
          const here = placed.filter(({ spec }) => spec.nodeName === node.name);
          expect(namesOf(node.pods.map(({ pod }) => pod))).toEqual(namesOf(here));
          for (const app of apps) {
            const count = cache.shapes.count({
              key: `spread default app=${app}`,
              skipsTerminating: true,
              readsNamespaces: false,
              matches: (_, labels) => labels?.app === app,
            });
            const counted = here.filter(
              ({ metadata }) => metadata.labels?.app === app && !metadata.deletionTimestamp,
            );
            expect(count.byNode[node.slot]).toBe(counted.length);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});

function play({ seed, nodes, steps }: Story, keepsResults: boolean): FakeCluster {
  const cluster = new FakeCluster(seed);
  nodes.forEach((draft, index) => cluster.nodes({ name: 'n' + index, ...draft }));
  cluster.start({ keepsResults });
  steps.forEach((step, index) => take(cluster, step, index));
  return cluster.run(15_000);
}

function take(cluster: FakeCluster, step: Step, index: number): void {
  switch (step.do) {
    case 'pods':
      for (let copy = 0; copy < step.count; copy++) {
        cluster.pods({ name: `p${index}-${copy}`, ...step.draft });
      }
      break;
    case 'node':
      cluster.nodes({ name: 'm' + index, ...step.draft });
      break;
    case 'wait':
      cluster.run(step.ms);
      break;
    case 'remove':
      pick(cluster, 'pods', step.which, (key) => cluster.remove(key));
      break;
    case 'finish':
      pick(cluster, 'pods', step.which, (key) =>
        cluster.change<Pod>(key, (pod) => ({ ...pod, status: { phase: 'Succeeded' } })),
      );
      break;
    case 'relabel':
      pick(cluster, 'pods', step.which, (key) =>
        cluster.change<Pod>(key, (pod) => ({
          ...pod,
          metadata: { ...pod.metadata, labels: { app: apps[step.which % 3] } },
        })),
      );
      break;
    case 'cordon':
      pick(cluster, 'nodes', step.which, (key) =>
        cluster.change<Node>(key, (node) => ({
          ...node,
          spec: { ...node.spec, unschedulable: !node.spec.unschedulable },
        })),
      );
      break;
    case 'lose':
      pick(cluster, 'nodes', step.which, (key) => cluster.remove(key));
  }
}

function pick(
  cluster: FakeCluster,
  resource: string,
  which: number,
  act: (key: string) => void,
): void {
  const keys = [...cluster.transport.objects.keys()].filter((key) => key.startsWith(resource));
  if (keys.length > 0) act(keys[which % keys.length]);
}

function namesOf(pods: readonly Pod[]): string[] {
  return pods.map(({ metadata }) => metadata.name).sort();
}

function dropUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;
}
