// The HorizontalPodAutoscaler controller: every 15 s it compares each autoscaler's metrics with
// their targets and sets the replicas of what it scales.
// Invariants: an autoscaler is looked at once in a period, whatever happens; what fails shows as a
// condition and an Event, never as a retry.
// Where the real one differs: custom and external metrics are asked for, but nothing serves them.
// Upstream: pkg/controller/podautoscaler/horizontal.go.
import { deepEqual } from '../../api/deep-equal';
import { horizontalPodAutoscalers } from '../../api/extension-refs';
import type { HorizontalPodAutoscaler } from '../../api/extension-types';
import { parseLabelSelector, type LabelSelector } from '../../api/label-selector';
import { objectKey, type KubeObject } from '../../api/object';
import { parseQuantity } from '../../api/quantity';
import { pods, type ResourceRef } from '../../api/resource-ref';
import { formatTime } from '../../api/time';
import type { Pod } from '../../api/types';
import type { Informer } from '../../client/informer';
import type { Controller, ControllerContext } from '../controller';
import { AutoscalerStatus } from './autoscaler-status';
import { MetricError, proposalOf, type MetricStatus } from './metric-proposal';
import { ApiMetricsClient, type MetricsClient } from './metrics-client';
import type { Tolerance } from './replica-calculator';
import { ScalingMemory } from './scaling-memory';

/** --horizontal-pod-autoscaler-sync-period. */
const SYNC_MS = 15_000;
/** --horizontal-pod-autoscaler-tolerance. */
const TOLERANCE = 0.1;

/** autoscaling/v1 Scale. */
interface Scale extends KubeObject {
  spec: { replicas?: number };
  status: { replicas?: number; selector?: string };
}

interface Metrics {
  readonly replicas: number;
  /** Of the metric that asks for the most. */
  readonly name: string;
  readonly statuses: MetricStatus[];
}

export const horizontalPodAutoscalerController: Controller = {
  name: 'horizontal-pod-autoscaler',
  eventSource: 'horizontal-pod-autoscaler',
  workers: 5,
  start(context) {
    const loop = new AutoscalerLoop(context, new ApiMetricsClient(context.client));
    return { reconcile: (key) => loop.reconcile(key) };
  },
};

/** Why nothing was scaled; the autoscaler's own status and Events have told it. */
class NotScaled extends Error {
  override readonly name = 'NotScaled';
}

export class AutoscalerLoop {
  private readonly autoscalers: Informer<HorizontalPodAutoscaler>;
  private readonly pods: Informer<Pod>;
  private readonly memories = new Map<string, ScalingMemory>();
  /** Which pods each autoscaler's target selects, by the autoscaler's key. */
  private readonly selectors = new Map<string, LabelSelector>();

  constructor(
    private readonly context: ControllerContext,
    private readonly metrics: MetricsClient,
  ) {
    this.pods = context.informer(pods);
    this.autoscalers = context.watch(horizontalPodAutoscalers, {
      added: (autoscaler) => context.enqueueAfter(objectKey(autoscaler), SYNC_MS),
      deleted: (autoscaler) => {
        this.memories.delete(objectKey(autoscaler));
        this.selectors.delete(objectKey(autoscaler));
      },
    });
  }

  reconcile(key: string): number | void {
    const autoscaler = this.autoscalers.get(key);
    if (!autoscaler) return undefined;
    const { nowMs } = this.context.sim.clock;
    const status = new AutoscalerStatus(autoscaler, nowMs);
    try {
      this.scaleTarget(key, autoscaler, status);
    } catch (error) {
      if (!(error instanceof NotScaled)) throw error;
    }
    this.writeStatus(autoscaler, status);
    return SYNC_MS;
  }

