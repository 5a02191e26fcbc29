// What an autoscaler remembers of the last minutes: what it would have done, and what it did. From
// these follow the stabilization windows and the limits of its policies.
// Upstream: pkg/controller/podautoscaler/horizontal.go.
import type { HorizontalPodAutoscaler } from '../../api/extension-types';

type Behavior = NonNullable<HorizontalPodAutoscaler['spec']['behavior']>;
type ScalingRules = NonNullable<Behavior['scaleUp']>;

/** --horizontal-pod-autoscaler-downscale-stabilization. */
const DOWNSCALE_STABILIZATION_SECONDS = 300;
/** Without a behavior, a target at most doubles, or comes to this. */
const SCALE_UP_MINIMUM = 4;

export interface Decision {
  readonly replicas: number;
  readonly stabilized: Reason;
  readonly limited: Reason;
  readonly isLimited: boolean;
}

export interface Reason {
  readonly reason: string;
  readonly message: string;
}

export interface Bounds {
  readonly current: number;
  readonly min: number;
  readonly max: number;
}

interface Entry {
  readonly replicas: number;
  readonly atMs: number;
}

export class ScalingMemory {
  private recommendations: Entry[];
  /** How many replicas were added, and taken away. */
  private ups: Entry[] = [];
  private downs: Entry[] = [];

  /** `replicas` is where the target stood when it was first looked at. */
  constructor(replicas: number, nowMs: number) {
    this.recommendations = [{ replicas, atMs: nowMs }];
  }

  /** What may be done of what the metrics ask for. */
  decide(behavior: Behavior | undefined, bounds: Bounds, desired: number, nowMs: number): Decision {
    const rules = behavior && {
      up: behavior.scaleUp ?? {},
      down: behavior.scaleDown ?? {},
    };
    const steady = rules
      ? this.withinWindows(rules.up, rules.down, bounds.current, desired, nowMs)
      : this.highestRecent(desired, nowMs);
    const { replicas, ...limited } = rules
      ? this.withinRates(rules.up, rules.down, bounds, steady, nowMs)
      : withinFactor(bounds, steady);
    const isRising = desired >= bounds.current && behavior !== undefined;
    const stabilized = steady === desired ? READY : isRising ? UP_STABILIZED : DOWN_STABILIZED;
    return { replicas, stabilized, limited, isLimited: replicas !== steady };
  }

  /** Notes that the target was scaled; kept for as long as a policy looks back. */
  scaled(behavior: Behavior | undefined, from: number, to: number, nowMs: number): void {
    if (!behavior) return;
    const change = { replicas: Math.abs(to - from), atMs: nowMs };
    if (to > from) this.ups = [...recent(this.ups, behavior.scaleUp, nowMs), change];
    else this.downs = [...recent(this.downs, behavior.scaleDown, nowMs), change];
  }

  private highestRecent(desired: number, nowMs: number): number {
    const cutoffMs = nowMs - DOWNSCALE_STABILIZATION_SECONDS * 1000;
    this.recommendations = this.recommendations.filter(({ atMs }) => atMs >= cutoffMs);
    const highest = Math.max(desired, ...this.recommendations.map(({ replicas }) => replicas));
    this.recommendations.push({ replicas: desired, atMs: nowMs });
    return highest;
  }

  private withinWindows(
    up: ScalingRules,
    down: ScalingRules,
    current: number,
    desired: number,
    nowMs: number,
  ): number {
    const upMs = nowMs - (up.stabilizationWindowSeconds ?? 0) * 1000;
    const downSeconds = down.stabilizationWindowSeconds ?? DOWNSCALE_STABILIZATION_SECONDS;
    const downMs = nowMs - downSeconds * 1000;
    let lowest = desired;
    let highest = desired;
    for (const { replicas, atMs } of this.recommendations) {
      if (atMs > upMs) lowest = Math.min(lowest, replicas);
      if (atMs > downMs) highest = Math.max(highest, replicas);
    }
    const oldestMs = Math.min(upMs, downMs);
    this.recommendations = this.recommendations.filter(({ atMs }) => atMs >= oldestMs);
    this.recommendations.push({ replicas: desired, atMs: nowMs });
    return Math.min(highest, Math.max(lowest, current));
  }

