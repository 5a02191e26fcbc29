import { describe, expect, test } from 'vitest';
import {
  containsRange,
  ipNumber,
  ipRange,
  ipText,
  isHostInRange,
  isInRange,
  isStrictlyWithin,
  overlap,
} from './ip-range';

describe('an address as a number', () => {
  test.each([
    ['0.0.0.0', 0n],
    ['10.0.0.1', 167772161n],
    ['255.255.255.255', 4294967295n],
    ['::', 0n],
    ['::1', 1n],
    ['2001:db8::ffff', 0x20010db800000000000000000000ffffn],
    ['::ffff:10.0.0.1', 0xffff0a000001n],
    ['1:2:3:4:5:6:7:8', 0x00010002000300040005000600070008n],
  ])('%s', (address, value) => {
    expect(ipNumber(address)).toBe(value);
  });

  test.each(['10.96.0.10', '0.0.0.0', '::', '::1', '2001:db8::ffff', '1:0:0:4::8', 'fd00::1:0:0'])(
    '%s comes back as it was',
    (address) => {
      expect(ipText(ipNumber(address), !address.includes(':'))).toBe(address);
    },
  );
});

describe('a range', () => {
  test('spans what its prefix leaves free', () => {
    expect(ipRange('10.244.3.7/24')).toEqual({
      isV4: true,
      first: ipNumber('10.244.3.0'),
      last: ipNumber('10.244.3.255'),
      prefix: 24,
    });
  });

  test.each([
    ['10.0.0.1', '10.0.0.0/8', true],
    ['11.0.0.1', '10.0.0.0/8', false],
    ['::1', '0.0.0.0/0', false],
    ['2001:db8::5', '2001:db8::/64', true],
  ])('%s in %s: %s', (address, range, expected) => {
    expect(isInRange(address, ipRange(range))).toBe(expected);
  });

  test.each([
    ['10.1.0.0/16', '10.0.0.0/8', true],
    ['10.0.0.0/8', '10.0.0.0/8', false],
    ['0.0.0.0/0', '10.0.0.0/8', false],
    ['11.0.0.0/24', '10.0.0.0/16', false],
  ])('%s strictly within %s: %s', (inner, outer, expected) => {
    expect(isStrictlyWithin(inner, outer)).toBe(expected);
  });

  test.each([
    ['10.0.0.1', '10.0.0.0/24', true],
    ['10.0.0.0', '10.0.0.0/24', false],
    ['10.0.0.255', '10.0.0.0/24', false],
    ['10.0.1.1', '10.0.0.0/24', false],
    ['2001:db8::', '2001:db8::/120', false],
    ['2001:db8::ff', '2001:db8::/120', true],
  ])('a host may be %s in %s: %s', (address, range, expected) => {
    expect(isHostInRange(address, ipRange(range))).toBe(expected);
  });

  test.each([
    ['10.0.0.0/8', '10.1.0.0/16', true, true],
    ['10.0.0.0/8', '10.0.0.0/8', true, true],
    ['10.1.0.0/16', '10.0.0.0/8', false, true],
    ['10.1.0.0/16', '10.2.0.0/16', false, false],
    ['0.0.0.0/0', '::/0', false, false],
  ])('%s contains %s: %s; they overlap: %s', (one, other, contains, overlaps) => {
    expect(containsRange(ipRange(one), ipRange(other))).toBe(contains);
    expect(overlap(ipRange(one), ipRange(other))).toBe(overlaps);
  });
});
