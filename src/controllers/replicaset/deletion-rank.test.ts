import { expect, test } from 'vitest';
import type { Pod } from '../../api/types';
import { podsToDelete } from './deletion-rank';

const NOW_MS = Date.UTC(2026, 0, 2);

interface Traits {
  node?: string;
  phase?: string;
  readySince?: string;
  cost?: string;
  restarts?: number;
  created?: string;
}

function pod(name: string, traits: Traits = {}): Pod {
  const { node = 'n1', phase = 'Running', readySince, cost, restarts = 0 } = traits;
  const { created = '2026-01-01T00:00:00Z' } = traits;
  const annotations = cost && { 'controller.kubernetes.io/pod-deletion-cost': cost };
  const conditions = readySince && [
    { type: 'Ready', status: 'True', lastTransitionTime: readySince },
  ];
  return {
    metadata: { name, uid: name, creationTimestamp: created, annotations },
    spec: { nodeName: node },
    status: { phase, conditions, containerStatuses: [{ restartCount: restarts }] },
  } as unknown as Pod;
}

const ready = '2026-01-01T00:00:10Z';

test.each([
  ['one that is not bound', pod('go', { node: '' }), pod('stay')],
  ['one that is pending', pod('go', { phase: 'Pending' }), pod('stay')],
  ['one of unknown phase', pod('go', { phase: 'Unknown' }), pod('stay')],
  ['one that is not ready', pod('go'), pod('stay', { readySince: ready })],
  [
    'the cheaper one',
    pod('go', { readySince: ready, cost: '-5' }),
    pod('stay', { readySince: ready }),
  ],
  [
    'cost comes before readiness time',
    pod('go', { readySince: ready, cost: '1' }),
    pod('stay', { readySince: '2026-01-01T23:59:59Z', cost: '2' }),
  ],
  [
    'a cost that is no number counts as nothing',
    pod('go', { readySince: ready, cost: 'cheap' }),
    pod('stay', { readySince: ready, cost: '1' }),
  ],
  [
    'the one ready for a shorter time, by order of magnitude',
    pod('go', { readySince: '2026-01-01T23:59:59Z' }),
    pod('stay', { readySince: ready }),
  ],
  ['the one that restarted more', pod('go', { restarts: 3 }), pod('stay', { restarts: 1 })],
  [
    'the younger one, by order of magnitude',
    pod('go', { created: '2026-01-01T23:00:00Z' }),
    pod('stay'),
  ],
  ['the first by uid when all else is equal', pod('a'), pod('b')],
])('of two pods goes %s', (_name, doomed, kept) => {
  expect(podsToDelete([kept, doomed], [], 1, NOW_MS)).toEqual([doomed]);
});

test('of equal pods the one on the node with more related pods goes', () => {
  const crowded = pod('z', { node: 'n1' });
  const alone = pod('a', { node: 'n2' });
  const related = [crowded, alone, pod('other', { node: 'n1' })];
  expect(podsToDelete([alone, crowded], related, 1, NOW_MS)).toEqual([crowded]);
});

test('all go when there are no more than asked for', () => {
  const pods = [pod('a'), pod('b')];
  expect(podsToDelete(pods, [], 5, NOW_MS)).toEqual(pods);
});