  private withinRates(
    up: ScalingRules,
    down: ScalingRules,
    { current, min, max }: Bounds,
    desired: number,
    nowMs: number,
  ): Reason & { replicas: number } {
    if (desired > current) {
      const limit = Math.max(current, this.upLimit(up, current, nowMs));
      const isRate = max > limit;
      const allowed = isRate ? limit : max;
      if (desired > allowed) return { replicas: allowed, ...(isRate ? UP_LIMIT : TOO_MANY) };
    } else if (desired < current) {
      const limit = Math.min(current, this.downLimit(down, current, nowMs));
      const isRate = min < limit;
      const allowed = isRate ? limit : min;
      if (desired < allowed) return { replicas: allowed, ...(isRate ? DOWN_LIMIT : TOO_FEW) };
    }
    return { replicas: desired, ...WITHIN_RANGE };
  }

  private upLimit({ selectPolicy, policies = [] }: ScalingRules, current: number, nowMs: number) {
    if (selectPolicy === 'Disabled') return current;
    const limits = policies.map(({ type, value, periodSeconds }) => {
      const start = this.atStartOf(periodSeconds, current, nowMs);
      return type === 'Pods' ? start + value : Math.ceil(start * (1 + value / 100));
    });
    return selectPolicy === 'Min' ? Math.min(...limits) : Math.max(...limits);
  }

  private downLimit(
    { selectPolicy, policies = [] }: ScalingRules,
    current: number,
    nowMs: number,
  ): number {
    if (selectPolicy === 'Disabled') return current;
    const limits = policies.map(({ type, value, periodSeconds }) => {
      const start = this.atStartOf(periodSeconds, current, nowMs);
      return type === 'Pods' ? start - value : Math.trunc(start * (1 - value / 100));
    });
    // The smallest change leaves the most.
    return selectPolicy === 'Min' ? Math.max(...limits) : Math.min(...limits);
  }

  /** How many replicas there were at the start of the period that ends now. */
  private atStartOf(periodSeconds: number, current: number, nowMs: number): number {
    const sinceMs = nowMs - periodSeconds * 1000;
    const sum = (entries: readonly Entry[]): number =>
      entries.reduce((all, { replicas, atMs }) => (atMs > sinceMs ? all + replicas : all), 0);
    return current - sum(this.ups) + sum(this.downs);
  }
}

const READY: Reason = {
  reason: 'ReadyForNewScale',
  message: 'recommended size matches current size',
};
const UP_STABILIZED: Reason = {
  reason: 'ScaleUpStabilized',
  message:
    'recent recommendations were lower than current one, ' +
    'applying the lowest recent recommendation',
};
const DOWN_STABILIZED: Reason = {
  reason: 'ScaleDownStabilized',
  message:
    'recent recommendations were higher than current one, ' +
    'applying the highest recent recommendation',
};
const WITHIN_RANGE: Reason = {
  reason: 'DesiredWithinRange',
  message: 'the desired count is within the acceptable range',
};
const UP_LIMIT: Reason = {
  reason: 'ScaleUpLimit',
  message: 'the desired replica count is increasing faster than the maximum scale rate',
};
const DOWN_LIMIT: Reason = {
  reason: 'ScaleDownLimit',
  message: 'the desired replica count is decreasing faster than the maximum scale rate',
};
const TOO_MANY: Reason = {
  reason: 'TooManyReplicas',
  message: 'the desired replica count is more than the maximum replica count',
};
const TOO_FEW: Reason = {
  reason: 'TooFewReplicas',
  message: 'the desired replica count is less than the minimum replica count',
};

function withinFactor(
  { current, min, max }: Bounds,
  desired: number,
): Reason & { replicas: number } {
  const limit = Math.max(2 * current, SCALE_UP_MINIMUM);
  const allowed = Math.min(max, limit);
  if (desired < min) return { replicas: min, ...TOO_FEW };
  if (desired > allowed) return { replicas: allowed, ...(max > limit ? UP_LIMIT : TOO_MANY) };
  return { replicas: desired, ...WITHIN_RANGE };
}

function recent(
  entries: readonly Entry[],
  rules: ScalingRules | undefined,
  nowMs: number,
): readonly Entry[] {
  const longest = Math.max(0, ...(rules?.policies ?? []).map((policy) => policy.periodSeconds));
  return entries.filter(({ atMs }) => atMs >= nowMs - longest * 1000);
}
