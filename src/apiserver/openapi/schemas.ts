// The types of the wire schema as OpenAPI schemas: fields, formats, what a strategic merge and a
// server-side apply must know of lists, and, from the documented schema, words and closed values.
// Upstream: kube-openapi/pkg/{builder,builder3}.
import { elementType, type FieldType } from '../../api/wire-schema';
import { listMetadata } from '../../api/list-metadata';
import { typeSchema } from '../decode/known-types';
import { customModelName, customSchema } from './custom-schema';
import { modelName, SCALAR_MODELS } from './model-names';

export type Schema = Record<string, unknown>;

/** What generated/docs-schema.json holds, as far as it is read here. */
export interface DocsSchema {
  definitions: Record<string, DocsDefinition | undefined>;
}
interface DocsDefinition {
  description?: string;
  properties: Record<
    string,
    { description?: string; enum?: string[]; items?: DocsItems } | undefined
  >;
}
interface DocsItems {
  enum?: string[];
}

export interface GroupVersionKind {
  group: string;
  version: string;
  kind: string;
}

/** Collects the schemas that others refer to, each once. `refRoot`: '#/definitions/'. */
export class SchemaBook {
  readonly schemas: Record<string, Schema> = {};

  constructor(
    private readonly docs: DocsSchema,
    private readonly refRoot: string,
    /** OpenAPI 3 lets nothing stand beside a reference, so that it is wrapped. */
    private readonly wrapsRefs: boolean,
  ) {}

  /** Adds a kind and all that it refers to. Answers the model's name. */
  addKind(typeName: string, kinds: readonly GroupVersionKind[]): string {
    const name = this.add(typeName);
    const known = (this.schemas[name]['x-kubernetes-group-version-kind'] ?? []) as object[];
    this.schemas[name]['x-kubernetes-group-version-kind'] = [...known, ...kinds];
    return name;
  }

  /** Adds the list of a kind that has been added. */
  addList(typeName: string, kind: GroupVersionKind): string {
    const item = modelName(typeName);
    const name = `${item}List`;
    this.schemas[name] = this.listOf(item, kind);
    return name;
  }

  private listOf(item: string, kind: GroupVersionKind): Schema {
    return {
      description: `${kind.kind.replace(/List$/, '')}List is a list of ${item.split('.').at(-1)}.`,
      type: 'object',
      required: ['items'],
      properties: {
        apiVersion: { type: 'string' },
        items: { type: 'array', items: this.reference(item) },
        kind: { type: 'string' },
        metadata: this.reference(this.add('ListMeta')),
      },
      'x-kubernetes-group-version-kind': [kind],
    };
  }

  /** Adds a kind that a CustomResourceDefinition made, and its list. */
  addCustom(schema: object, kind: GroupVersionKind, listKind: string): void {
    const name = customModelName(kind);
    this.add('ObjectMeta');
    this.schemas[name] = customSchema(schema, kind, this.refRoot);
    this.schemas[customModelName({ ...kind, kind: listKind })] = this.listOf(name, {
      ...kind,
      kind: listKind,
    });
  }

  reference(name: string): Schema {
    return { $ref: `${this.refRoot}${name}` };
  }

  add(typeName: string): string {
    const name = modelName(typeName);
    if (this.schemas[name]) return name;
    const schema: Schema = {};
    this.schemas[name] = schema;
    const { fields, required } = typeSchema(typeName);
    const documented = this.docs.definitions[typeName];
    const properties: Record<string, Schema> = {};
    for (const [field, type] of Object.entries(fields)) {
      properties[field] = this.property(typeName, field, type);
    }
    if (documented?.description) schema.description = plain(documented.description);
    schema.type = 'object';
    if (required) schema.required = required;
    schema.properties = properties;
    if (listMetadata[typeName]?.mapType) schema['x-kubernetes-map-type'] = 'atomic';
    return name;
  }

  private property(typeName: string, field: string, type: FieldType): Schema {
    const documented = this.docs.definitions[typeName]?.properties[field];
    const described = documented?.description ? { description: plain(documented.description) } : {};
    const schema = this.typed(type, field === 'apiVersion' || field === 'kind' ? {} : documented);
    if (field === 'fieldsV1') {
      const { name, schema: fieldsV1 } = FIELDS_V1;
      this.schemas[name] ??= fieldsV1;
      schema.$ref = this.reference(name).$ref;
    }
    const { $ref, ...rest } = schema;
    const content = $ref === undefined ? rest : this.wrapsRefs ? { allOf: [{ $ref }] } : { $ref };
    return { ...described, ...content, ...mergeFacts(`${typeName}.${field}`) };
  }

  private typed(type: FieldType, documented?: { enum?: string[]; items?: DocsItems }): Schema {
    const element = elementType(type);
    if (element !== undefined) {
      const inner = this.typed(element, documented?.items);
      return type[0] === '['
        ? { type: 'array', items: inner }
        : { type: 'object', additionalProperties: inner };
    }
    if (type[0] === '@') return this.reference(this.add(type.slice(1)));
    const model = SCALAR_MODELS[type];
    if (model) {
      this.schemas[model.name] ??= model.schema as Schema;
      return this.reference(model.name);
    }
    return { ...SCALARS[type], ...(documented?.enum && { enum: documented.enum }) };
  }
}

const FIELDS_V1 = {
  name: 'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1',
  schema: { type: 'object' },
};

const SCALARS: Readonly<Record<string, Schema>> = {
  s: { type: 'string' },
  b: { type: 'boolean' },
  i: { type: 'integer', format: 'int32' },
  l: { type: 'integer', format: 'int64' },
  n: { type: 'number', format: 'double' },
  y: { type: 'string', format: 'byte' },
};

function mergeFacts(key: string): Schema {
  const { mergeKey, patchStrategy, listType, mapKeys, mapType } = listMetadata[key] ?? {};
  return {
    ...(listType && { 'x-kubernetes-list-type': listType }),
    ...(mapKeys && { 'x-kubernetes-list-map-keys': mapKeys }),
    ...(mapType && { 'x-kubernetes-map-type': mapType }),
    ...(mergeKey && { 'x-kubernetes-patch-merge-key': mergeKey }),
    ...(patchStrategy && { 'x-kubernetes-patch-strategy': patchStrategy }),
  };
}

/** The words as the server has them: the client's models carry them as source text. */
function plain(description: string): string {
  return description.replace(/\\(['"])/g, '$1');
}
