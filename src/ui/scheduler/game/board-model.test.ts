import { describe, expect, it } from 'vitest';
import type { Pod } from '../../../api/types';
import type { SchedulingReport } from '../../../host/protocol';
import type { SceneNode, ScenePod } from '../../../scene/scene';
import { choiceOf, piecesOf, scoreOf, short, stacksOf, verdictOf } from './board-model';

interface Asked {
  cpu?: string;
  memory?: string;
  node?: string;
  namespace?: string;
  phase?: string;
  created?: string;
}

function pod(name: string, asked: Asked = {}): Pod {
  const { cpu, memory, node, namespace = 'default', phase = 'Pending', created = '1' } = asked;
  const requests = { ...(cpu && { cpu }), ...(memory && { memory }) };
  return {
    metadata: { name, namespace, creationTimestamp: created },
    spec: { nodeName: node, containers: [{ name: 'c', resources: { requests } }] },
    status: { phase },
  } as unknown as Pod;
}

function node(name: string, ready = 'Ready'): [string, SceneNode] {
  const cpu = { allocatable: 2_000, requested: 0 };
  const memory = { allocatable: 4 * 1024 ** 3, requested: 0 };
  return [
    name,
    { name, zone: 'a', roles: [], registered: true, ready, cpu, memory } as unknown as SceneNode,
  ];
}

const nodes = new Map([node('n10'), node('n2'), node('n3', 'Unknown')]);
const seen = new Map([
  ['default/web-1', { owner: { name: 'web', hue: 1 } } as unknown as ScenePod],
  ['default/web-2', { owner: { name: 'web', hue: 1 } } as unknown as ScenePod],
]);
const pods = [
  pod('late', { cpu: '1', memory: '1Gi', created: '9' }),
  pod('early', { cpu: '250m', memory: '512Mi', created: '2' }),
  pod('done', { phase: 'Succeeded' }),
  pod('web-1', { cpu: '500m', memory: '1Gi', node: 'n2', phase: 'Running' }),
  pod('web-2', { cpu: '500m', memory: '1Gi', node: 'n2', phase: 'Running' }),
  pod('dns', { cpu: '100m', node: 'n2', namespace: 'kube-system', phase: 'Running' }),
  pod('over', { cpu: '1', node: 'n2', phase: 'Failed' }),
];

function report(
  totals: Record<string, number>,
  rejected: Record<string, string> = {},
): SchedulingReport {
  return { totals, filters: [{ plugin: 'F', rejected }], scores: [], node: '' } as never;
}

describe('the board', () => {
  it('has the pods that wait as pieces, oldest first', () => {
    expect(piecesOf(pods, seen)).toEqual([
      { key: 'default/early', name: 'early', hue: 6, cpu: 0.25, memory: 0.5 },
      { key: 'default/late', name: 'late', hue: 6, cpu: 1, memory: 1 },
    ]);
  });

  it('stacks what runs by owner, the system on top, and counts nothing that has ended', () => {
    const [first, second] = stacksOf(pods, nodes, seen);
    expect([first!.node, second!.node]).toEqual(['n2', 'n3']);
    expect(first).toMatchObject({
      isReady: true,
      capacity: { cpu: 2, memory: 4 },
      used: { cpu: 1.1, memory: 2 },
      segments: [
        { name: 'web', hue: 1, isSystem: false, cpu: 1, memory: 2 },
        { name: '', hue: 6, isSystem: true, cpu: 0.1, memory: 0 },
      ],
    });
    expect(second!.isReady).toBe(false);
  });

  it('says what a drop would meet', () => {
    const [stack] = stacksOf(pods, nodes, seen);
    const piece = { cpu: 0.5, memory: 1 };
    expect(verdictOf(piece, stack!, report({})).fits).toBe(true);
    expect(verdictOf(piece, stack!, report({}, { n2: 'Insufficient cpu' }))).toMatchObject({
      fits: false,
      against: 'Insufficient cpu',
    });
    expect(verdictOf(piece, stack!, report({}, { '*': 'no claim' })).against).toBe('no claim');
    expect(verdictOf(piece, stack!, null).left.cpu).toBeCloseTo(0.4);
  });

  it('scores against the node that the scheduler would have taken', () => {
    const choices = [
      choiceOf('p', 'n2', report({ n2: 601, n4: 626 })),
      choiceOf('q', 'n4', report({ n2: 601, n4: 626 })),
      choiceOf('r', 'n2', report({}, { n4: 'full' })),
      choiceOf('s', 'n4', report({}, { '*': 'never' })),
    ];
    expect(choices.map(({ best, yours, its }) => [best, yours, its])).toEqual([
      ['n4', 601, 626],
      ['n4', 626, 626],
      ['n2', 0, 0],
      ['', 0, 0],
    ]);
    expect(scoreOf(choices)).toBe(-25);
  });

  it.each([
    [0.25, '.25'],
    [1.5, '1.5'],
    [2, '2'],
    [-0.2, '-.2'],
    [0.123, '.12'],
  ])('writes %d as %s', (amount, text) => {
    expect(short(amount)).toBe(text);
  });
});
