// What fits on a screen gets read. Files end at 500 lines, functions at 70, lines at 100 columns;
// tests, which are tables more than code, get more lines and may hold a long string on one.

import {
  isTestFile,
  lineOf,
  problemAt,
  walk,
  type SourceFile,
  type SyntaxNode,
} from './source-file';

export const fileLinesMax = 500;
export const testFileLinesMax = 900;
export const functionLinesMax = 70;
export const columnsMax = 100;

/** Files that are one long table, and why they are not split. */
export const longFiles: Readonly<Record<string, string>> = {
  'src/apiserver/protobuf/field-numbers.ts': 'every field of every built-in type, by its number',
};

/** Functions, as 'path#name', that read better whole, and why. */
export const longFunctions: Readonly<Record<string, string>> = {};

export function sizeProblems(file: SourceFile): string[] {
  return [...fileProblems(file), ...functionProblems(file), ...lineProblems(file)];
}

function fileProblems(file: SourceFile): string[] {
  const linesMax = isTestFile(file.path) ? testFileLinesMax : fileLinesMax;
  const lines = file.lines.at(-1) === '' ? file.lines.length - 1 : file.lines.length;
  if (lines <= linesMax || file.path in longFiles) return [];
  return [`${file.path}: ${lines} lines, over ${linesMax}: split it by what it does`];
}

function functionProblems(file: SourceFile): string[] {
  const problems: string[] = [];
  if (file.program === undefined) return problems;
  walk(file.program, (node, parent) => {
    if (!/Function(Declaration|Expression)$/.test(node.type) || isSuite(node, parent)) return;
    const lines = lineOf(file, node.end) - lineOf(file, node.start) + 1;
    const name = functionName(node, parent);
    if (lines <= functionLinesMax || `${file.path}#${name}` in longFunctions) return;
    const message = `${name} has ${lines} lines, over ${functionLinesMax}: name its parts`;
    problems.push(problemAt(file, node, message));
  });
  return problems;
}

/** The callback of describe() only holds tests, each of which is measured. */
function isSuite(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  if (node.type !== 'ArrowFunctionExpression' || parent?.type !== 'CallExpression') return false;
  let callee = parent.callee as SyntaxNode;
  while (callee.type !== 'Identifier') {
    const inner = callee.type === 'MemberExpression' ? callee.object : callee.callee;
    if (inner === undefined) return false;
    callee = inner as SyntaxNode;
  }
  return callee.name === 'describe' || callee.name === 'test' || callee.name === 'it'
    ? callee.name === 'describe' || (parent.callee as SyntaxNode).type === 'MemberExpression'
    : false;
}

function functionName(node: SyntaxNode, parent: SyntaxNode | undefined): string {
  const names = [node.id, parent?.key, parent?.id].map(
    (named) => (named as SyntaxNode | null | undefined)?.name,
  );
  return names.find((name) => typeof name === 'string') ?? 'a function';
}

function lineProblems(file: SourceFile): string[] {
  if (file.path in longFiles || file.path.endsWith('.css')) return [];
  const long = file.lines.flatMap((line, index) => {
    // No text has more columns than units.
    const columns = line.length <= columnsMax ? 0 : [...line].length;
    return columns <= columnsMax || isUnbreakable(line) ? [] : [{ line: index + 1, columns }];
  });
  if (long.length === 0) return [];
  const literals = isTestFile(file.path) ? literalLines(file) : new Set<number>();
  return long
    .filter(({ line }) => !literals.has(line))
    .map(
      ({ line, columns }) =>
        `${file.path}:${line}: ${columns} columns, over ${columnsMax}: break the line`,
    );
}

/** A long address, or an import of a single name, which no formatter breaks. */
function isUnbreakable(line: string): boolean {
  return /https?:\/\/\S{60,}/.test(line) || /^import (type )?\{ \w+ \} from '[^']+';$/.test(line);
}

function literalLines(file: SourceFile): Set<number> {
  const lines = new Set<number>();
  if (file.program === undefined) return lines;
  walk(file.program, (node) => {
    if (node.type !== 'Literal' && node.type !== 'TemplateLiteral') return;
    const last = lineOf(file, node.end);
    for (let line = lineOf(file, node.start); line <= last; line++) lines.add(line);
  });
  return lines;
}
