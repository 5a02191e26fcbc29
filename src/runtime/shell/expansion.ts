// What a shell puts in place of variables, calculations, braces and the output of other commands.
// The output of what is not known is empty.
import { endOfDollar } from './tokens';

export interface ExpansionView {
  /** Undefined when it is not set. */
  variable(name: string): string | undefined;
  assign(name: string, value: string): void;
  /** What a script writes. */
  outputOf(script: string): string;
}

const RANGE_MAX = 10_000;

/** The fields that words become. */
export function expandWords(words: readonly string[], view: ExpansionView): string[] {
  return words.flatMap(braces).flatMap((word) => fields(word, view));
}

/** The scripts whose output a word holds, but for those within others. */
export function substitutions(word: string): string[] {
  const found: string[] = [];
  if (!word.includes('$(') && !word.includes('`')) return found;
  for (let at = 0; at < word.length; at++) {
    if (word[at] === '\\') at++;
    else if (word[at] === '`') {
      const end = closing(word, '`', at);
      found.push(word.slice(at + 1, end - 1));
      at = end - 1;
    } else if (word.startsWith('$(', at) && word[at + 2] !== '(') {
      const end = endOfDollar(word, at);
      found.push(word.slice(at + 2, end - 1));
      at = end - 1;
    }
  }
  return found;
}

/** One word as one text, as in an assignment. */
export function expandText(word: string, view: ExpansionView): string {
  return pieces(word, view)
    .map(({ text }) => text)
    .join('');
}

interface Piece {
  text: string;
  /** True when blanks in it part fields. */
  isOpen: boolean;
}

function fields(word: string, view: ExpansionView): string[] {
  const all = pieces(word, view);
  if (!all.some(({ isOpen }) => isOpen)) return [all.map(({ text }) => text).join('')];
  const found: string[] = [];
  let current: string | undefined;
  for (const { text, isOpen } of all) {
    if (!isOpen) {
      current = (current ?? '') + text;
      continue;
    }
    const parts = text.split(/\s+/);
    parts.forEach((part, index) => {
      if (index > 0) {
        if (current !== undefined) found.push(current);
        current = undefined;
      }
      if (part) current = (current ?? '') + part;
    });
  }
  if (current !== undefined) found.push(current);
  return found;
}

