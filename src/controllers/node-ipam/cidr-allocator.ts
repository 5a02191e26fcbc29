// Hands out ranges of addresses from one IPv4 block, in turn, so that a freed range rests before it
// is used again. Upstream: pkg/controller/nodeipam/ipam/cidrset.

const UNIT_BITS = 24;

export class CidrAllocator {
  private readonly base: number;
  /** One entry for each /24 of the block. */
  private readonly taken: Uint8Array;
  private next = 0;

  constructor(cidr: string) {
    const { address, bits } = parseCidr(cidr);
    this.base = address;
    this.taken = new Uint8Array(Math.max(1, 2 ** (UNIT_BITS - bits)));
  }

  /** A free range with that many prefix bits (at most 24); undefined when there is none. */
  allocate(bits: number): string | undefined {
    const units = 2 ** (UNIT_BITS - Math.min(bits, UNIT_BITS));
    const total = this.taken.length;
    const start = Math.ceil(this.next / units) * units;
    for (let tried = 0; tried < total; tried += units) {
      const first = (start + tried) % total;
      if (first + units > total || !this.isFree(first, units)) continue;
      this.taken.fill(1, first, first + units);
      this.next = (first + units) % total;
      return this.format(first, bits);
    }
    return undefined;
  }

  /** Marks a range as taken that a node has already; ranges of other blocks are none of ours. */
  occupy(cidr: string): void {
    this.mark(cidr, 1);
  }

  release(cidr: string): void {
    this.mark(cidr, 0);
  }

  private mark(cidr: string, value: 0 | 1): void {
    const { address, bits } = parseCidr(cidr);
    const first = (address - this.base) / 256;
    const units = 2 ** Math.max(0, UNIT_BITS - bits);
    if (first < 0 || first + units > this.taken.length) return;
    this.taken.fill(value, Math.floor(first), Math.floor(first) + units);
  }

  private isFree(first: number, units: number): boolean {
    for (let unit = first; unit < first + units; unit++) if (this.taken[unit]) return false;
    return true;
  }

  private format(unit: number, bits: number): string {
    const address = this.base + unit * 256;
    const bytes = [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256);
    return bytes.join('.') + '/' + Math.min(bits, UNIT_BITS);
  }
}

/** The address as a number and the prefix length of '10.244.0.0/16'. */
export function parseCidr(cidr: string): { address: number; bits: number } {
  const [text, bits] = cidr.split('/');
  const address = text.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
  return { address, bits: Number(bits) };
}
