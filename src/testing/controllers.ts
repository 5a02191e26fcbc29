// An API server with the real registry and admission, and controllers at work on it, without
// machines.
import { admissionSteps } from '../apiserver/admission';
import { learnTypes } from '../apiserver/decode/known-types';
import { ApiServer } from '../apiserver/server';
import { namespaces, events } from '../api/resource-ref';
import { extension } from '../cluster/extension';
import { Client } from '../client/client';
import { Component, REAL_PACE, type Pace } from '../client/component';
import {
  startControllerManager,
  type ControllerManager,
  type ControllerManagerOptions,
} from '../controllers/controller-manager';
import { resourceDefinitions } from '../resources';
import type { ResourceDefinition } from '../resources/definition';
import { Scope } from '../sim/scope';
import { Simulation } from '../sim/simulation';
import { Store } from '../store/store';

export interface ControllerCluster {
  sim: Simulation;
  server: ApiServer;
  /** A person's client: no latency. */
  client: Client;
  component: Component;
  manager: ControllerManager;
  /** Events of a namespace as 'Reason kind/name: message', in order. */
  eventsIn(namespace: string): string[];
}

export interface ControllerClusterOptions extends Partial<ControllerManagerOptions> {
  pace?: Pace;
}

/** Starts the controllers on an empty cluster with the system's namespaces. */
export function startCluster(options: ControllerClusterOptions = {}): ControllerCluster {
  const sim = new Simulation({ seed: 1 });
  learnTypes(extension.wireTypes);
  const definitions = resourceDefinitions as readonly unknown[] as readonly ResourceDefinition[];
  const server = new ApiServer(sim, new Store(), definitions, admissionSteps, 'apiserver');
  for (const definition of extension.definitions) server.define(definition);
  server.addAdmission(extension.admission);
  server.addSubresources(extension.subresources);
  const client = new Client(server, sim.clock, 'test', 0);
  for (const name of ['default', 'kube-system']) {
    client.create(namespaces, { metadata: { name }, spec: {} });
  }
  const { pace = REAL_PACE, ...manager } = options;
  const component = new Component(sim, new Scope(sim.clock), server, pace, {
    name: 'kube-controller-manager',
    host: 'm1',
  });
  return {
    sim,
    server,
    client,
    component,
    manager: startControllerManager(component, {
      identity: 'm1_test',
      clusterCIDR: '10.244.0.0/16',
      extension: extension.controllers,
      ...manager,
    }),
    eventsIn: (namespace) =>
      client
        .list(events, namespace)
        .items.map(
          ({ reason, message, involvedObject: { kind, name } }) =>
            `${reason} ${kind}/${name}: ${message}`,
        ),
  };
}
