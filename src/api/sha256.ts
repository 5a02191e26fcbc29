// SHA-256 of a short text: the engine may not use the host's, which answers later. FIPS 180-4.

const ROUND: readonly number[] = firstPrimes(64).map((prime) => fraction(Math.cbrt(prime)));
const INITIAL: readonly number[] = firstPrimes(8).map((prime) => fraction(Math.sqrt(prime)));

/** The 32 bytes of the digest. */
export function sha256(bytes: ArrayLike<number>): Uint8Array {
  const state = [...INITIAL];
  const padded = pad(bytes);
  for (let at = 0; at < padded.length; at += 64) compress(state, padded, at);
  return Uint8Array.from(
    state.flatMap((word) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255]),
  );
}

function pad(bytes: ArrayLike<number>): Uint8Array {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  padded.set(Array.from(bytes));
  padded[bytes.length] = 0x80;
  let bits = bytes.length * 8;
  for (let at = padded.length - 1; bits > 0; at--) {
    padded[at] = bits % 256;
    bits = Math.floor(bits / 256);
  }
  return padded;
}

function compress(state: number[], bytes: Uint8Array, start: number): void {
  const words: number[] = [];
  for (let at = 0; at < 64; at++) {
    if (at < 16) {
      const [a, b, c, d] = bytes.subarray(start + at * 4, start + at * 4 + 4);
      words.push((a << 24) | (b << 16) | (c << 8) | d);
      continue;
    }
    const [before, last] = [words[at - 15], words[at - 2]];
    const small = rotate(before, 7) ^ rotate(before, 18) ^ (before >>> 3);
    const large = rotate(last, 17) ^ rotate(last, 19) ^ (last >>> 10);
    words.push((words[at - 16] + small + words[at - 7] + large) | 0);
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let at = 0; at < 64; at++) {
    const large = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + large + choice + ROUND[at] + words[at]) | 0;
    const small = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + small + majority) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, at) => (state[at] = (state[at] + word) | 0));
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let number = 2; primes.length < count; number++) {
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  }
  return primes;
}

function fraction(value: number): number {
  return Math.floor((value - Math.floor(value)) * 2 ** 32) | 0;
}
