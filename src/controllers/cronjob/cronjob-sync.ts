// One look at one CronJob and its Jobs. Upstream: syncCronJob in
// pkg/controller/cronjob/cronjob_controllerv2.go.
import type { IObjectReference } from 'kubernetes-models/v1/ObjectReference';
import type { CronSchedule } from '../../api/cron-schedule';
import { cronJobs, jobs } from '../../api/extension-refs';
import type { CronJob, CronJobStatus, Job, JobSpec } from '../../api/extension-types';
import { isConditionTrue, isJobFinished } from '../../api/job-conditions';
import { controllerOf, type Draft } from '../../api/object';
import { isAlreadyExists, isNotFound, StatusError } from '../../api/status-error';
import { formatTime, parseTime } from '../../api/time';
import { findTimeZone, utc } from '../../api/time-zone';
import type { Informer } from '../../client/informer';
import type { ControllerContext } from '../controller';
import { controlledBy, controllerReference } from '../owners';
import { isNamespaceTerminating } from '../pod-control';
import { dueTime, formatInZone, formatLongTime } from './schedule-times';

const SCHEDULED_TIMESTAMP = 'batch.kubernetes.io/cronjob-scheduled-timestamp';

export class CronJobSync {
  readonly nowMs: number;
  private readonly jobs: readonly Job[];
  private active: readonly IObjectReference[];
  private status: CronJobStatus;
  private isDirty = false;

  constructor(
    private readonly context: ControllerContext,
    readonly cronJob: CronJob,
    informer: Informer<Job>,
  ) {
    this.nowMs = context.sim.clock.activityMs;
    this.jobs = controlledBy(informer, cronJob.metadata.uid);
    this.status = cronJob.status;
    this.active = cronJob.status.active ?? [];
  }

  /** The CronJob with what this look has changed. */
  current(): CronJob {
    const { active: _old, ...rest } = this.status;
    const status = this.active.length > 0 ? { active: [...this.active], ...rest } : rest;
    return { ...this.cronJob, status };
  }

  writeStatus(): void {
    if (this.isDirty) this.context.client.updateStatus(cronJobs, this.current());
  }

  /** Finished Jobs beyond what the history may hold go, the oldest first. */
  removeOldJobs(): void {
    const { successfulJobsHistoryLimit, failedJobsHistoryLimit } = this.cronJob.spec;
    this.keepNewest('Complete', successfulJobsHistoryLimit);
    this.keepNewest('Failed', failedJobsHistoryLimit);
  }

  /** Brings status.active and the time of the last success up to date. */
  lookAfterJobs(): void {
    for (const job of this.jobs) this.lookAfter(job);
    const uids = new Set(this.jobs.map(({ metadata }) => metadata.uid));
    for (const reference of this.active) {
      if (uids.has(reference.uid!) || this.find(reference)) continue;
      this.event('Normal', 'MissingJob', `Active job went missing: ${reference.name}`);
      this.forget(reference.uid);
    }
  }

  /** True when the CronJob has to be looked at again at its next time. */
  startDueJob(schedule: CronSchedule): boolean {
    const { cronJob, nowMs } = this;
    const { concurrencyPolicy } = cronJob.spec;
    const { dueMs, hasMissedMany } = dueTime(this.current(), schedule, nowMs);
    if (dueMs === undefined) return true;
    if (hasMissedMany) {
      const hint = 'Set or decrease .spec.startingDeadlineSeconds or check clock skew';
      this.event('Warning', 'TooManyMissedTimes', `too many missed start times. ${hint}`);
    }
    if (this.isTooLate(dueMs)) {
      const message = `Missed scheduled time to start a job: ${formatLongTime(dueMs)}`;
      this.event('Warning', 'MissSchedule', message);
      return true;
    }
    const name = `${cronJob.metadata.name}-${Math.floor(dueMs / 60_000)}`;
    const isKnown = this.active.some((reference) => reference.name === name);
    if (isKnown || this.status.lastScheduleTime === formatTime(dueMs)) return true;
    if (concurrencyPolicy === 'Forbid' && this.active.length > 0) {
      const why = 'prior execution is running and concurrency policy is Forbid';
      this.event('Normal', 'JobAlreadyActive', `Not starting job because ${why}`);
      return true;
    }
    if (concurrencyPolicy === 'Replace') this.deleteActive();
    return this.start(name, dueMs);
  }

  private keepNewest(type: 'Complete' | 'Failed', limit: number | undefined): void {
    if (limit == null) return;
    const finished = this.jobs.filter(({ status }) => isConditionTrue(status, type));
    const excess = finished.length - limit;
    if (excess <= 0) return;
    for (const job of finished.sort(byStart).slice(0, excess)) this.delete(job);
  }

