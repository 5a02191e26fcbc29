import { beforeEach, describe, expect, test } from 'vitest';
import { Simulation } from '../sim/simulation';
import { Etcd } from './etcd';

let sim: Simulation;
let changes: number;
let etcd: Etcd;

function start(...names: string[]): void {
  sim = new Simulation({ seed: 1 });
  changes = 0;
  etcd = new Etcd(sim, () => changes++);
  for (const name of names) etcd.join(name);
  for (const name of names) etcd.setRunning(name, true);
}

const writers = (): string[] =>
  etcd
    .members()
    .map(({ name }) => name)
    .filter((name) => etcd.canWrite(name));

describe('a single member', () => {
  beforeEach(() => start('m1'));

  test('leads from the moment it runs, and nobody does without it', () => {
    expect([etcd.leader, writers()]).toEqual(['m1', ['m1']]);
    etcd.setRunning('m1', false);
    expect([etcd.leader, writers()]).toEqual([undefined, []]);
    etcd.setRunning('m1', true);
    expect([etcd.leader, writers()]).toEqual(['m1', ['m1']]);
  });

  test('goes on alone behind a cut cable', () => {
    etcd.setCut('m1', true);
    expect(writers()).toEqual(['m1']);
  });
});

describe('three members', () => {
  beforeEach(() => {
    start('m1', 'm2', 'm3');
    sim.clock.runFor(2000);
  });

  test('choose one within two seconds', () => {
    expect(etcd.members().filter(({ isLeader }) => isLeader)).toHaveLength(1);
    expect(writers()).toEqual(['m1', 'm2', 'm3']);
  });

  test('choose another when the leader stops, and write nothing meanwhile', () => {
    const first = etcd.leader!;
    etcd.setRunning(first, false);
    expect([etcd.leader, etcd.isElecting, writers()]).toEqual([undefined, true, []]);
    sim.clock.runFor(2000);
    expect(etcd.leader).not.toBe(first);
    expect(writers()).toEqual(['m1', 'm2', 'm3'].filter((name) => name !== first));
  });

  test('lose their quorum with the second, and have it again with its return', () => {
    etcd.setRunning('m1', false);
    etcd.setRunning('m2', false);
    sim.clock.runFor(5000);
    expect([etcd.leader, etcd.isElecting, writers()]).toEqual([undefined, false, []]);
    etcd.setRunning('m2', true);
    sim.clock.runFor(2000);
    expect(writers()).toEqual(['m2', 'm3']);
  });

  test('go on as two when the third is cut off, which cannot write', () => {
    etcd.setCut('m3', true);
    sim.clock.runFor(2000);
    expect(writers()).toEqual(['m1', 'm2']);
  });

  test('are two after one was taken away, and then need both', () => {
    etcd.setRunning('m3', false);
    etcd.remove('m3');
    sim.clock.runFor(2000);
    expect(writers()).toEqual(['m1', 'm2']);
    etcd.setRunning('m2', false);
    sim.clock.runFor(2000);
    expect(writers()).toEqual([]);
  });
});
