// What fields one object has that another has not, or has otherwise. Parts that both share cost
// nothing. Upstream: sigs.k8s.io/structured-merge-diff typed/compare.go.
import { deepEqual } from '../../api/deep-equal';
import { FieldSet } from './field-set';
import { fieldsBelow } from './fields-below';
import { groupItems, isEmptyMap, itemsOf, kindOf, membersOf } from './list-items';
import { fieldElement } from './path-element';
import type { ListShape, MapShape, Shape } from './shape';

export interface Comparison {
  /** What only the left one has. */
  readonly removed: FieldSet;
  readonly modified: FieldSet;
  /** What only the right one has. */
  readonly added: FieldSet;
}

/** Compares two values of one shape; undefined is no value at all. */
export function compareFields(left: unknown, right: unknown, shape: Shape): Comparison {
  const comparer = new Comparer();
  comparer.compare(left, right, shape);
  return comparer;
}

class Comparer implements Comparison {
  readonly removed = new FieldSet();
  readonly modified = new FieldSet();
  readonly added = new FieldSet();
  private readonly path: string[] = [];

  compare(left: unknown, right: unknown, shape: Shape): void {
    if (left === right) return;
    if (left === undefined) {
      this.added.put(this.path, fieldsBelow(right, shape));
      return;
    }
    if (right === undefined) {
      this.removed.put(this.path, fieldsBelow(left, shape));
      return;
    }
    const leftKind = kindOf(shape, left);
    const rightKind = kindOf(shape, right);
    if (leftKind !== rightKind) this.compareAs(leftKind, left, right, shape);
    this.compareAs(rightKind, left, right, shape);
  }

  private compareAs(
    kind: 'map' | 'scalar' | 'list',
    left: unknown,
    right: unknown,
    shape: Shape,
  ): void {
    if (kind === 'map') this.compareMaps(left, right, shape.map!);
    else if (kind === 'list') this.compareLists(left, right, shape.list!);
    else this.compareLeaves(left, right);
  }

  private compareLeaves(left: unknown, right: unknown): void {
    if (!deepEqual(left, right)) this.modified.insert(this.path);
  }

  private compareMaps(left: unknown, right: unknown, shape: MapShape): void {
    const [old, next] = [membersOf(left), membersOf(right)];
    const bothEmpty = isEmptyMap(old) && isEmptyMap(next);
    if (shape.isAtomic || bothEmpty) {
      this.compareLeaves(left, right);
      return;
    }
    for (const name in old) {
      if (old[name] !== undefined) this.compareMember(name, old[name], next?.[name], shape);
    }
    for (const name in next) {
      if (old?.[name] === undefined && next[name] !== undefined) {
        this.compareMember(name, undefined, next[name], shape);
      }
    }
  }

  private compareMember(name: string, left: unknown, right: unknown, shape: MapShape): void {
    const member = shape.field(name) ?? shape.element;
    if (!member || left === right) return;
    this.path.push(fieldElement(name));
    this.compare(left, right, member);
    this.path.pop();
  }

  private compareLists(left: unknown, right: unknown, shape: ListShape): void {
    const [old, next] = [itemsOf(left), itemsOf(right)];
    const bothEmpty = !old?.length && !next?.length;
    if (shape.isAtomic || bothEmpty) {
      this.compareLeaves(left, right);
      return;
    }
    const before = groupItems(old ?? [], shape);
    const after = groupItems(next ?? [], shape);
    for (const [element, items] of before) {
      this.compareItems(element, items, after.get(element) ?? [], shape);
    }
    for (const [element, items] of after) {
      if (!before.has(element)) this.compareItems(element, [], items, shape);
    }
  }

  /** Items that share a key are one leaf. */
  private compareItems(
    element: string,
    before: readonly unknown[],
    after: readonly unknown[],
    shape: ListShape,
  ): void {
    this.path.push(element);
    const { element: item } = shape;
    if (before.length < 2 && after.length < 2) {
      this.compare(before[0], after[0], item);
    } else if (before.length > 1 && after.length > 1) {
      if (!deepEqual(before, after)) this.modified.insert(this.path);
    } else if (before.length > 1) {
      if (after.length > 0) this.compare(undefined, after[0], item);
      this.removed.insert(this.path);
    } else {
      if (before.length > 0) this.compare(before[0], undefined, item);
      this.added.insert(this.path);
    }
    this.path.pop();
  }
}
