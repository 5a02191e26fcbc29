// The last five characters of generated pod names, without one coming twice in a workload: a walk
// through all of them that visits each once and looks like chance.

const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const COUNT = ALPHABET.length ** 5;
/** Has no divisor in common with COUNT, which is a power of three. */
const STRIDE = 8_675_309;

/** The suffix of the `index`th pod of a walk that begins at `start`. */
export function podSuffix(start: number, index: number): string {
  let rest = (start + index * STRIDE) % COUNT;
  const letters: number[] = [];
  for (let digit = 0; digit < 5; digit++) {
    letters.push(ALPHABET.charCodeAt(rest % ALPHABET.length));
    rest = Math.floor(rest / ALPHABET.length);
  }
  return String.fromCharCode(...letters);
}
