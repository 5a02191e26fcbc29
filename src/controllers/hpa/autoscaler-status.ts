import type {
  HorizontalPodAutoscaler,
  HorizontalPodAutoscalerStatus,
} from '../../api/extension-types';
import { formatTime } from '../../api/time';
import type { MetricStatus } from './metric-proposal';

type Condition = NonNullable<HorizontalPodAutoscalerStatus['conditions']>[number];

/** An autoscaler's status while it is being worked out; what is not set stays as it was. */
export class AutoscalerStatus {
  currentReplicas: number;
  desiredReplicas: number;
  lastScaleTime: string | undefined;
  currentMetrics: MetricStatus[] | null;
  private conditions: readonly Condition[];

  constructor(
    { status }: HorizontalPodAutoscaler,
    private readonly nowMs: number,
  ) {
    this.currentReplicas = status.currentReplicas ?? 0;
    this.desiredReplicas = status.desiredReplicas;
    this.lastScaleTime = status.lastScaleTime;
    this.currentMetrics = status.currentMetrics ?? null;
    this.conditions = status.conditions ?? [];
  }

  /** Sets a condition, which is put last when it is new. */
  set(type: string, status: 'True' | 'False', reason: string, message: string): void {
    const old = this.conditions.find((condition) => condition.type === type);
    const isSame = old?.status === status;
    const lastTransitionTime = isSame ? old.lastTransitionTime : formatTime(this.nowMs);
    const next = { type, status, lastTransitionTime, reason, message };
    this.conditions = old
      ? this.conditions.map((condition) => (condition === old ? next : condition))
      : [...this.conditions, next];
  }

  build(): HorizontalPodAutoscalerStatus {
    const { currentReplicas, desiredReplicas, lastScaleTime, conditions } = this;
    return {
      ...(lastScaleTime && { lastScaleTime }),
      ...(currentReplicas && { currentReplicas }),
      desiredReplicas,
      // Go's type cannot leave it out.
      currentMetrics: this.currentMetrics as MetricStatus[],
      ...(conditions.length > 0 && { conditions: [...conditions] }),
    };
  }
}
