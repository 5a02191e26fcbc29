// What fields one object has that another has not, or has otherwise. Parts that both share cost
// nothing. Upstream: sigs.k8s.io/structured-merge-diff typed/compare.go.
import { deepEqual } from '../../api/deep-equal';
import { FieldSet } from './field-set';
import { isEmptyMap, itemElement, ItemError, itemsOf, kindOf, membersOf } from './list-items';
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
    const leftKind = kindOf(shape, left);
    const rightKind = kindOf(shape, right);
    let isLeaf: boolean;
    if (right === undefined) {
      isLeaf = this.compareAs(leftKind, left, right, shape);
    } else {
      if (left !== undefined && leftKind !== rightKind)
        this.compareAs(leftKind, left, right, shape);
      isLeaf = this.compareAs(rightKind, left, right, shape);
    }
    if (isLeaf) return;
    if (left === undefined) this.added.insert(this.path);
    else if (right === undefined) this.removed.insert(this.path);
  }

  /** True when the value counts as one, so that what is below it is not looked at. */
  private compareAs(
    kind: 'map' | 'scalar' | 'list',
    left: unknown,
    right: unknown,
    shape: Shape,
  ): boolean {
    if (kind === 'map') return this.compareMaps(left, right, shape.map!);
    if (kind === 'list') return this.compareLists(left, right, shape.list!);
    return this.compareLeaves(left, right);
  }

  private compareLeaves(left: unknown, right: unknown): boolean {
    if (left === undefined) this.added.insert(this.path);
    else if (right === undefined) this.removed.insert(this.path);
    else if (!deepEqual(left, right)) this.modified.insert(this.path);
    return true;
  }

  private compareMaps(left: unknown, right: unknown, shape: MapShape): boolean {
    const [old, next] = [membersOf(left), membersOf(right)];
    const bothEmpty = isEmptyMap(old) && isEmptyMap(next);
    if (shape.isAtomic || bothEmpty) return this.compareLeaves(left, right);
    for (const name in old) {
      if (old[name] !== undefined) this.compareMember(name, old[name], next?.[name], shape);
    }
    for (const name in next) {
      if (old?.[name] === undefined && next[name] !== undefined) {
        this.compareMember(name, undefined, next[name], shape);
      }
    }
    return false;
  }

  private compareMember(name: string, left: unknown, right: unknown, shape: MapShape): void {
    const member = shape.field(name) ?? shape.element;
    if (!member || left === right) return;
    this.path.push(fieldElement(name));
    this.compare(left, right, member);
    this.path.pop();
  }

  private compareLists(left: unknown, right: unknown, shape: ListShape): boolean {
    const [old, next] = [itemsOf(left), itemsOf(right)];
    const bothEmpty = !old?.length && !next?.length;
    if (shape.isAtomic || bothEmpty) return this.compareLeaves(left, right);
    const before = groupItems(old ?? [], shape);
    const after = groupItems(next ?? [], shape);
    for (const [element, items] of before) {
      this.compareItems(element, items, after.get(element) ?? [], shape);
    }
    for (const [element, items] of after) {
      if (!before.has(element)) this.compareItems(element, [], items, shape);
    }
    return false;
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

/** Items by their path element; those that have none are left out. */
function groupItems(items: readonly unknown[], shape: ListShape): Map<string, unknown[]> {
  const groups = new Map<string, unknown[]>();
  for (const item of items) {
    try {
      const element = itemElement(item, shape);
      const group = groups.get(element);
      if (group) group.push(item);
      else groups.set(element, [item]);
    } catch (error) {
      if (!(error instanceof ItemError)) throw error;
    }
  }
  return groups;
}
