// All fields of a value that is new or gone as a whole: each is one of its own, maps and list items
// included.
import { FieldSet } from './field-set';
import { groupItems, itemsOf, kindOf, membersOf } from './list-items';
import { fieldElement } from './path-element';
import type { ListShape, MapShape, Shape } from './shape';

/** The fields below a value, which itself is not in the set; none below what is owned as one. */
export function fieldsBelow(value: unknown, shape: Shape): FieldSet {
  const kind = kindOf(shape, value);
  if (kind === 'map') return membersBelow(value, shape.map!);
  return kind === 'list' ? itemsBelow(value, shape.list!) : NOTHING;
}

const NOTHING = new FieldSet();

function membersBelow(value: unknown, shape: MapShape): FieldSet {
  const map = membersOf(value);
  if (shape.isAtomic || !map) return NOTHING;
  const set = new FieldSet();
  for (const name in map) {
    const member = map[name];
    const declared = shape.field(name) ?? shape.element;
    if (member === undefined || !declared) continue;
    add(set, fieldElement(name), fieldsBelow(member, declared));
  }
  return set;
}

function itemsBelow(value: unknown, shape: ListShape): FieldSet {
  const items = itemsOf(value);
  if (shape.isAtomic || !items?.length) return NOTHING;
  const set = new FieldSet();
  for (const [element, group] of groupItems(items, shape)) {
    // Items that share a key are owned as one.
    add(set, element, group.length > 1 ? NOTHING : fieldsBelow(group[0], shape.element));
  }
  return set;
}

function add(set: FieldSet, element: string, below: FieldSet): void {
  set.members.add(element);
  if (!below.isEmpty) set.children.set(element, below);
}
