// Addresses and ranges as the API takes them, and what it says of bad ones.
// Upstream: apimachinery/pkg/util/validation/ip.go.

const BAD_IP = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
const BAD_RANGE = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)';
const NONE: readonly string[] = Object.freeze([]);

/** Complaints about a text that is no IP address. */
export function ipErrors(text: string): readonly string[] {
  return isIpv4(text) || isIpv6(text) ? NONE : [BAD_IP];
}

/** Complaints about a text that is no range such as 10.0.0.0/8. */
export function cidrErrors(text: string): readonly string[] {
  const slash = text.lastIndexOf('/');
  const address = text.slice(0, slash);
  const bits = text.slice(slash + 1);
  if (slash < 0 || !/^\d{1,3}$/.test(bits) || (bits.length > 1 && bits[0] === '0'))
    return [BAD_RANGE];
  const max = isIpv4(address) ? 32 : isIpv6(address) ? 128 : -1;
  return Number(bits) <= max ? NONE : [BAD_RANGE];
}

/**
 * Complaints about addresses that no endpoint can have: loopback, link-local, multicast,
 * unspecified.
 */
export function nonSpecialIpErrors(ip: string): readonly string[] {
  const problems: string[] = [];
  const isV6 = !isIpv4(ip);
  const first = isV6 ? 0 : Number(ip.split('.')[0]);
  const words = isV6 ? ip.toLowerCase() : '';
  if (ip === '0.0.0.0' || words === '::') problems.push(`may not be unspecified (${ip})`);
  if (first === 127 || words === '::1') {
    problems.push('may not be in the loopback range (127.0.0.0/8, ::1/128)');
  }
  if (ip.startsWith('169.254.') || /^fe[89ab]/.test(words)) {
    problems.push('may not be in the link-local range (169.254.0.0/16, fe80::/10)');
  }
  if (ip.startsWith('224.0.0.') || /^ff.2/.test(words)) {
    problems.push('may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)');
  }
  return problems;
}

export function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return (
    parts.length === 4 &&
    parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
  );
}

export function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (!text.includes(':') || halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups[groups.length - 1];
  const hasIpv4 = last !== undefined && last.includes('.');
  if (hasIpv4 && !isIpv4(last)) return false;
  const hex = hasIpv4 ? groups.slice(0, -1) : groups;
  if (!hex.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false;
  const count = hex.length + (hasIpv4 ? 2 : 0);
  return halves.length === 2 ? count < 8 : count === 8;
}
