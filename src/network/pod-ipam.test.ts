import { expect, test } from 'vitest';
import { formatIpv4, parseIpv4, PodIpam } from './pod-ipam';

test('addresses begin after the network and the bridge, and go on in order', () => {
  const ipam = new PodIpam('10.244.1.0/24');
  expect([ipam.allocate(), ipam.allocate(), ipam.allocate()]).toEqual([
    '10.244.1.2',
    '10.244.1.3',
    '10.244.1.4',
  ]);
});

test('a freed address is given again only when the range has been through', () => {
  const ipam = new PodIpam('10.244.1.0/29');
  const given = [1, 2, 3, 4, 5].map(() => ipam.allocate());
  expect(given).toEqual(['10.244.1.2', '10.244.1.3', '10.244.1.4', '10.244.1.5', '10.244.1.6']);
  expect(ipam.allocate()).toBeUndefined();
  ipam.release('10.244.1.4');
  expect(ipam.allocate()).toBe('10.244.1.4');
});

test('a reserved address is not given', () => {
  const ipam = new PodIpam('10.244.1.0/24');
  expect(ipam.reserve('10.244.1.2')).toBe(true);
  expect(ipam.reserve('10.244.2.2')).toBe(false);
  expect(ipam.allocate()).toBe('10.244.1.3');
});

test('a range may be larger than 256 addresses, and lie high', () => {
  const ipam = new PodIpam('192.168.254.0/23');
  for (let index = 0; index < 254; index++) ipam.allocate();
  expect(ipam.allocate()).toBe('192.168.255.0');
});

test.each(['10.0.0.1', '255.255.255.255', '0.0.0.0'])('%s is read and written', (text) => {
  expect(formatIpv4(parseIpv4(text))).toBe(text);
});

test.each(['', '10.0.0', '10.0.0.0.1', 'a.b.c.d'])('%s is no address', (text) => {
  expect(parseIpv4(text)).toBeNaN();
});
