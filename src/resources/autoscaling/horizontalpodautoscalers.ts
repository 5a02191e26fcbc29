// HorizontalPodAutoscalers, stored as autoscaling/v2 and served as v1 too.
// Upstream: pkg/registry/autoscaling/horizontalpodautoscaler/strategy.go, pkg/apis/autoscaling.
import { horizontalPodAutoscalers } from '../../api/extension-refs';
import type { HorizontalPodAutoscaler } from '../../api/extension-types';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';
import { fill, mapShared, replace } from '../fill';
import { canonicalMetric } from './canonical-metrics';
import { formatMetrics } from './metric-text';
import { autoscalerV1View } from './v1-view';
import { validateAutoscaler, validateAutoscalerStatus } from './validation';

type Spec = HorizontalPodAutoscaler['spec'];
type Behavior = NonNullable<Spec['behavior']>;
type ScalingRules = NonNullable<Behavior['scaleUp']>;

/** Go's type cannot leave the last two out. */
const NO_STATUS = Object.freeze({ desiredReplicas: 0, currentMetrics: null as never });
const PERIOD_SECONDS = 15;

export const horizontalPodAutoscalerDefinition: ResourceDefinition<HorizontalPodAutoscaler> = {
  ref: horizontalPodAutoscalers,
  singular: 'horizontalpodautoscaler',
  listKind: 'HorizontalPodAutoscalerList',
  shortNames: ['hpa'],
  categories: ['all'],
  subresources: ['status'],
  views: [autoscalerV1View],
  applyDefaults(autoscaler) {
    autoscaler.spec ??= {} as Spec;
    const { spec } = autoscaler;
    spec.minReplicas ??= 1;
    spec.metrics = spec.metrics?.length ? mapShared(spec.metrics, canonicalMetric) : [CPU_AT_80];
    if (spec.behavior) spec.behavior = defaultBehavior(spec.behavior);
    return autoscaler;
  },
  prepareForCreate(autoscaler) {
    autoscaler.status = NO_STATUS;
    return autoscaler;
  },
  prepareForStatusUpdate(autoscaler) {
    autoscaler.status = fill(autoscaler.status, NO_STATUS);
    return autoscaler;
  },
  validate: validateAutoscaler,
  validateStatusUpdate: (next, _old, errors) => validateAutoscalerStatus(next, errors),
  columns: [
    nameColumn,
    column(
      'Reference',
      'string',
      'scaleTargetRef points to the target resource to scale, and is used to the pods for which ' +
        'metrics should be collected, as well as to actually change the replica count.',
      ({ spec: { scaleTargetRef } }) => `${scaleTargetRef.kind}/${scaleTargetRef.name}`,
    ),
    column(
      'Targets',
      'string',
      'metrics contains the specifications for which to use to calculate the desired replica ' +
        'count (the maximum replica count across all metrics will be used).  The desired ' +
        'replica count is calculated multiplying the ratio between the target value and the ' +
        'current value by the current number of pods.  Ergo, metrics used must decrease as the ' +
        'pod count is increased, and vice-versa.  See the individual metric source types for ' +
        'more information about how each type of metric must respond.',
      ({ spec, status }) => formatMetrics(spec.metrics ?? [], status.currentMetrics ?? []),
    ),
    column(
      'MinPods',
      'string',
      'minReplicas is the lower limit for the number of replicas to which the autoscaler can ' +
        'scale down.  It defaults to 1 pod.  minReplicas is allowed to be 0 if the alpha ' +
        'feature gate HPAScaleToZero is enabled and at least one Object or External metric is ' +
        'configured.  Scaling is active as long as at least one metric value is available.',
      ({ spec }) => (spec.minReplicas === undefined ? '<unset>' : String(spec.minReplicas)),
    ),
    column(
      'MaxPods',
      'string',
      'maxReplicas is the upper limit for the number of replicas to which the autoscaler can ' +
        'scale up. It cannot be less that minReplicas.',
      ({ spec }) => spec.maxReplicas,
    ),
    column(
      'Replicas',
      'string',
      'currentReplicas is current number of replicas of pods managed by this autoscaler, as last ' +
        'seen by the autoscaler.',
      ({ status }) => status.currentReplicas ?? 0,
    ),
    ageColumn,
  ],
};

const CPU_AT_80 = Object.freeze({
  type: 'Resource',
  resource: Object.freeze({
    name: 'cpu',
    target: Object.freeze({ type: 'Utilization', averageUtilization: 80 }),
  }),
});

const SCALE_UP: ScalingRules = Object.freeze({
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: PERIOD_SECONDS },
    { type: 'Percent', value: 100, periodSeconds: PERIOD_SECONDS },
  ],
});
/** How long it looks back is the controller's to say. */
const SCALE_DOWN: ScalingRules = Object.freeze({
  selectPolicy: 'Max',
  policies: [{ type: 'Percent', value: 100, periodSeconds: PERIOD_SECONDS }],
});

function defaultBehavior(behavior: Behavior): Behavior {
  const scaleUp = fill(behavior.scaleUp ?? {}, SCALE_UP);
  const scaleDown = fill(behavior.scaleDown ?? {}, SCALE_DOWN);
  return replace(replace(behavior, 'scaleUp', scaleUp), 'scaleDown', scaleDown);
}
