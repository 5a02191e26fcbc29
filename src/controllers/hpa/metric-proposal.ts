// What one metric of an autoscaler proposes, and how its value is told in the status.
// Upstream: pkg/controller/podautoscaler/horizontal.go, computeReplicasForMetric.
import type { HorizontalPodAutoscaler } from '../../api/extension-types';
import { formatQuantity, milliValue } from '../../api/quantity';
import type { MetricsClient } from './metrics-client';
import {
  replicasForAverage,
  replicasForShare,
  replicasForTotal,
  replicasForUtilization,
  type CalculatorInput,
  type Proposal,
} from './replica-calculator';

export type MetricSpec = NonNullable<HorizontalPodAutoscaler['spec']['metrics']>[number];
export type MetricStatus = NonNullable<HorizontalPodAutoscaler['status']['currentMetrics']>[number];
type Target = NonNullable<MetricSpec['resource']>['target'];
type Current = NonNullable<MetricStatus['resource']>['current'];
type Selector = NonNullable<MetricSpec['pods']>['metric']['selector'];

export interface MetricProposal {
  readonly replicas: number;
  /** What the metric is called when something is scaled because of it. */
  readonly name: string;
  readonly status: MetricStatus;
}

/** A metric from which nothing could be computed. */
export class MetricError extends Error {
  override readonly name = 'MetricError';

  constructor(
    /** Of the Event and the condition: 'FailedGetResourceMetric'. */
    readonly reason: string,
    /** What the Event and the condition say. */
    readonly detail: string,
    /** The whole story, when no metric is left. */
    message: string,
  ) {
    super(message);
  }
}

export interface MetricInput extends CalculatorInput {
  readonly namespace: string;
  /** In the query syntax. */
  readonly podSelector: string;
  readonly statusReplicas: number;
}

/** Throws MetricError. */
export function proposalOf(
  metrics: MetricsClient,
  spec: MetricSpec,
  input: MetricInput,
): MetricProposal {
  const source = SOURCES[spec.type];
  if (!source) {
    const message = `unknown metric source type ${JSON.stringify(spec.type)}`;
    throw new MetricError('InvalidMetricSourceType', message, message);
  }
  try {
    return source.propose(metrics, spec, input);
  } catch (error) {
    const { message } = error as Error;
    const story = `failed to get ${source.label(spec)} metric value: ${message}`;
    throw new MetricError(`FailedGet${spec.type}Metric`, message, story);
  }
}

interface Source {
  label(spec: MetricSpec): string;
  propose(metrics: MetricsClient, spec: MetricSpec, input: MetricInput): MetricProposal;
}

