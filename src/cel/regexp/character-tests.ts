// What characters a regular expression's classes hold. Upstream: Go's regexp/syntax and unicode.

/** Whether the character of a code point is meant. */
export type CharacterTest = (code: number) => boolean;

/** All from one to another. */
export function range(low: number, high: number): CharacterTest {
  return (code) => code >= low && code <= high;
}

/** What any of them holds. */
export function anyOf(tests: readonly CharacterTest[]): CharacterTest {
  return tests.length === 1 ? tests[0] : (code) => tests.some((test) => test(code));
}

/** What it does not hold. */
export function not(test: CharacterTest): CharacterTest {
  return (code) => !test(code);
}

/** The same without regard to case, when that is wished. */
export function ofFlags(test: CharacterTest, ignoreCase: boolean): CharacterTest {
  return ignoreCase ? (code) => test(code) || sameLetters(code).some(test) : test;
}

const CLASSES: Readonly<Record<string, RegExp>> = {
  alnum: /[0-9A-Za-z]/,
  alpha: /[A-Za-z]/,
  // eslint-disable-next-line no-control-regex -- the class is of these
  ascii: /[\x00-\x7f]/,
  blank: /[\t ]/,
  // eslint-disable-next-line no-control-regex -- the class is of these
  cntrl: /[\x00-\x1f\x7f]/,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[\t\n\v\f\r ]/,
  upper: /[A-Z]/,
  word: /[0-9A-Za-z_]/,
  xdigit: /[0-9A-Fa-f]/,
};

/** `[:alpha:]` or `[:^alpha:]`; undefined when there is no such class. */
export function posixClass(text: string): CharacterTest | undefined {
  const [, caret, name] = /^\[:(\^?)(.*):\]$/s.exec(text)!;
  if (!Object.hasOwn(CLASSES, name)) return undefined;
  const test = matching(CLASSES[name]);
  return caret ? not(test) : test;
}

const PERL: Readonly<Record<string, RegExp>> = {
  d: /[0-9]/,
  s: /[\t\n\f\r ]/,
  w: /[0-9A-Za-z_]/,
};

/** The class of `\d`, `\S` and their like, by their letter. */
export function perlClass(letter: string): CharacterTest | undefined {
  const small = letter.toLowerCase();
  if (!Object.hasOwn(PERL, small)) return undefined;
  const test = matching(PERL[small]);
  return letter === small ? test : not(test);
}

/** A category or script of Unicode by name, however its words are joined. */
export function unicodeClass(name: string): CharacterTest | undefined {
  const words = name.split(/[-_ ]/).filter((word) => word !== '');
  const title = words.map((word) => word[0].toUpperCase() + word.slice(1).toLowerCase()).join('_');
  for (const each of [name, title, title.toUpperCase()]) {
    if (each === 'Any' || each === 'Assigned' || each === 'ASCII') {
      return matching(new RegExp(`\\p{${each}}`, 'u'));
    }
    for (const property of ['gc', 'sc']) {
      try {
        return matching(new RegExp(`\\p{${property}=${each}}`, 'u'));
      } catch {
        // It is no name of this property.
      }
    }
  }
  return undefined;
}

function matching(pattern: RegExp): CharacterTest {
  return (code) => pattern.test(String.fromCodePoint(code));
}

/** Letters that only the folding of case makes alike: long s, Kelvin, Angstrom, Ohm, micro. */
const RARE = [0x17f, 0x212a, 0x212b, 0x2126, 0xb5, 0x3c2, 0x1e9e];

/** The other letters that differ from one by case alone. */
function sameLetters(code: number): number[] {
  const letter = String.fromCodePoint(code);
  const found = new Set<number>();
  for (const cased of [letter.toLowerCase(), letter.toUpperCase()]) {
    for (const each of [cased, cased.toLowerCase(), cased.toUpperCase()]) {
      const single = each.codePointAt(0)!;
      if (String.fromCodePoint(single) === each) found.add(single);
    }
  }
  for (const rare of RARE) {
    if (new RegExp(`^\\u{${rare.toString(16)}}$`, 'iu').test(letter)) found.add(rare);
  }
  found.delete(code);
  return [...found];
}
