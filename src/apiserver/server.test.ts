import { describe, expect, it } from 'vitest';
import type { Draft, KubeObject } from '../api/object';
import { resourceRef } from '../api/resource-ref';
import { StatusError } from '../api/status-error';
import { Client } from '../client/client';
import type { RequestOptions } from '../client/transport';
import type { ResourceDefinition } from '../resources/definition';
import { Simulation } from '../sim/simulation';
import { Store } from '../store/store';
import { ApiServer } from './server';

interface Fish extends KubeObject {
  spec: { tank: string; length?: number };
  status?: { mood: string };
}

const fishes = resourceRef<Fish>('sim.test/v1', 'fishes', 'Fish');
const definition: ResourceDefinition<Fish> = {
  ref: fishes,
  singular: 'fish',
  listKind: 'FishList',
  hasGeneration: true,
  subresources: ['status'],
  selectableFields: { 'spec.tank': ({ spec }) => spec.tank },
  applyDefaults: (object) => {
    object.spec.length ??= 10;
    return object;
  },
  validate: ({ spec }, errors) => {
    if (!spec.tank) errors.required('spec.tank');
    if ((spec.length ?? 0) < 0) errors.invalid('spec.length', spec.length, 'must be positive');
  },
  validateUpdate: ({ spec }, old, errors) => {
    if (spec.tank !== old.spec.tank) errors.invalid('spec.tank', spec.tank, 'field is immutable');
  },
  gracePeriodSeconds: ({ spec }, asked) => (spec.tank === 'deep' ? (asked ?? 30) : 0),
};

function newServer() {
  const sim = new Simulation({ seed: 1, startMs: 1_767_225_600_000 });
  const server = new ApiServer(sim, new Store(), [definition as never], [], 'uid');
  return { sim, server, client: new Client(server, sim.clock, 'tester', 0) };
}

const fish = (name: string, spec: Partial<Fish['spec']> = {}): Draft<Fish> => ({
  metadata: { name, namespace: 'sea' },
  spec: { tank: 'n1', ...spec },
});

function failure(act: () => unknown): [number, string, string] {
  try {
    act();
  } catch (error) {
    if (error instanceof StatusError) return [error.code, error.reason, error.message];
    throw error;
  }
  throw new Error('it did not fail');
}

describe('create', () => {
  it('fills what the server owns, applies defaults and starts the generation', () => {
    const { client } = newServer();
    const created = client.create(fishes, fish('ann'));
    expect(created).toEqual({
      apiVersion: 'sim.test/v1',
      kind: 'Fish',
      metadata: {
        name: 'ann',
        namespace: 'sea',
        uid: created.metadata.uid,
        resourceVersion: '2',
        generation: 1,
        creationTimestamp: '2026-01-01T00:00:00Z',
      },
      spec: { tank: 'n1', length: 10 },
    });
  });

  it('makes a name from generateName', () => {
    const { client } = newServer();
    const draft = { metadata: { generateName: 'ann-', namespace: 'sea' }, spec: { tank: 'n1' } };
    expect(client.create(fishes, draft).metadata.name).toMatch(/^ann-[b-z2-9]{5}$/);
  });

  it.each<[string, Draft<Fish>, [number, string, string]]>([
    ['what exists', fish('old'), [409, 'AlreadyExists', 'fishes.sim.test "old" already exists']],
    [
      'what is invalid, with every cause',
      fish('bad', { tank: '', length: -1 }),
      [
        422,
        'Invalid',
        'Fish.sim.test "bad" is invalid: [spec.tank: Required value, ' +
          'spec.length: Invalid value: -1: must be positive]',
      ],
    ],
    [
      'what has no name',
      { metadata: { namespace: 'sea' }, spec: { tank: 'n1' } },
      [
        422,
        'Invalid',
        'Fish.sim.test "" is invalid: metadata.name: Required value: name or generateName is required',
      ],
    ],
  ])('refuses %s', (_, draft, expected) => {
    const { client, server } = newServer();
    client.create(fishes, fish('old'));
    expect(failure(() => client.create(fishes, draft))).toEqual(expected);
    expect(server.store.objectCount).toBe(1);
  });
});

