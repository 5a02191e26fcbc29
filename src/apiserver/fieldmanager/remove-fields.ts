// An object without some of its fields. Upstream: sigs.k8s.io/structured-merge-diff
// typed/remove.go.
import { setMember, type JsonObject } from '../patch/json-value';
import type { FieldSet } from './field-set';
import { isEmptyMap, itemElement, itemsOf, kindOf, membersOf } from './list-items';
import { fieldElement } from './path-element';
import type { ListShape, MapShape, Shape } from './shape';

/** The value without the members of `gone`; null where nothing is left. */
export function removeFields(value: unknown, gone: FieldSet, shape: Shape): unknown {
  switch (kindOf(shape, value)) {
    case 'map':
      return removeFromMap(value, gone, shape.map!);
    case 'list':
      return removeFromList(value, gone, shape.list!);
    case 'scalar':
      return value;
  }
}

function removeFromMap(value: unknown, gone: FieldSet, shape: MapShape): unknown {
  const map = membersOf(value);
  if (isEmptyMap(map) || shape.isAtomic) return null;
  const result: JsonObject = {};
  for (const name in map) {
    const element = fieldElement(name);
    if (gone.members.has(element)) continue;
    const below = gone.children.get(element);
    const member = shape.field(name) ?? shape.element;
    const kept = below && member ? removeFields(map[name], below, member) : map[name];
    setMember(result, name, kept);
  }
  return isEmptyMap(result) ? null : result;
}

function removeFromList(value: unknown, gone: FieldSet, shape: ListShape): unknown {
  const items = itemsOf(value);
  if (!items?.length || shape.isAtomic) return null;
  const result: unknown[] = [];
  for (const item of items) {
    const element = itemElement(item, shape);
    if (gone.members.has(element)) continue;
    const below = gone.children.get(element);
    result.push(below ? removeFields(item, below, shape.element) : item);
  }
  return result.length > 0 ? result : null;
}
