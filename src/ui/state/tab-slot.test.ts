import { describe, expect, test } from 'vitest';
import { TabSlots } from './tab-slot';

/** A browser: locks are shared by its tabs, each tab has a storage of its own. */
function browser() {
  const taken = new Set<string>();
  let ids = 0;
  return () => {
    const kept = new Map<string, string>();
    const page = () =>
      new TabSlots({
        take: (name) => Promise.resolve(taken.has(name) ? false : Boolean(taken.add(name))),
        storage: {
          getItem: (key) => kept.get(key) ?? null,
          setItem: (key, value) => void kept.set(key, value),
        },
        newId: () => String(++ids),
      });
    return { page, leave: (name: string) => taken.delete(name) };
  };
}

describe('a tab', () => {
  test('alone has the slot itself', async () => {
    const tab = browser()();
    expect(await tab.page().claim('own')).toEqual({ slot: 'own', from: 'own' });
  });

  test('beside another goes on with a copy, and finds that again', async () => {
    const newTab = browser();
    await newTab().page().claim('own');
    const second = newTab();
    expect(await second.page().claim('own')).toEqual({ slot: 'own-1', from: 'own' });
    second.leave('own-1');
    expect(second.page().held('own')).toBe('own-1');
    expect(await second.page().claim('own')).toEqual({ slot: 'own-1', from: 'own-1' });
  });

  test('that was duplicated, storage and all, goes on with a copy of the copy', async () => {
    const newTab = browser();
    await newTab().page().claim('own');
    const second = newTab();
    await second.page().claim('own');
    expect(await second.page().claim('own')).toEqual({ slot: 'own-2', from: 'own-1' });
  });
});
