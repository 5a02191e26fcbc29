// Answers the metrics API from what the usage source has measured: of pods that run, and of nodes.
// Upstream: github.com/kubernetes-sigs/metrics-server, pkg/api/{pod,node}.go.
import { nodeMetrics, podMetrics, type NodeMetrics, type PodMetrics } from '../../api/metrics';
import { nodes, pods } from '../../api/resource-ref';
import { notFound } from '../../api/status-error';
import { formatTime } from '../../api/time';
import type { Node, Pod } from '../../api/types';
import type { ApiRequest, ObjectList } from '../../client/transport';
import type { ServerContext } from '../context';
import { compileSelection } from '../selection';
import type { SubresourceHandler } from '../subresources/subresource';
import { kibibytes, nanocores } from './metrics-definitions';
import type { Measured, MeasuredUsage } from './usage-source';

export const metricsHandlers: readonly SubresourceHandler[] = [
  {
    resource: podMetrics.key,
    subresource: '',
    verbs: {
      get: (context, _definition, request) => onePod(context, request),
      list: (context, definition, request) => {
        const { namespace, options } = request;
        const { matches } = compileSelection(
          definition,
          namespace,
          options.labelSelector,
          options.fieldSelector,
        );
        return listOf(
          (context.store.list(pods.key, namespace) as Pod[])
            .filter((pod) => !matches || matches(pod))
            .flatMap((pod) => metricsOfPod(context, pod) ?? []),
        );
      },
    },
  },
  {
    resource: nodeMetrics.key,
    subresource: '',
    verbs: {
      get: (context, _definition, request) => oneNode(context, request),
      list: (context, definition, { options }) => {
        const { labelSelector, fieldSelector } = options;
        const { matches } = compileSelection(definition, '', labelSelector, fieldSelector);
        return listOf(
          (context.store.list(nodes.key) as Node[])
            .filter((node) => !matches || matches(node))
            .flatMap((node) => metricsOfNode(context, node) ?? []),
        );
      },
    },
  },
];

function onePod(context: ServerContext, { namespace, name }: ApiRequest): PodMetrics {
  const pod = context.store.get(pods.key, namespace, name) as Pod | undefined;
  const found = pod && metricsOfPod(context, pod);
  if (found) return found;
  throw notFound({ group: 'metrics.k8s.io', resource: 'podmetrics' }, `${namespace}/${name}`);
}

function oneNode(context: ServerContext, { name }: ApiRequest): NodeMetrics {
  const node = context.store.get(nodes.key, '', name) as Node | undefined;
  const found = node && metricsOfNode(context, node);
  if (found) return found;
  throw notFound({ group: 'metrics.k8s.io', resource: 'nodemetrics' }, name);
}

function metricsOfPod({ services, sim }: ServerContext, pod: Pod): PodMetrics | undefined {
  const measured = pod.status.phase === 'Running' && services.usage?.containersOf(pod);
  if (!measured) return undefined;
  const { name, namespace, labels } = pod.metadata;
  return {
    apiVersion: podMetrics.apiVersion,
    kind: podMetrics.kind,
    metadata: metadataOf({ name, namespace, labels }, sim.clock.activityMs),
    ...windowOf(measured),
    containers: measured.value.map(({ name: container, usage }) => ({
      name: container,
      usage: amounts(usage),
    })),
  } as PodMetrics;
}

function metricsOfNode({ services, sim }: ServerContext, node: Node): NodeMetrics | undefined {
  const measured = services.usage?.ofNode(node);
  if (!measured) return undefined;
  const { name, labels } = node.metadata;
  return {
    apiVersion: nodeMetrics.apiVersion,
    kind: nodeMetrics.kind,
    metadata: metadataOf({ name, labels }, sim.clock.activityMs),
    ...windowOf(measured),
    usage: amounts(measured.value),
  } as NodeMetrics;
}

function metadataOf(metadata: object, nowMs: number): object {
  return { ...metadata, creationTimestamp: formatTime(nowMs) };
}

function windowOf({ atMs, windowMs }: Measured<unknown>): { timestamp: string; window: string } {
  return { timestamp: formatTime(atMs), window: `${windowMs / 1000}s` };
}

function amounts({ cpuNanos, memoryBytes }: MeasuredUsage): Record<string, string> {
  return { cpu: nanocores(cpuNanos / 1e9), memory: kibibytes(memoryBytes) };
}

function listOf<T extends PodMetrics | NodeMetrics>(items: T[]): ObjectList<T> {
  return { resourceVersion: '', items };
}
