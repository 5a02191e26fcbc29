import { describe, expect, test } from 'vitest';
import { formatTime } from '../../api/time';
import type { Pod } from '../../api/types';
import type { PodMetricValues } from './metrics-client';
import {
  replicasForAverage,
  replicasForShare,
  replicasForTotal,
  replicasForUtilization,
  type CalculatorInput,
} from './replica-calculator';

const NOW_MS = 10_000_000;
const MINUTE_MS = 60_000;
const TOLERANCE = { up: 0.1, down: 0.1 };

type State = 'ready' | 'unready' | 'pending' | 'failed' | 'young';

function pod(name: string, state: State = 'ready', request = '100m'): Pod {
  const startMs = NOW_MS - (state === 'young' ? 10_000 : 20 * MINUTE_MS);
  const isReady = state === 'ready' || state === 'young';
  const ready = {
    type: 'Ready',
    status: isReady ? 'True' : 'False',
    lastTransitionTime: formatTime(startMs + 1000),
  };
  const phases = { pending: 'Pending', failed: 'Failed' } as Record<string, string>;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, uid: name, resourceVersion: '1', creationTimestamp: formatTime(startMs) },
    spec: { containers: [{ name: 'main', resources: { requests: { cpu: request } } }] },
    status: {
      phase: phases[state] ?? 'Running',
      startTime: formatTime(startMs),
      conditions: [ready],
    },
  } as Pod;
}

/** Thousandths by pod name. */
function metrics(values: Record<string, number>): PodMetricValues {
  const atMs = NOW_MS - 5000;
  return new Map(
    Object.entries(values).map(([name, value]) => [name, { value, atMs, windowMs: 15_000 }]),
  );
}

function input(pods: readonly Pod[], currentReplicas = pods.length): CalculatorInput {
  return { currentReplicas, tolerance: TOLERANCE, pods, nowMs: NOW_MS };
}

describe('from the share of requests', () => {
  test.each<[string, Record<string, State>, Record<string, number>, number, number]>([
    ['over the target it grows', { a: 'ready', b: 'ready' }, { a: 90, b: 90 }, 50, 4],
    ['under the target it shrinks', { a: 'ready', b: 'ready' }, { a: 20, b: 20 }, 50, 1],
    ['near the target it stays', { a: 'ready', b: 'ready' }, { a: 54, b: 54 }, 50, 2],
    ['what is not ready counts as idle', { a: 'ready', b: 'unready' }, { a: 90, b: 0 }, 50, 2],
    ['what is young counts as idle', { a: 'ready', b: 'young' }, { a: 90, b: 99 }, 50, 2],
    ['what is pending counts as idle', { a: 'ready', b: 'pending' }, { a: 190 }, 50, 4],
    ['what is not measured holds it back', { a: 'ready', b: 'ready' }, { a: 90 }, 50, 2],
    ['what is not measured keeps it up', { a: 'ready', b: 'ready' }, { a: 10 }, 50, 2],
    ['what has failed counts for nothing', { a: 'ready', b: 'failed' }, { a: 90 }, 50, 2],
  ])('%s', (_what, states, values, target, expected) => {
    const pods = Object.entries(states).map(([name, state]) => pod(name, state));
    const { replicas } = replicasForUtilization(input(pods), metrics(values), 'cpu', '', target);
    expect(replicas).toBe(expected);
  });

  test('tells the share and the average', () => {
    const pods = [pod('a'), pod('b', 'ready', '300m')];
    const values = metrics({ a: 50, b: 101 });
    expect(replicasForUtilization(input(pods), values, 'cpu', '', 50)).toEqual({
      replicas: 2,
      usage: 75,
      utilization: 37,
    });
  });

  test.each<[Pod[], string]>([
    [[], 'no pods returned by selector while calculating replica count'],
    [[pod('a', 'pending')], 'did not receive metrics for targeted pods (pods might be unready)'],
    [
      [{ ...pod('a'), spec: { containers: [{ name: 'main' }] } } as Pod],
      'missing request for cpu in container main of Pod a',
    ],
    [[pod('b')], 'no metrics returned matched known pods'],
  ])('%#: says why there is no answer', (pods, message) => {
    const compute = (): unknown =>
      replicasForUtilization(input(pods), metrics({ a: 1 }), 'cpu', '', 50);
    expect(compute).toThrow(message);
  });
});

test.each([
  ['an average over the target', { a: 3000, b: 1000 }, 1000, 4],
  ['an average at the target', { a: 1000, b: 1000 }, 1000, 2],
  ['an average under the target', { a: 500, b: 100 }, 1000, 1],
])('%s', (_what, values, target, expected) => {
  const pods = [pod('a'), pod('b')];
  expect(replicasForAverage(input(pods), metrics(values), '', target).replicas).toBe(expected);
});

test.each([
  [2, 200, 100, 4],
  [2, 105, 100, 2],
  [2, 40, 100, 1],
  [0, 250, 100, 3],
])('one value for %i replicas: %i of %i gives %i', (current, usage, target, expected) => {
  const pods = [pod('a'), pod('b')];
  expect(replicasForTotal(input(pods, current), usage, target).replicas).toBe(expected);
});

test.each([
  [3, 900, 100, 9, 300],
  [3, 310, 100, 3, 104],
])('a value that %i pods share: %i of %i gives %i', (status, total, target, replicas, usage) => {
  expect(replicasForShare(input([]), status, total, target)).toEqual({ replicas, usage });
});
