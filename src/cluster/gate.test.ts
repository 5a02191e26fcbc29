import { beforeEach, expect, test } from 'vitest';
import { namespaces } from '../api/resource-ref';
import { ApiServer } from '../apiserver/server';
import { Client } from '../client/client';
import type { WatchRequest } from '../client/transport';
import { resourceDefinitions } from '../resources';
import type { ResourceDefinition } from '../resources/definition';
import { Simulation } from '../sim/simulation';
import { Store } from '../store/store';
import { Gate } from './gate';

const REFUSED = 'dial tcp 10.0.0.10:6443: connect: connection refused';

let gate: Gate;
let client: Client;
let heard: string[];

beforeEach(() => {
  const sim = new Simulation({ seed: 1 });
  const definitions = resourceDefinitions as unknown as readonly ResourceDefinition[];
  const server = new ApiServer(sim, new Store(), definitions, [], 'apiserver');
  gate = new Gate(server, '10.0.0.10:6443');
  client = new Client(gate, sim.clock, 'test', 0);
  heard = [];
});

function watch(): () => void {
  const request: WatchRequest = { ref: namespaces, resourceVersion: '', actor: 'test' };
  return gate.watch(request, {
    event: ({ type, object }) => heard.push(`${type} ${object.metadata.name}`),
    closed: () => heard.push('closed'),
  });
}

const make = (name: string): unknown => client.create(namespaces, { metadata: { name } } as never);

test('a gate is closed at first and refuses all, and nothing is written', () => {
  expect(gate.isOpen).toBe(false);
  expect(() => make('a')).toThrow(REFUSED);
  expect(() => client.list(namespaces)).toThrow(REFUSED);
  expect(watch).toThrow(REFUSED);
  expect(gate.server.store.objectCount).toBe(0);
});

test('an open gate lets through', () => {
  gate.setState('open');
  watch();
  make('a');
  expect(client.list(namespaces).items.map(({ metadata }) => metadata.name)).toEqual(['a']);
  expect(heard).toEqual(['ADDED a']);
});

test('a gate without a quorum behind it reads and does not write', () => {
  gate.setState('open');
  make('a');
  gate.setState('read-only');
  expect(client.list(namespaces).items.map(({ metadata }) => metadata.name)).toEqual(['a']);
  watch();
  expect(() => make('b')).toThrow('etcdserver: request timed out');
  expect(heard).toEqual(['ADDED a']);
});

test('every watch breaks when it closes, once', () => {
  gate.setState('open');
  const stop = watch();
  watch();
  stop();
  gate.setState('closed');
  gate.setState('closed');
  expect(heard).toEqual(['closed']);
  gate.setState('open');
  make('a');
  expect(heard).toEqual(['closed']);
});
