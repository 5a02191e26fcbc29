// The disruption controller: counts how many pods of each budget may be disrupted, which the API
// server obeys when pods are evicted; and takes back marks of disruptions that never came.
// Invariant: when the pods cannot be counted, no disruption is allowed.
// Where the real one differs: it has three queues, and looks through a namespace's pods each time.
// Upstream: pkg/controller/disruption.
import {
  isConditionCurrent,
  withDisruptionCondition,
  withSyncFailure,
} from '../../api/disruption-budget';
import { deepEqual } from '../../api/deep-equal';
import { podDisruptionBudgets } from '../../api/extension-refs';
import type { PodDisruptionBudget, PodDisruptionBudgetStatus } from '../../api/extension-types';
import { scaledValue } from '../../api/int-or-string';
import { objectKey } from '../../api/object';
import { pods } from '../../api/resource-ref';
import { isConflict, isNotFound } from '../../api/status-error';
import { formatTime, parseTime } from '../../api/time';
import type { Pod } from '../../api/types';
import type { Informer } from '../../client/informer';
import type { Controller, ControllerContext } from '../controller';
import { isPodReady, isPodTerminal, podCondition } from '../pod-status';
import { BudgetPods } from './budget-pods';
import { goSelectorText } from './go-selector-text';
import { OwnerScales } from './owner-scale';

export const disruptionController: Controller = {
  name: 'disruption',
  eventSource: 'controllermanager',
  workers: 1,
  start(context) {
    const loop = new DisruptionLoop(context);
    return { reconcile: (key) => loop.reconcile(key) };
  },
};

/** A pod that was to be deleted, and a mark that says so, are believed for so long. */
const DELETION_TIMEOUT_MS = 120_000;
/** Before the keys of pods whose mark may be stale; no namespace begins so. */
const POD_KEY = 'pod:';

interface Expected {
  count: number;
  desiredHealthy: number;
  unmanaged: readonly string[];
}

class DisruptionLoop {
  private readonly budgets: Informer<PodDisruptionBudget>;
  private readonly pods: Informer<Pod>;
  private readonly budgetPods: BudgetPods;
  private readonly scales: OwnerScales;

  constructor(private readonly context: ControllerContext) {
    this.scales = new OwnerScales(context);
    this.budgets = context.informer(podDisruptionBudgets);
    this.pods = context.watch(pods, {
      added: (pod) => this.podChanged(pod, undefined),
      updated: (pod, old) => this.podChanged(pod, old),
      deleted: (pod) => this.podChanged(pod, undefined, true),
    });
    this.budgetPods = new BudgetPods(this.pods, this.budgets);
    context.watch(podDisruptionBudgets, {
      added: (budget) => this.budgetChanged(budget),
      updated: (budget, old) => {
        if (budget.spec.selector === old.spec.selector) context.enqueue(objectKey(budget));
        else this.budgetChanged(budget);
      },
      deleted: (budget) => this.budgetPods.budgetDeleted(budget),
    });
  }

  reconcile(key: string): number | void {
    if (key.startsWith(POD_KEY)) return this.takeBackMark(key.slice(POD_KEY.length));
    const budget = this.budgets.get(key);
    if (!budget) return undefined;
    try {
      return this.count(budget);
    } catch (error) {
      if (isConflict(error)) throw error;
      const message = error instanceof Error ? error.message : String(error);
      const { activityMs } = this.context.sim.clock;
      this.write(budget, withSyncFailure(budget.status, message, activityMs));
      return undefined;
    }
  }

  private budgetChanged(budget: PodDisruptionBudget): void {
    this.budgetPods.budgetChanged(budget);
    this.context.enqueue(objectKey(budget));
  }

  private podChanged(pod: Pod, old: Pod | undefined, isGone = false): void {
    if (!isGone && pod.status.conditions !== old?.status.conditions) {
      const waitMs = this.markExpiresInMs(pod);
      if (waitMs !== undefined) this.context.enqueueAfter(POD_KEY + objectKey(pod), waitMs);
    }
    if (this.budgets.byIndex('namespace', pod.metadata.namespace!).size === 0) return;
    this.budgetPods.podChanged(pod, isGone);
    const [budget, ...others] = this.budgetPods.budgetsOf(pod);
    if (!budget) return;
    if (others.length > 0) {
      const { namespace, name } = pod.metadata;
      const message =
        `Pod "${namespace}"/"${name}" matches multiple PodDisruptionBudgets.  ` +
        `Chose "${budget.metadata.name}" arbitrarily.`;
      this.context.recorder.event(pod, 'Warning', 'MultiplePodDisruptionBudgets', message);
    }
    this.context.enqueue(objectKey(budget));
  }

  private count(budget: PodDisruptionBudget): number | undefined {
    const { recorder, sim } = this.context;
    const nowMs = sim.clock.activityMs;
    const selected = this.budgetPods.podsOf(budget);
    if (selected.length === 0) {
      recorder.event(budget, 'Normal', 'NoPods', 'No matching pods found');
    }
    const expected = this.expected(budget, selected);
    if (expected.unmanaged.length > 0) this.complainOfUnmanaged(budget);
    const { disrupted, recheckMs } = this.disruptedPods(budget, selected, nowMs);
    const healthy = selected.filter(
      (pod) => !pod.metadata.deletionTimestamp && !disrupted[pod.metadata.name] && isPodReady(pod),
    ).length;
    this.writeCounts(budget, healthy, expected, disrupted, nowMs);
    return recheckMs === undefined ? undefined : recheckMs - nowMs;
  }

