// The types that mutations construct: `Object` and its parts by path, whose fields take anything
// and are checked when they are merged, and `JSONPatch`.
// Upstream: apiserver/pkg/cel/mutation/{dynamic,jsonpatch}.go.
import { DYN, STRING, objectType, type ObjectType } from './types';
import { CelError, CelList, isMapValue, isStructValue, type CelValue } from './values';

const JSON_PATCH = objectType('JSONPatch', { op: STRING, path: STRING, from: STRING, value: DYN });

/** For `Declarations.structType`: 'Object', 'Object.spec', 'Object.spec.template', 'JSONPatch'. */
export function mutationType(name: string): ObjectType | undefined {
  if (name === 'JSONPatch') return JSON_PATCH;
  if (name !== 'Object' && !name.startsWith('Object.')) return undefined;
  return { kind: 'object', name, field: () => DYN };
}

/** Throws CelError when an object stands at a path that is not the one its type names. */
export function checkTypeNames(value: CelValue, path = 'Object'): void {
  if (value instanceof CelList) {
    for (const item of value.items) checkTypeNames(item, path);
  } else if (value !== null && isStructValue(value)) {
    if (value.typeName !== path) {
      throw new CelError(
        `type mismatch: unexpected type name "${value.typeName}", expected "${path}", ` +
          'which matches field name path from root Object type',
      );
    }
    for (const field of value.fields()) checkTypeNames(value.get(field)!, `${path}.${field}`);
  } else if (typeof value === 'object' && value !== null && isMapValue(value)) {
    for (const key of value.keys()) checkTypeNames(value.get(key)!, path);
  }
}
