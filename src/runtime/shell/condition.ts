// The conditions of `test`, `[` and `[[`.
import { globPattern } from './expansion';

const NUMBERS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
};
const FILES: ReadonlySet<string> = new Set(['-e', '-f', '-r', '-w', '-x', '-d', '-s', '-L', '-S']);
const CLASSES: Readonly<Record<string, string>> = {
  space: '\\s',
  digit: '0-9',
  alpha: 'A-Za-z',
  alnum: 'A-Za-z0-9',
};

export interface ConditionView {
  /** Tells of files. */
  isThere(path: string): boolean;
  /** Told the groups of a regular expression that fitted. */
  matched(groups: readonly string[]): void;
}

/** Whether the condition holds; `args` are what follows `[`, with its `]`. */
export function holdsTest(args: readonly string[], view: ConditionView): boolean {
  return holds(
    args.filter((word) => word !== ']' && word !== ']]'),
    view,
  );
}

function holds(words: readonly string[], view: ConditionView): boolean {
  const or = words.findIndex((word) => word === '||' || word === '-o');
  if (or > 0) return holds(words.slice(0, or), view) || holds(words.slice(or + 1), view);
  const and = words.findIndex((word) => word === '&&' || word === '-a');
  if (and > 0) return holds(words.slice(0, and), view) && holds(words.slice(and + 1), view);
  if (words[0] === '!') return !holds(words.slice(1), view);
  const [first = '', operator, second = ''] = words;
  if (words.length >= 3) return compares(first, operator, second, view);
  if (words.length < 2) return first !== '';
  if (FILES.has(first)) return view.isThere(operator);
  return first === '-n' ? operator !== '' : first === '-z' && operator === '';
}

function compares(first: string, operator: string, second: string, view: ConditionView): boolean {
  if (NUMBERS[operator]) return NUMBERS[operator](Number(first), Number(second));
  if (operator === '=~') return fits(first, second, view);
  if (operator === '<') return first < second;
  if (operator === '>') return first > second;
  const isSame = first === second || globPattern(second).test(first);
  return operator === '!=' ? !isSame : (operator === '=' || operator === '==') && isSame;
}

function fits(text: string, expression: string, view: ConditionView): boolean {
  const source = expression.replace(/\[:(\w+):\]/g, (_all, name: string) => CLASSES[name] ?? '');
  try {
    const groups = new RegExp(source).exec(text);
    if (groups) view.matched([...groups].map((group) => group ?? ''));
    return groups !== null;
  } catch {
    return false;
  }
}
