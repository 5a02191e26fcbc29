// ComponentStatuses: whether the programs behind the API server answer. Never stored.
// Upstream: pkg/registry/core/componentstatus.
import type { KubeObject } from './object';
import { resourceRef } from './resource-ref';

export interface ComponentStatus extends KubeObject {
  readonly conditions: readonly {
    readonly type: 'Healthy';
    readonly status: 'True' | 'False';
    readonly message?: string;
    readonly error?: string;
  }[];
}

export const componentStatuses = /* @__PURE__ */ resourceRef<ComponentStatus>(
  'v1',
  'componentstatuses',
  'ComponentStatus',
  false,
);
