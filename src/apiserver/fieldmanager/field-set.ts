// A set of fields of an object, as a tree: members are fields in the set, children the sets below a
// field; a field may be both ('f:labels' with '.' and with 'f:app'). No child is ever empty.
// Sets that are handed out are not changed any more: operations make new ones and share parts.
// Upstream: sigs.k8s.io/structured-merge-diff fieldpath/set.go.
import { isObject, type JsonObject } from '../patch/json-value';
import { compareElements, fieldElement, parseElement } from './path-element';
import type { Shape } from './shape';

export class FieldSet {
  readonly members = new Set<string>();
  readonly children = new Map<string, FieldSet>();

  /** The set of some paths of plain fields. */
  static of(...paths: (readonly string[])[]): FieldSet {
    const set = new FieldSet();
    for (const path of paths) set.insert(path.map(fieldElement));
    return set;
  }

  get isEmpty(): boolean {
    return this.members.size === 0 && this.children.size === 0;
  }

  /** For building only. The empty path, the object itself, is owned by nobody. */
  insert(path: readonly string[]): void {
    if (path.length > 0) this.above(path).members.add(path[path.length - 1]);
  }

  /** For building only: a field with all that is below it. */
  put(path: readonly string[], below: FieldSet): void {
    this.insert(path);
    if (below.isEmpty) return;
    const { children } = this.above(path);
    const last = path[path.length - 1];
    const known = children.get(last);
    children.set(last, known ? known.union(below) : below);
  }

  has([element, ...rest]: readonly string[]): boolean {
    if (rest.length === 0) return this.members.has(element);
    return this.children.get(element)?.has(rest) ?? false;
  }

  union(other: FieldSet): FieldSet {
    if (other.isEmpty || other === this) return this;
    if (this.isEmpty) return other;
    const result = this.copy();
    for (const member of other.members) result.members.add(member);
    for (const [element, child] of other.children) {
      const own = result.children.get(element);
      result.children.set(element, own ? own.union(child) : child);
    }
    return result;
  }

  intersection(other: FieldSet): FieldSet {
    const result = new FieldSet();
    for (const member of this.members) if (other.members.has(member)) result.members.add(member);
    for (const [element, child] of this.children) {
      const theirs = other.children.get(element);
      if (theirs) result.adopt(element, child.intersection(theirs));
    }
    return result;
  }

  /** Without the members of `other`; a field stays when only something below it is taken away. */
  difference(other: FieldSet): FieldSet {
    if (other.isEmpty) return this;
    const result = new FieldSet();
    for (const member of this.members) if (!other.members.has(member)) result.members.add(member);
    for (const [element, child] of this.children) {
      const theirs = other.children.get(element);
      result.adopt(element, theirs ? child.difference(theirs) : child);
    }
    return result;
  }

  /** As `difference`, and without what is below the members of `other`. */
  without(other: FieldSet): FieldSet {
    if (other.isEmpty) return this;
    const result = new FieldSet();
    for (const member of this.members) if (!other.members.has(member)) result.members.add(member);
    for (const [element, child] of this.children) {
      if (other.members.has(element)) continue;
      const theirs = other.children.get(element);
      result.adopt(element, theirs ? child.without(theirs) : child);
    }
    return result;
  }

  /** With the declared fields above its members, which sets leave out. */
  withNamedFields(shape: Shape | undefined): FieldSet {
    const result = new FieldSet();
    for (const member of this.members) result.members.add(member);
    for (const [element, child] of this.children) {
      const field = element[0] === 'f' ? shape?.map?.field(element.slice(2)) : undefined;
      if (field) result.members.add(element);
      result.children.set(element, child.withNamedFields(field ?? elementShape(shape, element)));
    }
    return result;
  }

  equals(other: FieldSet): boolean {
    if (this === other) return true;
    if (this.members.size !== other.members.size) return false;
    if (this.children.size !== other.children.size) return false;
    for (const member of this.members) if (!other.members.has(member)) return false;
    for (const [element, child] of this.children) {
      const theirs = other.children.get(element);
      if (!theirs || !child.equals(theirs)) return false;
    }
    return true;
  }

  /** Every member's path, in order: those of one level before what is below them. */
  paths(prefix: readonly string[] = []): string[][] {
    const members = [...this.members].sort(compareElements);
    const children = [...this.children.keys()].sort(compareElements);
    return [
      ...members.map((member) => [...prefix, member]),
      ...children.flatMap((element) => this.children.get(element)!.paths([...prefix, element])),
    ];
  }

  /** The set that holds the last step of a path, made if need be. */
  private above(path: readonly string[], depth = 0): FieldSet {
    if (depth >= path.length - 1) return this;
    let child = this.children.get(path[depth]);
    if (!child) this.children.set(path[depth], (child = new FieldSet()));
    return child.above(path, depth + 1);
  }

  private adopt(element: string, child: FieldSet): void {
    if (!child.isEmpty) this.children.set(element, child);
  }

  private copy(): FieldSet {
    const copy = new FieldSet();
    for (const member of this.members) copy.members.add(member);
    for (const [element, child] of this.children) copy.children.set(element, child);
    return copy;
  }
}

function elementShape(shape: Shape | undefined, element: string): Shape | undefined {
  return element[0] === 'f' ? shape?.map?.element : shape?.list?.element;
}

/** The set as `fieldsV1` holds it: {"f:data":{".":{},"f:a":{}}}. */
export function toFieldsV1(set: FieldSet): JsonObject {
  const result: JsonObject = {};
  for (const element of elementsOf(set)) {
    const child = set.children.get(element);
    if (!child) result[element] = LEAF;
    else if (set.members.has(element)) result[element] = { '.': LEAF, ...toFieldsV1(child) };
    else result[element] = toFieldsV1(child);
  }
  return result;
}

/** One for all, since records are kept. */
const LEAF = Object.freeze({});

/** In order; fields, of which most sets consist, sort as texts. */
function elementsOf({ members, children }: FieldSet): string[] {
  const elements = [...members];
  for (const element of children.keys()) if (!members.has(element)) elements.push(element);
  if (elements.length < 2) return elements;
  const areFields = elements.every((element) => element[0] === 'f');
  return areFields ? elements.sort() : elements.sort(compareElements);
}

/** Throws SyntaxError. Steps of a kind that is not known are left out, as upstream does. */
export function fromFieldsV1(fields: unknown): FieldSet {
  const set = new FieldSet();
  if (fields === null || fields === undefined) return set;
  if (!isObject(fields)) throw new SyntaxError('fields are an object');
  for (const [text, below] of Object.entries(fields)) {
    if (text === '.') continue;
    const element = parseElement(text);
    if (element === undefined) continue;
    const child = fromFieldsV1(below);
    if (child.isEmpty || (isObject(below) && '.' in below)) set.members.add(element);
    if (!child.isEmpty) set.children.set(element, child);
  }
  return set;
}
