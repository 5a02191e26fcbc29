// Addresses of the pods of one node, from its pod range, in order and round, as the host-local
// plugin hands them out: the first is the bridge's own, a freed one is not given again before the
// range is through. Memory is a bit an address.
// Upstream: containernetworking/plugins/plugins/ipam/host-local.
import { assert } from '../sim/assert';

export class PodIpam {
  private readonly first: number;
  private readonly size: number;
  private readonly taken: Uint8Array;
  private next = FIRST_OFFSET;

  /** `cidr` as in node.spec.podCIDR: '10.244.1.0/24'. */
  constructor(readonly cidr: string) {
    const [address, bits] = cidr.split('/');
    this.first = parseIpv4(address);
    this.size = 2 ** (32 - Number(bits));
    assert(this.size >= 8 && this.size <= 2 ** 16, `a node's pod range is /16 to /29: ${cidr}`);
    this.taken = new Uint8Array(this.size >> 3);
  }

  /** A free address, or undefined when the range is used up. */
  allocate(): string | undefined {
    const count = this.size - FIRST_OFFSET - 1;
    for (let tried = 0; tried < count; tried++) {
      const offset = this.next;
      this.next = offset + 1 < this.size - 1 ? offset + 1 : FIRST_OFFSET;
      if (this.isTaken(offset)) continue;
      this.taken[offset >> 3] |= 1 << (offset & 7);
      return formatIpv4(this.first + offset);
    }
    return undefined;
  }

  /** Marks an address that is already in use; false when it is not of this range. */
  reserve(address: string): boolean {
    const offset = parseIpv4(address) - this.first;
    if (!(offset >= 0 && offset < this.size)) return false;
    this.taken[offset >> 3] |= 1 << (offset & 7);
    return true;
  }

  release(address: string): void {
    const offset = parseIpv4(address) - this.first;
    if (offset >= 0 && offset < this.size) this.taken[offset >> 3] &= ~(1 << (offset & 7));
  }

  private isTaken(offset: number): boolean {
    return (this.taken[offset >> 3] & (1 << (offset & 7))) !== 0;
  }
}

/** The network's own address and the bridge's come before the first pod's. */
const FIRST_OFFSET = 2;

/** '10.0.0.1' as a number; NaN when it is none. */
export function parseIpv4(text: string): number {
  const [a, b, c, d, more] = text.split('.').map(Number);
  return more === undefined ? ((a * 256 + b) * 256 + c) * 256 + d : Number.NaN;
}

export function formatIpv4(address: number): string {
  const high = Math.floor(address / 65536);
  return `${high >> 8}.${high & 255}.${(address >> 8) & 255}.${address & 255}`;
}
