import { expect, test } from 'vitest';
import type { Job } from '../../api/extension-types';
import type { Pod } from '../../api/types';
import { podsToRemove } from './removal-order';

const plain = { spec: {} } as Job;
const indexed = { spec: { completionMode: 'Indexed', completions: 3 } } as Job;

function pod(name: string, status: object = {}, nodeName = 'n1', index?: number): Pod {
  const annotations =
    index === undefined ? {} : { 'batch.kubernetes.io/job-completion-index': String(index) };
  const metadata = { name, annotations, creationTimestamp: '2026-01-01T00:00:00Z' };
  return { metadata, spec: { nodeName }, status: { phase: 'Running', ...status } } as never;
}

const readySince = (lastTransitionTime: string): object => ({
  conditions: [{ type: 'Ready', status: 'True', lastTransitionTime }],
});

const namesOf = (all: Pod[]): string[] => all.map(({ metadata }) => metadata.name);

test('pods that have come the least far go first', () => {
  const all = [
    pod('ready', readySince('2026-01-01T00:00:01Z')),
    pod('ready later', readySince('2026-01-01T00:00:09Z')),
    pod('running'),
    pod('pending', { phase: 'Pending' }),
    pod('unbound', { phase: 'Pending' }, ''),
  ];
  expect(namesOf(podsToRemove(plain, all, 5))).toEqual([
    'unbound',
    'pending',
    'running',
    'ready later',
    'ready',
  ]);
  expect(namesOf(podsToRemove(plain, all, 2))).toEqual(['unbound', 'pending']);
  expect(podsToRemove(plain, all, 0)).toEqual([]);
});

test('of an Indexed Job, doubles and pods without a valid index go in any case', () => {
  const all = [
    pod('first', {}, 'n1', 0),
    pod('double', { phase: 'Pending' }, 'n1', 0),
    pod('beyond', {}, 'n1', 3),
    pod('without'),
    pod('second', {}, 'n1', 1),
  ];
  expect(namesOf(podsToRemove(indexed, all, 0))).toEqual(['beyond', 'without', 'double']);
  expect(namesOf(podsToRemove(indexed, all, 4))).toHaveLength(4);
});
