import { beforeAll, describe, expect, it } from 'vitest';
import { cronJobs } from '../../api/extension-refs';
import { complaints, complaintsText } from '../../testing/complaints';
import { startCluster, type ControllerCluster } from '../../testing/controllers';

let cluster: ControllerCluster;
beforeAll(() => {
  cluster = startCluster();
  cluster.sim.clock.runFor(1_000);
});

const containers = [{ name: 'main', image: 'app:1' }];
const jobTemplate = { spec: { template: { spec: { restartPolicy: 'Never', containers } } } };

function cronJob(spec: object, name = 'c'): unknown {
  const whole = { schedule: '* * * * *', jobTemplate, ...spec };
  return { metadata: { name, namespace: 'default' }, spec: whole };
}

function request(verb: string, body: unknown): never {
  const name = verb === 'create' ? '' : 'c';
  const options = { dryRun: true };
  const place = { ref: cronJobs, namespace: 'default', name, subresource: '' };
  return { actor: 'test', verb, body, options, ...place } as never;
}

const create = (body: unknown): string[] =>
  complaints(() => cluster.server.request(request('create', body)));

const templateOf = (spec: object): object => ({
  jobTemplate: { spec: { ...jobTemplate.spec, ...spec } },
});

const CREATED: Record<string, unknown> = {
  plain: cronJob({}),
  'a name of 52 letters': cronJob({}, 'c'.repeat(52)),
  'a name of 53 letters': cronJob({}, 'c'.repeat(53)),
  'no schedule': cronJob({ schedule: undefined }),
  'an empty schedule': cronJob({ schedule: '' }),
  'a schedule of four fields': cronJob({ schedule: '* * * *' }),
  'a minute too many': cronJob({ schedule: '60 * * * *' }),
  'a schedule by name': cronJob({ schedule: '@hourly' }),
  'a schedule by an unknown name': cronJob({ schedule: '@often' }),
  'a schedule of an interval': cronJob({ schedule: '@every 90s' }),
  'a zone in the schedule': cronJob({ schedule: 'TZ=UTC 0 * * * *' }),
  'a zone in the schedule and beside it': cronJob({
    schedule: 'CRON_TZ=UTC 0 * * * *',
    timeZone: 'UTC',
  }),
  'a zone': cronJob({ timeZone: 'Europe/Zurich' }),
  'an empty zone': cronJob({ timeZone: '' }),
  'an unknown zone': cronJob({ timeZone: 'Europe/Nowhere' }),
  'the local zone': cronJob({ timeZone: 'Local' }),
  'a path as a zone': cronJob({ timeZone: '../etc' }),
  'an unknown policy': cronJob({ concurrencyPolicy: 'Queue' }),
  'negative numbers': cronJob({
    startingDeadlineSeconds: -1,
    successfulJobsHistoryLimit: -1,
    failedJobsHistoryLimit: -1,
  }),
  'no template': cronJob({ jobTemplate: undefined }),
  'a template that restarts always': cronJob(
    templateOf({ template: { spec: { restartPolicy: 'Always', containers } } }),
  ),
  'a template with a selector': cronJob(
    templateOf({ manualSelector: true, selector: { matchLabels: { a: 'b' } } }),
  ),
  'a template with bad numbers': cronJob(templateOf({ parallelism: -1, backoffLimit: -1 })),
};

const CHANGED: Record<string, object> = {
  schedule: { schedule: '@daily' },
  'schedule to none': { schedule: '' },
  'zone to an unknown one': { timeZone: 'Mars/Olympus' },
  suspend: { suspend: true },
  template: templateOf({ backoffLimit: 1 }),
  'a zone in the schedule': { schedule: 'TZ=UTC 0 * * * *' },
};

function change(spec: object): string[] {
  const { client } = cluster;
  client.create(cronJobs, cronJob({}) as never);
  const old = client.get(cronJobs, 'default', 'c');
  const body = { ...old, spec: { ...old.spec, ...spec } };
  const found = complaints(() => cluster.server.request(request('update', body)));
  client.delete(cronJobs, 'default', 'c');
  return found;
}

describe('what the server says', () => {
  it('to new CronJobs', async () => {
    const text = complaintsText(CREATED, create);
    await expect(text).toMatchFileSnapshot('fixtures/cronjobs-created.txt');
  });

  it('to changes of CronJobs', async () => {
    const text = complaintsText(CHANGED, change);
    await expect(text).toMatchFileSnapshot('fixtures/cronjobs-changed.txt');
  });
});