  private scaleTarget(
    key: string,
    autoscaler: HorizontalPodAutoscaler,
    status: AutoscalerStatus,
  ): void {
    const { minReplicas = 1, maxReplicas } = autoscaler.spec;
    const { ref, scale } = this.targetOf(autoscaler, status);
    const current = scale.spec.replicas ?? 0;
    const { nowMs } = this.context.sim.clock;
    let memory = this.memories.get(key);
    if (!memory) this.memories.set(key, (memory = new ScalingMemory(current, nowMs)));
    let desired = current;
    let reason = '';
    let statuses: MetricStatus[] | null = null;
    if (current === 0 && minReplicas !== 0) {
      status.set('ScalingActive', 'False', 'ScalingDisabled', DISABLED);
    } else if (current > maxReplicas) {
      desired = maxReplicas;
      reason = 'Current number of replicas above Spec.MaxReplicas';
    } else if (current < minReplicas) {
      desired = minReplicas;
      reason = 'Current number of replicas below Spec.MinReplicas';
    } else {
      const found = this.compute(key, autoscaler, scale, status);
      statuses = found.statuses;
      if (found.replicas > current) reason = `${found.name} above target`;
      if (found.replicas < current) reason = 'All metrics below target';
      const bounds = { current, min: minReplicas, max: maxReplicas };
      const { behavior } = autoscaler.spec;
      const decision = memory.decide(behavior, bounds, found.replicas, nowMs);
      const { stabilized, limited, isLimited } = decision;
      status.set('AbleToScale', 'True', stabilized.reason, stabilized.message);
      const isTrue = isLimited ? 'True' : 'False';
      status.set('ScalingLimited', isTrue, limited.reason, limited.message);
      desired = decision.replicas;
    }
    if (desired !== current) {
      this.rescale(autoscaler, ref, scale, desired, reason, status);
      memory.scaled(autoscaler.spec.behavior, current, desired, nowMs);
      status.lastScaleTime = formatTime(nowMs);
    }
    status.currentReplicas = current;
    status.desiredReplicas = desired;
    status.currentMetrics = statuses;
  }

  /** What is to be scaled, in the one shape that all that can be scaled share. */
  private targetOf(
    autoscaler: HorizontalPodAutoscaler,
    status: AutoscalerStatus,
  ): { ref: ResourceRef; scale: Scale } {
    const { client, recorder } = this.context;
    const { kind, name, apiVersion = '' } = autoscaler.spec.scaleTargetRef;
    const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
    try {
      const ref = client.resources().find((each) => each.group === group && each.kind === kind);
      if (!ref) throw new Error(`no matches for kind "${kind}" in group "${group}"`);
      const { namespace = '' } = autoscaler.metadata;
      const scale = client.getSubresource<Scale>(ref, 'scale', namespace, name);
      status.set('AbleToScale', 'True', 'SucceededGetScale', GOT_SCALE);
      return { ref, scale };
    } catch (error) {
      const { message } = error as Error;
      recorder.event(autoscaler, 'Warning', 'FailedGetScale', message);
      status.set('AbleToScale', 'False', 'FailedGetScale', NO_SCALE + message);
      throw new NotScaled(message);
    }
  }

  /** What all the metrics together ask for. */
  private compute(
    key: string,
    autoscaler: HorizontalPodAutoscaler,
    scale: Scale,
    status: AutoscalerStatus,
  ): Metrics {
    const selected = this.selectedPods(key, autoscaler, scale, status);
    const { metrics = [], behavior } = autoscaler.spec;
    const currentReplicas = scale.spec.replicas ?? 0;
    const input = {
      currentReplicas,
      tolerance: toleranceOf(behavior),
      pods: selected,
      nowMs: this.context.sim.clock.nowMs,
      namespace: autoscaler.metadata.namespace!,
      podSelector: scale.status.selector!,
      statusReplicas: scale.status.replicas ?? 0,
    };
    let best: { replicas: number; name: string } | undefined;
    const failures: MetricError[] = [];
    const statuses = metrics.map((spec): MetricStatus => {
      try {
        const proposal = proposalOf(this.metrics, spec, input);
        if (!best || proposal.replicas > best.replicas) best = proposal;
        return proposal.status;
      } catch (error) {
        if (!(error instanceof MetricError)) throw error;
        this.context.recorder.event(autoscaler, 'Warning', error.reason, error.detail);
        failures.push(error);
        return { type: '' };
      }
    });
    const isSafe = best && (failures.length === 0 || best.replicas >= currentReplicas);
    if (!isSafe) {
      const [first] = failures;
      status.set('ScalingActive', 'False', first.reason, NOT_COMPUTED + first.detail);
      const count = `${failures.length} invalid out of ${metrics.length}`;
      const story = `invalid metrics (${count}), first error is: ${first.message}`;
      this.refuse(autoscaler, currentReplicas, status, story);
    }
    const { replicas, name } = best!;
    status.set('ScalingActive', 'True', 'ValidMetricFound', COMPUTED + name);
    return { replicas, name, statuses };
  }

