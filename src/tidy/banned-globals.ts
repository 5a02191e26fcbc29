// The engine is a deterministic simulation: the same seed and inputs give the same run to the byte,
// in Node and in every browser. So nothing in it may read a real clock, real randomness or the
// machine it runs on, and nothing may wait: calls are synchronous and time is charged.

import { children, isTestFile, problemAt, type SourceFile, type SyntaxNode } from './source-file';

const virtualTime = 'clock.now and formatTime of virtual milliseconds';
const virtualTimer = 'clock.after(delayMs, run)';
const callbacks = 'a plain function and its return value, or a callback on the virtual clock';
const host = 'an argument: only src/host and src/ui know the machine';

/** Name and what to use in its place. */
const bannedGlobals: Readonly<Record<string, string>> = {
  Date: virtualTime,
  performance: virtualTime,
  setTimeout: virtualTimer,
  setInterval: virtualTimer,
  setImmediate: virtualTimer,
  queueMicrotask: virtualTimer,
  requestAnimationFrame: virtualTimer,
  requestIdleCallback: virtualTimer,
  Promise: callbacks,
  crypto: 'a named stream of the seeded rng',
  structuredClone: 'nothing: objects are frozen and shared',
  console: 'the trace',
  process: host,
  window: host,
  document: host,
  navigator: host,
  localStorage: host,
  fetch: 'a Transport of src/client',
  globalThis: host,
  self: host,
  Intl: 'plain comparison and formatting: locales differ between machines',
};

/** Members, by object (empty for a method of anything) and name. */
const bannedMembers: readonly { object: string; name: string; use: string }[] = [
  { object: 'Math', name: 'random', use: 'a named stream of the seeded rng' },
  { object: '', name: 'localeCompare', use: '< and >: locales differ between machines' },
];

const freeRooms = /^src\/(host|ui|i18n|tidy)\//;

/** Files that may use one banned global, because they give it all that its answer depends on. */
const exemptions: Readonly<Record<string, string>> = { 'src/api/time-zone.ts': 'Intl' };

/** Problems of one file; rooms that face the outside and tests are free. */
export function bannedGlobalProblems(file: SourceFile): string[] {
  if (!file.path.startsWith('src/') || freeRooms.test(file.path)) return [];
  if (isTestFile(file.path) || file.program === undefined) return [];
  const problems: string[] = [];
  visit(file, file.program, undefined, '', new Set(), problems);
  return problems;
}

function visit(
  file: SourceFile,
  node: SyntaxNode,
  parent: SyntaxNode | undefined,
  key: string,
  declaredOutside: ReadonlySet<string>,
  problems: string[],
): void {
  const declared = opensScope(node)
    ? new Set([...declaredOutside, ...declarationsOf(node)])
    : declaredOutside;
  const message = problemOf(node, parent, key, declared);
  const isExempt = node.type === 'Identifier' && exemptions[file.path] === node.name;
  if (message !== undefined && !isExempt) problems.push(problemAt(file, node, message));
  for (const [childKey, child] of children(node)) {
    visit(file, child, node, childKey, declared, problems);
  }
}

function problemOf(
  node: SyntaxNode,
  parent: SyntaxNode | undefined,
  key: string,
  declared: ReadonlySet<string>,
): string | undefined {
  if (node.type === 'Identifier') {
    const name = String(node.name);
    if (!Object.hasOwn(bannedGlobals, name) || declared.has(name)) return undefined;
    if (parent !== undefined && !isReference(parent, key)) return undefined;
    return `${name} is banned in the engine: use ${bannedGlobals[name]}`;
  }
  if (node.type === 'MemberExpression') return memberProblem(node);
  if (node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await === true)) {
    return `await is banned in the engine: use ${callbacks}`;
  }
  if (node.async === true) return `async is banned in the engine: use ${callbacks}`;
  if (node.type === 'ImportExpression')
    return 'import() is banned in the engine: import at the top';
  return undefined;
}

function memberProblem(node: SyntaxNode): string | undefined {
  const property = node.property as SyntaxNode;
  const name = node.computed === true ? property.value : property.name;
  const object = (node.object as SyntaxNode).name;
  const banned = bannedMembers.find(
    (member) => member.name === name && (member.object === '' || member.object === object),
  );
  if (banned === undefined) return undefined;
  const label = [banned.object, banned.name].filter(Boolean).join('.');
  return `${label} is banned in the engine: use ${banned.use}`;
}

/** False where an identifier only names a property, a label or something of another module. */
function isReference(parent: SyntaxNode, key: string): boolean {
  if (parent.computed !== true && (key === 'property' || key === 'key')) return false;
  if (key === 'label' || key === 'imported' || key === 'exported' || key === 'right') {
    return key === 'right' && parent.type !== 'TSQualifiedName';
  }
  if (parent.type === 'ExportSpecifier' || parent.type === 'MetaProperty') return false;
  return !(parent.type === 'TSEnumMember' && key === 'id');
}

/** Scopes are those of functions, types and the file: a block's names count for its function. */
function opensScope(node: SyntaxNode): boolean {
  return node.type === 'Program' || 'params' in node || 'parameters' in node;
}

function declarationsOf(scope: SyntaxNode): Set<string> {
  const names = new Set<string>();
  for (const [key, child] of children(scope)) {
    if (key === 'params' || key === 'parameters') patternNames(child, names);
    collect(child, names);
  }
  return names;
}

function collect(node: SyntaxNode, names: Set<string>): void {
  if (/^Import\w*Specifier$/.test(node.type)) patternNames(node.local, names);
  if (/Declaration$|^VariableDeclarator$/.test(node.type)) patternNames(node.id, names);
  if (node.type === 'CatchClause') patternNames(node.param, names);
  if (opensScope(node)) return;
  for (const [, child] of children(node)) collect(child, names);
}

/** The names that a binding pattern declares; the default values in it are not names. */
function patternNames(pattern: unknown, names: Set<string>): void {
  const node = pattern as SyntaxNode | null | undefined;
  if (node === null || node === undefined) return;
  if (node.type === 'Identifier') names.add(String(node.name));
  if (node.type === 'AssignmentPattern') patternNames(node.left, names);
  if (node.type === 'RestElement') patternNames(node.argument, names);
  if (node.type === 'TSParameterProperty') patternNames(node.parameter, names);
  if (node.type === 'Property') patternNames(node.value, names);
  if (node.type === 'ObjectPattern') {
    for (const property of node.properties as SyntaxNode[]) patternNames(property, names);
  }
  if (node.type === 'ArrayPattern') {
    for (const element of node.elements as SyntaxNode[]) patternNames(element, names);
  }
}
