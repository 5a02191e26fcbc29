// The words that the page shows, in one language at a time. Parts of the page hold on to branches
// of `catalog`, so a change of language fills the same tree anew; what is on the page then has to
// be drawn anew, too (`ui/app` does it by a new key). Only leaves may not be held.
import { english } from './en/english';

/** The same tree with other words: every text and every function that makes one. */
export type Words<T> = T extends string
  ? string
  : T extends (...parts: infer P) => string
    ? (...parts: P) => string
    : T extends readonly (infer E)[]
      ? Words<E>[]
      : { [K in keyof T]: Words<T[K]> };

export type Catalog = Words<typeof english>;

/** The words of the moment; English until `speak` says otherwise. */
export const catalog: Catalog = copyOf(english as Catalog);

/** Puts the words of another language in place of those of the moment. */
export function speak(words: Catalog): void {
  fill(catalog, words);
}

type Tree = Record<string, unknown>;

function fill(into: Tree, from: Tree): void {
  for (const key of Object.keys(from)) {
    const [held, next] = [into[key], from[key]];
    if (isTree(held) && isTree(next)) fill(held, next);
    else into[key] = next;
  }
}

function copyOf<T extends object>(from: T): T {
  const copy = (Array.isArray(from) ? [] : {}) as Tree;
  for (const [key, value] of Object.entries(from)) {
    copy[key] = isTree(value) ? copyOf(value) : value;
  }
  return copy as T;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null;
}