  private selectedPods(
    key: string,
    autoscaler: HorizontalPodAutoscaler,
    scale: Scale,
    status: AutoscalerStatus,
  ): Pod[] {
    const { recorder } = this.context;
    const refuse = (reason: string, message: string, told = message): never => {
      recorder.event(autoscaler, 'Warning', reason, message);
      const conditionReason = reason === 'SelectorRequired' ? 'InvalidSelector' : reason;
      status.set('ScalingActive', 'False', conditionReason, told);
      return this.refuse(autoscaler, scale.spec.replicas ?? 0, status, message);
    };
    const text = scale.status.selector ?? '';
    if (text === '') refuse('SelectorRequired', 'selector is required', NO_SELECTOR);
    let selector: LabelSelector;
    try {
      selector = parseLabelSelector(text);
    } catch (error) {
      const what = "couldn't convert selector into a corresponding internal selector object: ";
      return refuse('InvalidSelector', what + (error as Error).message);
    }
    this.selectors.set(key, selector);
    const namespace = autoscaler.metadata.namespace!;
    const selected = this.podsIn(namespace).filter((pod) => selector.matches(pod.metadata.labels));
    const rivals = this.autoscalersOf(namespace, selected);
    if (rivals.length > 1) {
      const names = rivals.map((name) => `{${name} ${namespace}}`).join(' ');
      const what = `pods by selector ${text} are controlled by multiple HPAs: [${names}]`;
      refuse('AmbiguousSelector', what);
    }
    return selected;
  }

  /** Indexed only once there is an autoscaler, so that pods cost nothing more without. */
  private podsIn(namespace: string): Pod[] {
    this.pods.addIndex('namespace', ({ metadata }) => [metadata.namespace!]);
    return [...this.pods.byIndex('namespace', namespace)];
  }

  /** Names of the autoscalers whose targets select any of these pods. */
  private autoscalersOf(namespace: string, selected: readonly Pod[]): string[] {
    const names: string[] = [];
    for (const [key, selector] of this.selectors) {
      if (!key.startsWith(namespace + '/')) continue;
      const isRival = selected.some(({ metadata }) => selector.matches(metadata.labels));
      if (isRival) names.push(key.slice(namespace.length + 1));
    }
    return names.sort();
  }

  private refuse(
    autoscaler: HorizontalPodAutoscaler,
    current: number,
    status: AutoscalerStatus,
    story: string,
  ): never {
    status.currentReplicas = current;
    this.context.recorder.event(autoscaler, 'Warning', 'FailedComputeMetricsReplicas', story);
    throw new NotScaled(story);
  }

  private rescale(
    autoscaler: HorizontalPodAutoscaler,
    ref: ResourceRef,
    scale: Scale,
    desired: number,
    reason: string,
    status: AutoscalerStatus,
  ): void {
    const { client, recorder } = this.context;
    const size = `New size: ${desired}; reason: ${reason}`;
    try {
      const next = { ...scale, spec: { ...scale.spec, replicas: desired } };
      client.updateSubresource(ref, next, 'scale');
    } catch (error) {
      const { message } = error as Error;
      recorder.event(autoscaler, 'Warning', 'FailedRescale', `${size}; error: ${message}`);
      status.set('AbleToScale', 'False', 'FailedUpdateScale', NOT_UPDATED + message);
      status.currentReplicas = scale.spec.replicas ?? 0;
      throw new NotScaled(message);
    }
    status.set('AbleToScale', 'True', 'SucceededRescale', UPDATED + desired);
    recorder.event(autoscaler, 'Normal', 'SuccessfulRescale', size);
  }

  private writeStatus(autoscaler: HorizontalPodAutoscaler, status: AutoscalerStatus): void {
    const next = status.build();
    if (deepEqual(next, autoscaler.status)) return;
    const { client, recorder } = this.context;
    try {
      client.updateStatus(horizontalPodAutoscalers, { ...autoscaler, status: next });
    } catch (error) {
      recorder.event(autoscaler, 'Warning', 'FailedUpdateStatus', (error as Error).message);
    }
  }
}

const DISABLED = 'scaling is disabled since the replica count of the target is zero';
const GOT_SCALE = "the HPA controller was able to get the target's current scale";
const NO_SCALE = "the HPA controller was unable to get the target's current scale: ";
const NOT_COMPUTED = 'the HPA was unable to compute the replica count: ';
const COMPUTED = 'the HPA was able to successfully calculate a replica count from ';
const NO_SELECTOR = "the HPA target's scale is missing a selector";
const UPDATED = 'the HPA controller was able to update the target scale to ';
const NOT_UPDATED = 'the HPA controller was unable to update the target scale: ';

function toleranceOf(behavior: HorizontalPodAutoscaler['spec']['behavior']): Tolerance {
  const of = (tolerance: string | number | undefined): number =>
    tolerance === undefined ? TOLERANCE : parseQuantity(tolerance);
  return { up: of(behavior?.scaleUp?.tolerance), down: of(behavior?.scaleDown?.tolerance) };
}
