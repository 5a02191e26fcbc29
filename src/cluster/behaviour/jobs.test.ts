import { describe, expect, it } from 'vitest';
import { cronJobs, jobs, podDisruptionBudgets } from '../../api/extension-refs';
import { deployments } from '../../api/resource-ref';
import type { Pod } from '../../api/types';
import type { CronJob, Job, PodDisruptionBudget } from '../../api/extension-types';
import { createWholeCluster } from '../whole-cluster';
import { deployment, pod } from './manifests';
import { Stage } from './stage';

function jobText({ spec, status }: Job): string {
  const { active = 0, ready = 0, terminating = 0, succeeded = 0, failed = 0 } = status;
  const words = [
    `${active} active (${ready} ready)`,
    `${succeeded}/${spec?.completions ?? '-'} done`,
    `${failed} failed`,
  ];
  if (terminating > 0) words.push(`${terminating} terminating`);
  if (status.completedIndexes) words.push(`completed ${status.completedIndexes}`);
  if (status.failedIndexes) words.push(`lost ${status.failedIndexes}`);
  for (const { type, status: is, reason } of status.conditions ?? []) {
    words.push(`${type}=${is} ${reason ?? ''}`.trim());
  }
  return words.join(', ');
}

function cronJobText({ status }: CronJob): string {
  const { active = [], lastScheduleTime = '-', lastSuccessfulTime = '-' } = status;
  return `${active.length} active, scheduled ${clock(lastScheduleTime)}, succeeded ${clock(lastSuccessfulTime)}`;
}

function clock(time: string): string {
  return time.replace(/^.*T|Z$/g, '');
}

function budgetText({ status }: PodDisruptionBudget): string {
  const { currentHealthy, desiredHealthy, disruptionsAllowed, expectedPods } = status!;
  return `${currentHealthy}/${expectedPods} healthy, needs ${desiredHealthy}, may lose ${disruptionsAllowed}`;
}

const TEXTS = [
  { ref: jobs, text: jobText },
  { ref: cronJobs, text: cronJobText },
  { ref: podDisruptionBudgets, text: budgetText },
] as never;

function wholeStage(seed = 1): Stage {
  return new Stage({ seed }, { create: createWholeCluster, texts: TEXTS });
}

interface PodParts {
  volumes?: { name: string; emptyDir: object }[];
  restartPolicy?: string;
}

/** A Job of one container with that command. */
function job(name: string, command: string[], spec: object = {}, podSpec: PodParts = {}): object {
  const image = command[0] === 'perl' ? 'perl:5.34.0' : 'busybox:1.36';
  const { volumes = [] } = podSpec;
  const volumeMounts = volumes.map(({ name: volume }) => ({ name: volume, mountPath: '/work' }));
  const containers = [{ name: 'main', image, command, volumeMounts }];
  const template = { spec: { restartPolicy: 'Never', containers, ...podSpec } };
  return { kind: 'Job', metadata: { name }, spec: { template, ...spec } };
}

/** What an act was refused with; '' when it was not. */
function messageOf(act: () => void): string {
  try {
    act();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

/** Whether it is one of them and stays. */
function isOf(all: Pod[], { metadata }: Pod): boolean {
  return !metadata.deletionTimestamp && all.some((each) => each.metadata.uid === metadata.uid);
}

const shell = (text: string): string[] => ['sh', '-c', text];

type JobLife = [
  what: string,
  name: string,
  seconds: number,
  command: string[],
  spec?: object,
  podSpec?: PodParts,
];

describe('a Job', () => {
  it.each<JobLife>([
    ['that computes pi completes', 'pi', 120, ['perl', '-Mbignum=bpi', '-wle', 'print bpi(2000)']],
    [
      'that fails is tried again, later each time, until its backoffLimit',
      'failing',
      240,
      shell('echo trying; sleep 2; exit 3'),
      { backoffLimit: 3 },
    ],
    [
      'of five completions runs two at a time',
      'batch',
      90,
      shell('sleep 5'),
      { completions: 5, parallelism: 2 },
    ],
    [
      'with indexes fails only those that fail',
      'indexed',
      120,
      shell('if [ $((JOB_COMPLETION_INDEX % 2)) -eq 1 ]; then exit 1; fi; sleep 1'),
      { completions: 4, parallelism: 4, completionMode: 'Indexed', backoffLimitPerIndex: 1 },
    ],
    [
      'whose pods restart goes on where the container left off',
      'once',
      90,
      shell('if [ -f /work/seen ]; then exit 0; fi; touch /work/seen; exit 1'),
      {},
      { restartPolicy: 'OnFailure', volumes: [{ name: 'work', emptyDir: {} }] },
    ],
    [
      'past its deadline is ended with its pods',
      'slow',
      90,
      shell('sleep 600'),
      { activeDeadlineSeconds: 20 },
    ],
    [
      'with a pod failure policy fails at the first such exit',
      'policy',
      60,
      shell('sleep 3; exit 42'),
      {
        podFailurePolicy: {
          rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [42] } }],
        },
      },
    ],
    [
      'that is done goes away after its time to live',
      'brief',
      60,
      shell('true'),
      { ttlSecondsAfterFinished: 15 },
    ],
  ])('%s', async (_, name, seconds, command, spec, podSpec) => {
    const play = (): string => {
      const stage = wholeStage();
      const created = job(name, command, spec, podSpec);
      stage.act(`create job ${name}`, () => stage.create(created));
      return stage.run(seconds).diary();
    };
    const diary = play();
    await expect(diary).toMatchFileSnapshot(`diaries/job-${name}.txt`);
    expect(play()).toBe(diary);
  });

  it('of more pods than its node can have at a time goes on, since those that ended need no room', () => {
    const stage = new Stage({ workers: 1 }, { create: createWholeCluster });
    stage.create(job('many', shell('sleep 1'), { completions: 150, parallelism: 20 }));
    stage.run(60);
    const { succeeded, failed } = stage.cluster.client.get(jobs, 'default', 'many').status;
    expect({ succeeded, failed }).toEqual({ succeeded: 150, failed: undefined });
  });

  it('suspended loses its pods and gets new ones when it is resumed', async () => {
    const stage = wholeStage();
    const long = job('long', shell('sleep 30'), { completions: 2, parallelism: 2 });
    stage.act('create job long', () => stage.create(long)).run(10);
    const suspend = (is: boolean) => () => stage.change(jobs, 'long', { spec: { suspend: is } });
    stage.act('suspend it', suspend(true)).run(60);
    stage.act('resume it', suspend(false)).run(60);
    await expect(stage.diary()).toMatchFileSnapshot('diaries/job-suspended.txt');
  });

  it('deleted in the background takes its pods with it', async () => {
    const stage = wholeStage();
    stage.act('create job gone', () => stage.create(job('gone', shell('sleep 600')))).run(10);
    const options = { propagationPolicy: 'Background' } as const;
    stage.act('delete it', () => stage.cluster.client.delete(jobs, 'default', 'gone', options));
    stage.run(60);
    await expect(stage.diary()).toMatchFileSnapshot('diaries/job-deleted.txt');
    expect(stage.pods()).toEqual([]);
  });
});

