// Ranges of addresses as numbers, of both families. Texts have been checked before (`ip.ts`).
import { isIpv4 } from './ip';

/** An address as one number of 32 or 128 bits. */
export function ipNumber(address: string): bigint {
  if (isIpv4(address)) return ipv4Number(address);
  const [head, tail] = address.split('::');
  const front = groupsOf(head);
  const back = tail === undefined ? [] : groupsOf(tail);
  const middle = Array.from({ length: 8 - front.length - back.length }, () => 0n);
  return [...front, ...middle, ...back].reduce((sum, group) => (sum << 16n) | group, 0n);
}

/** An address of that number, in canonical form. */
export function ipText(value: bigint, isV4: boolean): string {
  if (isV4) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  );
  const longest = longestZeros(groups);
  if (longest.length < 2) return groups.join(':');
  const front = groups.slice(0, longest.start).join(':');
  return `${front}::${groups.slice(longest.start + longest.length).join(':')}`;
}

export interface IpRange {
  readonly isV4: boolean;
  readonly first: bigint;
  readonly last: bigint;
  /** Length of the prefix in bits. */
  readonly prefix: number;
}

/** What '10.0.0.0/8' spans; bits beyond the prefix are left out of account. */
export function ipRange(cidr: string): IpRange {
  const [address, bits] = cidr.split('/');
  const isV4 = isIpv4(address);
  const prefix = Number(bits);
  const free = BigInt((isV4 ? 32 : 128) - prefix);
  const first = (ipNumber(address) >> free) << free;
  return { isV4, first, last: first + (1n << free) - 1n, prefix };
}

/** True when the address lies in the range. */
export function isInRange(address: string, range: IpRange): boolean {
  if (isIpv4(address) !== range.isV4) return false;
  const value = ipNumber(address);
  return value >= range.first && value <= range.last;
}

/** True when a host may have the address: neither the network has it nor, with IPv4, all hosts. */
export function isHostInRange(address: string, range: IpRange): boolean {
  if (!isInRange(address, range)) return false;
  const value = ipNumber(address);
  return value !== range.first && (!range.isV4 || value !== range.last);
}

/** True when all of the inner range lies in the outer one. */
export function containsRange(outer: IpRange, inner: IpRange): boolean {
  return outer.isV4 === inner.isV4 && outer.first <= inner.first && inner.last <= outer.last;
}

/** True when the ranges have an address in common. */
export function overlap(one: IpRange, other: IpRange): boolean {
  return containsRange(one, other) || containsRange(other, one);
}

/** True when the first range lies in the second and is smaller. */
export function isStrictlyWithin(inner: string, outer: string): boolean {
  const range = ipRange(outer);
  return isInRange(inner.split('/')[0], range) && ipRange(inner).prefix > range.prefix;
}

function ipv4Number(address: string): bigint {
  return address.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

function groupsOf(text: string): bigint[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [BigInt(`0x${group}`)];
    const value = ipv4Number(group);
    return [value >> 16n, value & 0xffffn];
  });
}

function longestZeros(groups: readonly string[]): { start: number; length: number } {
  let longest = { start: 0, length: 0 };
  let length = 0;
  groups.forEach((group, index) => {
    length = group === '0' ? length + 1 : 0;
    if (length > longest.length) longest = { start: index - length + 1, length };
  });
  return longest;
}
