// What the schemas of several Gateway API kinds share.
// Upstream: sigs.k8s.io/gateway-api/apis/v1/shared_types.go.
import type { JsonSchema, ValidationRule } from '../apiextensions/schema/json-schema';

export const string = (more: Partial<JsonSchema> = {}): JsonSchema => ({ type: 'string', ...more });
export const integer = (more: Partial<JsonSchema> = {}): JsonSchema => ({
  type: 'integer',
  ...more,
});
export const boolean: JsonSchema = { type: 'boolean' };
export const oneOf = (...choices: string[]): JsonSchema => string({ enum: choices });

export function object(
  properties: Record<string, JsonSchema>,
  required: readonly string[] = [],
  rules: readonly ValidationRule[] = [],
): JsonSchema {
  return {
    type: 'object',
    ...(required.length > 0 && { required }),
    properties,
    ...(rules.length > 0 && { 'x-kubernetes-validations': rules }),
  };
}

export function list(items: JsonSchema, more: Partial<JsonSchema> = {}): JsonSchema {
  return { type: 'array', items, 'x-kubernetes-list-type': 'atomic', ...more };
}

/** A list whose items are told apart by these fields. */
export function listBy(
  keys: readonly string[],
  items: JsonSchema,
  more: Partial<JsonSchema> = {},
): JsonSchema {
  const how = { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': keys };
  return { type: 'array', items, ...how, ...more };
}

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;

export const GATEWAY_GROUP = 'gateway.networking.k8s.io';
export const group = string({ maxLength: 253, pattern: `^$|^${SUBDOMAIN}$` });
export const kind = string({
  minLength: 1,
  maxLength: 63,
  pattern: '^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$',
});
export const objectName = string({ minLength: 1, maxLength: 253 });
export const namespace = string({ minLength: 1, maxLength: 63, pattern: `^${LABEL}$` });
export const sectionName = string({ minLength: 1, maxLength: 253, pattern: `^${SUBDOMAIN}$` });
export const port = integer({ format: 'int32', minimum: 1, maximum: 65535 });
export const hostname = string({
  minLength: 1,
  maxLength: 253,
  pattern: `^(\\*\\.)?${SUBDOMAIN}$`,
});
export const preciseHostname = string({ minLength: 1, maxLength: 253, pattern: `^${SUBDOMAIN}$` });
export const duration = string({ pattern: '^([0-9]{1,5}(h|m|s|ms)){1,4}$' });
export const headerName = string({
  minLength: 1,
  maxLength: 256,
  pattern: "^[A-Za-z0-9!#$%&'*+\\-.^_\\x60|~]+$",
});

export const withDefault = (schema: JsonSchema, value: unknown): JsonSchema => ({
  ...schema,
  default: value,
});

/** A Secret or ConfigMap by default, in this namespace or, with a grant, in another. */
export const objectReference = (defaultKind: string, withNamespace = true): JsonSchema =>
  object(
    {
      group: withDefault(group, ''),
      kind: withDefault(kind, defaultKind),
      name: objectName,
      ...(withNamespace && { namespace }),
    },
    ['name'],
  );

const PORT_OF_SERVICE: ValidationRule = {
  rule: "(size(self.group) == 0 && self.kind == 'Service') ? has(self.port) : true",
  message: 'Must have port for Service reference',
};

const backendFields: Record<string, JsonSchema> = {
  group: withDefault(group, ''),
  kind: withDefault(kind, 'Service'),
  name: objectName,
  namespace,
  port,
};

export const backendObjectReference = object(backendFields, ['name'], [PORT_OF_SERVICE]);

/** A backend with its share of the traffic, and filters where the route has such. */
export function backendReference(filters?: JsonSchema): JsonSchema {
  const weight = integer({ format: 'int32', minimum: 0, maximum: 1_000_000, default: 1 });
  const fields = { ...backendFields, weight, ...(filters && { filters }) };
  return object(fields, ['name'], [PORT_OF_SERVICE]);
}

const parentReference = object(
  {
    group: withDefault(group, GATEWAY_GROUP),
    kind: withDefault(kind, 'Gateway'),
    namespace,
    name: objectName,
    sectionName,
    port,
  },
  ['name'],
);

const SAME_PARENT =
  'p1.group == p2.group && p1.kind == p2.kind && p1.name == p2.name && ' +
  "(((!has(p1.__namespace__) || p1.__namespace__ == '') && (!has(p2.__namespace__) || " +
  "p2.__namespace__ == '')) || (has(p1.__namespace__) && has(p2.__namespace__) && " +
  'p1.__namespace__ == p2.__namespace__))';

export const parentRefs: JsonSchema = {
  ...list(parentReference, { maxItems: 32 }),
  'x-kubernetes-validations': [
    {
      rule:
        `self.all(p1, self.all(p2, ${SAME_PARENT} ? ((!has(p1.sectionName) || p1.sectionName == ` +
        "'') == (!has(p2.sectionName) || p2.sectionName == '')) : true))",
      message:
        'sectionName must be specified when parentRefs includes 2 or more references to ' +
        'the same parent',
    },
    {
      rule:
        `self.all(p1, self.exists_one(p2, ${SAME_PARENT} && (((!has(p1.sectionName) || ` +
        "p1.sectionName == '') && (!has(p2.sectionName) || p2.sectionName == '')) || " +
        '(has(p1.sectionName) && has(p2.sectionName) && p1.sectionName == p2.sectionName))))',
      message:
        'sectionName must be unique when parentRefs includes 2 or more references to the ' +
        'same parent',
    },
  ],
};

const condition = object(
  {
    type: string({
      maxLength: 316,
      pattern: `^(${SUBDOMAIN}/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$`,
    }),
    status: oneOf('True', 'False', 'Unknown'),
    observedGeneration: integer({ format: 'int64', minimum: 0 }),
    lastTransitionTime: string({ format: 'date-time' }),
    reason: string({
      minLength: 1,
      maxLength: 1024,
      pattern: '^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$',
    }),
    message: string({ maxLength: 32768 }),
  },
  ['lastTransitionTime', 'message', 'reason', 'status', 'type'],
);

export const conditions = (more: Partial<JsonSchema> = {}): JsonSchema =>
  listBy(['type'], condition, { maxItems: 8, ...more });

const NO_TIME = '1970-01-01T00:00:00Z';

/** What stands before any controller has looked: nobody knows. */
export const waiting = (...types: string[]): Partial<JsonSchema> => ({
  default: types.map((type) => ({
    type,
    status: 'Unknown',
    reason: 'Pending',
    message: 'Waiting for controller',
    lastTransitionTime: NO_TIME,
  })),
});

const controllerName = string({
  minLength: 1,
  maxLength: 253,
  pattern: `^${SUBDOMAIN}\\/[A-Za-z0-9\\/\\-._~%!$&'()*+,;=:]+$`,
});
export { controllerName };

/** What each Gateway's controller says of a route. */
export const routeStatus = object(
  {
    parents: list(
      object({ parentRef: parentReference, controllerName, conditions: conditions() }, [
        'conditions',
        'controllerName',
        'parentRef',
      ]),
      { maxItems: 32 },
    ),
  },
  ['parents'],
);

export const labelSelector = object({
  matchLabels: { type: 'object', additionalProperties: string() },
  matchExpressions: list(
    object({ key: string(), operator: string(), values: list(string()) }, ['key', 'operator']),
  ),
});

/** Keys and values that a controller understands and nobody else. */
export const annotationsLike = (key: JsonSchema, maxProperties: number): JsonSchema => ({
  type: 'object',
  maxProperties,
  additionalProperties: { ...key },
});
