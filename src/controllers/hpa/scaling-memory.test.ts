import { expect, test } from 'vitest';
import { ScalingMemory } from './scaling-memory';

const BOUNDS = { min: 1, max: 100 };
type Behavior = Parameters<ScalingMemory['decide']>[0];

/** Replicas after each wish, one every 15 s; scaled each time as decided. */
function follow(behavior: Behavior, start: number, wishes: readonly number[]): string[] {
  const memory = new ScalingMemory(start, 0);
  let current = start;
  return wishes.map((desired, index) => {
    const nowMs = (index + 1) * 15_000;
    const bounds = { ...BOUNDS, current };
    const decision = memory.decide(behavior, bounds, desired, nowMs);
    if (decision.replicas !== current) {
      memory.scaled(behavior, current, decision.replicas, nowMs);
    }
    current = decision.replicas;
    return `${current} ${decision.stabilized.reason} ${decision.limited.reason}`;
  });
}

test('without a behavior a target doubles, or comes to four', () => {
  expect(follow(undefined, 1, [50, 50, 50])).toEqual([
    '4 ReadyForNewScale ScaleUpLimit',
    '8 ReadyForNewScale ScaleUpLimit',
    '16 ReadyForNewScale ScaleUpLimit',
  ]);
});

test('the bounds are told of', () => {
  expect(follow(undefined, 90, [200])).toEqual(['100 ReadyForNewScale TooManyReplicas']);
  const wishes = Array.from({ length: 21 }, () => 0);
  const decisions = follow(undefined, 2, wishes);
  expect(decisions[0]).toBe('2 ScaleDownStabilized DesiredWithinRange');
  expect(decisions.at(-1)).toBe('1 ReadyForNewScale TooFewReplicas');
});

test('the highest wish of five minutes holds', () => {
  const wishes = [10, ...Array.from({ length: 21 }, () => 5)];
  const decisions = follow(undefined, 10, wishes);
  expect(decisions.slice(1, 21).every((text) => text.startsWith('10 '))).toBe(true);
  expect(decisions.at(-1)).toBe('5 ReadyForNewScale DesiredWithinRange');
});

const rules = (more: object): object => ({
  selectPolicy: 'Max',
  policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
  ...more,
});

test('a window upward waits for the lowest wish', () => {
  const behavior = {
    scaleUp: rules({ stabilizationWindowSeconds: 40 }),
    scaleDown: rules({ stabilizationWindowSeconds: 0 }),
  } as Behavior;
  expect(follow(behavior, 2, [4, 3, 4, 4, 4])).toEqual([
    '2 ScaleUpStabilized DesiredWithinRange',
    '2 ScaleUpStabilized DesiredWithinRange',
    '3 ScaleUpStabilized DesiredWithinRange',
    '3 ScaleUpStabilized DesiredWithinRange',
    '4 ReadyForNewScale DesiredWithinRange',
  ]);
});

test.each<[string, object, string[]]>([
  [
    'by pods in a period',
    { policies: [{ type: 'Pods', value: 2, periodSeconds: 30 }] },
    ['4 ScaleUpLimit', '4 ScaleUpLimit', '6 ScaleUpLimit'],
  ],
  [
    'by the larger of two',
    {
      policies: [
        { type: 'Pods', value: 1, periodSeconds: 15 },
        { type: 'Percent', value: 100, periodSeconds: 15 },
      ],
    },
    ['4 ScaleUpLimit', '8 ScaleUpLimit', '16 ScaleUpLimit'],
  ],
  [
    'by the smaller of two',
    {
      selectPolicy: 'Min',
      policies: [
        { type: 'Pods', value: 1, periodSeconds: 15 },
        { type: 'Percent', value: 100, periodSeconds: 15 },
      ],
    },
    ['3 ScaleUpLimit', '4 ScaleUpLimit', '5 ScaleUpLimit'],
  ],
  [
    'not at all',
    { selectPolicy: 'Disabled' },
    ['2 ScaleUpLimit', '2 ScaleUpLimit', '2 ScaleUpLimit'],
  ],
])('policies let it grow %s', (_what, more, expected) => {
  const behavior = { scaleUp: rules(more), scaleDown: rules({}) } as Behavior;
  const decisions = follow(behavior, 2, [50, 50, 50]);
  expect(decisions.map((text) => text.replace('ReadyForNewScale ', ''))).toEqual(expected);
});

test('policies let it shrink by so much in a period', () => {
  const policies = [{ type: 'Percent', value: 10, periodSeconds: 60 }];
  const behavior = {
    scaleUp: rules({}),
    scaleDown: rules({ policies, stabilizationWindowSeconds: 0 }),
  } as Behavior;
  expect(follow(behavior, 80, [1, 1, 1, 1, 1])).toEqual([
    '72 ReadyForNewScale ScaleDownLimit',
    '72 ReadyForNewScale ScaleDownLimit',
    '72 ReadyForNewScale ScaleDownLimit',
    '72 ReadyForNewScale ScaleDownLimit',
    '64 ReadyForNewScale ScaleDownLimit',
  ]);
});
