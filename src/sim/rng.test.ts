import { describe, expect, it } from 'vitest';
import { hashString, RandomStream } from './rng';
import { Simulation } from './simulation';

describe('random streams', () => {
  it('give the same numbers for the same seed and name, and others for another', () => {
    const draw = (seed: number, name: string): number[] => {
      const stream = new RandomStream(seed, name);
      return [stream.uint32(), stream.uint32(), stream.uint32()];
    };
    expect(draw(7, 'uid')).toEqual(draw(7, 'uid'));
    expect(draw(7, 'uid')).not.toEqual(draw(8, 'uid'));
    expect(draw(7, 'uid')).not.toEqual(draw(7, 'names'));
  });

  it('spread evenly', () => {
    const stream = new RandomStream(1, 'spread');
    const counts = [0, 0, 0, 0];
    for (let draw = 0; draw < 4000; draw++) counts[stream.below(4)]++;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });

  it('make uuids of version 4, suffixes of the name alphabet, and hex', () => {
    const stream = new RandomStream(3, 'text');
    expect(stream.uuid()).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(stream.nameSuffix()).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    expect(stream.hex(64)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('go on from a saved state as if nothing had happened', () => {
    const sim = new Simulation({ seed: 5 });
    sim.random('a').uint32();
    const saved = sim.saveRandom();
    const expected = [sim.random('a').uint32(), sim.random('a').uint32()];
    const other = new Simulation({ seed: 5 });
    other.loadRandom(saved);
    expect([other.random('a').uint32(), other.random('a').uint32()]).toEqual(expected);
  });

  it('lengthen by at most the jitter factor', () => {
    const stream = new RandomStream(9, 'jitter');
    for (let draw = 0; draw < 100; draw++) {
      const ms = stream.jitter(1000, 0.5);
      expect(ms).toBeGreaterThanOrEqual(1000);
      expect(ms).toBeLessThan(1500);
    }
  });
});

describe('hashString', () => {
  it.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['foobar', 0xbf9cf968],
  ])('is FNV-1a: %j', (text, hash) => expect(hashString(text)).toBe(hash));
});
