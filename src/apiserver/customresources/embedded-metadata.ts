// The metadata of resources within a custom resource: of the server's own type wherever they stand,
// so that it is read, and complained of, as a root's.
// Upstream: apiextensions-apiserver/pkg/apiserver/schema/objectmeta/algorithm.go.
import {
  childPath,
  fieldSchema,
  isJson,
  type JsonSchema,
} from '../../resources/apiextensions/schema/json-schema';
import { setMember, type JsonObject } from '../patch/json-value';

/** Decodes one metadata; complaints name it as `metadata`. */
export type ReadMetadata = (metadata: unknown) => { metadata: unknown; complaints: string[] };

/** True when resources stand somewhere below the root of this schema. */
export function embedsResources(schema: JsonSchema): boolean {
  const { properties = {}, additionalProperties, items } = schema;
  const parts = [...Object.values(properties), additionalProperties, items];
  return parts.some(
    (part) =>
      typeof part === 'object' &&
      (part['x-kubernetes-embedded-resource'] === true || embedsResources(part)),
  );
}

/** The value with every embedded resource's metadata read; adds what is wrong with them. */
export function readEmbedded(
  value: unknown,
  schema: JsonSchema,
  read: ReadMetadata,
  complaints: string[],
  path = '',
): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    if (!items) return value;
    return value.map((item, index) =>
      readEmbedded(item, items, read, complaints, `${path}[${index}]`),
    );
  }
  if (!isJson(value)) return value;
  const isEmbedded = schema['x-kubernetes-embedded-resource'] === true;
  const result: JsonObject = {};
  for (const name of Object.keys(value)) {
    if (isEmbedded && name === 'metadata') {
      const own = read(value[name]);
      setMember(result, name, own.metadata);
      complaints.push(...own.complaints.map((each) => each.replace('"', `"${path}.`)));
      continue;
    }
    const part = fieldSchema(schema, name);
    const at = childPath(path, name);
    const own = value[name];
    setMember(result, name, part ? readEmbedded(own, part, read, complaints, at) : own);
  }
  return result;
}