describe('update', () => {
  it('swaps only against the newest version, and raises the generation with the spec', () => {
    const { client } = newServer();
    const first = client.create(fishes, fish('ann'));
    const second = client.update(fishes, { ...first, spec: { tank: 'n1', length: 11 } });
    expect(second.metadata.generation).toBe(2);
    const labelled = { ...second, metadata: { ...second.metadata, labels: { a: 'b' } } };
    expect(client.update(fishes, labelled).metadata.generation).toBe(2);
    expect(
      failure(() => client.update(fishes, { ...first, spec: { tank: 'n1', length: 12 } })),
    ).toEqual([
      409,
      'Conflict',
      'Operation cannot be fulfilled on fishes.sim.test "ann": the object has been modified; ' +
        'please apply your changes to the latest version and try again',
    ]);
  });

  it('writes nothing when nothing changed', () => {
    const { client, server } = newServer();
    const first = client.create(fishes, fish('ann'));
    expect(client.update(fishes, { ...first, spec: { tank: 'n1', length: 10 } })).toBe(first);
    expect(server.store.revision).toBe(2);
  });

  it('keeps status out of the object and the object out of the status', () => {
    const { client } = newServer();
    const first = client.create(fishes, fish('ann'));
    const asked: Fish = { ...first, spec: { tank: 'n1', length: 3 }, status: { mood: 'calm' } };
    const status = client.updateStatus(fishes, asked);
    expect([status.spec.length, status.status]).toEqual([10, { mood: 'calm' }]);
    const { resourceVersion: _, ...metadata } = asked.metadata;
    const spec = client.update(fishes, { ...asked, metadata, status: { mood: 'lost' } } as Fish);
    expect([spec.spec.length, spec.status]).toEqual([3, { mood: 'calm' }]);
  });

  it('patches in every way', () => {
    const { client } = newServer();
    client.create(fishes, fish('ann'));
    const patch = (body: unknown, patchType: RequestOptions['patchType']): number | undefined =>
      client.patch(fishes, 'sea', 'ann', body, { patchType }).spec.length;
    expect(patch({ spec: { length: 1 } }, 'merge')).toBe(1);
    expect(patch([{ op: 'replace', path: '/spec/length', value: 2 }], 'json')).toBe(2);
    expect(failure(() => patch({ spec: { tank: 'n2' } }, 'merge'))[2]).toBe(
      'Fish.sim.test "ann" is invalid: spec.tank: Invalid value: "n2": field is immutable',
    );
  });
});

describe('delete', () => {
  it('removes at once what has neither finalizers nor grace', () => {
    const { client, server } = newServer();
    client.create(fishes, fish('ann'));
    client.delete(fishes, 'sea', 'ann');
    expect(server.store.objectCount).toBe(0);
    expect(failure(() => client.delete(fishes, 'sea', 'ann'))).toEqual([
      404,
      'NotFound',
      'fishes.sim.test "ann" not found',
    ]);
  });

  it('marks what has a grace period, which can only be shortened', () => {
    const { client, sim } = newServer();
    client.create(fishes, fish('ann', { tank: 'deep' }));
    client.delete(fishes, 'sea', 'ann');
    const marked = client.get(fishes, 'sea', 'ann').metadata;
    expect([marked.deletionTimestamp, marked.deletionGracePeriodSeconds]).toEqual([
      '2026-01-01T00:00:30Z',
      30,
    ]);
    sim.clock.runFor(5000);
    client.delete(fishes, 'sea', 'ann', { gracePeriodSeconds: 60 });
    expect(client.get(fishes, 'sea', 'ann').metadata.deletionGracePeriodSeconds).toBe(30);
    client.delete(fishes, 'sea', 'ann', { gracePeriodSeconds: 0 });
    expect(failure(() => client.get(fishes, 'sea', 'ann'))[0]).toBe(404);
  });

  it('waits for finalizers, and goes with the last of them', () => {
    const { client, server } = newServer();
    const draft = fish('ann');
    const first = client.create(fishes, {
      ...draft,
      metadata: { ...draft.metadata, finalizers: ['sim.test/hold'] },
    });
    client.delete(fishes, 'sea', 'ann', { propagationPolicy: 'Foreground' });
    const marked = client.get(fishes, 'sea', 'ann');
    expect(marked.metadata.finalizers).toEqual(['sim.test/hold', 'foregroundDeletion']);
    expect(marked.metadata.uid).toBe(first.metadata.uid);
    client.update(fishes, { ...marked, metadata: { ...marked.metadata, finalizers: [] } });
    expect(server.store.objectCount).toBe(0);
  });

  it('heeds preconditions', () => {
    const { client } = newServer();
    const { uid } = client.create(fishes, fish('ann')).metadata;
    expect(
      failure(() => client.delete(fishes, 'sea', 'ann', { preconditions: { uid: 'x' } }))[2],
    ).toBe(
      'Operation cannot be fulfilled on fishes.sim.test "ann": Precondition failed: ' +
        `UID in precondition: x, UID in object meta: ${uid}`,
    );
  });
});

