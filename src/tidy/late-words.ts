// The first picture brings its own words along and no others: what is shown later brings its words
// when it comes. So nothing that the page's script imports at once may import a late part's words,
// by however many steps.

import { dirname, posix } from 'node:path';
import { importsOf } from './import-edges';
import type { SourceFile } from './source-file';

const entry = 'src/ui/main.tsx';
const firstWords = 'src/i18n/en/first.ts';
const words = /^src\/i18n\/(en|zh-hant|zh-hans)\//;

/** A file and what comes with it: what it imports for more than types, and not later. */
export interface Arrival {
  readonly path: string;
  readonly brings: readonly string[];
}

/** What comes with a file. */
export function arrivalOf({ path, program }: SourceFile): Arrival {
  const atOnce = importsOf(program).filter(
    ({ node, target, typeOnly }) =>
      !typeOnly && node.type !== 'ImportExpression' && target.startsWith('.'),
  );
  return { path, brings: atOnce.map(({ target }) => posix.join(dirname(path), target)) };
}

/** Which words come with the page's script, though they are not of the first picture. */
export function lateWordsProblems(files: readonly Arrival[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const allowed = reached(byPath, firstWords);
  return [...reached(byPath, entry)]
    .filter(([path]) => words.test(path) && !allowed.has(path))
    .map(
      ([path, chain]) =>
        `${path} comes with the first picture, by ${chain.slice(0, -1).join(' → ')}: load what ` +
        'shows it later, or list it in src/i18n/en/first.ts',
    );
}

/** Every file that comes with one, each with the way to it. */
function reached(byPath: ReadonlyMap<string, Arrival>, from: string): Map<string, string[]> {
  const found = new Map([[from, [from]]]);
  for (const [path, chain] of found) {
    for (const target of byPath.get(path)?.brings ?? []) {
      const to = fileOf(byPath, target);
      if (to !== undefined && !found.has(to)) found.set(to, [...chain, to]);
    }
  }
  return found;
}

function fileOf(byPath: ReadonlyMap<string, Arrival>, target: string): string | undefined {
  return [target, `${target}.ts`, `${target}.tsx`].find((path) => byPath.has(path));
}
