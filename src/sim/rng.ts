// Randomness: every stream is named and derived from the one seed, so that a component which draws
// more numbers than before does not change what another component draws.

/**
 * The characters of generated names: no vowels, no look-alikes. Upstream: apimachinery util/rand.
 */
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
    const written = lettersOf(length);
    for (let index = 0; index < length; index++) {
      written[index] = NAME_ALPHABET.charCodeAt(this.below(27));
    }
    return textOf(written);
  }

  /** `length` hex digits after `prefix`. */
  hex(length: number, prefix = ''): string {
    const total = prefix.length + length;
    const written = lettersOf(total);
    let end = 0;
    for (; end < prefix.length; end++) written[end] = prefix.charCodeAt(end);
    while (end < total) {
      let word = this.uint32();
      for (let digit = 0; digit < 8 && end < total; digit++, word <<= 4) {
        written[end++] = HEX.charCodeAt(word >>> 28);
      }
    }
    return textOf(written);
  }

  /** A version 4 UUID. */
  uuid(): string {
    const written = lettersOf(36);
    let end = 0;
    let word = 0;
    for (let digit = 0; digit < 32; digit++, word <<= 4) {
      if (digit % 8 === 0) word = this.uint32();
      if (digit === 8 || digit === 12 || digit === 16 || digit === 20) written[end++] = DASH;
      written[end++] = HEX.charCodeAt(word >>> 28);
    }
    written[14] = HEX.charCodeAt(4);
    written[19] = HEX.charCodeAt(8 + (this.d & 3));
    return textOf(written);
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

/**
 * Text is made in one piece from its letters: strings put together by `+` stay trees of parts for
 * as long as they live, which costs a large cluster kilobytes a pod. The letters of each length
 * have one array, to be filled anew for each text.
 */
function lettersOf(length: number): number[] {
  return (letters[length] ??= Array.from({ length }, () => 0));
}

const letters: number[][] = [];
const DASH = 45;

function textOf(written: number[]): string {
  return String.fromCharCode.apply(null, written);
}
