import { describe, expect, it } from 'vitest';
import { PodCount } from './pod-count';
import { TopologyDomains } from './topology';

const CAPACITY = 8;
const ZONES = ['a', 'b', 'a', undefined, 'b'];
const SLOTS = Int32Array.from(ZONES.keys());

function zones(): TopologyDomains {
  const domains = new TopologyDomains('zone', CAPACITY);
  ZONES.forEach((zone, slot) => domains.set(slot, zone === undefined ? {} : { zone }));
  return domains;
}

/** All nodes have both bits but those at these slots, which lack the one of the mask. */
function without(...slots: number[]): { bits: Uint8Array; mask: number } {
  return {
    bits: new Uint8Array(CAPACITY).map((_, slot) => (slots.includes(slot) ? 2 : 3)),
    mask: 1,
  };
}

describe('what the domains of a topology key hold', () => {
  it('is that of the nodes that take part and have the label', () => {
    const count = new PodCount(CAPACITY, undefined);
    SLOTS.forEach((slot) => count.add(slot, 10 ** slot));
    const domains = zones();
    const some = without(4);
    const { byDomain, unlabelled } = count.sumsBy(domains, SLOTS, some);
    expect([[...byDomain], unlabelled]).toEqual([[101, 10], 1]);
    const more = count.sumsBy(domains, SLOTS, { ...some, mask: 2 });
    expect([[...more.byDomain], more.unlabelled]).toEqual([[101, 10_010], 1]);
  });

  it('follows the pods that come and go, and the nodes that begin or cease to take part', () => {
    const count = new PodCount(CAPACITY, undefined);
    const domains = zones();
    const everyone = without();
    const sums = count.sumsBy(domains, SLOTS, everyone);
    expect([...sums.byDomain]).toEqual([0, 0]);
    for (const slot of [0, 0, 1, 2, 3, 4]) count.add(slot, 1);
    count.add(0, -1);
    expect(count.sumsBy(domains, SLOTS, everyone)).toBe(sums);
    expect([...sums.byDomain]).toEqual([2, 2]);
    expect([...count.sumsBy(domains, SLOTS, without(1, 2)).byDomain]).toEqual([1, 1]);
    count.add(1, 5);
    count.add(4, 5);
    expect([...sums.byDomain]).toEqual([1, 6]);
    expect([...count.sumsBy(domains, SLOTS, without()).byDomain]).toEqual([2, 12]);
  });
});
