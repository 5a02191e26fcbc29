// One object merged into another: what the right one says wins, the rest stays, list items keep
// the order of the right one as far as it tells. Inputs are never written to.
// Upstream: sigs.k8s.io/structured-merge-diff typed/merge.go.
import { setMember, type JsonObject } from '../patch/json-value';
import { isEmptyMap, itemElement, itemsOf, kindOf, membersOf } from './list-items';
import type { ListShape, MapShape, Shape } from './shape';

/** The merged value; undefined when nothing is left. Both have been validated. */
export function mergeObjects(left: unknown, right: unknown, shape: Shape): unknown {
  if (left === right) return left;
  const kind = right === undefined ? kindOf(shape, left) : kindOf(shape, right);
  if (kind === 'map') return mergeMaps(left, right, shape.map!);
  if (kind === 'list') return mergeLists(left, right, shape.list!);
  return right === undefined ? left : right;
}

function mergeMaps(left: unknown, right: unknown, shape: MapShape): unknown {
  const [old, next] = [membersOf(left), membersOf(right)];
  const bothEmpty = isEmptyMap(old) && isEmptyMap(next);
  if (shape.isAtomic || bothEmpty) return right === undefined ? left : right;
  const result: JsonObject = {};
  for (const name in old) {
    setMerged(result, name, old[name], next?.[name], shape);
  }
  for (const name in next) {
    if (old?.[name] === undefined) setMerged(result, name, undefined, next[name], shape);
  }
  return isEmptyMap(result) ? undefined : result;
}

function setMerged(
  result: JsonObject,
  name: string,
  left: unknown,
  right: unknown,
  shape: MapShape,
): void {
  if (left === undefined && right === undefined) return;
  const member = shape.field(name) ?? shape.element;
  const merged = member ? mergeObjects(left, right, member) : left;
  if (merged !== undefined) setMember(result, name, merged);
}

function mergeLists(left: unknown, right: unknown, shape: ListShape): unknown {
  const [old, next] = [itemsOf(left), itemsOf(right)];
  const bothEmpty = !old?.length && !next?.length;
  if (shape.isAtomic || bothEmpty) return right === undefined ? left : right;
  const merged = new ListMerge(old ?? [], next ?? [], shape).run();
  return merged.length > 0 ? merged : undefined;
}

/** Walks both lists at once; items that both have keep the order of the right list. */
class ListMerge {
  private readonly oldElements: string[];
  private readonly nextElements: string[];
  /** Items by element; null for what the left list has more than once, which is not merged. */
  private readonly oldByElement = new Map<string, unknown>();
  private readonly nextByElement = new Map<string, unknown>();
  private readonly shared: string[];
  private readonly taken = new Set<string>();
  private readonly result: unknown[] = [];

  constructor(
    private readonly old: readonly unknown[],
    private readonly next: readonly unknown[],
    private readonly shape: ListShape,
  ) {
    this.oldElements = old.map((item) => itemElement(item, shape));
    this.nextElements = next.map((item) => itemElement(item, shape));
    for (const [index, element] of this.oldElements.entries()) {
      this.oldByElement.set(element, this.oldByElement.has(element) ? null : old[index]);
    }
    for (const [index, element] of this.nextElements.entries()) {
      this.nextByElement.set(element, next[index]);
    }
    this.shared = this.nextElements.filter((element) => this.oldByElement.has(element));
  }

  run(): unknown[] {
    let [left, right] = [0, 0];
    while (left < this.old.length || right < this.next.length) {
      const element = this.oldElements[left];
      const hasBoth = left < this.old.length && right < this.next.length;
      if (hasBoth && element === this.nextElements[right]) {
        this.takeRight(element);
        left++;
        right++;
        this.shared.shift();
        continue;
      }
      const isShared = left < this.old.length && this.nextByElement.has(element);
      if (hasBoth && isShared && this.shared.length > 0 && this.shared[0] !== element) {
        left++;
        continue;
      }
      if (left < this.old.length && !isShared) {
        this.push(this.old[left], undefined);
        left++;
        continue;
      }
      if (isShared && this.taken.has(element)) left++;
      if (right < this.next.length) {
        const wanted = this.nextElements[right];
        this.takeRight(wanted);
        right++;
        if (this.shared[0] === wanted) this.shared.shift();
      }
    }
    return this.result;
  }

  private takeRight(element: string): void {
    this.taken.add(element);
    this.push(this.oldByElement.get(element), this.nextByElement.get(element));
  }

  private push(left: unknown, right: unknown): void {
    const merged = mergeObjects(left, right, this.shape.element);
    if (merged !== undefined) this.result.push(merged);
  }
}
