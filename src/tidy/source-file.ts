// Tidy: the style guide that fails. Each rule is a pure function from one parsed file to the list
// of its problems, so that a rule can be tested on a few lines of made-up source; the tests beside
// them run the rule on made-up violations first, then on the whole project.
// A real parser reads the files, so comments, strings and names of properties never trip a rule.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

/** A node of the ESTree that the parser answers, TypeScript's own nodes included. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export interface SourceFile {
  /** From the project's root, with forward slashes: 'src/api/quantity.ts'. */
  readonly path: string;
  readonly text: string;
  readonly lines: readonly string[];
  /** Where each line begins. */
  readonly lineStarts: readonly number[];
  /** Undefined for files that are not TypeScript or JavaScript. */
  readonly program: SyntaxNode | undefined;
}

const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '../..');
const folders = ['src', 'e2e', 'bench', 'scripts', 'types'];
const script = /\.(tsx?|mts|mjs|js)$/;

/**
 * Reads and parses every source file of the project, in the order of their paths; one at a time,
 * since all their trees together are large.
 */
export function* projectFiles(): Generator<SourceFile> {
  for (const path of projectPaths()) {
    if (!script.test(path) && !path.endsWith('.css')) continue;
    yield sourceFile(path, readFileSync(join(projectRoot, path), 'utf8'));
  }
}

/** Every file below the source folders, whatever its kind. */
export function projectPaths(): string[] {
  const found = folders.flatMap((folder) => {
    const entries = readdirIfPresent(join(projectRoot, folder));
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  });
  return found.map((path) => relative(projectRoot, path).replaceAll('\\', '/')).toSorted();
}

/** The text of one file of the project. */
export function projectText(path: string): string {
  return readFileSync(join(projectRoot, path), 'utf8');
}

/** Parses a text as if it stood at the path; throws with the parser's message if it cannot. */
export function sourceFile(path: string, text: string): SourceFile {
  const lines = text.split('\n');
  const lineStarts = startsOf(lines);
  if (!script.test(path)) return { path, text, lines, lineStarts, program: undefined };
  const parsed = parseSync(path, text);
  if (parsed.errors.length > 0) throw new Error(`${path}: ${parsed.errors[0].message}`);
  return { path, text, lines, lineStarts, program: parsed.program as unknown as SyntaxNode };
}

function startsOf(lines: readonly string[]): number[] {
  let at = 0;
  return lines.map((line) => (at += line.length + 1) - line.length - 1);
}

export function isTestFile(path: string): boolean {
  return /\.(test|spec)\.tsx?$/.test(path);
}

/** One problem, worded as 'path:line: what is wrong and what to do'. */
export function problemAt(file: SourceFile, node: SyntaxNode, message: string): string {
  return `${file.path}:${lineOf(file, node.start)}: ${message}`;
}

export function lineOf(file: SourceFile, offset: number): number {
  let [line, above] = [0, file.lineStarts.length];
  while (above - line > 1) {
    const middle = (line + above) >> 1;
    if (file.lineStarts[middle]! <= offset) line = middle;
    else above = middle;
  }
  return line + 1;
}

/**
 * Calls visit for the node and all below it, parents first; false from visit skips what is below.
 */
export function walk(
  node: SyntaxNode,
  visit: (node: SyntaxNode, parent: SyntaxNode | undefined, key: string) => boolean | void,
  parent?: SyntaxNode,
  key = '',
): void {
  if (visit(node, parent, key) === false) return;
  for (const childKey in node) {
    const value = node[childKey];
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value)) {
      if (isNode(value)) walk(value, visit, node, childKey);
      continue;
    }
    for (const item of value) if (isNode(item)) walk(item, visit, node, childKey);
  }
}

/** The child nodes with the names of the properties that hold them. */
export function children(node: SyntaxNode): [string, SyntaxNode][] {
  const found: [string, SyntaxNode][] = [];
  for (const key in node) {
    const value = node[key];
    if (typeof value !== 'object' || value === null) continue;
    for (const item of Array.isArray(value) ? value : [value]) {
      if (isNode(item)) found.push([key, item]);
    }
  }
  return found;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

function readdirIfPresent(path: string) {
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