describe('list', () => {
  it('selects by labels and fields', () => {
    const { client } = newServer();
    client.create(fishes, fish('ann'));
    client.create(fishes, fish('bob', { tank: 'n2' }));
    const names = (options: RequestOptions): string[] =>
      client.list(fishes, '', options).items.map(({ metadata }) => metadata.name);
    expect(names({ fieldSelector: 'spec.tank=n2' })).toEqual(['bob']);
    expect(names({ fieldSelector: 'metadata.name!=bob' })).toEqual(['ann']);
    expect(names({ labelSelector: 'app' })).toEqual([]);
    expect(failure(() => names({ fieldSelector: 'spec.color=red' }))).toEqual([
      400,
      'BadRequest',
      'field label not supported: spec.color',
    ]);
  });

  it('goes page by page at the revision of the first page', () => {
    const { client, server } = newServer();
    for (const name of ['a', 'b', 'c', 'd', 'e']) client.create(fishes, fish(name));
    const first = client.list(fishes, 'sea', { limit: 2 });
    expect([first.remainingItemCount, first.resourceVersion]).toEqual([3, '6']);
    client.delete(fishes, 'sea', 'c');
    const second = client.list(fishes, 'sea', { limit: 2, continue: first.continue });
    expect(second.items.map(({ metadata }) => metadata.name)).toEqual(['c', 'd']);
    server.store.compact(server.store.revision);
    const last = failure(() => client.list(fishes, 'sea', { limit: 2, continue: second.continue }));
    expect([last[0], last[1]]).toEqual([410, 'Expired']);
  });

  it('gives out a token for the rest as it is now when that revision is gone', () => {
    const { client, server } = newServer();
    for (const name of ['a', 'b', 'c', 'd', 'e']) client.create(fishes, fish(name));
    const first = client.list(fishes, 'sea', { limit: 2 });
    client.delete(fishes, 'sea', 'c');
    server.store.compact(server.store.revision);
    let token: string | undefined;
    try {
      client.list(fishes, 'sea', { limit: 1, continue: first.continue });
    } catch (error) {
      token = (error as StatusError).toStatus().metadata.continue as string;
    }
    const next = client.list(fishes, 'sea', { limit: 1, continue: token });
    const names = next.items.map(({ metadata }) => metadata.name);
    const { remainingItemCount, resourceVersion } = next;
    expect([names, remainingItemCount, resourceVersion]).toEqual([['d'], 1, '7']);
    const last = client.list(fishes, 'sea', { limit: 1, continue: next.continue });
    expect(last.items.map(({ metadata }) => metadata.name)).toEqual(['e']);
  });
});

it('leaves a trace of every request, failed or not', () => {
  const { client, sim } = newServer();
  client.create(fishes, fish('ann'));
  failure(() => client.create(fishes, fish('ann')));
  expect(
    sim.trace.since(0).map(({ verb, name, code, revision }) => [verb, name, code, revision]),
  ).toEqual([
    ['create', 'ann', 201, 2],
    ['create', 'ann', 409, 0],
  ]);
});
