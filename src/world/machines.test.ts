import { beforeEach, describe, expect, test } from 'vitest';
import type { Machine } from '../api/machine';
import { Component, REAL_PACE } from '../client/component';
import { FakeTransport } from '../client/fake-transport';
import { Scope } from '../sim/scope';
import { Simulation } from '../sim/simulation';
import type { MachineLink } from './machine-link';
import { startMachines, type MachinesOptions } from './machines';

const PACE = { ...REAL_PACE, apiCallMs: 0 };

let sim: Simulation;
let world: FakeTransport;
let told: string[];

beforeEach(() => {
  sim = new Simulation({ seed: 1 });
  world = new FakeTransport(sim);
  told = [];
});

function start(more: Partial<MachinesOptions> = {}) {
  const options = { name: 'world', host: '' };
  const component = new Component(sim, new Scope(sim.clock), world, PACE, options);
  return startMachines({
    component,
    server: world,
    serverAddress: '10.0.0.10:6443',
    boot: ({ name, address, scope }) => {
      told.push(`${sim.clock.elapsedMs} boot ${name} ${address}`);
      scope.onStop(() => told.push(`${sim.clock.elapsedMs} end ${name}`));
      return ['kubelet'];
    },
    halt: (name) => told.push(`${sim.clock.elapsedMs} halt ${name}`),
    discard: (name) => told.push(`${sim.clock.elapsedMs} discard ${name}`),
    ...more,
  });
}

function put(
  name: string,
  power: 'On' | 'Off',
  network: 'Connected' | 'Cut' = 'Connected',
  role: Machine['spec']['role'] = 'worker',
): void {
  const old = world.objects.get('machines/' + name) as Machine | undefined;
  const status = old?.status ?? { phase: power === 'On' ? 'Running' : 'Off', address: '' };
  world.put({
    apiVersion: 'sim.kubarium.dev/v1alpha1',
    kind: 'Machine',
    metadata: old?.metadata ?? { name },
    spec: { power, network, role },
    status,
  });
}

function statusOf(name: string): Machine['status'] {
  return (world.objects.get('machines/' + name) as Machine).status;
}

test('a machine boots a while after the power comes, and says so', () => {
  put('m1', 'On');
  put('n1', 'On');
  start();
  sim.clock.runFor(5000);
  expect(told).toEqual(['4000 boot m1 10.0.0.10', '4000 boot n1 10.0.0.11']);
  expect(statusOf('n1')).toEqual({
    phase: 'Running',
    address: '10.0.0.11',
    bootedAt: '2026-01-01T00:00:04Z',
    programs: [{ name: 'kubelet', state: 'Running' }],
  });
});

test('when the power goes everything ends at once, and comes again with the power', () => {
  const machines = start();
  put('n1', 'On');
  sim.clock.runFor(5000);
  put('n1', 'Off');
  sim.clock.runFor(1000);
  expect(machines.isOn('n1')).toBe(false);
  expect(statusOf('n1')).toEqual({
    phase: 'Off',
    address: '10.0.0.10',
    bootedAt: '2026-01-01T00:00:04Z',
  });
  put('n1', 'On');
  sim.clock.runFor(5000);
  expect(told).toEqual([
    '4003 boot n1 10.0.0.10',
    '5003 end n1',
    '5003 halt n1',
    '10003 boot n1 10.0.0.10',
  ]);
});

test('a machine that loses power while it boots never comes up', () => {
  start();
  put('n1', 'On');
  sim.clock.runFor(2000);
  put('n1', 'Off');
  sim.clock.runFor(10_000);
  expect(told).toEqual(['2003 halt n1']);
});

test('a machine that is taken away ends, and its disk with it', () => {
  start();
  put('n1', 'On');
  sim.clock.runFor(5000);
  world.request({
    verb: 'delete',
    ref: { resource: 'machines' } as never,
    subresource: '',
    namespace: '',
    name: 'n1',
    options: {},
    actor: 'kubectl',
  });
  sim.clock.runFor(1000);
  expect(told.slice(1)).toEqual(['5003 end n1', '5003 discard n1']);
});

test('machines of a save that is loaded are up already', () => {
  put('n1', 'On');
  start({ resumeDelayMs: () => 0 });
  put('n2', 'On');
  sim.clock.runFor(5000);
  expect(told).toEqual(['0 boot n1 10.0.0.10', '4003 boot n2 10.0.0.11']);
});

test('what is asked of a machine while it boots holds when it is up', () => {
  const roles: string[] = [];
  start({ boot: ({ spec }) => (roles.push(spec.role), []) });
  put('n1', 'On');
  sim.clock.runFor(2000);
  put('n1', 'On', 'Connected', 'control-plane');
  sim.clock.runFor(3000);
  expect(roles).toEqual(['control-plane']);
});

describe('the cable', () => {
  /** Who reaches the API server. */
  function reach(names: readonly string[]): string[] {
    return names.filter((name) => {
      try {
        links.get(name)!.resources();
        return true;
      } catch {
        return false;
      }
    });
  }
  let links: Map<string, MachineLink>;
  beforeEach(() => {
    links = new Map();
    start({ boot: ({ name, link }) => (links.set(name, link), []) });
  });

  test('of a worker cuts off that one', () => {
    put('m1', 'On', 'Connected', 'control-plane');
    put('n1', 'On', 'Cut');
    put('n2', 'On');
    sim.clock.runFor(5000);
    expect(reach(['m1', 'n1', 'n2'])).toEqual(['m1', 'n2']);
    put('n1', 'On');
    sim.clock.runFor(10);
    expect(reach(['m1', 'n1', 'n2'])).toEqual(['m1', 'n1', 'n2']);
  });

  test('of the only control plane cuts off all others', () => {
    put('m1', 'On', 'Connected', 'control-plane');
    put('n1', 'On');
    sim.clock.runFor(5000);
    put('m1', 'On', 'Cut', 'control-plane');
    put('n2', 'On');
    sim.clock.runFor(5000);
    expect(reach(['m1', 'n1', 'n2'])).toEqual(['m1']);
    put('m1', 'On', 'Connected', 'control-plane');
    sim.clock.runFor(10);
    expect(reach(['m1', 'n1', 'n2'])).toEqual(['m1', 'n1', 'n2']);
  });

  test('of one of several control planes cuts off that one', () => {
    put('m1', 'On', 'Cut', 'control-plane');
    put('m2', 'On', 'Connected', 'control-plane');
    put('n1', 'On');
    sim.clock.runFor(5000);
    expect(reach(['m1', 'm2', 'n1'])).toEqual(['m2', 'n1']);
  });
});
