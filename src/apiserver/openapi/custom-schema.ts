// Schemas of custom resources as OpenAPI shows them: with the fields that every object has and, for
// version 2, without what that version has no words for.
// Upstream: apiextensions-apiserver/pkg/controller/openapi/builder.
import { isObject, type JsonObject } from '../patch/json-value';
import type { GroupVersionKind, Schema } from './schemas';

const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
const CONVENTIONS =
  'https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md';
const TYPE_META: Readonly<Record<string, Schema>> = {
  apiVersion: {
    description:
      'APIVersion defines the versioned schema of this representation of an object. Servers ' +
      'should convert recognized schemas to the latest internal value, and may reject ' +
      `unrecognized values. More info: ${CONVENTIONS}#resources`,
    type: 'string',
  },
  kind: {
    description:
      'Kind is a string value representing the REST resource this object represents. Servers ' +
      'may infer this from the endpoint the client submits requests to. Cannot be updated. In ' +
      `CamelCase. More info: ${CONVENTIONS}#types-kinds`,
    type: 'string',
  },
};
const METADATA_DESCRIPTION = `Standard object's metadata. More info: ${CONVENTIONS}#metadata`;

/** 'stable.example.com', 'v1' and 'CronTab' give 'com.example.stable.v1.CronTab'. */
export function customModelName({ group, version, kind }: GroupVersionKind): string {
  return [...group.split('.').reverse(), version, kind].join('.');
}

/** The schema of a kind; `refRoot` tells the version of OpenAPI. */
export function customSchema(schema: object, kind: GroupVersionKind, refRoot: string): Schema {
  const isV2 = refRoot === '#/definitions/';
  const shown = (isV2 ? forV2(schema as JsonObject) : schema) as JsonObject;
  const meta: Schema = { $ref: refRoot + OBJECT_META };
  const metadata = isV2
    ? { description: METADATA_DESCRIPTION, ...meta }
    : { description: METADATA_DESCRIPTION, allOf: [meta] };
  const isOpen = isV2 && shown['x-kubernetes-preserve-unknown-fields'] === true;
  const properties = isOpen ? {} : { ...(shown.properties as Schema), ...TYPE_META, metadata };
  return {
    ...shown,
    type: 'object',
    ...(!isOpen && { properties }),
    'x-kubernetes-group-version-kind': [kind],
  };
}

const NOT_IN_V2 = ['allOf', 'anyOf', 'oneOf', 'not', 'default', 'nullable'];
const OPEN = ['x-kubernetes-preserve-unknown-fields', 'nullable'];

function forV2(schema: JsonObject): JsonObject {
  const isOpen = OPEN.some((key) => schema[key] === true);
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(schema)) {
    if (NOT_IN_V2.includes(key)) continue;
    if (isOpen && ['type', 'items', 'properties', 'additionalProperties', 'format'].includes(key)) {
      continue;
    }
    if (key === 'type' && schema['x-kubernetes-int-or-string'] === true) continue;
    result[key] = within(key, value);
  }
  return result;
}

function within(key: string, value: unknown): unknown {
  if (!isObject(value)) return value;
  if (key === 'items' || key === 'additionalProperties') return forV2(value);
  if (key !== 'properties') return value;
  const entries = Object.entries(value).map(([name, property]) => [
    name,
    isObject(property) ? forV2(property) : property,
  ]);
  return Object.fromEntries(entries) as JsonObject;
}
