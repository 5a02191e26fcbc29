import { describe, expect, it } from 'vitest';
import { Trace, type TraceRecord } from './trace';

const record = (name: string, atMs = 0): Omit<TraceRecord, 'id'> => ({
  atMs,
  actor: 'kubectl',
  verb: 'create',
  resource: 'pods',
  namespace: 'default',
  name,
  code: 201,
  revision: 1,
  cause: 0,
});

describe('the trace', () => {
  it('gives what came after a record, as far as the ring still holds it', () => {
    const trace = new Trace(3);
    for (const name of ['a', 'b', 'c', 'd', 'e']) trace.add(record(name));
    expect(trace.lastId).toBe(5);
    expect(trace.since(0).map(({ name }) => name)).toEqual(['c', 'd', 'e']);
    expect(trace.since(4).map(({ id, name }) => [id, name])).toEqual([[5, 'e']]);
    expect(trace.since(5)).toEqual([]);
  });

  it('has a hash that tells runs apart by what happened and when', () => {
    const hashOf = (...records: Omit<TraceRecord, 'id'>[]): string => {
      const trace = new Trace(8);
      for (const each of records) trace.add({ ...each });
      return trace.hash;
    };
    const base = hashOf(record('a', 1), record('b', 2));
    expect(hashOf(record('a', 1), record('b', 2))).toBe(base);
    expect(hashOf(record('b', 1), record('a', 2))).not.toBe(base);
    expect(hashOf(record('a', 1), record('b', 3))).not.toBe(base);
    expect(base).toMatch(/^[0-9a-f]{8}$/);
  });
});
