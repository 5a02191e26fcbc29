// Eviction: a deletion of a pod that its disruption budget has to allow.
// Invariants: what is allowed is taken off the budget before the pod goes; pods that do not run, or
// are on their way out already, need no budget's leave.
// Upstream: pkg/registry/core/pod/storage/eviction.go.
import { syncFailure, withDisruptionCondition } from '../../api/disruption-budget';
import { podDisruptionBudgets } from '../../api/extension-refs';
import type { PodDisruptionBudget } from '../../api/extension-types';
import { selectsLabels } from '../../api/label-selector';
import { pods } from '../../api/resource-ref';
import {
  badRequest,
  conflict,
  forbidden,
  isConflict,
  notFound,
  StatusError,
  tooManyRequests,
  type Status,
} from '../../api/status-error';
import { formatTime } from '../../api/time';
import type { Pod, PodCondition } from '../../api/types';
import type { ApiRequest, RequestOptions } from '../../client/transport';
import type { ResourceDefinition } from '../../resources/definition';
import type { KubeObject } from '../../api/object';
import { admitPart } from '../admission/chain';
import type { ServerContext } from '../context';
import { deleteObject } from '../delete';
import { nextVersion } from '../metadata';
import type { SubresourceHandler } from './subresource';

export const evictionHandler: SubresourceHandler = {
  resource: pods.key,
  subresource: 'eviction',
  verbs: { create: evictPod },
};

const VIOLATION = "Cannot evict pod as it would violate the pod's disruption budget.";
const CAUSE = 'DisruptionBudget';
const RETRY_SECONDS = 10;
/** Evictions that the controller has not noticed yet. */
const DISRUPTED_MAX = 2000;
const PHASES_WITHOUT_LEAVE = new Set(['Succeeded', 'Failed', 'Pending']);

interface Eviction {
  metadata?: { name?: string };
  deleteOptions?: Omit<RequestOptions, 'dryRun'> & {
    dryRun?: string[];
    orphanDependents?: boolean;
  };
}

function evictPod(
  context: ServerContext,
  definition: ResourceDefinition,
  request: ApiRequest,
): Status {
  const { metadata = {}, deleteOptions = {} } = (request.body ?? {}) as Eviction;
  if ((metadata.name ?? '') !== request.name) {
    throw badRequest('name in URL does not match name in Eviction object');
  }
  admitPart(context, definition, request, 'CREATE', request.body as KubeObject);
  const options = deleteOptionsOf(deleteOptions, request.options);
  const pod = context.store.get(pods.key, request.namespace, request.name) as Pod | undefined;
  if (!pod) throw notFound(pods, request.name);
  const isBusy = !PHASES_WITHOUT_LEAVE.has(pod.status.phase ?? '');
  const guard =
    isBusy && !pod.metadata.deletionTimestamp
      ? takeLeave(context, pod, options.dryRun === true)
      : '';
  try {
    remove(context, definition, request, pod, options);
  } catch (error) {
    // The pod may have become healthy meanwhile, so that it needs leave.
    const isOwn = guard && isConflict(error) && !options.preconditions?.resourceVersion;
    throw isOwn ? stillProcessed(guard) : error;
  }
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 };
}

function deleteOptionsOf(
  { dryRun, orphanDependents, ...asked }: NonNullable<Eviction['deleteOptions']>,
  { dryRun: isDry, fieldManager }: RequestOptions,
): RequestOptions {
  const options: RequestOptions = { ...asked };
  if (fieldManager) options.fieldManager = fieldManager;
  if (orphanDependents != null && !asked.propagationPolicy) {
    options.propagationPolicy = orphanDependents ? 'Orphan' : 'Background';
  }
  if (isDry || dryRun?.includes('All')) options.dryRun = true;
  return options;
}

/**
 * Asks the pod's budget and takes the disruption off it. Returns the budget's name when the pod may
 * go because it is not healthy, '' otherwise. Throws TooManyRequests.
 */
function takeLeave(context: ServerContext, pod: Pod, isDry: boolean): string {
  const budgets = budgetsOf(context, pod);
  if (budgets.length === 0) return '';
  if (budgets.length > 1) {
    const message =
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not ' +
      'support.';
    throw new StatusError(500, '', message);
  }
  const [budget] = budgets;
  if (!isReady(pod) && mayLoseUnhealthy(budget)) return budget.metadata.name;
  checkBudget(budget);
  if (!isDry) decrement(context, budget, pod.metadata.name);
  return '';
}

function budgetsOf({ store }: ServerContext, { metadata }: Pod): PodDisruptionBudget[] {
  const budgets = store.list(podDisruptionBudgets.key, metadata.namespace);
  return (budgets as PodDisruptionBudget[]).filter(({ spec }) =>
    selectsLabels(spec.selector, metadata.labels),
  );
}

function isReady({ status }: Pod): boolean {
  return (
    status.conditions?.some((each) => each.type === 'Ready' && each.status === 'True') ?? false
  );
}

function mayLoseUnhealthy({ spec, status }: PodDisruptionBudget): boolean {
  if (spec.unhealthyPodEvictionPolicy === 'AlwaysAllow') return true;
  const { currentHealthy = 0, desiredHealthy = 0 } = status;
  return currentHealthy >= desiredHealthy && desiredHealthy > 0;
}

