// The words that the page shows, in one language at a time. Parts of the page hold on to branches
// of `catalog`, so a change of language fills the same tree anew; what is on the page then has to
// be drawn anew, too (`ui/app` does it by a new key). Only leaves may not be held.
//
// `catalog` has the words of the first picture. A part that is loaded later brings its English
// words along and holds the branch that `wordsOf` answers, so that nobody can read a branch that
// is not there yet. The Chinese words come all at once, when they are chosen.
import type { english } from './en/english';
import { first } from './en/first';

/** The same tree with other words: every text and every function that makes one. */
export type Words<T> = T extends string
  ? string
  : T extends (...parts: infer P) => string
    ? (...parts: P) => string
    : T extends readonly (infer E)[]
      ? Words<E>[]
      : { [K in keyof T]: Words<T[K]> };

type English = typeof english;
type FirstPart = keyof typeof first;
type LatePart = Exclude<keyof English, FirstPart>;

/** The words of the whole page. */
export type Catalog = Words<English>;

/** The English words of every part that has come. */
const englishHere: Tree = { ...first };
/** The words of every part that has come, in the language of the moment. */
const tree = copyOf(englishHere);
let spoken = englishHere;

/** The words of the first picture; English until `speak` says otherwise. */
export const catalog = tree as Pick<Catalog, FirstPart>;

/** The branch of a part that comes later; it comes with `words`, its English ones. */
export function wordsOf<P extends LatePart>(part: P, words: English[P]): Catalog[P] {
  englishHere[part] = words;
  tree[part] ??= copyOf(spoken[part] as Tree);
  return tree[part] as Catalog[P];
}

/** Puts the words of another language in place of those of the moment; of English by default. */
export function speak(words?: Catalog): void {
  spoken = words ?? englishHere;
  for (const part of Object.keys(tree)) fill(tree[part] as Tree, spoken[part] as Tree);
}

type Tree = Record<string, unknown>;

function fill(into: Tree, from: Tree): void {
  for (const key of Object.keys(from)) {
    const [held, next] = [into[key], from[key]];
    if (isTree(held) && isTree(next)) fill(held, next);
    else into[key] = next;
  }
}

function copyOf(from: Tree): Tree {
  const copy = (Array.isArray(from) ? [] : {}) as Tree;
  for (const [key, value] of Object.entries(from)) {
    copy[key] = isTree(value) ? copyOf(value) : value;
  }
  return copy;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null;
}
