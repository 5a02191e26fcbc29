// autoscaling/v1: an autoscaler that knows one target, the use of CPU. What else there is rides
// along in annotations, so that nothing is lost when such a client writes it back.
// Upstream: pkg/apis/autoscaling/v1/conversion.go.
import type { HorizontalPodAutoscaler } from '../../api/extension-types';
import type { KubeObject } from '../../api/object';
import { resourceRef } from '../../api/resource-ref';
import type { ResourceView } from '../definition';
import type { MetricSpec, MetricStatus } from './metric-sources';
import { metricFromV1, metricToV1, statusFromV1, statusToV1 } from './v1-metrics';

const PREFIX = 'autoscaling.alpha.kubernetes.io/';
const METRICS = PREFIX + 'metrics';
const CURRENT_METRICS = PREFIX + 'current-metrics';
const BEHAVIOR = PREFIX + 'behavior';
const CONDITIONS = PREFIX + 'conditions';
const NAMES = [METRICS, CURRENT_METRICS, BEHAVIOR, CONDITIONS];

type Spec = HorizontalPodAutoscaler['spec'];
type Status = HorizontalPodAutoscaler['status'];

interface AutoscalerV1 extends KubeObject {
  spec: Pick<Spec, 'scaleTargetRef' | 'minReplicas' | 'maxReplicas'> & {
    targetCPUUtilizationPercentage?: number;
  };
  status?: Pick<
    Status,
    'observedGeneration' | 'lastScaleTime' | 'currentReplicas' | 'desiredReplicas'
  > & { currentCPUUtilizationPercentage?: number };
}

export const autoscalerV1View: ResourceView = {
  ref: resourceRef('autoscaling/v1', 'horizontalpodautoscalers', 'HorizontalPodAutoscaler'),
  listKind: 'HorizontalPodAutoscalerList',
  convertTo: (stored) => toV1(stored as HorizontalPodAutoscaler),
  convertFrom: (shown) => fromV1(shown as AutoscalerV1),
};

function toV1({ metadata, spec, status }: HorizontalPodAutoscaler): AutoscalerV1 {
  const metrics = spec.metrics ?? [];
  const share = metrics.find(isCpu)?.resource!.target.averageUtilization;
  const { scaleTargetRef, minReplicas, maxReplicas, behavior } = spec;
  const annotations: Record<string, string> = withoutOurs(metadata.annotations);
  const others = metrics.filter((metric) => !isShareOfCpu(metric));
  const { currentMetrics, conditions } = status;
  if (others.length > 0) annotations[METRICS] = JSON.stringify(others.map(metricToV1));
  if (currentMetrics?.length) {
    annotations[CURRENT_METRICS] = JSON.stringify(currentMetrics.map(statusToV1));
  }
  if (behavior) annotations[BEHAVIOR] = JSON.stringify(behavior);
  if (conditions?.length) annotations[CONDITIONS] = JSON.stringify(conditions);
  return {
    kind: 'HorizontalPodAutoscaler',
    apiVersion: 'autoscaling/v1',
    metadata: withAnnotations(metadata, annotations),
    spec: {
      scaleTargetRef,
      minReplicas,
      maxReplicas,
      ...(share !== undefined && { targetCPUUtilizationPercentage: share }),
    },
    status: statusAsV1(status),
  };
}

function statusAsV1(status: Status): AutoscalerV1['status'] {
  const { observedGeneration, lastScaleTime, currentReplicas = 0, desiredReplicas } = status;
  const cpu = status.currentMetrics?.find(isCpu)?.resource!.current.averageUtilization;
  return {
    ...(observedGeneration !== undefined && { observedGeneration }),
    ...(lastScaleTime !== undefined && { lastScaleTime }),
    currentReplicas,
    desiredReplicas,
    ...(cpu !== undefined && { currentCPUUtilizationPercentage: cpu }),
  };
}

const NO_METADATA = {} as AutoscalerV1['metadata'];

function fromV1({ spec: shown, status, ...rest }: AutoscalerV1): HorizontalPodAutoscaler {
  // What a client sends may lack all of it.
  const metadata = (rest.metadata as AutoscalerV1['metadata'] | undefined) ?? NO_METADATA;
  const { targetCPUUtilizationPercentage: share, ...kept } = shown ?? ({} as AutoscalerV1['spec']);
  const { annotations } = metadata;
  const metrics: MetricSpec[] = (read(annotations?.[METRICS]) ?? []).map(metricFromV1);
  if (share !== undefined && share !== null) {
    const target = { type: 'Utilization', averageUtilization: share };
    metrics.push({ type: 'Resource', resource: { name: 'cpu', target } });
  }
  const spec: Spec = { ...kept };
  if (metrics.length > 0) spec.metrics = metrics;
  const behavior = parse(annotations?.[BEHAVIOR]) as Spec['behavior'];
  if (behavior) spec.behavior = behavior;
  const { currentCPUUtilizationPercentage: _cpu, ...counts } = status ?? { desiredReplicas: 0 };
  const current: MetricStatus[] = (read(annotations?.[CURRENT_METRICS]) ?? []).map(statusFromV1);
  const conditions = read(annotations?.[CONDITIONS]) as Status['conditions'];
  return {
    kind: 'HorizontalPodAutoscaler',
    apiVersion: 'autoscaling/v2',
    metadata: withAnnotations(metadata, withoutOurs(annotations)),
    spec,
    status: {
      ...counts,
      currentMetrics: current.length > 0 ? current : (null as never),
      ...(conditions?.length && { conditions }),
    },
  };
}

function isCpu({ type, resource }: Pick<MetricSpec | MetricStatus, 'type' | 'resource'>): boolean {
  return type === 'Resource' && resource?.name === 'cpu';
}

function isShareOfCpu(metric: MetricSpec): boolean {
  return isCpu(metric) && metric.resource!.target.averageUtilization !== undefined;
}

function withoutOurs(annotations: Readonly<Record<string, string>> = {}): Record<string, string> {
  const entries = Object.entries(annotations).filter(([name]) => !NAMES.includes(name));
  return Object.fromEntries(entries);
}

function withAnnotations(
  metadata: KubeObject['metadata'],
  annotations: Record<string, string>,
): KubeObject['metadata'] {
  const { annotations: _old, ...rest } = metadata;
  return Object.keys(annotations).length > 0 ? { ...rest, annotations } : rest;
}

/** What is no JSON in an annotation is left out, as if it were not there. */
function parse(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function read(text: string | undefined): never[] | undefined {
  const value = parse(text);
  if (!Array.isArray(value)) return undefined;
  return value.filter((item) => typeof item === 'object' && item !== null) as never[];
}
