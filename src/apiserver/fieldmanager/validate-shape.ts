// Whether what a client applies has the shape of its type: declared fields only, of their types,
// list items with their keys and none twice. The words are those of the real server.
// Upstream: sigs.k8s.io/structured-merge-diff typed/validate.go.
import { goText } from '../patch/go-text';
import { isObject } from '../patch/json-value';
import { itemElement, ItemError, kindOf } from './list-items';
import { describeElement, fieldElement } from './path-element';
import type { ListShape, MapShape, ScalarKind, Shape } from './shape';

/** What is wrong, as one text; undefined when nothing is. `allowDuplicates`: of list items. */
export function shapeProblem(
  value: unknown,
  shape: Shape,
  allowDuplicates = false,
): string | undefined {
  const problems: string[] = [];
  visit(value, shape, '', { allowDuplicates, problems });
  if (problems.length === 0) return undefined;
  return problems.length === 1
    ? problems[0]
    : ['errors:', ...problems.map((problem) => '  ' + problem)].join('\n');
}

interface Visit {
  readonly allowDuplicates: boolean;
  readonly problems: string[];
}

function visit(value: unknown, shape: Shape, path: string, state: Visit): void {
  if (value === undefined || value === null) return;
  switch (kindOf(shape, value)) {
    case 'map':
      visitMap(value, shape.map!, path, state);
      return;
    case 'list':
      visitList(value, shape.list!, path, state);
      return;
    case 'scalar':
      visitScalar(value, shape.scalar!, path, state);
  }
}

function note({ problems }: Visit, path: string, what: string): void {
  problems.push(path ? `${path}: ${what}` : what);
}

function visitMap(value: unknown, shape: MapShape, path: string, state: Visit): void {
  if (!isObject(value)) {
    note(state, path, `expected map, got ${goPointer(value)}`);
    return;
  }
  for (const name in value) {
    const member = shape.field(name) ?? shape.element;
    const at = path + describeElement(fieldElement(name));
    if (!member) {
      note(state, at, 'field not declared in schema');
      return;
    }
    visit(value[name], member, at, state);
  }
}

function visitList(value: unknown, shape: ListShape, path: string, state: Visit): void {
  if (!Array.isArray(value)) {
    note(state, path, `expected list, got ${goPointer(value)}`);
    return;
  }
  const seen = new Set<string>();
  for (const [index, item] of value.entries()) {
    let element = `i:${index}`;
    if (!shape.isAtomic) {
      try {
        element = itemElement(item, shape);
      } catch (error) {
        if (!(error instanceof ItemError)) throw error;
        note(state, path, `element ${index}: ${error.message}`);
        return;
      }
      if (seen.has(element) && !state.allowDuplicates) {
        note(state, path, `duplicate entries for key ${describeElement(element)}`);
      }
      seen.add(element);
    }
    visit(item, shape.element, path + describeElement(element), state);
  }
}

function visitScalar(value: unknown, kind: ScalarKind, path: string, state: Visit): void {
  const isScalar = typeof value !== 'object';
  switch (kind) {
    case 'numeric':
      if (typeof value !== 'number') {
        note(state, path, `expected numeric (int or float), got ${goTypeName(value)}`);
      }
      return;
    case 'string':
      if (typeof value === 'string') return;
      note(state, path, `expected string, got &value.valueUnstructured{Value:${goSyntax(value)}}`);
      return;
    case 'boolean':
      if (typeof value !== 'boolean') {
        note(state, path, `expected boolean, got ${goPointer(value)}`);
      }
      return;
    case 'untyped':
      if (!isScalar) note(state, path, `expected any scalar, got ${goPointer(value)}`);
  }
}

/** A pointer to a value as Go prints it with %v. */
function goPointer(value: unknown): string {
  return `&{${goText(value)}}`;
}

function goTypeName(value: unknown): string {
  if (Array.isArray(value)) return '[]interface {}';
  if (isObject(value)) return 'map[string]interface {}';
  if (typeof value === 'boolean') return 'bool';
  return typeof value;
}

/** A value as Go prints it with %#v. */
function goSyntax(value: unknown): string {
  if (value === null || value === undefined) return 'interface {}(nil)';
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${goSyntax(value[name])}`);
  return `map[string]interface {}{${members.join(', ')}}`;
}
