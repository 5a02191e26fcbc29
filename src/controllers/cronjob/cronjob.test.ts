import { describe, expect, it } from 'vitest';
import { mergePatch, NAMESPACE, playedPair, type Actions } from '../../testing/controller-pairs';

const PATH = `/apis/batch/v1/namespaces/${NAMESPACE}/cronjobs/c`;

function cronJob(spec: object = {}, jobSpec: object = {}): Actions[number] {
  const containers = [{ name: 'main', image: 'app:1' }];
  const template = { spec: { restartPolicy: 'Never', containers } };
  const jobTemplate = { metadata: { labels: { of: 'c' } }, spec: { template, ...jobSpec } };
  return {
    apply: {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'c' },
      spec: { schedule: '* * * * *', jobTemplate, ...spec },
    },
  };
}

const change = (body: object): Actions[number] => mergePatch(PATH, body);
const changeStatus = (body: object): Actions[number] => mergePatch(PATH + '/status', body);

// Each begins within the first minute of a day.
const pairs: [what: string, name: string, actions: Actions][] = [
  [
    'with concurrency starts a Job beside the one that still runs',
    'allow',
    [
      cronJob(),
      { sleepMs: 62_000 },
      { snapshot: 'first' },
      { sleepMs: 60_000 },
      { snapshot: 'second' },
    ],
  ],
  [
    'that forbids concurrency skips a time while its Job runs, and says so',
    'forbid',
    [
      cronJob({ concurrencyPolicy: 'Forbid' }),
      { sleepMs: 122_000 },
      { snapshot: 'one at a time' },
      { setPods: { phase: 'Succeeded' } },
      { sleepMs: 60_000 },
      { snapshot: 'the next one' },
    ],
  ],
  [
    'that replaces ends the Job that still runs',
    'replace',
    [cronJob({ concurrencyPolicy: 'Replace' }), { sleepMs: 122_000 }, { snapshot: 'replaced' }],
  ],
  [
    'of a time zone keeps its time',
    'time-zone',
    [
      cronJob({ schedule: '1 * * * *', timeZone: 'Asia/Kolkata' }),
      { sleepMs: 62_000 },
      { snapshot: 'not yet' },
      { sleepMs: 30 * 60_000 },
      { snapshot: 'at half past' },
    ],
  ],
  [
    'resumed within its deadline starts the last Job that it missed',
    'late',
    [
      cronJob({ suspend: true, startingDeadlineSeconds: 200 }),
      { sleepMs: 200_000 },
      change({ spec: { suspend: false } }),
      { snapshot: 'only the last' },
    ],
  ],
  [
    'resumed after its deadline has missed its time',
    'missed',
    [
      cronJob({ suspend: true, schedule: '1 * * * *', startingDeadlineSeconds: 30 }),
      { sleepMs: 200_000 },
      change({ spec: { suspend: false } }),
      { snapshot: 'missed' },
    ],
  ],
  [
    'that slept through more than a hundred times warns and starts one Job',
    'too-many-missed',
    [
      cronJob({ suspend: true }),
      changeStatus({ status: { lastScheduleTime: '2025-01-01T00:00:00Z' } }),
      change({ spec: { suspend: false } }),
      { snapshot: 'one of many' },
    ],
  ],
  [
    'that keeps no failed Jobs deletes one that failed',
    'no-history',
    [
      cronJob({ failedJobsHistoryLimit: 0 }, { backoffLimit: 0 }),
      { sleepMs: 62_000 },
      { setPods: { phase: 'Failed' } },
      { snapshot: 'after a failure' },
    ],
  ],
];

describe('a CronJob', () => {
  it.each(pairs)('%s', async (_, name, actions) => {
    const text = playedPair(actions, ['CronJob', 'Job']);
    await expect(text).toMatchFileSnapshot(`pairs/${name}.yaml`);
  });
});
