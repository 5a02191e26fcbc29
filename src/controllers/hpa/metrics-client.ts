// Where an autoscaler gets its numbers: the resource metrics API, and the APIs of custom and of
// external metrics, which an adapter would have to serve. Values are thousandths.
// Upstream: pkg/controller/podautoscaler/metrics/client.go.
import { podMetrics, type PodMetrics } from '../../api/metrics';
import { milliValue } from '../../api/quantity';
import { isNotFound } from '../../api/status-error';
import { parseTime } from '../../api/time';
import type { Client } from '../../client/client';

export interface PodMetric {
  readonly value: number;
  /** When its window ended, ms since the epoch, and how long that was. */
  readonly atMs: number;
  readonly windowMs: number;
}

/** By pod name. */
export type PodMetricValues = Map<string, PodMetric>;

export interface ObjectOfMetric {
  readonly kind: string;
  readonly name: string;
  readonly apiVersion?: string;
}

/** Every call throws with the words of the real client when it has nothing to tell. */
export interface MetricsClient {
  /** Of each pod, or of one container of each pod when `container` is not ''. */
  resource(
    name: string,
    namespace: string,
    podSelector: string,
    container: string,
  ): PodMetricValues;
  pods(name: string, namespace: string, podSelector: string): PodMetricValues;
  object(name: string, namespace: string, object: ObjectOfMetric): number;
  external(name: string, namespace: string): readonly number[];
}

/** Asks the API server. Nothing serves custom or external metrics in this cluster. */
export class ApiMetricsClient implements MetricsClient {
  constructor(private readonly client: Client) {}

  resource(
    name: string,
    namespace: string,
    podSelector: string,
    container: string,
  ): PodMetricValues {
    const items = this.list(namespace, podSelector);
    if (items.length === 0) throw new Error('no metrics returned from resource metrics API');
    const values: PodMetricValues = new Map();
    for (const item of items) {
      const value = container ? ofContainer(item, container, name) : ofPod(item, name);
      if (value === undefined) continue;
      const windowMs = Math.round(parseFloat(item.window) * 1000);
      const atMs = parseTime(item.timestamp);
      values.set(item.metadata.name, { value, atMs, windowMs });
    }
    return values;
  }

  pods(): never {
    throw new Error(`unable to fetch metrics from custom metrics API: ${NO_CUSTOM_METRICS}`);
  }

  object(): never {
    throw new Error(`unable to fetch metrics from custom metrics API: ${NO_CUSTOM_METRICS}`);
  }

  external(name: string): never {
    const missing = `${NOT_SERVED} (get ${name}.external.metrics.k8s.io)`;
    throw new Error(`unable to fetch metrics from external metrics API: ${missing}`);
  }

  private list(namespace: string, labelSelector: string): readonly PodMetrics[] {
    try {
      return this.client.list(podMetrics, namespace, { labelSelector }).items;
    } catch (error) {
      const why = isNotFound(error)
        ? `${NOT_SERVED} (get pods.metrics.k8s.io)`
        : (error as Error).message;
      const what = 'unable to fetch metrics from resource metrics API';
      throw new Error(`${what}: ${why}`, { cause: error });
    }
  }
}

const NOT_SERVED = 'the server could not find the requested resource';
const NO_CUSTOM_METRICS = 'no custom metrics API (custom.metrics.k8s.io) registered';

/** The sum over the containers; undefined when one of them is not measured. */
function ofPod({ containers }: PodMetrics, resource: string): number | undefined {
  let sum = 0;
  for (const { usage } of containers) {
    const amount = usage[resource];
    if (amount === undefined) return undefined;
    sum += milliValue(amount);
  }
  return sum;
}

function ofContainer(
  { containers, metadata }: PodMetrics,
  container: string,
  resource: string,
): number | undefined {
  const found = containers.find(({ name }) => name === container);
  if (!found) {
    const pod = `${metadata.namespace}/${metadata.name}`;
    throw new Error(`container ${container} not present in metrics for pod ${pod}`);
  }
  const amount = found.usage[resource];
  return amount === undefined ? undefined : milliValue(amount);
}
