// The conditions of `test`, `[` and `[[`.

const NUMBERS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
};
const FILES: ReadonlySet<string> = new Set(['-e', '-f', '-r', '-w', '-x', '-d', '-s']);

/** Whether the condition holds; `isThere` tells of files. */
export function holdsTest(args: readonly string[], isThere: (path: string) => boolean): boolean {
  const words = args.filter((word) => word !== ']' && word !== ']]');
  if (words[0] === '!') return !holdsTest(words.slice(1), isThere);
  const [first = '', operator, second = ''] = words;
  if (words.length >= 3) {
    if (NUMBERS[operator]) return NUMBERS[operator](Number(first), Number(second));
    if (operator === '!=') return first !== second;
    return (operator === '=' || operator === '==') && first === second;
  }
  if (words.length < 2) return first !== '';
  if (FILES.has(first)) return isThere(operator);
  return first === '-n' ? operator !== '' : first === '-z' && operator === '';
}
