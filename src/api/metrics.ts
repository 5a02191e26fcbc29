// The resource metrics API, metrics.k8s.io/v1beta1: what pods and nodes use at this moment. Its
// objects are not stored; they are measured when somebody asks.
// Upstream: staging/src/k8s.io/metrics/pkg/apis/metrics/v1beta1.
import type { KubeObject } from './object';
import { resourceRef } from './resource-ref';

/** Amounts by resource, as quantities: 'cpu', 'memory'. */
export type Usage = Readonly<Record<string, string>>;

interface Measured extends KubeObject {
  /** When the window ended. */
  readonly timestamp: string;
  /** What the usage is the average of: '15.014s'. */
  readonly window: string;
}

export interface PodMetrics extends Measured {
  readonly containers: readonly { readonly name: string; readonly usage: Usage }[];
}

export interface NodeMetrics extends Measured {
  readonly usage: Usage;
}

export const podMetrics = /* @__PURE__ */ resourceRef<PodMetrics>(
  'metrics.k8s.io/v1beta1',
  'pods',
  'PodMetrics',
);
export const nodeMetrics = /* @__PURE__ */ resourceRef<NodeMetrics>(
  'metrics.k8s.io/v1beta1',
  'nodes',
  'NodeMetrics',
  false,
);
