// RE2's regular expressions on the platform's: the syntax is translated where it differs, and what
// RE2 has not is refused. Upstream: github.com/google/re2/wiki/Syntax, Go's regexp/syntax.
import { CelError } from '../values';

const CLASSES: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};
const KEPT = 256;
const known = new Map<string, RegExp>();

/** Throws CelError in Go's words. */
export function compilePattern(pattern: string, flags: '' | 'g'): RegExp {
  const compiled = patternOrProblem(pattern, flags);
  if (typeof compiled === 'string') throw new CelError(compiled);
  compiled.lastIndex = 0;
  return compiled;
}

/** Why a pattern is none; undefined when it is one. */
export function patternProblem(pattern: string): string | undefined {
  const compiled = patternOrProblem(pattern, '');
  return typeof compiled === 'string' ? compiled : undefined;
}

function patternOrProblem(pattern: string, flags: '' | 'g'): RegExp | string {
  const key = flags + '/' + pattern;
  const before = known.get(key);
  if (before) return before;
  const unsupported = /\(\?(?:[=!]|<[=!])/.exec(pattern);
  if (unsupported) {
    const what = '`' + unsupported[0] + '`';
    return `error parsing regexp: invalid or unsupported Perl syntax: ${what}`;
  }
  const { source, modes } = translate(pattern);
  try {
    const compiled = compileEither(source, modes + flags);
    if (known.size >= KEPT) known.clear();
    known.set(key, compiled);
    return compiled;
  } catch {
    return `error parsing regexp: ${problemOf(pattern)}`;
  }
}

/** Unicode's way where it can be; the older one takes escapes that mean nothing, as RE2 does. */
function compileEither(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags + 'u');
  } catch {
    return new RegExp(source, flags);
  }
}

/**
 * The platform knows no modes in the middle of a pattern, so that one that is set there holds for
 * all of it: for `^(?i)x`, which is what people write, that is the same.
 */
function translate(pattern: string): { source: string; modes: string } {
  const modes = new Set<string>();
  const source = pattern
    .replace(/\(\?([imsU]*)(?:-[imsU]+)?(\)|:)/g, (_all, letters: string, end: string) => {
      for (const letter of letters.replace('U', '')) modes.add(letter);
      return end === ':' ? '(?:' : '';
    })
    .replace(/\(\?P</g, '(?<')
    .replace(/\\A/g, '^')
    .replace(/\\z/g, '$')
    .replace(/\\Q([^]*?)(?:\\E|$)/g, (_all, text: string) => text.replace(/[^\w\s]/g, '\\$&'))
    .replace(/\\x\{([0-9a-fA-F]+)\}/g, '\\u{$1}')
    .replace(/\\p([A-Z])(?!\{)/g, '\\p{$1}')
    .replace(/\\P([A-Z])(?!\{)/g, '\\P{$1}')
    .replace(/\[:(\w+):\]/g, (all, name: string) => CLASSES[name] ?? all)
    .replace(/\\p\{(Greek|Latin|Han|Cyrillic|Arabic|Hebrew|Thai)\}/g, '\\p{Script=$1}');
  return { source, modes: [...modes].join('') };
}

function problemOf(pattern: string): string {
  const quoted = '`' + pattern + '`';
  if (/(?:^|[^\\])(?:\\\\)*\\$/.test(pattern)) return 'trailing backslash at end of expression: ``';
  if (/^[*+?]/.test(pattern)) {
    return 'missing argument to repetition operator: `' + pattern[0] + '`';
  }
  const opened = (pattern.match(/(?<!\\)\(/g) ?? []).length;
  const closed = (pattern.match(/(?<!\\)\)/g) ?? []).length;
  if (opened > closed) return `missing closing ): ${quoted}`;
  if (closed > opened) return `unexpected ): ${quoted}`;
  const bracket = pattern.search(/(?<!\\)\[/);
  if (bracket >= 0) return 'missing closing ]: `' + pattern.slice(bracket) + '`';
  return `invalid escape sequence: ${quoted}`;
}
