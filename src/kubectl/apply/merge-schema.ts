// How the fields of a built-in type merge, as the three-way patch asks for it.
import { listMetadata } from '../../api/list-metadata';
import { elementType, kindSchema } from '../../api/wire-schema';
import type { TypeSchema, WireSchema } from '../../api/wire-schema';

export interface MergeField {
  /** A list merged item by item (or, without `mergeKey`, as a set). */
  readonly merge: boolean;
  /** A map that a patch replaces whole. */
  readonly replace: boolean;
  /** One of several ways: the server drops the keys that the patch does not name. */
  readonly retainKeys: boolean;
  /** The field by which items are told apart; '' when the list is a set. */
  readonly mergeKey: string;
  /** Of the field's own fields, or of its items'. */
  readonly schema: MergeSchema;
}

export interface MergeSchema {
  field(name: string): MergeField;
}

/** The merge rules of a kind; undefined when it is not built in and has no known ones. */
export function mergeSchemaOf(
  wire: WireSchema,
  apiVersion: string,
  kind: string,
): MergeSchema | undefined {
  const type = kindSchema(wire, apiVersion, kind);
  return type && typeRules(wire, wire.kinds[`${apiVersion}/${kind}`]!, type);
}

function typeRules(wire: WireSchema, typeName: string, type: TypeSchema): MergeSchema {
  return {
    field(name) {
      const facts = listMetadata[`${typeName}.${name}`];
      const strategy = facts?.patchStrategy ?? '';
      return {
        merge: strategy.startsWith('merge'),
        replace: strategy === 'replace',
        retainKeys: strategy.endsWith('retainKeys'),
        mergeKey: facts?.mergeKey ?? '',
        schema: rulesBehind(wire, type.fields[name]),
      };
    },
  };
}

/** The rules behind a field's type, through lists and maps; those of plain data for the rest. */
function rulesBehind(wire: WireSchema, fieldType: string | undefined): MergeSchema {
  if (fieldType === undefined) return plainRules;
  const element = elementType(fieldType);
  if (element !== undefined) {
    const inner = rulesBehind(wire, element);
    return fieldType[0] === '{' ? mapRules(inner) : inner;
  }
  const typeName = fieldType[0] === '@' ? fieldType.slice(1) : '';
  const type = wire.types[typeName];
  return type ? typeRules(wire, typeName, type) : plainRules;
}

function mapRules(values: MergeSchema): MergeSchema {
  return { field: () => ({ ...plainField, schema: values }) };
}

/** Data without a schema: maps merge, lists are replaced. */
export const plainRules: MergeSchema = { field: () => plainField };

const plainField: MergeField = {
  merge: false,
  replace: false,
  retainKeys: false,
  mergeKey: '',
  get schema() {
    return plainRules;
  },
};
