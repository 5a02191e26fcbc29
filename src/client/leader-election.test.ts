import { expect, test } from 'vitest';
import type { Event, Lease } from '../api/types';
import { Scope } from '../sim/scope';
import { Simulation } from '../sim/simulation';
import { Component, REAL_PACE } from './component';
import { FakeTransport } from './fake-transport';
import { LeaderElection } from './leader-election';

function setUp() {
  const sim = new Simulation({ seed: 1 });
  const transport = new FakeTransport(sim);
  const log: string[] = [];
  const start = (identity: string) => {
    const scope = new Scope(sim.clock);
    const options = { name: 'kube-scheduler', host: 'm1' };
    const pace = { ...REAL_PACE, apiCallMs: 0 };
    const component = new Component(sim, scope, transport, pace, options);
    const election = new LeaderElection(component, {
      name: 'kube-scheduler',
      identity,
      onStartedLeading(leading) {
        log.push(`${sim.clock.elapsedMs} ${identity} leads`);
        leading.onStop(() => log.push(`${sim.clock.elapsedMs} ${identity} stops`));
      },
      onError: (error) => log.push((error as Error).message),
    });
    election.start();
    return { scope, election };
  };
  const lease = () => transport.get<Lease>('leases/kube-system/kube-scheduler');
  return { sim, transport, log, start, lease };
}

test('the first copy takes the Lease and renews it every two seconds', () => {
  const { sim, log, start, lease, transport } = setUp();
  const { election } = start('m1_a');
  sim.clock.runFor(7_000);
  expect(log).toEqual(['0 m1_a leads']);
  expect(election.isLeader).toBe(true);
  expect(lease().spec).toEqual({
    holderIdentity: 'm1_a',
    leaseDurationSeconds: 15,
    acquireTime: '2026-01-01T00:00:00.000000Z',
    renewTime: '2026-01-01T00:00:06.000000Z',
    leaseTransitions: 0,
  });
  const events = [...transport.objects.values()].filter(({ kind }) => kind === 'Event') as Event[];
  expect(events.map(({ reason, message }) => [reason, message])).toEqual([
    ['LeaderElection', 'm1_a became leader'],
  ]);
});

test('a second copy waits, and takes over when the first one has died', () => {
  const { sim, log, start, lease } = setUp();
  const first = start('m1_a');
  const second = start('m2_b');
  sim.clock.runFor(10_000);
  expect(second.election.isLeader).toBe(false);
  expect(second.election.leader).toBe('m1_a');
  first.scope.stop();
  sim.clock.runFor(30_000);
  expect(log.slice(0, 2)).toEqual(['0 m1_a leads', '10000 m1_a stops']);
  expect(log[2]).toMatch(/^2\d{4} m2_b leads$/);
  expect(lease().spec).toMatchObject({ holderIdentity: 'm2_b', leaseTransitions: 1 });
});

test('a leader that cannot renew stops after ten seconds and stands again', () => {
  const { sim, transport, log, start } = setUp();
  start('m1_a');
  sim.clock.runFor(1_000);
  transport.isDown = true;
  sim.clock.runFor(15_000);
  transport.isDown = false;
  sim.clock.runFor(10_000);
  const refusals = log.filter((line) => line === 'connection refused');
  expect(refusals.length).toBeGreaterThan(4);
  const acts = log.filter((line) => line !== 'connection refused');
  expect(acts.slice(0, 2)).toEqual(['0 m1_a leads', '10000 m1_a stops']);
  expect(acts[2]).toMatch(/^(1[6-9]|2\d)\d{3} m1_a leads$/);
});