const SOURCES: Readonly<Record<string, Source>> = {
  Resource: {
    label: ({ resource }) => `${resource!.name} resource`,
    propose(metrics, { type, resource }, input) {
      const { name, target } = resource!;
      const { current, replicas } = ofResource(metrics, name, '', target, input);
      const isShare = target.averageValue === undefined;
      return {
        replicas,
        name: isShare ? `${name} resource ${SHARE}` : `${name} resource`,
        status: { type, resource: { name, current } },
      };
    },
  },
  ContainerResource: {
    label: ({ containerResource }) => `${containerResource!.name} container`,
    propose(metrics, { type, containerResource }, input) {
      const { name, container, target } = containerResource!;
      const { current, replicas } = ofResource(metrics, name, container, target, input);
      const isShare = target.averageValue === undefined;
      return {
        replicas,
        name: isShare ? `${name} container resource ${SHARE}` : `${name} resource`,
        status: { type, containerResource: { name, container, current } },
      };
    },
  },
  Pods: {
    label: () => 'pods',
    propose(metrics, { type, pods }, input) {
      const { metric, target } = pods!;
      const { namespace, podSelector } = input;
      const values = wording(`unable to get metric ${metric.name}: `, () =>
        metrics.pods(metric.name, namespace, podSelector),
      );
      const { replicas, usage } = replicasForAverage(
        input,
        values,
        '',
        milliValue(target.averageValue!),
      );
      const status = { type, pods: { metric, current: { averageValue: quantity(usage) } } };
      return { replicas, name: `pods metric ${metric.name}`, status };
    },
  },
  Object: {
    label: () => 'object',
    propose(metrics, { type, object }, input) {
      const { metric, target, describedObject } = object!;
      const { namespace, statusReplicas } = input;
      const { name } = metric;
      const value = (): number => {
        try {
          return metrics.object(name, namespace, describedObject);
        } catch (error) {
          const what = `${describedObject.kind} ${namespace}/${describedObject.name}`;
          const why = `${(error as Error).message} on ${what}`;
          throw new Error(`unable to get metric ${name}: ${why}`, { cause: error });
        }
      };
      if (target.type === 'Value') {
        const { replicas, usage } = replicasForTotal(input, value(), milliValue(target.value!));
        const current = { value: quantity(usage) };
        return {
          replicas,
          name: `${describedObject.kind} metric ${name}`,
          status: { type, object: { metric, describedObject, current } },
        };
      }
      if (target.type !== 'AverageValue') throw new Error(invalid('object'));
      const total = wording(`failed to get ${name} object metric: `, value);
      const average = milliValue(target.averageValue!);
      const { replicas, usage } = replicasForShare(input, statusReplicas, total, average);
      return {
        replicas,
        name: externalName(name, metric.selector),
        status: {
          type,
          object: { metric, describedObject, current: { averageValue: quantity(usage) } },
        },
      };
    },
  },
  External: {
    label: ({ external }) => `${external!.metric.name} external`,
    propose(metrics, { type, external }, input) {
      const { metric, target } = external!;
      const { namespace, statusReplicas } = input;
      const { name: metricName, selector } = metric;
      const name = externalName(metricName, selector);
      const total = (): number => {
        const which = `${namespace}/${metricName}/${selectorText(selector)}`;
        const values = wording(`unable to get external metric ${which}: `, () =>
          metrics.external(metricName, namespace),
        );
        return values.reduce((sum, value) => sum + value, 0);
      };
      if (target.averageValue !== undefined) {
        const average = milliValue(target.averageValue);
        const sum = wording(`failed to get ${metricName} external metric: `, total);
        const { replicas, usage } = replicasForShare(input, statusReplicas, sum, average);
        const current = { averageValue: quantity(usage) };
        return { replicas, name, status: { type, external: { metric, current } } };
      }
      if (target.value === undefined) throw new Error(invalid('external'));
      const sum = wording(`failed to get external metric ${metricName}: `, total);
      const { replicas, usage } = replicasForTotal(input, sum, milliValue(target.value));
      return {
        replicas,
        name,
        status: { type, external: { metric, current: { value: quantity(usage) } } },
      };
    },
  },
};

const SHARE = 'utilization (percentage of request)';

function ofResource(
  metrics: MetricsClient,
  resource: string,
  container: string,
  target: Target,
  input: MetricInput,
): { replicas: number; current: Current } {
  const { averageValue, averageUtilization } = target;
  const { namespace, podSelector } = input;
  const isShare = averageValue === undefined;
  if (isShare && averageUtilization === undefined) {
    throw new Error(
      'invalid resource metric source: neither a utilization target nor a value target was set',
    );
  }
  const compute = (): Proposal => {
    const values = wording(`unable to get metrics for resource ${resource}: `, () =>
      metrics.resource(resource, namespace, podSelector, container),
    );
    return isShare
      ? replicasForUtilization(input, values, resource, container, averageUtilization!)
      : replicasForAverage(input, values, resource, milliValue(averageValue));
  };
  const what = isShare ? 'utilization' : 'usage';
  const { replicas, usage, utilization } = wording(`failed to get ${resource} ${what}: `, compute);
  const current: Current = { averageValue: quantity(usage) };
  if (utilization !== undefined) current.averageUtilization = utilization;
  return { replicas, current };
}

/** Puts words before what went wrong. */
function wording<T>(prefix: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new Error(prefix + (error as Error).message, { cause: error });
  }
}

function invalid(source: string): string {
  const neither = 'neither a value target nor an average value target was set';
  return `invalid ${source} metric source: ${neither}`;
}

function quantity(thousandths: number): string {
  return formatQuantity(thousandths / 1000);
}

function externalName(name: string, selector: Selector): string {
  return `external metric ${name}(${selectorText(selector)})`;
}

/** As Go prints the selector. */
function selectorText(selector: Selector): string {
  if (!selector) return 'nil';
  const { matchLabels = {}, matchExpressions = [] } = selector;
  const labels = Object.keys(matchLabels)
    .sort()
    .map((key) => `${key}: ${matchLabels[key]},`);
  const expressions = matchExpressions.map(({ key, operator, values = [] }) => {
    const list = values.join(' ');
    return `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${list}],},`;
  });
  return (
    `&LabelSelector{MatchLabels:map[string]string{${labels.join('')}},` +
    `MatchExpressions:[]LabelSelectorRequirement{${expressions.join('')}},}`
  );
}
