// Addresses, ranges and URLs.
// Upstream: apiserver/pkg/cel/library/{ip,cidr,urls}.go, Go's net/netip and net/url.
import { isIpv4 } from '../../api/ip';
import type { Library } from '../overload';
import { CelError, CelList, CelMap, OpaqueValue, type CelValue } from '../values';
import { addressProblem } from './address-problem';

interface Address {
  readonly bits: bigint;
  readonly width: 32 | 128;
}

interface Range {
  readonly address: Address;
  readonly length: number;
}

interface Url {
  readonly text: string;
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
}

const IP = 'net.IP';
const CIDR = 'net.CIDR';
const URL_TYPE = 'kubernetes.URL';

/** About the address of a value. */
const test = (id: string, holds: (address: Address) => boolean) =>
  [[id, `${IP}.() -> bool`, (value: OpaqueValue) => holds(addressOf(value))]] as const;

export const networkLibrary: Library = {
  ip: [
    ['string_to_ip', `(string) -> ${IP}`, (text: string) => ipValue(parseAddress(text))],
    ['cidr_ip', `${CIDR}.() -> ${IP}`, (value: OpaqueValue) => ipValue(rangeOf(value).address)],
  ],
  isIP: [['is_ip', '(string) -> bool', (text: string) => succeeds(() => parseAddress(text))]],
  'ip.isCanonical': [
    [
      'ip_is_canonical',
      '(string) -> bool',
      (text: string) => formatAddress(parseAddress(text)) === text,
    ],
  ],
  family: [
    [
      'ip_family',
      `${IP}.() -> int`,
      (value: OpaqueValue) => (addressOf(value).width === 32 ? 4n : 6n),
    ],
  ],
  isUnspecified: test('ip_is_unspecified', ({ bits }) => bits === 0n),
  isLoopback: test('ip_is_loopback', ({ bits, width }) =>
    width === 32 ? bits >> 24n === 127n : bits === 1n),
  isLinkLocalMulticast: test('ip_is_link_local_multicast', isLinkLocalMulticast),
  isLinkLocalUnicast: test('ip_is_link_local_unicast', isLinkLocalUnicast),
  isGlobalUnicast: test('ip_is_global_unicast', isGlobalUnicast),
  string: [
    ['ip_to_string', `(${IP}) -> string`, (value: OpaqueValue) => formatAddress(addressOf(value))],
    ['cidr_to_string', `(${CIDR}) -> string`, (value: OpaqueValue) => formatRange(rangeOf(value))],
  ],
  cidr: [['string_to_cidr', `(string) -> ${CIDR}`, (text: string) => rangeValue(parseRange(text))]],
  isCIDR: [['is_cidr', '(string) -> bool', (text: string) => succeeds(() => parseRange(text))]],
  prefixLength: [
    [
      'cidr_prefix_length',
      `${CIDR}.() -> int`,
      (value: OpaqueValue) => BigInt(rangeOf(value).length),
    ],
  ],
  masked: [
    [
      'cidr_masked',
      `${CIDR}.() -> ${CIDR}`,
      (value: OpaqueValue) => rangeValue(mask(rangeOf(value))),
    ],
  ],
  containsIP: [
    [
      'cidr_contains_ip_string',
      `${CIDR}.(string) -> bool`,
      (range: OpaqueValue, text: string) => contains(rangeOf(range), parseAddress(text)),
    ],
    [
      'cidr_contains_ip_ip',
      `${CIDR}.(${IP}) -> bool`,
      (range: OpaqueValue, ip: OpaqueValue) => contains(rangeOf(range), addressOf(ip)),
    ],
  ],
  containsCIDR: [
    [
      'cidr_contains_cidr_string',
      `${CIDR}.(string) -> bool`,
      (range: OpaqueValue, text: string) => containsRange(rangeOf(range), parseRange(text)),
    ],
    [
      'cidr_contains_cidr',
      `${CIDR}.(${CIDR}) -> bool`,
      (range: OpaqueValue, other: OpaqueValue) => containsRange(rangeOf(range), rangeOf(other)),
    ],
  ],
  url: [
    [
      'string_to_url',
      `(string) -> ${URL_TYPE}`,
      (text: string) => {
        const url = parseUrl(text);
        const equals = (other: OpaqueValue): boolean => (other.content as Url).text === url.text;
        return new OpaqueValue(URL_TYPE, url, equals);
      },
    ],
  ],
  isURL: [['is_url_string', '(string) -> bool', (text: string) => succeeds(() => parseUrl(text))]],
  getScheme: urlPart('scheme', ({ scheme }) => scheme),
  getHost: urlPart('host', ({ host }) => host),
  getHostname: urlPart('hostname', ({ host }) => hostAndPort(host)[0]),
  getPort: urlPart('port', ({ host }) => hostAndPort(host)[1]),
  getEscapedPath: urlPart('escaped_path', ({ path }) => path),
  getQuery: [
    [
      'url_get_query',
      `${URL_TYPE}.() -> map<string, list<string>>`,
      (value: OpaqueValue) => queryMap((value.content as Url).query),
    ],
  ],
};