function checkBudget(budget: PodDisruptionBudget): void {
  const { metadata, status } = budget;
  const { name, generation = 0 } = metadata;
  const { observedGeneration = 0, disruptionsAllowed = 0, disruptedPods = {} } = status;
  if (observedGeneration < generation) throw stillProcessed(name);
  const subject = { group: 'policy', resource: 'poddisruptionbudget' };
  const refuse = (why: string, told: string): never => {
    const error = forbidden(subject, name, why);
    const hint = `The disruption budget ${name} does not allow evicting pods currently: ${told}`;
    throw withCause(error, hint);
  };
  if (disruptionsAllowed < 0) {
    const why = 'pdb disruptions allowed is negative';
    refuse(why, why);
  }
  if (Object.keys(disruptedPods).length > DISRUPTED_MAX) {
    const unconfirmed = 'evictions not confirmed by PDB controller';
    refuse(
      `DisruptedPods map too big - too many ${unconfirmed}`,
      `too many pending ${unconfirmed}`,
    );
  }
  if (disruptionsAllowed > 0) return;
  const { currentHealthy = 0, desiredHealthy = 0 } = status;
  const failure = syncFailure(budget);
  const hint =
    failure === undefined
      ? `needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`
      : `does not allow evicting pods currently because it failed sync: ${failure}`;
  throw withCause(tooManyRequests(VIOLATION, 0), `The disruption budget ${name} ${hint}`);
}

function stillProcessed(name: string): StatusError {
  return withCause(
    tooManyRequests(VIOLATION, RETRY_SECONDS),
    `The disruption budget ${name} is still being processed by the server.`,
  );
}

function withCause({ code, reason, message, details }: StatusError, hint: string): StatusError {
  const causes = [{ reason: CAUSE, message: hint }];
  return new StatusError(code, reason, message, { ...details, causes });
}

/** The controller is told of the pod, so that it does not count it as healthy any longer. */
function decrement({ store, sim }: ServerContext, budget: PodDisruptionBudget, name: string): void {
  const nowMs = sim.clock.activityMs;
  const changed = nextVersion(budget);
  const { disruptionsAllowed = 0, disruptedPods } = budget.status;
  const status = {
    ...budget.status,
    disruptionsAllowed: disruptionsAllowed - 1,
    disruptedPods: { ...disruptedPods, [name]: formatTime(nowMs) },
  };
  changed.status = disruptionsAllowed === 1 ? withDisruptionCondition(status, nowMs) : status;
  store.update(podDisruptionBudgets.key, changed, budget);
}

/** Deletes the pod with the mark that an eviction leaves. */
function remove(
  context: ServerContext,
  definition: ResourceDefinition,
  request: ApiRequest,
  pod: Pod,
  options: RequestOptions,
): void {
  const deletion = { ...request, body: undefined, verb: 'delete', subresource: '' } as const;
  if (options.dryRun) {
    deleteObject(context, definition, { ...deletion, options });
    return;
  }
  checkRecord(pod, options);
  const marked = mark(context, pod);
  const { preconditions } = options;
  // The version asked for is the one before the mark.
  const own = preconditions?.resourceVersion
    ? { preconditions: { ...preconditions, resourceVersion: marked.metadata.resourceVersion } }
    : {};
  deleteObject(context, definition, { ...deletion, options: { ...options, ...own } });
}

function checkRecord({ metadata }: Pod, { preconditions }: RequestOptions): void {
  const { uid, resourceVersion } = preconditions ?? {};
  const refuse = (field: string, wanted: string, actual: string, what: string): never => {
    throw conflict(
      { group: '', resource: 'Pod' },
      metadata.name,
      `the ${field} in the precondition (${wanted}) does not match the ${field} in record ` +
        `(${actual}). The object might have been ${what}`,
    );
  };
  if (uid && uid !== metadata.uid) refuse('UID', uid, metadata.uid, 'deleted and then recreated');
  const version = metadata.resourceVersion;
  if (resourceVersion && resourceVersion !== version) {
    refuse('ResourceVersion', resourceVersion, version, 'modified');
  }
}

function mark({ store, sim }: ServerContext, pod: Pod): Pod {
  const { conditions = [] } = pod.status;
  const old = conditions.find(({ type }) => type === 'DisruptionTarget');
  const condition: PodCondition = {
    type: 'DisruptionTarget',
    ...(pod.metadata.generation && { observedGeneration: pod.metadata.generation }),
    status: 'True',
    // Go's type cannot leave it out.
    lastProbeTime: null as never,
    lastTransitionTime:
      old?.status === 'True' ? old.lastTransitionTime : formatTime(sim.clock.activityMs),
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
  };
  const isMarked = old?.status === 'True' && old.reason === condition.reason;
  if (isMarked) return pod;
  const marked = nextVersion(pod);
  const next = old
    ? conditions.map((each) => (each === old ? condition : each))
    : conditions.concat(condition);
  marked.status = { ...pod.status, conditions: next };
  return store.update(pods.key, marked, pod) as Pod;
}