describe('a CronJob', () => {
  it('starts a Job each minute and keeps the last three', async () => {
    const stage = wholeStage();
    const { spec } = job('tick', shell('date; sleep 5')) as Job;
    const cronJob = {
      kind: 'CronJob',
      metadata: { name: 'tick' },
      spec: { schedule: '* * * * *', jobTemplate: { spec } },
    };
    stage.act('create cronjob tick', () => stage.create(cronJob)).run(330);
    await expect(stage.diary()).toMatchFileSnapshot('diaries/cronjob-each-minute.txt');
    expect(stage.cluster.client.list(jobs, 'default').items).toHaveLength(3);
  });
});

describe('a disruption budget', () => {
  it('lets a node be drained only as fast as pods come back', async () => {
    const stage = wholeStage();
    const budget = {
      kind: 'PodDisruptionBudget',
      metadata: { name: 'web' },
      spec: { minAvailable: 2, selector: { matchLabels: { app: 'web' } } },
    };
    stage.act('create web with a budget of two', () => {
      stage.create(deployment('web', 3));
      stage.create(budget);
    });
    stage.run(30);
    const leaving = stage.pods();
    const refusals: string[] = [];
    for (let round = 0; round < 6; round++) {
      const left = stage.pods().filter((each) => isOf(leaving, each));
      for (const { metadata } of left) {
        const evict = (): void => stage.cluster.client.evict('default', metadata.name);
        stage.act('evict a pod of the first three', () => refusals.push(messageOf(evict)));
      }
      stage.run(5);
    }
    await expect(stage.diary()).toMatchFileSnapshot('diaries/budget-drain.txt');
    expect(stage.cluster.client.get(deployments, 'default', 'web').status?.readyReplicas).toBe(3);
    expect(new Set(refusals)).toEqual(
      new Set(['', "Cannot evict pod as it would violate the pod's disruption budget."]),
    );
  });

  it('spares its pods when others can make room', () => {
    const stage = wholeStage();
    const resources = { requests: { cpu: '1500m' } };
    const big = { name: 'main', image: 'nginx:1.27', resources };
    for (const name of ['guarded', 'loose']) stage.create(pod(name, { containers: [big] }));
    stage.create({
      kind: 'PodDisruptionBudget',
      metadata: { name: 'guard' },
      spec: { minAvailable: 1, selector: { matchLabels: { app: 'guarded' } } },
    });
    stage.create({ kind: 'PriorityClass', metadata: { name: 'urgent' }, value: 1000 });
    stage.run(30);
    const nodes = new Map(stage.pods().map(({ metadata, spec }) => [metadata.name, spec.nodeName]));
    expect(new Set(nodes.values()).size).toBe(2);
    stage.create(pod('urgent', { containers: [big], priorityClassName: 'urgent' }));
    stage.run(60);
    const placed = stage.pods().map(({ metadata, spec }) => [metadata.name, spec.nodeName]);
    expect(placed).toEqual([
      ['guarded', nodes.get('guarded')],
      ['urgent', nodes.get('loose')],
    ]);
  });
});
