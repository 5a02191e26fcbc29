import { describe, expect, it } from 'vitest';
import type { Draft, KubeObject } from '../api/object';
import { resourceRef } from '../api/resource-ref';
import { ApiServer } from '../apiserver/server';
import { Gate } from '../cluster/gate';
import { Scope } from '../sim/scope';
import { Simulation } from '../sim/simulation';
import { Store } from '../store/store';
import { Client } from './client';
import { Informer } from './informer';

interface Fish extends KubeObject {
  spec: { tank: string };
}

const fishes = resourceRef<Fish>('sim.test/v1', 'fishes', 'Fish', false);
const fish = (name: string, tank: string): Draft<Fish> => ({ metadata: { name }, spec: { tank } });

function harness() {
  const sim = new Simulation({ seed: 1, startMs: 0 });
  const definition = { ref: fishes, singular: 'fish', listKind: 'FishList' };
  const server = new ApiServer(sim, new Store(), [definition], [], 'uid');
  const gate = new Gate(server, '10.0.0.1:6443');
  gate.setState('open');
  const client = new Client(gate, sim.clock, 'tester', 0);
  const informer = new Informer(sim, new Scope(sim.clock), client, fishes, {}, 10);
  informer.addIndex('tank', ({ spec }) => [spec.tank]);
  const log: string[] = [];
  const note = (what: string, { metadata }: Fish): void => {
    log.push(`${sim.clock.nowMs} ${what} ${metadata.name} cause ${sim.cause}`);
  };
  informer.addHandler({
    added: (object) => note('added', object),
    updated: (object) => note('updated', object),
    deleted: (object) => note('deleted', object),
  });
  return { sim, server, gate, client, informer, log };
}

describe('an informer', () => {
  it('has what was there at once, and what comes later after its delay, with its cause', () => {
    const { sim, client, informer, log } = harness();
    client.create(fishes, fish('ann', 'n1'));
    informer.start();
    expect(informer.hasSynced).toBe(true);
    const bob = client.create(fishes, fish('bob', 'n1'));
    expect(informer.get('bob')).toBeUndefined();
    sim.clock.runFor(10);
    expect(informer.get('bob')).toBe(bob);
    client.update(fishes, { ...bob, spec: { tank: 'n2' } });
    client.delete(fishes, '', 'ann');
    sim.clock.runFor(10);
    expect(log).toEqual([
      '0 added ann cause 0',
      '10 added bob cause 3',
      '20 updated bob cause 4',
      '20 deleted ann cause 5',
    ]);
    expect([...informer.items.keys()]).toEqual(['bob']);
    expect(informer.resourceVersion).toBe('5');
  });

  it('keeps its indexes true to the objects', () => {
    const { sim, client, informer } = harness();
    informer.start();
    const namesIn = (tank: string): string[] =>
      [...informer.byIndex('tank', tank)].map(({ metadata }) => metadata.name);
    const ann = client.create(fishes, fish('ann', 'n1'));
    client.create(fishes, fish('bob', 'n1'));
    sim.clock.runFor(10);
    expect(namesIn('n1')).toEqual(['ann', 'bob']);
    client.update(fishes, { ...ann, spec: { tank: 'n2' } });
    sim.clock.runFor(10);
    expect([namesIn('n1'), namesIn('n2')]).toEqual([['bob'], ['ann']]);
  });

  it('resumes where a broken stream left off', () => {
    const { sim, gate, client, informer, log } = harness();
    informer.start();
    client.create(fishes, fish('ann', 'n1'));
    gate.setState('closed');
    sim.clock.runFor(3000);
    expect(log).toEqual([]);
    gate.setState('open');
    sim.clock.runFor(2000);
    expect(log).toEqual(['4010 added ann cause 2']);
  });

  it('lists anew when its revision has been compacted, and tells of what has gone and come', () => {
    const { sim, server, gate, client, informer, log } = harness();
    client.create(fishes, fish('ann', 'n1'));
    informer.start();
    gate.setState('closed');
    gate.setState('open');
    client.delete(fishes, '', 'ann');
    client.create(fishes, fish('bob', 'n1'));
    server.store.compact(server.store.revision);
    sim.clock.runFor(3000);
    expect(log).toEqual([
      '0 added ann cause 0',
      '1000 added bob cause 0',
      '1000 deleted ann cause 0',
    ]);
    expect([...informer.items.keys()]).toEqual(['bob']);
  });

  it('takes an object made anew under the same name for another', () => {
    const { sim, gate, client, informer, log } = harness();
    client.create(fishes, fish('ann', 'n1'));
    informer.start();
    gate.setState('closed');
    gate.setState('open');
    client.delete(fishes, '', 'ann');
    client.create(fishes, fish('ann', 'n2'));
    gate.server.store.compact(gate.server.store.revision);
    sim.clock.runFor(3000);
    expect(log).toEqual([
      '0 added ann cause 0',
      '1000 deleted ann cause 0',
      '1000 added ann cause 0',
    ]);
  });

  it('tells a late handler of what is there', () => {
    const { client, informer } = harness();
    client.create(fishes, fish('ann', 'n1'));
    informer.start();
    const seen: string[] = [];
    informer.addHandler({ added: ({ metadata }) => seen.push(metadata.name) });
    expect(seen).toEqual(['ann']);
  });
});