function urlPart(name: string, read: (url: Url) => string) {
  const run = (value: OpaqueValue): string => read(value.content as Url);
  return [[`url_get_${name}`, `${URL_TYPE}.() -> string`, run]] as const;
}

function addressOf({ content }: OpaqueValue): Address {
  return content as Address;
}

function rangeOf({ content }: OpaqueValue): Range {
  return content as Range;
}

function ipValue(address: Address): OpaqueValue {
  return new OpaqueValue(IP, address, (other) => sameAddress(addressOf(other), address));
}

function rangeValue(range: Range): OpaqueValue {
  const equals = (other: OpaqueValue): boolean => {
    const { address, length } = rangeOf(other);
    return length === range.length && sameAddress(address, range.address);
  };
  return new OpaqueValue(CIDR, range, equals);
}

function sameAddress(a: Address, b: Address): boolean {
  return a.width === b.width && a.bits === b.bits;
}

function succeeds(parse: () => unknown): boolean {
  try {
    parse();
    return true;
  } catch {
    return false;
  }
}

function parseAddress(text: string): Address {
  if (isIpv4(text)) return { bits: joinBits(text.split('.').map(Number), 8n), width: 32 };
  const shown = JSON.stringify(text);
  const problem = addressProblem(text);
  if (problem !== undefined) {
    throw new CelError(`IP Address ${shown} parse error during conversion from string: ${problem}`);
  }
  if (text.includes('%')) throw new CelError(`IP address ${shown} with zone value is not allowed`);
  const bits = parseV6(text);
  if (isMapped(text)) {
    throw new CelError(`IPv4-mapped IPv6 address ${shown} is not allowed`);
  }
  return { bits, width: 128 };
}

function isMapped(text: string): boolean {
  return text.includes(':') && parseV6(text) >> 32n === 0xffffn;
}

function parseV6(text: string): bigint {
  const [head, tail] = text.split('::').map(groupsOf);
  if (tail === undefined) return joinBits(head, 16n);
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => 0);
  return joinBits([...head, ...zeros, ...tail], 16n);
}

function groupsOf(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const [a, b, c, d] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}

function joinBits(parts: readonly number[], width: bigint): bigint {
  return parts.reduce((bits, part) => (bits << width) | BigInt(part), 0n);
}

function formatAddress({ bits, width }: Address): string {
  if (width === 32) return [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 255n).join('.');
  const groups = Array.from({ length: 8 }, (_group, index) =>
    ((bits >> BigInt(112 - index * 16)) & 0xffffn).toString(16),
  );
  const runs = groups.join(':').match(/\b0(?::0)+\b/g) ?? [];
  const longest = runs.toSorted((a, b) => b.length - a.length)[0];
  if (longest === undefined) return groups.join(':');
  return groups.join(':').replace(new RegExp(`(^|:)${longest}(:|$)`), '::');
}

const NO_RANGE = 'network address parse error during conversion from string';

function parseRange(text: string): Range {
  const slash = text.lastIndexOf('/');
  const shown = JSON.stringify(text);
  const fail = (why: string): CelError =>
    new CelError(`${NO_RANGE}: ${NO_RANGE}: netip.ParsePrefix(${shown}): ${why}`);
  if (slash < 0) throw fail("no '/'");
  const bits = text.slice(slash + 1);
  const before = text.slice(0, slash);
  const problem = addressProblem(before);
  if (problem !== undefined) throw fail(problem);
  if (before.includes('%')) throw fail('IPv6 zones cannot be present in a prefix');
  if (isMapped(before)) {
    throw new CelError(`${NO_RANGE}: IPv4-mapped IPv6 address ${shown} is not allowed`);
  }
  const address = parseAddress(before);
  if (!/^(0|[1-9]\d{0,2})$/.test(bits)) throw fail(`bad bits after slash: ${JSON.stringify(bits)}`);
  if (Number(bits) > address.width) throw fail('prefix length out of range');
  return { address, length: Number(bits) };
}

