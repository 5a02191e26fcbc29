import { expect, it } from 'vitest';
import { RecentCache } from './recent-cache';

it('remembers the newest keys and no others', () => {
  const cache = new RecentCache<object, number>();
  const worked: number[] = [];
  const keys = Array.from({ length: 2000 }, (_, index) => ({ index }));
  const ask = (index: number): number =>
    cache.get(keys[index], () => {
      worked.push(index);
      return index;
    });
  for (const { index } of keys) ask(index);
  expect(worked).toHaveLength(2000);
  worked.length = 0;
  expect([ask(1999), ask(1500), ask(10)]).toEqual([1999, 1500, 10]);
  expect(worked).toEqual([10]);
});
