import { expect, test } from 'vitest';
import { CidrAllocator } from './cidr-allocator';

test('ranges are handed out in turn, and freed ones rest until the turn comes round', () => {
  const allocator = new CidrAllocator('10.244.0.0/22');
  const taken = [1, 2, 3].map(() => allocator.allocate(24));
  expect(taken).toEqual(['10.244.0.0/24', '10.244.1.0/24', '10.244.2.0/24']);
  allocator.release('10.244.0.0/24');
  expect(allocator.allocate(24)).toBe('10.244.3.0/24');
  expect(allocator.allocate(24)).toBe('10.244.0.0/24');
  expect(allocator.allocate(24)).toBeUndefined();
});

test('a large range is aligned and overlaps nothing', () => {
  const allocator = new CidrAllocator('10.244.0.0/16');
  expect(allocator.allocate(24)).toBe('10.244.0.0/24');
  expect(allocator.allocate(22)).toBe('10.244.4.0/22');
  expect(allocator.allocate(24)).toBe('10.244.8.0/24');
});

test('what nodes have already is not given away, and other blocks are ignored', () => {
  const allocator = new CidrAllocator('10.244.0.0/23');
  allocator.occupy('10.244.0.0/24');
  allocator.occupy('192.168.0.0/24');
  expect(allocator.allocate(24)).toBe('10.244.1.0/24');
  expect(allocator.allocate(24)).toBeUndefined();
});
