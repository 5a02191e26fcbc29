// The CronJob controller: starts Jobs at the times of a schedule.
// Invariants: a Job's name tells the minute that it is due for, so that none is started twice; what
// was missed is made up for once, by the last time of all that were missed; nothing is done between
// the times but to look after the Jobs that there are.
// Upstream: pkg/controller/cronjob.
import { CronSyntaxError, parseCronSchedule, type CronSchedule } from '../../api/cron-schedule';
import { cronJobs, jobs } from '../../api/extension-refs';
import type { CronJob, Job } from '../../api/extension-types';
import { quote } from '../../api/field-errors';
import { controllerOf, objectKey, type KubeObject } from '../../api/object';
import { findTimeZone, utc } from '../../api/time-zone';
import type { Informer } from '../../client/informer';
import type { Controller, ControllerContext } from '../controller';
import { indexByOwner } from '../owners';
import { CronJobSync } from './cronjob-sync';
import { msToNextTime, NoTimesError } from './schedule-times';

export const cronJobController: Controller = {
  name: 'cronjob',
  eventSource: 'cronjob-controller',
  workers: 5,
  start(context) {
    const loop = new CronJobLoop(context);
    return { reconcile: (key) => loop.reconcile(key) };
  },
};

class CronJobLoop {
  private readonly cronJobs: Informer<CronJob>;
  private readonly jobs: Informer<Job>;

  constructor(private readonly context: ControllerContext) {
    this.jobs = context.watch(jobs, {
      added: (job) => this.enqueueOwner(job),
      updated: (job, old) => {
        if (controllerOf(old)?.uid !== controllerOf(job)?.uid) this.enqueueOwner(old);
        this.enqueueOwner(job);
      },
      deleted: (job) => this.enqueueOwner(job),
    });
    indexByOwner(this.jobs);
    this.cronJobs = context.watch(cronJobs, {
      added: (cronJob) => context.enqueue(objectKey(cronJob)),
      updated: (cronJob, old) => this.updated(cronJob, old),
      deleted: (cronJob) => context.enqueue(objectKey(cronJob)),
    });
  }

  reconcile(key: string): number | void {
    const cronJob = this.cronJobs.get(key);
    if (!cronJob) return undefined;
    const sync = new CronJobSync(this.context, cronJob, this.jobs);
    sync.removeOldJobs();
    sync.lookAfterJobs();
    const again = this.schedule(sync);
    // What has been done is written down even when the rest has failed.
    sync.writeStatus();
    if ('failure' in again) throw again.failure;
    return again.ms;
  }

  private schedule(sync: CronJobSync): { ms: number | undefined } | { failure: unknown } {
    const { cronJob, nowMs } = sync;
    if (cronJob.metadata.deletionTimestamp) return { ms: undefined };
    const schedule = this.runnableSchedule(cronJob);
    if (!schedule) return { ms: undefined };
    try {
      const isStarted = sync.startDueJob(schedule);
      return { ms: isStarted ? msToNextTime(sync.current(), schedule, nowMs) : undefined };
    } catch (error) {
      if (!(error instanceof NoTimesError)) return { failure: error };
      this.warn(
        cronJob,
        'InvalidSchedule',
        `invalid schedule: ${cronJob.spec.schedule} : ${error.message}`,
      );
      return { ms: undefined };
    }
  }

  /** Undefined when no Job is to be started, by the user's wish or mistake. */
  private runnableSchedule(cronJob: CronJob): CronSchedule | undefined {
    const { timeZone, suspend, schedule } = cronJob.spec;
    if (timeZone != null && !findTimeZone(timeZone)) {
      const why = `unknown time zone ${timeZone}`;
      this.warn(cronJob, 'UnknownTimeZone', `invalid timeZone: ${quote(timeZone)}: ${why}`);
      return undefined;
    }
    if (suspend) return undefined;
    if (schedule.includes('TZ')) {
      const page = 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/';
      this.warn(
        cronJob,
        'UnsupportedSchedule',
        `CRON_TZ or TZ used in schedule ${quote(schedule)} is not officially supported, see ` +
          `${page} for more details`,
      );
    }
    try {
      return scheduleOf(cronJob);
    } catch (error) {
      if (!(error instanceof CronSyntaxError)) throw error;
      const message = `unparseable schedule: ${quote(schedule)} : ${error.message}`;
      this.warn(cronJob, 'UnparseableSchedule', message);
      return undefined;
    }
  }

  /** Another schedule only changes when the CronJob is looked at next. */
  private updated(cronJob: CronJob, old: CronJob): void {
    const { spec } = cronJob;
    const key = objectKey(cronJob);
    if (spec.schedule === old.spec.schedule && spec.timeZone === old.spec.timeZone) {
      this.context.enqueue(key);
      return;
    }
    try {
      const { nowMs } = this.context.sim.clock;
      this.context.enqueueAfter(key, msToNextTime(cronJob, scheduleOf(cronJob), nowMs));
    } catch (error) {
      if (error instanceof NoTimesError) return;
      if (!(error instanceof CronSyntaxError)) throw error;
      const message = `unparseable schedule for cronjob: ${spec.schedule}`;
      this.warn(cronJob, 'UnParseableCronJobSchedule', message);
    }
  }

  private enqueueOwner(job: Job): void {
    const owner = controllerOf(job);
    if (owner?.kind !== cronJobs.kind) return;
    const key = job.metadata.namespace + '/' + owner.name;
    if (this.cronJobs.get(key)?.metadata.uid === owner.uid) this.context.enqueue(key);
  }

  private warn(about: KubeObject, reason: string, message: string): void {
    this.context.recorder.event(about, 'Warning', reason, message);
  }
}

function scheduleOf({ spec }: CronJob): CronSchedule {
  return parseCronSchedule(spec.schedule, findTimeZone(spec.timeZone ?? '') ?? utc);
}
