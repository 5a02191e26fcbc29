// The kinds of metrics.k8s.io/v1beta1 as the API server serves them for metrics-server.
// Upstream: github.com/kubernetes-sigs/metrics-server, pkg/api.
import { nodeMetrics, podMetrics, type NodeMetrics, type PodMetrics } from '../../api/metrics';
import { formatQuantity, parseQuantity } from '../../api/quantity';
import { column } from '../../resources/columns';
import type { ResourceDefinition, TableColumn } from '../../resources/definition';

const VERBS = ['get', 'list'];

export const podMetricsDefinition: ResourceDefinition<PodMetrics> = {
  ref: podMetrics,
  singular: '',
  listKind: 'PodMetricsList',
  verbs: VERBS,
  isVirtual: true,
  columns: columnsOf<PodMetrics>(({ containers }, resource) => {
    const sum = containers.reduce((all, { usage }) => all + parseQuantity(usage[resource]), 0);
    return resource === 'memory' ? kibibytes(sum) : nanocores(sum);
  }),
};

export const nodeMetricsDefinition: ResourceDefinition<NodeMetrics> = {
  ref: nodeMetrics,
  singular: '',
  listKind: 'NodeMetricsList',
  verbs: VERBS,
  isVirtual: true,
  columns: columnsOf<NodeMetrics>(({ usage }, resource) => usage[resource]),
};

/** As metrics-server writes CPU: '1234567n'. */
export function nanocores(cores: number): string {
  const nanos = Math.round(cores * 1e9);
  return nanos === 0 ? '0' : `${nanos}n`;
}

/** As metrics-server writes memory: '4056Ki'. */
export function kibibytes(amount: number): string {
  return formatQuantity(Math.round(amount / 1024) * 1024, 'BinarySI').replace(/^0$/, '0');
}

function columnsOf<T extends PodMetrics | NodeMetrics>(
  amount: (object: T, resource: string) => string,
): TableColumn<T>[] {
  const name: TableColumn<T> = {
    ...column<T>('Name', 'string', 'Name of the resource', ({ metadata }) => metadata.name),
    format: 'name',
  };
  return [
    name,
    column('cpu', 'string', '', (object) => amount(object, 'cpu')),
    column('memory', 'string', '', (object) => amount(object, 'memory')),
    column('Window', 'string', '', ({ window }) => window),
  ];
}