  private expected(budget: PodDisruptionBudget, selected: readonly Pod[]): Expected {
    const { minAvailable, maxUnavailable } = budget.spec;
    if (maxUnavailable == null && minAvailable == null) {
      return { count: 0, desiredHealthy: 0, unmanaged: [] };
    }
    if (maxUnavailable == null && typeof minAvailable === 'number') {
      return { count: selected.length, desiredHealthy: minAvailable, unmanaged: [] };
    }
    const { count, unmanaged } = this.scaleOrComplain(budget, selected);
    const desiredHealthy =
      maxUnavailable == null
        ? scaledValue(minAvailable, count, 'up')
        : Math.max(0, count - scaledValue(maxUnavailable, count, 'up'));
    return { count, desiredHealthy, unmanaged };
  }

  private scaleOrComplain(
    budget: PodDisruptionBudget,
    selected: readonly Pod[],
  ): ReturnType<OwnerScales['of']> {
    try {
      return this.scales.of(selected);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const message = `Failed to calculate the number of expected pods: ${why}`;
      const { recorder } = this.context;
      recorder.event(budget, 'Warning', 'CalculateExpectedPodCountFailed', message);
      throw error;
    }
  }

  /** Pods that were allowed to go and are still there, with when to look whether they went. */
  private disruptedPods(
    budget: PodDisruptionBudget,
    selected: readonly Pod[],
    nowMs: number,
  ): { disrupted: Record<string, string>; recheckMs: number | undefined } {
    const disrupted: Record<string, string> = {};
    let recheckMs: number | undefined;
    for (const pod of selected) {
      const { name, deletionTimestamp } = pod.metadata;
      const since = budget.status.disruptedPods?.[name];
      if (deletionTimestamp || !since) continue;
      const untilMs = parseTime(since) + DELETION_TIMEOUT_MS;
      if (untilMs >= nowMs) {
        disrupted[name] = since;
        recheckMs = Math.min(recheckMs ?? untilMs, untilMs);
        continue;
      }
      // Upstream names the namespace twice.
      const { namespace } = budget.metadata;
      const shown = `${namespace}/${namespace}`;
      const message = `Pod was expected by PDB ${shown} to be deleted but it wasn't`;
      this.context.recorder.event(pod, 'Warning', 'NotDeleted', message);
    }
    return { disrupted, recheckMs };
  }

  private writeCounts(
    budget: PodDisruptionBudget,
    currentHealthy: number,
    { count: expectedPods, desiredHealthy }: Expected,
    disruptedPods: Record<string, string>,
    nowMs: number,
  ): void {
    const { status: old, metadata } = budget;
    const isEmpty = expectedPods <= 0;
    const disruptionsAllowed = isEmpty ? 0 : Math.max(0, currentHealthy - desiredHealthy);
    const status: PodDisruptionBudgetStatus = {
      observedGeneration: metadata.generation,
      ...(Object.keys(disruptedPods).length > 0 && { disruptedPods }),
      disruptionsAllowed,
      currentHealthy,
      desiredHealthy,
      expectedPods,
      ...(old.conditions && { conditions: old.conditions }),
    };
    if (deepEqual(status, old) && isConditionCurrent(budget)) return;
    this.write(budget, withDisruptionCondition(status, nowMs));
  }

  private write(budget: PodDisruptionBudget, status: PodDisruptionBudgetStatus): void {
    if (!deepEqual(status, budget.status)) {
      this.context.client.updateStatus(podDisruptionBudgets, { ...budget, status });
    }
  }

  private complainOfUnmanaged(budget: PodDisruptionBudget): void {
    const selector = goSelectorText(budget.spec.selector);
    this.context.recorder.event(
      budget,
      'Warning',
      'UnmanagedPods',
      `Pods selected by this PodDisruptionBudget (selector: ${selector}) were found to be ` +
        'unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may ' +
        'result in undefined behavior. To account for these pods please set ' +
        '".spec.minAvailable" field of the PDB to an integer value.',
    );
  }

  /** Undefined when the pod has no such mark, or one that stays. */
  private markExpiresInMs(pod: Pod): number | undefined {
    if (pod.metadata.deletionTimestamp || isPodTerminal(pod)) return undefined;
    const mark = podCondition(pod, 'DisruptionTarget');
    if (mark?.status !== 'True' || mark.reason === 'TerminationByKubelet') return undefined;
    const sinceMs = mark.lastTransitionTime ? parseTime(mark.lastTransitionTime) : 0;
    return Math.max(0, sinceMs + DELETION_TIMEOUT_MS - this.context.sim.clock.activityMs);
  }

  private takeBackMark(key: string): number | void {
    const pod = this.pods.get(key);
    const waitMs = pod && this.markExpiresInMs(pod);
    if (waitMs === undefined || waitMs > 0) return waitMs;
    const conditions = pod!.status.conditions!.map((condition) => {
      if (condition.type !== 'DisruptionTarget') return condition;
      const { type, observedGeneration } = condition;
      const lastProbeTime = null as never;
      return {
        type,
        ...(observedGeneration && { observedGeneration: pod!.metadata.generation }),
        status: 'False' as const,
        lastProbeTime,
        lastTransitionTime: formatTime(this.context.sim.clock.activityMs),
      };
    });
    try {
      this.context.client.updateStatus(pods, { ...pod!, status: { ...pod!.status, conditions } });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
}
