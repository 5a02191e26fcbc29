// The types that expressions see in objects of the built-in kinds and of custom resources, whole
// metadata included. Upstream: apiserver/pkg/cel/openapi/resolver, apiserver/pkg/cel/common.
import { wireSchema } from '../../../generated/wire-schema';
import { escapeField, unescapeField } from '../../cel/field-names';
import { schemaType, type TypedSchema } from '../../cel/schema-types';
import {
  BOOL,
  BYTES,
  DOUBLE,
  DYN,
  INT,
  STRING,
  TIMESTAMP,
  listOf,
  mapOf,
  type CelType,
  type ObjectType,
} from '../../cel/types';

/** Quantities and ports may be numbers or text, and so are taken for anything. */
const SCALARS: Readonly<Record<string, CelType>> = {
  s: STRING,
  b: BOOL,
  i: INT,
  l: INT,
  n: DOUBLE,
  t: TIMESTAMP,
  T: TIMESTAMP,
  y: BYTES,
};
const objectTypes = new Map<string, ObjectType>();

/** Undefined when the kind is not built in. */
export function builtInType(apiVersion: string, kind: string): ObjectType | undefined {
  const typeName = wireSchema.kinds[`${apiVersion}/${kind}`];
  return typeName === undefined ? undefined : objectOf(typeName);
}

/** The type of custom resources whose version has this schema. */
export function customType(schema: TypedSchema): ObjectType {
  const fields: Readonly<Record<string, CelType>> = {
    apiVersion: STRING,
    kind: STRING,
    metadata: objectOf('ObjectMeta'),
  };
  const { type } = schemaType({ ...schema, type: 'object', additionalProperties: undefined })!;
  const own = type as ObjectType;
  return {
    ...own,
    field: (name) => (Object.hasOwn(fields, name) ? fields[name] : own.field(name)),
  };
}

/** Fields are typed when they are first asked for: types refer to each other in circles. */
function objectOf(typeName: string): ObjectType {
  let type = objectTypes.get(typeName);
  if (!type) {
    const { fields } = wireSchema.types[typeName];
    type = {
      kind: 'object',
      name: 'object',
      field(name) {
        const property = unescapeField(name);
        if (escapeField(property) !== name || !Object.hasOwn(fields, property)) return undefined;
        return typeOfField(fields[property]);
      },
      jsonName: unescapeField,
    };
    objectTypes.set(typeName, type);
  }
  return type;
}

function typeOfField(type: string): CelType {
  if (type[0] === '@') return objectOf(type.slice(1));
  if (type[0] === '[') return listOf(typeOfField(type.slice(1)));
  if (type[0] === '{') return mapOf(STRING, typeOfField(type.slice(1)));
  return SCALARS[type] ?? DYN;
}
