// For tests only: an API server, and controllers at work on it under a virtual clock.
import { DEFAULT_START_MS, Simulation } from '../sim/simulation';
import { Scope } from '../sim/scope';
import { Store } from '../store/store';
import { ApiServer } from '../apiserver/server';
import { Client } from '../client/client';
import { Component, REAL_PACE } from '../client/component';
import * as refs from '../api/resource-ref';
import type { Event } from '../api/types';
import type { ResourceDefinition } from '../resources/definition';
import {
  startControllerManager,
  type ControllerManagerOptions,
} from '../controllers/controller-manager';

export function startCluster(options: Partial<ControllerManagerOptions> = {}) {
  const sim = new Simulation({ seed: 1, startMs: DEFAULT_START_MS });
  const server = new ApiServer(sim, new Store(), definitions(), [], 'apiserver');
  const client = new Client(server, sim.clock, 'test', 0);
  const component = new Component(sim, new Scope(sim.clock), server, REAL_PACE, {
    name: 'kube-controller-manager',
    host: 'm1',
  });
  const manager = startControllerManager(component, {
    identity: 'm1_test',
    clusterCIDR: '10.244.0.0/16',
    ...options,
  });
  return { sim, server, client, component, manager, eventsIn: eventsIn(client) };
}

/** Events of a namespace as 'Reason kind/name: message', in order. */
const eventsIn =
  (client: Client) =>
  (namespace: string): string[] =>
    client
      .list(refs.events, namespace)
      .items.map(
        ({ reason, message, involvedObject: { kind, name } }: Event) =>
          `${reason} ${kind}/${name}: ${message}`,
      );

function definitions(): ResourceDefinition[] {
  return Object.values(refs)
    .filter((ref) => typeof ref === 'object' && 'kind' in ref)
    .map((ref) => ({
      ref: ref as never,
      singular: ref.kind.toLowerCase(),
      listKind: ref.kind + 'List',
      hasGeneration: true,
      subresources: ['status'],
      applyDefaults: (object: object) =>
        ('status' in object ? object : { ...object, status: {} }) as never,
    }));
}
