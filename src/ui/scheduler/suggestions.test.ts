import { describe, expect, it } from 'vitest';
import type { Pod } from '../../api/types';
import type { SchedulingReport } from '../../host/protocol';
import type { SceneNode } from '../../scene/scene';
import { fitCount, stageStates } from './stages';
import { suggestionsFor } from './suggestions';

function node(name: string, more: Partial<SceneNode> = {}): [string, SceneNode] {
  const base = { name, machine: name, power: 'On', network: 'Connected', roles: [], taints: [] };
  return [name, { ...base, ...more } as unknown as SceneNode];
}

function pod(spec: object): Pod {
  const metadata = { name: 'big', namespace: 'default' };
  return { metadata, spec: { containers: [{ name: 'c' }], ...spec } } as unknown as Pod;
}

function report(rejected: Record<string, Record<string, string>>): SchedulingReport {
  const filters = Object.entries(rejected).map(([plugin, byNode]) => ({
    plugin,
    rejected: byNode,
  }));
  return { node: '', totals: {}, scores: [], filters } as unknown as SchedulingReport;
}

const nodes = new Map([
  node('m1', {
    roles: ['control-plane'],
    taints: ['node-role.kubernetes.io/control-plane:NoSchedule'],
  }),
  node('n1', { cordoned: true }),
  node('n2', { power: 'Off' }),
  node('n3', { network: 'Cut' }),
  node('n4', { taints: ['gpu=yes:NoSchedule', 'node.kubernetes.io/not-ready:NoExecute'] }),
]);

async function commandsFor(asked: Pod, why: SchedulingReport | null): Promise<string[]> {
  const never = () => Promise.reject(new Error('asks nothing before it is carried out'));
  const commands: string[] = [];
  for (const each of suggestionsFor(asked, why, nodes)) {
    const { command } = await each.plan({}, never);
    commands.push(command);
  }
  return commands;
}

describe('suggestionsFor', () => {
  it.each([
    [{ NodeUnschedulable: { n1: 'node(s) were unschedulable' } }, ['kubectl uncordon n1']],
    [
      { TaintToleration: { m1: 'untolerated', n2: 'untolerated', n3: 'untolerated' } },
      [
        `kubectl patch machine n2 --type merge -p '{"spec":{"power":"On"}}'`,
        `kubectl patch machine n3 --type merge -p '{"spec":{"network":"Connected"}}'`,
        'kubectl taint nodes m1 node-role.kubernetes.io/control-plane:NoSchedule-',
      ],
    ],
    [{ TaintToleration: { n4: 'untolerated' } }, ['kubectl taint nodes n4 gpu=yes:NoSchedule-']],
    [
      { NodeAffinity: { m1: 'no match', n1: 'no match', n2: 'no match' } },
      ['kubectl label nodes n1 disktype=ssd --overwrite'],
    ],
    [
      { VolumeBinding: { '*': 'persistentvolumeclaim "data" not found' } },
      [
        `echo '{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data",` +
          `"namespace":"default"},"spec":{"accessModes":["ReadWriteOnce"],"resources":` +
          `{"requests":{"storage":"1Gi"}}}}' | kubectl create -f -`,
      ],
    ],
    [{ InterPodAffinity: { n1: "node(s) didn't match pod affinity rules" } }, []],
  ])('for %j', async (rejected, commands) => {
    expect(await commandsFor(pod({ nodeSelector: { disktype: 'ssd' } }), report(rejected))).toEqual(
      commands,
    );
  });

  it('brings a machine that is large enough', async () => {
    const resources = { requests: { cpu: '6', memory: '10Gi' } };
    const asked = pod({ containers: [{ name: 'c', resources }] });
    expect(
      await commandsFor(asked, report({ NodeResourcesFit: { n1: 'Insufficient cpu' } })),
    ).toEqual([
      `echo '{"apiVersion":"sim.kubarium.dev/v1alpha1","kind":"Machine","metadata":{"name":"n5"},` +
        `"spec":{"capacity":{"cpu":"7","memory":"11Gi"}}}' | kubectl create -f -`,
    ]);
  });

  it('brings none for what no machine has', async () => {
    const resources = { requests: { 'example.com/gpu': '1' } };
    const asked = pod({ containers: [{ name: 'c', resources }] });
    const why = report({ NodeResourcesFit: { n1: 'Insufficient example.com/gpu' } });
    expect(await commandsFor(asked, why)).toEqual([]);
  });

  it('takes a gate away, which no cycle tells of', async () => {
    const asked = pod({ schedulingGates: [{ name: 'a' }, { name: 'b' }] });
    expect((await commandsFor(asked, null))[0]).toBe(
      `kubectl patch pod big -n default --type merge -p '{"spec":{"schedulingGates":[{"name":"b"}]}}'`,
    );
  });
});

describe('stageStates', () => {
  const waiting = { gatedBy: '', rejectedBy: [] } as never;

  it('of a pod that is gated, waits, fits nowhere, can fit nowhere, and was placed', () => {
    const told = (
      [
        [null, { gatedBy: 'SchedulingGates' } as never],
        [null, waiting],
        [report({ NodeName: { n1: 'no' } }), waiting],
        [report({ VolumeBinding: { '*': 'no' } }), waiting],
        [{ ...report({}), node: 'n1', totals: { n1: 2, n2: 1 } }, undefined],
        [{ ...report({}), node: 'n1' }, undefined],
      ] as const
    ).map(([why, where]) =>
      Object.values(stageStates(why, where))
        .map((state) => state[0])
        .join(''),
    );
    // In the order of the stages: passed, stopped, ahead, or skipped for what has an s twice.
    expect(told).toEqual(['saaaaaaa', 'psaaaaaa', 'pppspaaa', 'ppsaaaaa', 'ppppsppp', 'ppppsspp']);
  });

  it('counts the nodes that passed', () => {
    const why = report({ NodeName: { n1: 'no' }, NodePorts: { n2: 'no' } });
    expect([fitCount(why, 5), fitCount(report({ A: { '*': 'no' } }), 5)]).toEqual([3, 0]);
  });
});