  private lookAfter({ metadata, status }: Job): void {
    const isActive = this.active.some(({ uid }) => uid === metadata.uid);
    if (!isActive && !isJobFinished(status)) this.complain(metadata.name, metadata.uid);
    else if (isActive && isJobFinished(status)) {
      const end = isConditionTrue(status, 'Complete') ? 'Complete' : 'Failed';
      this.forget(metadata.uid);
      const message = `Saw completed job: ${metadata.name}, condition: ${end}`;
      this.event('Normal', 'SawCompletedJob', message);
    } else if (isConditionTrue(status, 'Complete') && status.completionTime) {
      const last = this.status.lastSuccessfulTime;
      if (last && parseTime(status.completionTime) <= parseTime(last)) return;
      this.status = { ...this.status, lastSuccessfulTime: status.completionTime };
      this.isDirty = true;
    }
  }

  /** A Job that runs and is not in the status, not even in what the server has of it. */
  private complain(name: string, uid: string): void {
    const { namespace = '', name: own } = this.cronJob.metadata;
    const fresh = this.context.client.get(cronJobs, namespace, own);
    if (fresh.status.active?.some((reference) => reference.uid === uid)) return;
    const message = `Saw a job that the controller did not create or forgot: ${name}`;
    this.event('Warning', 'UnexpectedJob', message);
  }

  private find({ namespace = '', name = '' }: IObjectReference): Job | undefined {
    try {
      return this.context.client.get(jobs, namespace, name);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  private isTooLate(dueMs: number): boolean {
    const { startingDeadlineSeconds: seconds } = this.cronJob.spec;
    return seconds != null && dueMs + seconds * 1000 < this.nowMs;
  }

  private deleteActive(): void {
    const { client } = this.context;
    for (const { namespace = '', name = '' } of this.active) {
      let job: Job;
      try {
        job = client.get(jobs, namespace, name);
      } catch (error) {
        this.event('Warning', 'FailedGet', `Get job: ${messageOf(error)}`);
        throw error;
      }
      if (!this.delete(job)) throw new Error(`could not replace job ${namespace}/${name}`);
    }
  }

  private delete({ metadata }: Job): boolean {
    const { namespace = '', name, uid } = metadata;
    try {
      this.context.client.delete(jobs, namespace, name, { propagationPolicy: 'Background' });
    } catch (error) {
      this.event('Warning', 'FailedDelete', `Deleted job: ${messageOf(error)}`);
      return false;
    }
    this.forget(uid);
    this.event('Normal', 'SuccessfulDelete', `Deleted job ${name}`);
    return true;
  }

  /** False when another than this CronJob has such a Job, or the status knows of it. */
  private start(name: string, dueMs: number): boolean {
    const { namespace = '' } = this.cronJob.metadata;
    let job: Job;
    try {
      job = this.context.client.create(jobs, this.newJob(name, dueMs));
      this.event('Normal', 'SuccessfulCreate', `Created job ${name}`);
    } catch (error) {
      if (!isAlreadyExists(error)) {
        if (!isNamespaceTerminating(error)) {
          this.event('Warning', 'FailedCreate', `Error creating job: ${messageOf(error)}`);
        }
        throw error;
      }
      // It was made before, and the status could not be written.
      job = this.context.client.get(jobs, namespace, name);
      const isMine = controllerOf(job)?.uid === this.cronJob.metadata.uid;
      if (!isMine || this.active.some(({ uid }) => uid === job.metadata.uid)) return false;
    }
    this.active = [...this.active, referenceTo(job)];
    this.status = { ...this.status, lastScheduleTime: formatTime(dueMs) };
    this.isDirty = true;
    return true;
  }

  private newJob(name: string, dueMs: number): Draft<Job> {
    const { metadata, spec } = this.cronJob;
    const { labels, annotations } = spec.jobTemplate.metadata ?? {};
    const zone = findTimeZone(spec.timeZone ?? '') ?? utc;
    return {
      metadata: {
        name,
        namespace: metadata.namespace,
        labels: labels as Record<string, string> | undefined,
        annotations: { ...annotations, [SCHEDULED_TIMESTAMP]: formatInZone(dueMs, zone) },
        ownerReferences: [controllerReference(this.cronJob, cronJobs)],
      },
      spec: spec.jobTemplate.spec as JobSpec,
    };
  }

  private forget(uid: string | undefined): void {
    const active = this.active.filter((reference) => reference.uid !== uid);
    this.active = active;
    this.isDirty = true;
  }

  private event(type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.context.recorder.event(this.cronJob, type, reason, message);
  }
}

function referenceTo({ metadata }: Job): IObjectReference {
  const { namespace, name, uid, resourceVersion } = metadata;
  const { kind, apiVersion } = jobs;
  return { kind, namespace, name, uid, apiVersion, resourceVersion };
}

function byStart(left: Job, right: Job): number {
  const startMs = ({ status }: Job): number =>
    status.startTime ? parseTime(status.startTime) : Infinity;
  const [a, b] = [startMs(left), startMs(right)];
  if (a !== b) return a - b;
  return left.metadata.name < right.metadata.name ? -1 : 1;
}

function messageOf(error: unknown): string {
  return error instanceof StatusError ? error.message : String(error);
}
