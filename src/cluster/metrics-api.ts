// The resource metrics API: served for as long as there is an APIService for it, which every preset
// with machines has from the start, so that `kubectl top` and autoscalers work at once.
// Where the real one differs: kubeadm installs no metrics-server, and where there is one it is a
// Deployment; here the API server measures by itself, and no pod stands behind the APIService.
import { apiServices } from '../api/extension-refs';
import type { APIService } from '../api/extension-types';
import type { Draft, KubeObject } from '../api/object';
import {
  nodeMetricsDefinition,
  podMetricsDefinition,
} from '../apiserver/metrics-api/metrics-definitions';
import type { ApiServer } from '../apiserver/server';
import type { ResourceDefinition } from '../resources/definition';
import type { ServerProgram } from './extension-parts';
import { UsageMeter } from './usage-meter';

const NAME = 'v1beta1.metrics.k8s.io';
const DEFINITIONS = [
  nodeMetricsDefinition,
  podMetricsDefinition,
] as readonly unknown[] as readonly ResourceDefinition[];

export const metricsApiProgram: ServerProgram = {
  name: 'metrics.k8s.io',
  start(server) {
    server.context.services.usage = new UsageMeter(server);
    follow(server);
  },
  restored: (server) => serve(server, server.store.get(apiServices.key, '', NAME) !== undefined),
};

/** The APIService that metrics-server brings along. */
export function metricsApiService(now: string): Draft<APIService>[] {
  const available = {
    type: 'Available',
    status: 'True',
    lastTransitionTime: now,
    reason: 'Passed',
    message: 'all checks passed',
  };
  return [
    {
      metadata: { name: NAME, labels: { 'k8s-app': 'metrics-server' } },
      spec: {
        group: 'metrics.k8s.io',
        version: 'v1beta1',
        service: { name: 'metrics-server', namespace: 'kube-system', port: 443 },
        insecureSkipTLSVerify: true,
        groupPriorityMinimum: 100,
        versionPriority: 100,
      },
      status: { conditions: [available] },
    },
  ];
}

function follow(server: ApiServer): void {
  const { store, sim } = server;
  store.watch(apiServices.key, { name: NAME }, store.revision, {
    event: (type: string, object: KubeObject) => {
      if (object.metadata.name === NAME) serve(server, type !== 'DELETED');
    },
    // The server stopped; when it is back, what happened since counts.
    closed: () => {
      sim.clock.at(sim.clock.nowMs, () => {
        follow(server);
        serve(server, store.get(apiServices.key, '', NAME) !== undefined);
      });
    },
  });
}

function serve(server: ApiServer, isWanted: boolean): void {
  const isServed = server
    .allDefinitions()
    .some(({ ref }) => ref.key === podMetricsDefinition.ref.key);
  if (isServed === isWanted) return;
  for (const definition of DEFINITIONS) {
    if (isWanted) server.define(definition);
    else server.undefine(definition.ref.key);
  }
}
