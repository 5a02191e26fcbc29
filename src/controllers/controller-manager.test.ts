import { expect, test } from 'vitest';
import { deployments, pods, replicaSets } from '../api/resource-ref';
import { Scope } from '../sim/scope';
import { Component, REAL_PACE } from '../client/component';
import { extension } from '../cluster/extension';
import { workloadSpec } from '../testing/controller-fixtures';
import { startCluster } from '../testing/controllers';
import { startControllerManager } from './controller-manager';
import { CONTROLLERS } from './index';

const web = { metadata: { name: 'web', namespace: 'default' }, spec: workloadSpec('web') };

test('every controller runs, idle, once the Lease is held', () => {
  const { sim, manager, eventsIn } = startCluster();
  sim.clock.runFor(2_500);
  expect(manager.isLeader).toBe(true);
  const names = new Set([...CONTROLLERS, ...extension.controllers].map(({ name }) => name));
  expect(manager.states()).toEqual(
    [...names].map((name) => ({ name, state: 'Running', depth: 0, busy: false })),
  );
  expect(eventsIn('kube-system')).toEqual([
    'LeaderElection Lease/kube-controller-manager: m1_test became leader',
  ]);
  expect(manager.errors).toEqual([]);
});

test('a paused controller keeps its keys until it goes on', () => {
  const { sim, client, manager } = startCluster();
  sim.clock.runFor(1_000);
  manager.setPaused('replicaset', true);
  client.create(deployments, web);
  sim.clock.runFor(1_000);
  expect(client.list(replicaSets, 'default').items).toHaveLength(1);
  expect(client.list(pods, 'default').items).toHaveLength(0);
  expect(manager.states().find(({ name }) => name === 'replicaset')).toEqual({
    name: 'replicaset',
    state: 'Paused',
    depth: 1,
    busy: false,
  });
  manager.setPaused('replicaset', false);
  sim.clock.runFor(1_000);
  expect(client.list(pods, 'default').items).toHaveLength(1);
});

test('a stopped controller finds its way from list and watch when it is started again', () => {
  const { sim, client, manager } = startCluster();
  sim.clock.runFor(1_000);
  manager.stop('replicaset');
  client.create(deployments, web);
  sim.clock.runFor(1_000);
  expect(manager.states().find(({ name }) => name === 'replicaset')?.state).toBe('Stopped');
  expect(client.list(pods, 'default').items).toHaveLength(0);
  manager.start('replicaset');
  sim.clock.runFor(1_000);
  expect(client.list(pods, 'default').items).toHaveLength(1);
  expect(client.list(replicaSets, 'default').items[0].status.replicas).toBe(1);
});

test('only the holder of the Lease acts, and another takes over when it has died', () => {
  const { sim, client, component, server, manager } = startCluster();
  const scope = new Scope(sim.clock);
  const options = { name: 'kube-controller-manager', host: 'm2' };
  const second = startControllerManager(new Component(sim, scope, server, REAL_PACE, options), {
    identity: 'm2_test',
    clusterCIDR: '10.244.0.0/16',
  });
  sim.clock.runFor(5_000);
  expect([manager.isLeader, second.isLeader]).toEqual([true, false]);
  component.scope.stop();
  client.create(deployments, web);
  sim.clock.runFor(5_000);
  expect(client.list(pods, 'default').items).toHaveLength(0);
  sim.clock.runFor(30_000);
  expect(second.isLeader).toBe(true);
  expect(client.list(pods, 'default').items).toHaveLength(1);
});

test('what a reconcile throws is kept with its key', () => {
  const { sim, client, manager, server } = startCluster();
  sim.clock.runFor(1_000);
  const create = server.request.bind(server);
  let failures = 2;
  server.request = (request) => {
    const isPod = request.verb === 'create' && request.ref.key === 'pods';
    if (isPod && failures-- > 0) throw new Error('no more paper');
    return create(request);
  };
  client.create(deployments, web);
  sim.clock.runFor(2_000);
  const kept = manager.errors.map(({ controller, key, error }) => [
    controller,
    key.replace(/-.*/, ''),
    (error as Error).message,
  ]);
  expect(kept).toEqual([
    ['replicaset', 'default/web', 'no more paper'],
    ['replicaset', 'default/web', 'no more paper'],
  ]);
  expect(client.list(pods, 'default').items).toHaveLength(1);
});
