// Randomness: every stream is named and derived from the one seed, so that a component which draws
// more numbers than before does not change what another component draws.

/** The characters of generated names: no vowels, no look-alikes. Upstream: apimachinery util/rand. */
const NAME_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const HEX = '0123456789abcdef';

/** A small, fast generator (sfc32); its state is four 32-bit words. */
export class RandomStream {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  constructor(seed: number, name: string) {
    this.a = 0x9e3779b9;
    this.b = seed | 0;
    this.c = hashString(name);
    this.d = 1;
    for (let round = 0; round < 12; round++) this.uint32();
  }

  /** A whole number from 0 to 2^32 - 1. */
  uint32(): number {
    const sum = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A number from 0 (included) to 1 (excluded). */
  float(): number {
    return this.uint32() / 4294967296;
  }

  /** A whole number from 0 (included) to `end` (excluded). */
  below(end: number): number {
    return Math.floor(this.float() * end);
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)];
  }

  /** `base` lengthened by up to `factor` of itself, as client-go's wait.Jitter does. */
  jitter(baseMs: number, factor: number): number {
    return baseMs + this.float() * factor * baseMs;
  }

  /** A suffix as generateName appends it, five characters unless told. */
  nameSuffix(length = 5): string {
    let suffix = '';
    for (let index = 0; index < length; index++) suffix += NAME_ALPHABET[this.below(27)];
    return suffix;
  }

  hex(length: number): string {
    let text = '';
    for (let index = 0; index < length; index++) text += HEX[this.uint32() >>> 28];
    return text;
  }

  /** A version 4 UUID. */
  uuid(): string {
    const a = this.uint32();
    const b = this.uint32();
    const c = this.uint32();
    const d = this.uint32();
    return (
      hex8(a) +
      '-' +
      hex4(b >>> 16) +
      '-4' +
      hex4(b & 0xfff).slice(1) +
      '-' +
      hex4(((c >>> 16) & 0x3fff) | 0x8000) +
      '-' +
      hex4(c & 0xffff) +
      hex8(d)
    );
  }

  /** The stream's state, for snapshots. */
  save(): readonly number[] {
    return [this.a, this.b, this.c, this.d];
  }

  load(state: readonly number[]): void {
    [this.a, this.b, this.c, this.d] = state;
  }
}

/** FNV-1a, 32 bits: also the hash behind pod-template-hash. */
export function hashString(text: string, start = 0x811c9dc5): number {
  let hash = start;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

const HEX4: string[] = [];
function hex4(value: number): string {
  return (HEX4[value] ??= value.toString(16).padStart(4, '0'));
}

function hex8(value: number): string {
  return hex4(value >>> 16) + hex4(value & 0xffff);
}
