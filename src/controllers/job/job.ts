// The Job controller: runs pods until enough of them have succeeded.
// Invariants: it creates and deletes only when its cache shows all that it did before
// (expectations); a pod carries a finalizer until it has been counted, so that none that is deleted
// meanwhile is missed; pod events are gathered for a second, changes of the spec are acted on at
// once.
// Where the real one differs: it keeps a second queue for pods whose Job is gone; gang scheduling
// (alpha) is left out.
// Upstream: pkg/controller/job.
import { controllerOf, objectKey } from '../../api/object';
import { jobs } from '../../api/extension-refs';
import type { Job } from '../../api/extension-types';
import { isJobFinished } from '../../api/job-conditions';
import { pods } from '../../api/resource-ref';
import { isNotFound } from '../../api/status-error';
import type { Pod } from '../../api/types';
import type { Informer } from '../../client/informer';
import type { Controller, ControllerContext } from '../controller';
import { PodOwnership, selectsPod, type PodOwner } from '../pod-ownership';
import { JobMemory } from './job-memory';
import { isTracked, JOB_TRACKING } from './job-pods';
import { syncJob } from './job-sync';
import { BATCH_MS } from './pod-management';
import { untrack } from './pod-tracking';

export const jobController: Controller = {
  name: 'job',
  eventSource: 'job-controller',
  workers: 5,
  backoff: { baseMs: 1000, maxMs: 60_000 },
  start(context) {
    const loop = new JobLoop(context);
    return { reconcile: (key) => loop.reconcile(key) };
  },
};

const BUILT_IN = 'kubernetes.io/job-controller';
/** Before the keys of pods that have to be let go; no namespace begins so. */
const POD_KEY = 'pod:';

class JobLoop {
  private readonly memory: JobMemory;
  private readonly ownership: PodOwnership<Job>;
  private readonly jobs: Informer<Job>;

  constructor(private readonly context: ControllerContext) {
    this.memory = new JobMemory(context.sim.clock);
    this.ownership = new PodOwnership(
      context,
      jobs,
      (...change) => this.podChanged(...change),
      (job, pod) => selectsPod(job as PodOwner, pod),
    );
    context.watch(pods, {
      added: (pod) => this.considerOrphan(pod),
      updated: (pod) => this.considerOrphan(pod),
    });
    this.jobs = context.watch(jobs, {
      added: (job) => {
        this.ownership.ownerAdded(job);
        context.enqueue(objectKey(job));
      },
      updated: (job, old) => this.jobUpdated(job, old),
      deleted: (job) => this.jobDeleted(job),
    });
    this.ownership.follow(this.jobs);
  }

  reconcile(key: string): void {
    if (key.startsWith(POD_KEY)) {
      this.letGo(key.slice(POD_KEY.length));
      return;
    }
    const job = this.jobs.get(key);
    if (!job || isJobFinished(job.status)) this.memory.forget(key);
    else if (!isExternal(job)) syncJob(this.context, this.memory, key, job, this.claimed(job));
  }

  /** The Job's pods; adopted ones are shown with what they have been given. */
  private claimed(job: Job): Pod[] {
    const { adopted, released } = this.ownership.claim(job);
    const mine = this.ownership.podsOf(job).filter((pod) => !released.has(objectKey(pod)));
    return [...mine, ...adopted.map((pod) => this.track(pod))];
  }

  private track(pod: Pod): Pod {
    if (isTracked(pod)) return pod;
    const { namespace = '', name, uid, finalizers = [] } = pod.metadata;
    const metadata = { ...pod.metadata, finalizers: [...finalizers, JOB_TRACKING] };
    const patch = { metadata: { uid, finalizers: [JOB_TRACKING] } };
    this.context.client.patch(pods, namespace, name, patch);
    return { ...pod, metadata };
  }

  private jobUpdated(job: Job, old: Job): void {
    const key = objectKey(job);
    const isSpecNew = job.metadata.generation !== old.metadata.generation;
    this.context.enqueueAfter(key, isSpecNew ? 0 : BATCH_MS);
    if (isJobFinished(job.status)) this.letAllGo(job);
  }

  private jobDeleted(job: Job): void {
    this.letAllGo(job);
    this.ownership.ownerDeleted(job);
    this.memory.forget(objectKey(job));
  }

  private podChanged(job: Job, pod: Pod | undefined, old: Pod | undefined): void {
    const key = objectKey(job);
    const { uid, deletionTimestamp } = (pod ?? old)!.metadata;
    const { expectations } = this.memory;
    if (!pod || deletionTimestamp) expectations.deletionObserved(key, uid);
    else if (!old) expectations.creationObserved(key);
    if (!pod || !isTracked(pod)) this.memory.countedObserved(key, uid);
    this.context.enqueueAfter(key, BATCH_MS);
  }

  /** A pod that nobody will count any more must not be held for ever. */
  private considerOrphan(pod: Pod): void {
    if (pod.metadata.finalizers && isTracked(pod) && this.isLeftOver(pod)) this.enqueuePod(pod);
  }

  private isLeftOver(pod: Pod): boolean {
    const owner = controllerOf(pod);
    if (!owner) return true;
    if (owner.kind !== jobs.kind || owner.apiVersion !== jobs.apiVersion) return false;
    const job = this.jobs.find(pod.metadata.namespace!, owner.name);
    if (job?.metadata.uid !== owner.uid) return true;
    return isJobFinished(job.status) && !isExternal(job);
  }

  private letAllGo(job: Job): void {
    for (const pod of this.ownership.podsOf(job)) if (isTracked(pod)) this.enqueuePod(pod);
  }

  private enqueuePod(pod: Pod): void {
    this.context.enqueue(POD_KEY + objectKey(pod));
  }

  private letGo(key: string): void {
    const pod = this.ownership.pods.get(key);
    if (!pod || !this.isLeftOver(pod)) return;
    try {
      untrack(this.context.client, pod);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
}

/** Whether another controller than this one runs the Job. */
function isExternal({ spec }: Job): boolean {
  return spec.managedBy != null && spec.managedBy !== BUILT_IN;
}
