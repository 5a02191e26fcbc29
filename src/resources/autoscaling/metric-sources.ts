// The five kinds of metric that an autoscaler may follow, and where each keeps what it says.
import type { HorizontalPodAutoscaler } from '../../api/extension-types';

export type MetricSpec = NonNullable<HorizontalPodAutoscaler['spec']['metrics']>[number];
export type MetricStatus = NonNullable<HorizontalPodAutoscaler['status']['currentMetrics']>[number];
export type MetricTarget = NonNullable<MetricSpec['pods']>['target'];

/** The field of a metric's own kind, in the order in which the server checks them. */
export const SOURCES = ['object', 'external', 'pods', 'resource', 'containerResource'] as const;
export type SourceName = (typeof SOURCES)[number];

/** Values of `type`, with the field that goes with each. */
export const SOURCE_OF_TYPE: Readonly<Record<string, SourceName>> = {
  ContainerResource: 'containerResource',
  External: 'external',
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
};
