// A test that cannot fail is a defect: none is skipped, singled out or left for later, and the body
// of each one asserts something.

import { isTestFile, problemAt, walk, type SourceFile, type SyntaxNode } from './source-file';

const testNames = new Set(['it', 'test']);
const suiteNames = new Set(['describe', 'suite']);
const dodges = new Set(['skip', 'only', 'todo', 'fixme', 'skipIf', 'runIf', 'fails', 'fail']);
const tables = new Set(['each', 'for', 'concurrent', 'sequential']);

export function honestTestProblems(file: SourceFile): string[] {
  if (!isTestFile(file.path) || file.program === undefined) return [];
  const problems: string[] = [];
  walk(file.program, (node) => {
    if (node.type === 'MemberExpression') {
      const dodge = dodgeOf(node);
      if (dodge !== undefined) {
        problems.push(problemAt(file, node, `.${dodge}: every test runs and passes, or goes`));
      }
    }
    if (node.type === 'CallExpression' && isTest(node) && !asserts(node)) {
      problems.push(
        problemAt(file, node, 'a test without an assertion cannot fail: expect something'),
      );
    }
  });
  return problems;
}

function dodgeOf(node: SyntaxNode): string | undefined {
  const name = (node.property as SyntaxNode).name;
  const root = rootOf(node)?.root;
  if (typeof name !== 'string' || root === undefined || !dodges.has(name)) return undefined;
  return testNames.has(root) || suiteNames.has(root) ? name : undefined;
}

/** it('...', run), it.each(table)('...', run) and the same of test; not test.use or describe. */
function isTest(call: SyntaxNode): boolean {
  const callee = rootOf(call.callee as SyntaxNode);
  if (callee === undefined || !testNames.has(callee.root)) return false;
  if (callee.members.some((member) => !tables.has(member))) return false;
  const makesTable = (call.callee as SyntaxNode).type === 'MemberExpression';
  return !(makesTable && ['each', 'for'].includes(callee.members.at(-1) ?? ''));
}

/** The identifier at the bottom of a chain of members and calls, and the members above it. */
function rootOf(callee: SyntaxNode): { root: string; members: string[] } | undefined {
  const members: string[] = [];
  let at = callee;
  for (;;) {
    if (at.type === 'Identifier') return { root: String(at.name), members: members.toReversed() };
    if (at.type === 'MemberExpression') {
      members.push(String((at.property as SyntaxNode).name));
      at = at.object as SyntaxNode;
    } else if (at.type === 'CallExpression') at = at.callee as SyntaxNode;
    else if (at.type === 'TaggedTemplateExpression') at = at.tag as SyntaxNode;
    else return undefined;
  }
}

/** True when something called in the test's body is named expect or assert, or starts so. */
function asserts(call: SyntaxNode): boolean {
  let found = false;
  for (const argument of call.arguments as SyntaxNode[]) {
    walk(argument, (node) => {
      if (node.type !== 'CallExpression') return;
      const callee = rootOf(node.callee as SyntaxNode);
      const names = callee === undefined ? [] : [callee.root, ...callee.members];
      if (names.some((name) => /^(expect|assert)/.test(name))) found = true;
    });
  }
  return found;
}