function formatRange({ address, length }: Range): string {
  return `${formatAddress(address)}/${length}`;
}

function mask({ address, length }: Range): Range {
  const shift = BigInt(address.width - length);
  return { address: { ...address, bits: (address.bits >> shift) << shift }, length };
}

function contains(range: Range, address: Address): boolean {
  if (range.address.width !== address.width) return false;
  const shift = BigInt(address.width - range.length);
  return address.bits >> shift === range.address.bits >> shift;
}

function containsRange(range: Range, other: Range): boolean {
  return range.length <= other.length && contains(range, other.address);
}

function isLinkLocalMulticast({ bits, width }: Address): boolean {
  if (width === 32) return bits >> 8n === 0xe00000n;
  return bits >> 120n === 0xffn && ((bits >> 112n) & 0xfn) === 2n;
}

function isLinkLocalUnicast({ bits, width }: Address): boolean {
  return width === 32 ? bits >> 16n === 0xa9fen : bits >> 118n === 0x3fan;
}

function isGlobalUnicast(address: Address): boolean {
  const { bits, width } = address;
  const isMulticast = width === 32 ? bits >> 28n === 0xen : bits >> 120n === 0xffn;
  const isLoopback = width === 32 ? bits >> 24n === 127n : bits === 1n;
  const isBroadcast = width === 32 && bits === 0xffffffffn;
  return bits !== 0n && !isBroadcast && !isMulticast && !isLoopback && !isLinkLocalUnicast(address);
}

const NO_URL = 'URL parse error during conversion from string';

/** Why a text is neither an absolute URL nor an absolute path; undefined when it is one. */
export function urlProblem(text: string): string | undefined {
  try {
    parseUrl(text);
    return undefined;
  } catch (error) {
    return (error as CelError).message.slice(`${NO_URL}: `.length);
  }
}

/** An absolute URL or an absolute path. */
function parseUrl(text: string): Url {
  const shown = JSON.stringify(text);
  const match = /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?:\/\/([^/?]*))?([^?]*)(?:\?([^]*))?$/.exec(text);
  const fail = (why: string): CelError => new CelError(`${NO_URL}: parse ${shown}: ${why}`);
  // eslint-disable-next-line no-control-regex -- these are what is refused
  if (/[\u0000-\u001f\u007f]/.test(text)) throw fail('net/url: invalid control character in URL');
  if (!match) throw fail('invalid URI for request');
  const [, scheme = '', authority, path, query = ''] = match;
  if (text === '') throw fail('empty url');
  if (text.startsWith(':')) throw fail('missing protocol scheme');
  if (scheme === '' && !text.startsWith('/')) throw fail('invalid URI for request');
  const bad = /%(?![0-9a-fA-F]{2})[^]{0,2}/.exec(path);
  if (bad) throw fail(`invalid URL escape ${JSON.stringify(bad[0])}`);
  const host = (authority ?? '').replace(/^[^@]*@/, '');
  if (/[ <>"]/.test(host)) throw fail('invalid character " " in host name');
  const port = /:([^:\]]*)$/.exec(host.replace(/^\[[^\]]*\]/, ''));
  if (port && !/^\d*$/.test(port[1])) throw fail(`invalid port ":${port[1]}" after host`);
  return { text, scheme: scheme.toLowerCase(), host, path: encodePath(path), query };
}

function encodePath(path: string): string {
  return path.replace(/[^A-Za-z0-9\-._~%!$&'()*+,;=:@/]/gu, (letter) => encodeURIComponent(letter));
}

function hostAndPort(host: string): [string, string] {
  const match = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d*))?$/.exec(host);
  return match ? [match[1] ?? match[2], match[3] ?? ''] : [host, ''];
}

function queryMap(query: string): CelMap {
  const values = new Map<string, CelValue[]>();
  for (const pair of query.split('&')) {
    if (pair === '' || pair.includes(';')) continue;
    const [key, value] = [...pair.split(/=([^]*)/), ''].slice(0, 2).map(decodeQuery);
    values.set(key, [...(values.get(key) ?? []), value]);
  }
  const map = new CelMap();
  for (const key of [...values.keys()].sort()) map.insert(key, new CelList(values.get(key)!));
  return map;
}

function decodeQuery(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
