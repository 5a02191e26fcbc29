// The shape of a type as server-side apply sees it: what is a leaf, what is merged field by field,
// and by what items of a list are told apart. Shapes of built-in types are read from the wire
// schema and the table of list metadata, each when it is first asked for.
// Upstream: sigs.k8s.io/structured-merge-diff schema, kube-openapi/pkg/schemaconv.
import type { FieldType } from '../../api/wire-schema';
import { listMetadata, type ListMetadata } from '../../api/list-metadata';
import { typeNameOf, typeSchema } from '../decode/known-types';
import type { JsonObject } from '../patch/json-value';

export type ScalarKind = 'string' | 'numeric' | 'boolean' | 'untyped';

export interface ListShape {
  /** Atomic lists are owned as a whole. */
  readonly isAtomic: boolean;
  /** The fields by which items are told apart; none in a set of scalars. */
  readonly keys: readonly string[];
  readonly keyDefaults: Readonly<Record<string, unknown>>;
  readonly element: Shape;
}

export interface MapShape {
  readonly isAtomic: boolean;
  /** The shape of a declared field; undefined when the type does not have it. */
  field(name: string): Shape | undefined;
  /** Of members that are not declared; undefined when there may be none. */
  readonly element?: Shape;
}

/** One of the three, or all of them where nothing is known and values tell. */
export interface Shape {
  readonly scalar?: ScalarKind;
  readonly list?: ListShape;
  readonly map?: MapShape;
}

const ATOMIC: Shape = undescribed(true);
/** Of values nobody described: maps are merged by member, lists are atomic. */
export const DEDUCED: Shape = undescribed(false);

/** `isAtomic`: maps are owned as a whole too. */
function undescribed(isAtomic: boolean): Shape {
  return {
    scalar: 'untyped',
    list: {
      isAtomic: true,
      keys: [],
      keyDefaults: {},
      get element() {
        return ATOMIC;
      },
    },
    map: {
      isAtomic,
      field: () => undefined,
      get element() {
        return isAtomic ? ATOMIC : DEDUCED;
      },
    },
  };
}

/** The shape of a built-in kind; undefined when the server does not know it. */
export function shapeOfKind(apiVersion: string, kind: string): Shape | undefined {
  const typeName = typeNameOf(apiVersion, kind);
  return typeName === undefined ? undefined : shapeOfType(typeName);
}

const known = new Map<string, Shape>();

/** The shape of a type of the wire schema. */
export function shapeOfType(typeName: string): Shape {
  let shape = known.get(typeName);
  if (!shape) known.set(typeName, (shape = structShape(typeName, listMetadata[typeName] ?? {})));
  return shape;
}

function structShape(typeName: string, { mapType }: ListMetadata): Shape {
  const { fields } = typeSchema(typeName);
  const shapes = new Map<string, Shape>();
  const field = (name: string): Shape | undefined => {
    if (!Object.hasOwn(fields, name)) return undefined;
    let shape = shapes.get(name);
    if (!shape) {
      const facts = listMetadata[`${typeName}.${name}`] ?? {};
      shapes.set(name, (shape = fieldShape(fields[name], facts)));
    }
    return shape;
  };
  return { map: { isAtomic: mapType === 'atomic', field } };
}

const SCALARS: Readonly<Record<string, Shape>> = {
  s: { scalar: 'string' },
  y: { scalar: 'string' },
  b: { scalar: 'boolean' },
  i: { scalar: 'numeric' },
  l: { scalar: 'numeric' },
  n: { scalar: 'numeric' },
  t: { scalar: 'untyped' },
  T: { scalar: 'untyped' },
  q: { scalar: 'untyped' },
  x: { scalar: 'untyped' },
  o: ATOMIC,
};

function fieldShape(type: FieldType, facts: ListMetadata): Shape {
  if (type[0] === '[') return { list: listShape(type.slice(1), facts) };
  if (type[0] === '{') {
    const element = fieldShape(type.slice(1), {});
    return { map: { isAtomic: facts.mapType === 'atomic', field: () => undefined, element } };
  }
  if (type[0] !== '@') return SCALARS[type] ?? DEDUCED;
  const typeName = type.slice(1);
  if (facts.mapType !== 'atomic') return shapeOfType(typeName);
  return structShape(typeName, facts);
}

/** Defaults of keys that the API's documents state, besides the protocol of ports. */
const ITEM_DEFAULTS: Readonly<Record<string, JsonObject>> = {
  '@LocalObjectReference': { name: '' },
};

/** Where no list type is declared, what strategic merge patch does decides. */
function listShape(itemType: FieldType, facts: ListMetadata): ListShape {
  const { listType, mapKeys, mergeKey, patchStrategy = '' } = facts;
  const merges = listType === undefined && patchStrategy.split(',').includes('merge');
  const keys = listType === 'map' ? (mapKeys ?? []) : merges && mergeKey ? [mergeKey] : [];
  return {
    isAtomic: listType === 'atomic' || (listType === undefined && !merges),
    keys,
    keyDefaults: keys.includes('protocol') ? { protocol: 'TCP' } : (ITEM_DEFAULTS[itemType] ?? {}),
    get element() {
      return fieldShape(itemType, {});
    },
  };
}
