import { describe, expect, it } from 'vitest';
import { pageParameters, slotOf } from './slot';

describe('the address of a page', () => {
  it.each([
    ['', '', 'own'],
    ['?theme=dark', '#chapter', 'own'],
    ['?embed=1', '', null],
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
    ['', { embed: false, theme: null, seed: null }],
    ['?embed=1&theme=dark&seed=42', { embed: true, theme: 'dark', seed: 42 }],
    ['?embed=yes&theme=pink&seed=x', { embed: false, theme: null, seed: null }],
  ])('%s says %j', (search, parameters) => {
    expect(pageParameters({ search, hash: '' })).toEqual(parameters);
  });
});
