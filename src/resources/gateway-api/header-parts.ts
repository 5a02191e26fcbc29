// Headers, queries and the filters that HTTP and gRPC routes share.
// Upstream: sigs.k8s.io/gateway-api/apis/v1/httproute_types.go.
import type { JsonSchema } from '../apiextensions/schema/json-schema';
import {
  backendObjectReference,
  group,
  headerName,
  integer,
  kind,
  list,
  listBy,
  object,
  objectName,
  oneOf,
  string,
  withDefault,
} from './schema-parts';

const header = object({ name: headerName, value: string({ minLength: 1, maxLength: 4096 }) }, [
  'name',
  'value',
]);

export const headerModifier = object({
  set: listBy(['name'], header, { maxItems: 16 }),
  add: listBy(['name'], header, { maxItems: 16 }),
  remove: list(string(), { maxItems: 16, 'x-kubernetes-list-type': 'set' }),
});

/** Headers or query parameters to be matched, exactly unless told. */
export function valueMatches(types: readonly string[], maxLength: number): JsonSchema {
  const match = object(
    {
      type: withDefault(oneOf(...types), 'Exact'),
      name: headerName,
      value: string({ minLength: 1, maxLength }),
    },
    ['name', 'value'],
  );
  return listBy(['name'], match, { maxItems: 16 });
}

const fraction = object(
  {
    numerator: integer({ format: 'int32', minimum: 0 }),
    denominator: integer({ format: 'int32', minimum: 1, default: 100 }),
  },
  ['numerator'],
  [
    {
      rule: 'self.numerator <= self.denominator',
      message: 'numerator must be less than or equal to denominator',
    },
  ],
);

export const requestMirror = object(
  {
    backendRef: backendObjectReference,
    percent: integer({ format: 'int32', minimum: 0, maximum: 100 }),
    fraction,
  },
  ['backendRef'],
  [
    {
      rule: '!(has(self.percent) && has(self.fraction))',
      message: 'Only one of percent or fraction may be specified in HTTPRequestMirrorFilter',
    },
  ],
);

export const extensionRef = object({ group, kind, name: objectName }, ['group', 'kind', 'name']);

/** 'RequestHeaderModifier' and 'requestHeaderModifier': one is there exactly when the other is. */
export function filterRules(types: Readonly<Record<string, string>>) {
  return Object.entries(types).flatMap(([type, field]) => [
    {
      rule: `!(has(self.${field}) && self.type != '${type}')`,
      message: `filter.${field} must be nil if the filter.type is not ${type}`,
    },
    {
      rule: `!(!has(self.${field}) && self.type == '${type}')`,
      message: `filter.${field} must be specified for ${type} filter.type`,
    },
  ]);
}

/** Filters of which there may be no more than one. */
export function onceEach(types: readonly string[]) {
  return types.map((type) => ({
    rule: `self.filter(f, f.type == '${type}').size() <= 1`,
    message: `${type} filter cannot be repeated`,
  }));
}
