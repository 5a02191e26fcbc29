// The fields that an object sets: its leaves, its list items, its empty maps and the members of its
// free maps. Upstream: sigs.k8s.io/structured-merge-diff typed/tofieldset.go.
import { FieldSet } from './field-set';
import { isEmptyMap, itemElement, itemsOf, kindOf, membersOf } from './list-items';
import { fieldElement } from './path-element';
import type { ListShape, MapShape, Shape } from './shape';

/** The set of all fields of a value that is valid for its shape. */
export function fieldSetOf(value: unknown, shape: Shape): FieldSet {
  const set = new FieldSet();
  visit(value, shape, [], set);
  return set;
}

function visit(value: unknown, shape: Shape, path: string[], set: FieldSet): void {
  switch (kindOf(shape, value)) {
    case 'map':
      visitMap(value, shape.map!, path, set);
      return;
    case 'list':
      visitList(value, shape.list!, path, set);
      return;
    case 'scalar':
      set.insert(path);
  }
}

function visitMap(value: unknown, shape: MapShape, path: string[], set: FieldSet): void {
  if (shape.isAtomic) {
    set.insert(path);
    return;
  }
  const map = membersOf(value);
  for (const name in map) {
    const member = map[name];
    const declared = shape.field(name);
    const below = declared ?? shape.element;
    if (member === undefined || !below) continue;
    path.push(fieldElement(name));
    visit(member, below, path, set);
    const isEmpty = member === null || isEmptyMapValue(member);
    if (isEmpty || !declared) set.insert(path);
    path.pop();
  }
}

function isEmptyMapValue(value: unknown): boolean {
  const map = membersOf(value);
  return map !== undefined && isEmptyMap(map);
}

function visitList(value: unknown, shape: ListShape, path: string[], set: FieldSet): void {
  if (shape.isAtomic) {
    set.insert(path);
    return;
  }
  const items = itemsOf(value) ?? [];
  const elements = items.map((item) => itemElement(item, shape));
  const counts = new Map<string, number>();
  for (const element of elements) counts.set(element, (counts.get(element) ?? 0) + 1);
  for (const [index, item] of items.entries()) {
    path.push(elements[index]);
    // Items that share a key are owned as one.
    if (counts.get(elements[index]) === 1) visit(item, shape.element, path, set);
    set.insert(path);
    path.pop();
  }
}
