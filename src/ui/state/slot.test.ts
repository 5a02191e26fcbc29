import { describe, expect, it } from 'vitest';
import { pageParameters, slotOf } from './slot';

const nothing = { embed: false, theme: null, seed: null, preset: null, pods: 0, branch: null };

describe('the address of a page', () => {
  it.each([
    ['', '', 'own'],
    ['?theme=dark', '#chapter', 'own'],
    ['?embed=1', '', null],
    ['?preset=nodes-100&pods=3000', '', 'preset-nodes-100-3000'],
    ['?preset=k3s', '#v1.abc', slotOf({ search: '', hash: '#v1.abc' })],
    ['?preset=none', '', 'own'],
    ['?branch=17-4', '', 'branch-17-4'],
    ['?branch=../own', '', 'own'],
    ['?embed=1', '#v1.abc', null],
  ])('%s%s keeps its cluster in %s', (search, hash, slot) => {
    expect(slotOf({ search, hash })).toBe(slot);
  });

  it('keeps each link apart, and the same link together', () => {
    const slots = ['#v1.abc', '#v1.abd', '#v1.abc', '#v2.abc'].map((hash) => {
      return slotOf({ search: '', hash });
    });
    expect(new Set(slots).size).toBe(3);
    expect(slots[0]).toBe(slots[2]);
    expect(slots[0]).toMatch(/^shared-/);
  });

  it.each([
    ['', nothing],
    ['?embed=1&theme=dark&seed=42', { ...nothing, embed: true, theme: 'dark', seed: 42 }],
    ['?preset=nodes-5000&pods=1e9', { ...nothing, preset: 'nodes-5000', pods: 150_000 }],
    ['?branch=17-4', { ...nothing, branch: '17-4' }],
    ['?embed=yes&theme=pink&seed=x&preset=aks&pods=-1', nothing],
  ])('%s says %j', (search, parameters) => {
    expect(pageParameters({ search, hash: '' })).toEqual(parameters);
  });
});