function pieces(word: string, view: ExpansionView): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  while (at < word.length) {
    const char = word[at];
    let end = at + 1;
    if (char === "'") {
      end = closing(word, "'", at);
      found.push({ text: word.slice(at + 1, end - 1), isOpen: false });
    } else if (char === '"') {
      end = closing(word, '"', at);
      found.push({ text: inDouble(word.slice(at + 1, end - 1), view), isOpen: false });
    } else if (char === '\\') {
      end = at + 2;
      found.push({ text: word[at + 1] ?? '', isOpen: false });
    } else if (char === '`') {
      end = closing(word, '`', at);
      found.push({ text: view.outputOf(word.slice(at + 1, end - 1)), isOpen: true });
    } else if (char === '$') {
      end = endOfReference(word, at);
      found.push({ text: referenced(word.slice(at, end), view), isOpen: true });
    } else {
      while (end < word.length && !/['"\\`$]/.test(word[end])) end++;
      found.push({ text: word.slice(at, end), isOpen: false });
    }
    at = end;
  }
  return found;
}

/** The place after the quote that closes the one at `at`. */
function closing(word: string, quote: string, at: number): number {
  let index = at + 1;
  while (index < word.length && word[index] !== quote) {
    if (quote !== "'" && word[index] === '\\') index++;
    else if (quote === '"' && word[index] === '$') index = endOfDollar(word, index) - 1;
    index++;
  }
  return index + 1;
}

function inDouble(text: string, view: ExpansionView): string {
  let result = '';
  let at = 0;
  while (at < text.length) {
    const char = text[at];
    if (char === '\\' && /[\\"$`\n]/.test(text[at + 1] ?? '')) {
      if (text[at + 1] !== '\n') result += text[at + 1];
      at += 2;
    } else if (char === '$' || char === '`') {
      const end = char === '$' ? endOfReference(text, at) : closing(text, '`', at);
      result +=
        char === '$'
          ? referenced(text.slice(at, end), view)
          : view.outputOf(text.slice(at + 1, end - 1));
      at = end;
    } else {
      result += char;
      at++;
    }
  }
  return result;
}

function endOfReference(text: string, at: number): number {
  const end = endOfDollar(text, at);
  if (end > at + 1) return end;
  const name = /^\$(?:\w+|[?#@*$!-])/.exec(text.slice(at));
  return at + (name?.[0].length ?? 1);
}

/** `text` begins with '$'. */
function referenced(text: string, view: ExpansionView): string {
  if (text.startsWith('$((')) return String(calculate(text.slice(3, -2), view) ?? text);
  if (text.startsWith('$(')) return view.outputOf(text.slice(2, -1));
  if (text.startsWith('${')) return parameter(text.slice(2, -1), view);
  if (text === '$') return text;
  return view.variable(text.slice(1)) ?? '';
}

const PARAMETER = /^(#?)(\w+(?:\[\$?\w+\])?|[?@*#])(?:(:?[-=+?]|##?|%%?|\/\/?)([^]*))?$/;

/** What stands in `${...}`. */
function parameter(inside: string, view: ExpansionView): string {
  const match = PARAMETER.exec(inside);
  if (!match) return '';
  const [, length, name, operator, rest = ''] = match;
  const index = /^(\w+)\[\$?(\w+)\]$/.exec(name);
  const place = index && (view.variable(index[2]) ?? index[2]);
  const value = index ? view.variable(`${index[1]}[${place}]`) : view.variable(name);
  if (length) return String((value ?? '').length);
  if (!operator) return value ?? '';
  const isSet = value !== undefined && (value !== '' || !operator.startsWith(':'));
  switch (operator.at(-1)) {
    case '-':
    case '?':
      return isSet ? value : expandText(rest, view);
    case '=':
      if (!isSet) view.assign(name, expandText(rest, view));
      return isSet ? value : expandText(rest, view);
    case '+':
      return isSet ? expandText(rest, view) : '';
    case '/':
      return replaced(value ?? '', rest, operator === '//', view);
  }
  return trimmed(value ?? '', expandText(rest, view), operator);
}

function replaced(value: string, rest: string, isAll: boolean, view: ExpansionView): string {
  const [pattern, ...others] = rest.split('/');
  const wanted = new RegExp(globSource(expandText(pattern, view)), isAll ? 'g' : '');
  return value.replace(wanted, () => expandText(others.join('/'), view));
}

function trimmed(value: string, pattern: string, operator: string): string {
  const lengths = Array.from({ length: value.length + 1 }, (_, index) => index);
  if (operator.length === 2) lengths.reverse();
  const whole = globPattern(pattern);
  const isHead = operator.startsWith('#');
  for (const length of lengths) {
    const cut = isHead ? value.slice(0, length) : value.slice(value.length - length);
    if (whole.test(cut)) {
      return isHead ? value.slice(length) : value.slice(0, value.length - length);
    }
  }
  return value;
}

/** A pattern with stars and question marks, over a whole text. */
export function globPattern(pattern: string): RegExp {
  return new RegExp(`^${globSource(pattern)}$`, 's');
}

function globSource(pattern: string): string {
  return pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
}

/** '{1..3}' and '{a,b}' stand for several words. */
function braces(word: string): string[] {
  const match = /^([^'"`$]*?)\{(?:(-?\d+)\.\.(-?\d+)|([^{}'"`$]*,[^{}'"`$]*))\}(.*)$/s.exec(word);
  if (!match) return [word];
  const [, head, first, last, list, tail] = match;
  const values = list === undefined ? range(Number(first), Number(last)) : list.split(',');
  return values.map((value) => head + value + tail);
}

function range(first: number, last: number): string[] {
  const step = first <= last ? 1 : -1;
  const length = Math.min(Math.abs(last - first) + 1, RANGE_MAX);
  return Array.from({ length }, (_, index) => String(first + index * step));
}

const CALCULATION =
  /\s*(?:(\d+)|\$?\{?([A-Za-z_]\w*)\}?|(\+\+|--|\*\*|<=|>=|==|!=|&&|\|\||[-+*/%()<>=]))/y;

/** Undefined when it is no calculation. */
export function calculate(expression: string, view: ExpansionView): number | undefined {
  const change = /^\s*(\w+)\s*(\+\+|--|[-+*/%]?=(?!=))\s*([^]*)$/.exec(expression);
  if (change) return changed(change, view);
  const tokens: (number | string)[] = [];
  const text = expression.trim().replace(/\$\(([^()]*)\)/g, (_all, inner: string) => {
    return view.outputOf(inner);
  });
  CALCULATION.lastIndex = 0;
  while (CALCULATION.lastIndex < text.length) {
    const match = CALCULATION.exec(text);
    if (!match) return undefined;
    const [, digits, name, operator] = match;
    tokens.push(operator ?? Number(digits ?? view.variable(name) ?? 0));
  }
  const result = sums(tokens, 0);
  return tokens.length === 0 && Number.isFinite(result) ? result : undefined;
}

function changed([, name, operator, rest]: RegExpExecArray, view: ExpansionView): number {
  const before = Number(view.variable(name) ?? 0);
  const given = operator.length === 2 && !operator.endsWith('=') ? 1 : calculate(rest, view);
  const value = given ?? 0;
  const after = operator === '=' ? value : apply(before, operator[0], value);
  view.assign(name, String(after));
  return operator === '++' || operator === '--' ? before : after;
}

const PRECEDENCE: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<', '>', '<=', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];

/** Takes its tokens off the front. */
function sums(tokens: (number | string)[], level: number): number {
  if (level === PRECEDENCE.length) return single(tokens);
  let value = sums(tokens, level + 1);
  while (PRECEDENCE[level].includes(tokens[0] as string)) {
    const operator = tokens.shift() as string;
    value = apply(value, operator, sums(tokens, level + 1));
  }
  return value;
}

function single(tokens: (number | string)[]): number {
  const token = tokens.shift();
  if (token === '-') return -single(tokens);
  if (token !== '(') return typeof token === 'number' ? token : NaN;
  const value = sums(tokens, 0);
  tokens.shift();
  return value;
}

function apply(a: number, operator: string, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return Math.trunc(a / b);
    case '%':
      return a % b;
    case '<':
      return Number(a < b);
    case '>':
      return Number(a > b);
    case '<=':
      return Number(a <= b);
    case '>=':
      return Number(a >= b);
    case '==':
      return Number(a === b);
    case '!=':
      return Number(a !== b);
    case '&&':
      return Number(a !== 0 && b !== 0);
    default:
      return Number(a !== 0 || b !== 0);
  }
}
