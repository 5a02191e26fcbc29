import { describe, expect, it } from 'vitest';
import { mergePatch, NAMESPACE, playedPair, type Actions } from '../../testing/controller-pairs';

/** A Job 'j' that ends at once. */
function done(ttlSecondsAfterFinished?: number, phase = 'Succeeded'): Actions {
  const containers = [{ name: 'main', image: 'app:1' }];
  const template = { spec: { restartPolicy: 'Never', containers } };
  const spec = { backoffLimit: 0, ttlSecondsAfterFinished, template };
  return [
    { apply: { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j' }, spec } },
    { sleepMs: 500 },
    { setPods: { phase } },
  ];
}

const change = (ttlSecondsAfterFinished: number | null): Actions[number] =>
  mergePatch(`/apis/batch/v1/namespaces/${NAMESPACE}/jobs/j`, {
    spec: { ttlSecondsAfterFinished },
  });

const pairs: [what: string, name: string, actions: Actions][] = [
  [
    'without a time to live stays',
    'forever',
    [...done(), { sleepMs: 3_600_000 }, { snapshot: 'an hour later' }],
  ],
  [
    'that may not live on goes with its pods at once',
    'at-once',
    [...done(0), { snapshot: 'gone' }],
  ],
  [
    'stays until its time is over',
    'in-time',
    [
      ...done(20),
      { sleepMs: 10_000 },
      { snapshot: 'young' },
      { sleepMs: 10_000 },
      { snapshot: 'old' },
    ],
  ],
  [
    'that failed goes too',
    'failed',
    [...done(10, 'Failed'), { sleepMs: 12_000 }, { snapshot: 'gone' }],
  ],
  [
    'lives longer when its time is changed before it is over',
    'longer',
    [
      ...done(10),
      change(60),
      { sleepMs: 30_000 },
      { snapshot: 'spared' },
      { sleepMs: 30_000 },
      { snapshot: 'gone' },
    ],
  ],
  [
    'gets a time to live only after it ended',
    'afterwards',
    [...done(), { sleepMs: 60_000 }, change(30), { snapshot: 'gone' }],
  ],
];

describe('a Job that is done', () => {
  it.each(pairs)('%s', async (_, name, actions) => {
    const text = playedPair(actions, ['Job', 'Pod']);
    await expect(text).toMatchFileSnapshot(`pairs/${name}.yaml`);
  });
});
