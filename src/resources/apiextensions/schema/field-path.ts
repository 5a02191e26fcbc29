// Paths into a schema as rules and selectable fields name them: '.spec.size', "['a-b']".
// Upstream: apiextensions-apiserver/pkg/apiserver/schema/cel/validation.go.
import { valueSchema, type JsonSchema } from './json-schema';

export interface FoundPath {
  readonly names: readonly string[];
  readonly schema: JsonSchema;
}

/** The schema at a path, or why there is none. */
export function findPath(
  path: string,
  root: JsonSchema,
  allowsBrackets = true,
): FoundPath | string {
  const tokens = path.match(/'(?:[^'\\]|\\.)*'|[.[\]]|[^.[\]']+|'/g) ?? [];
  const names: string[] = [];
  let schema = root;
  for (let at = 0; at < tokens.length;) {
    const mark = tokens[at++];
    if (mark !== '.' && mark !== '[') return `expected [ or . but got: ${mark}`;
    if (mark === '[' && !allowsBrackets) return 'array notation is not allowed';
    const token = tokens[at++];
    if (token === undefined) return 'unexpected end of JSON path';
    let name = token;
    if (mark === '[') {
      if (!/^'[^]*'$/.test(token)) return `expected single quoted string but got ${token}`;
      name = token.slice(1, -1).replace(/\\(.)/g, '$1');
      const close = tokens[at++];
      if (close === undefined) return 'unexpected end of JSON path';
      if (close !== ']') return `expected ] but got ${close}`;
    }
    const next = stepInto(schema, name);
    if (!next) return 'does not refer to a valid field';
    names.push(name);
    schema = next;
  }
  return { names, schema };
}

function stepInto(schema: JsonSchema, name: string): JsonSchema | undefined {
  const { properties } = schema;
  if (!properties) return valueSchema(schema);
  return Object.hasOwn(properties, name) ? properties[name] : undefined;
}
