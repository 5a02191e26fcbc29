import { expect, test } from 'vitest';
import type { Pod } from '../api/types';
import { podRequests } from './pod-requests';
import { countedPod } from './resized-pod';

type Amounts = Record<string, string>;

/** A pod of one container that wants, was allocated and has so much. */
function pod(wanted: Amounts, allocated?: Amounts, given?: Amounts, reason?: string): Pod {
  const status = {
    name: 'main',
    ...(given && { resources: { requests: given } }),
    ...(allocated && { allocatedResources: allocated }),
  };
  return {
    spec: { containers: [{ name: 'main', resources: { requests: wanted } }] },
    status: {
      containerStatuses: [status],
      conditions: reason ? [{ type: 'PodResizePending', status: 'True', reason }] : [],
    },
  } as never;
}

const SMALL = { cpu: '100m', memory: '64Mi' };
const LARGE = { cpu: '1', memory: '128Mi' };

test.each<[string, Pod, number, number]>([
  ['is being made larger', pod(LARGE, SMALL, SMALL), 1000, 128],
  ['is being made smaller', pod(SMALL, LARGE, LARGE), 1000, 128],
  ['was given what it has not been allocated any more', pod(SMALL, SMALL, LARGE), 1000, 128],
  ['waits for more', pod(LARGE, SMALL, SMALL, 'Deferred'), 1000, 128],
  ['will never have more', pod(LARGE, SMALL, SMALL, 'Infeasible'), 100, 64],
  [
    'wants less of one and more of another',
    pod({ cpu: '50m', memory: '1Gi' }, SMALL, SMALL),
    100,
    1024,
  ],
])('a pod that %s', (_, resized, milliCpu, mebibytes) => {
  const { milliCpu: cpu, memory } = podRequests(countedPod(resized).spec);
  expect([cpu, memory / 1024 ** 2]).toEqual([milliCpu, mebibytes]);
});

test('a pod that nobody resizes is counted as it is', () => {
  const quiet = pod(SMALL, SMALL, SMALL);
  expect(countedPod(quiet)).toBe(quiet);
  const told = pod(SMALL, { ...SMALL }, { ...SMALL });
  expect(countedPod(told)).toBe(told);
  const untold = pod(SMALL);
  expect(countedPod(untold)).toBe(untold);
});

test('resources of the whole pod are counted in the same way', () => {
  const whole = {
    spec: { containers: [{ name: 'main' }], resources: { requests: { cpu: '2' } } },
    status: { allocatedResources: { cpu: '1' }, resources: { requests: { cpu: '3' } } },
  } as never as Pod;
  expect(podRequests(countedPod(whole).spec).milliCpu).toBe(3000);
});
