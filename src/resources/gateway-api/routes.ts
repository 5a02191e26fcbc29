// HTTPRoute, GRPCRoute and TLSRoute.
// Upstream: sigs.k8s.io/gateway-api/apis/v1/{httproute,grpcroute,tlsroute}_types.go.
import type { JsonSchema, ValidationRule } from '../apiextensions/schema/json-schema';
import {
  extensionRef,
  filterRules,
  headerModifier,
  onceEach,
  requestMirror,
  valueMatches,
} from './header-parts';
import {
  backendReference,
  duration,
  hostname,
  integer,
  list,
  object,
  oneOf,
  parentRefs,
  port,
  preciseHostname,
  sectionName,
  string,
  withDefault,
} from './schema-parts';

const hostnames = list(hostname, { maxItems: 16 });

/** Kubernetes' bound on what all rules of a route may match. */
const MATCHES_MAX = 128;
const tooMany = (size: string): ValidationRule => ({
  rule: `(self.size() > 0 ? self[0].matches.size() : 0) + ${size} <= ${MATCHES_MAX}`,
  message:
    'While 16 rules and 64 matches per rule are allowed, the total number of matches across all ' +
    `rules in a route must be less than ${MATCHES_MAX}`,
});
const others = Array.from({ length: 15 }, (_item, index) => {
  const at = index + 1;
  return `(self.size() > ${at} ? self[${at}].matches.size() : 0)`;
}).join(' + ');

const UNIQUE_NAMES: ValidationRule = {
  rule: 'self.all(l1, !has(l1.name) || self.exists_one(l2, has(l2.name) && l1.name == l2.name))',
  message: 'Rule name must be unique within the route',
};

const pathModifier = object(
  {
    type: oneOf('ReplaceFullPath', 'ReplacePrefixMatch'),
    replaceFullPath: string({ maxLength: 1024 }),
    replacePrefixMatch: string({ maxLength: 1024 }),
  },
  ['type'],
  [
    {
      rule: "self.type == 'ReplaceFullPath' ? has(self.replaceFullPath) : true",
      message: "replaceFullPath must be specified when type is set to 'ReplaceFullPath'",
    },
    {
      rule: "has(self.replaceFullPath) ? self.type == 'ReplaceFullPath' : true",
      message: "type must be 'ReplaceFullPath' when replaceFullPath is set",
    },
    {
      rule: "self.type == 'ReplacePrefixMatch' ? has(self.replacePrefixMatch) : true",
      message: "replacePrefixMatch must be specified when type is set to 'ReplacePrefixMatch'",
    },
    {
      rule: "has(self.replacePrefixMatch) ? self.type == 'ReplacePrefixMatch' : true",
      message: "type must be 'ReplacePrefixMatch' when replacePrefixMatch is set",
    },
  ],
);

const HTTP_FILTERS = {
  RequestHeaderModifier: 'requestHeaderModifier',
  ResponseHeaderModifier: 'responseHeaderModifier',
  RequestMirror: 'requestMirror',
  RequestRedirect: 'requestRedirect',
  URLRewrite: 'urlRewrite',
  ExtensionRef: 'extensionRef',
};

const httpFilter = object(
  {
    type: oneOf(...Object.keys(HTTP_FILTERS)),
    requestHeaderModifier: headerModifier,
    responseHeaderModifier: headerModifier,
    requestMirror,
    requestRedirect: object({
      scheme: oneOf('http', 'https'),
      hostname: preciseHostname,
      path: pathModifier,
      port,
      statusCode: integer({ enum: [301, 302, 303, 307, 308], default: 302 }),
    }),
    urlRewrite: object({ hostname: preciseHostname, path: pathModifier }),
    extensionRef,
  },
  ['type'],
  filterRules(HTTP_FILTERS),
);

const httpFilters: JsonSchema = {
  ...list(httpFilter, { maxItems: 16 }),
  'x-kubernetes-validations': [
    {
      rule:
        "!(self.exists(f, f.type == 'RequestRedirect') && " +
        "self.exists(f, f.type == 'URLRewrite'))",
      message:
        'May specify either httpRouteFilterRequestRedirect or httpRouteFilterRequestRewrite, ' +
        'but not both',
    },
    ...onceEach([
      'RequestHeaderModifier',
      'ResponseHeaderModifier',
      'RequestRedirect',
      'URLRewrite',
    ]),
  ],
};

const absolute = ['Exact', 'PathPrefix'];
const pathRule = (holds: string, message: string): ValidationRule => ({
  rule: `(self.type in ['${absolute.join("','")}']) ? ${holds} : true`,
  message: `${message} when type one of ['Exact', 'PathPrefix']`,
});
const pathMatch: JsonSchema = {
  ...object(
    {
      type: withDefault(oneOf('Exact', 'PathPrefix', 'RegularExpression'), 'PathPrefix'),
      value: withDefault(string({ maxLength: 1024 }), '/'),
    },
    [],
    [
      pathRule("self.value.startsWith('/')", "value must be an absolute path and start with '/'"),
      pathRule("!self.value.contains('//')", "must not contain '//'"),
      pathRule("!self.value.contains('/./')", "must not contain '/./'"),
      pathRule("!self.value.contains('/../')", "must not contain '/../'"),
      pathRule("!self.value.contains('%2f')", "must not contain '%2f'"),
      pathRule("!self.value.contains('%2F')", "must not contain '%2F'"),
      pathRule("!self.value.contains('#')", "must not contain '#'"),
      pathRule("!self.value.endsWith('/..')", "must not end with '/..'"),
      pathRule("!self.value.endsWith('/.')", "must not end with '/.'"),
      {
        rule: "self.type in ['Exact','PathPrefix'] || self.type == 'RegularExpression'",
        message: "type must be one of ['Exact', 'PathPrefix', 'RegularExpression']",
      },
    ],
  ),
  default: { type: 'PathPrefix', value: '/' },
};

const METHODS = 'GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH'.split(' ');
const httpMatch = object({
  path: pathMatch,
  headers: valueMatches(['Exact', 'RegularExpression'], 4096),
  queryParams: valueMatches(['Exact', 'RegularExpression'], 1024),
  method: oneOf(...METHODS),
});

const timeouts = object(
  { request: duration, backendRequest: duration },
  [],
  [
    {
      rule:
        '!(has(self.request) && has(self.backendRequest) && duration(self.request) != ' +
        "duration('0s') && duration(self.backendRequest) > duration(self.request))",
      message: 'backendRequest timeout cannot be longer than request timeout',
    },
  ],
);

const httpRule = object(
  {
    name: sectionName,
    matches: {
      ...list(httpMatch, { maxItems: 64 }),
      default: [{ path: { type: 'PathPrefix', value: '/' } }],
    },
    filters: httpFilters,
    backendRefs: list(backendReference(httpFilters), { maxItems: 16 }),
    timeouts,
  },
  [],
  [
    {
      rule:
        '(has(self.backendRefs) && size(self.backendRefs) > 0) ? (!has(self.filters) || ' +
        'self.filters.all(f, !has(f.requestRedirect))) : true',
      message: 'RequestRedirect filter must not be used together with backendRefs',
    },
  ],
);

export const httpRouteSpec = object({
  parentRefs,
  hostnames,
  rules: {
    ...list(httpRule, { maxItems: 16, minItems: 1 }),
    default: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }] }],
    'x-kubernetes-validations': [tooMany(others), UNIQUE_NAMES],
  },
});

const GRPC_FILTERS = {
  RequestHeaderModifier: 'requestHeaderModifier',
  ResponseHeaderModifier: 'responseHeaderModifier',
  RequestMirror: 'requestMirror',
  ExtensionRef: 'extensionRef',
};

const grpcFilters: JsonSchema = {
  ...list(
    object(
      {
        type: oneOf(
          'ResponseHeaderModifier',
          'RequestHeaderModifier',
          'RequestMirror',
          'ExtensionRef',
        ),
        requestHeaderModifier: headerModifier,
        responseHeaderModifier: headerModifier,
        requestMirror,
        extensionRef,
      },
      ['type'],
      filterRules(GRPC_FILTERS),
    ),
    { maxItems: 16 },
  ),
  'x-kubernetes-validations': onceEach(['RequestHeaderModifier', 'ResponseHeaderModifier']),
};

const grpcMethod = object(
  {
    type: withDefault(oneOf('Exact', 'RegularExpression'), 'Exact'),
    service: string({ maxLength: 1024 }),
    method: string({ maxLength: 1024 }),
  },
  [],
  [
    {
      rule: 'has(self.type) ? has(self.service) || has(self.method) : true',
      message: "One or both of 'service' or 'method' must be specified",
    },
    {
      rule:
        "(!has(self.type) || self.type == 'Exact') && has(self.service) ? " +
        'self.service.matches(r"""^(?i)\\.?[a-z_][a-z_0-9]*(\\.[a-z_][a-z_0-9]*)*$""") : true',
      message:
        'service must only contain valid characters (matching ^(?i)\\.?[a-z_][a-z_0-9]*(\\.[a-z_]' +
        '[a-z_0-9]*)*$)',
    },
    {
      rule:
        "(!has(self.type) || self.type == 'Exact') && has(self.method) ? " +
        'self.method.matches(r"""^[A-Za-z_][A-Za-z_0-9]*$""") : true',
      message: 'method must only contain valid characters (matching ^[A-Za-z_][A-Za-z_0-9]*$)',
    },
  ],
);

const grpcRule = object({
  name: sectionName,
  matches: list(
    object({ method: grpcMethod, headers: valueMatches(['Exact', 'RegularExpression'], 4096) }),
    { maxItems: 64 },
  ),
  filters: grpcFilters,
  backendRefs: list(backendReference(grpcFilters), { maxItems: 16 }),
});

export const grpcRouteSpec = object({
  parentRefs,
  hostnames,
  rules: {
    ...list(grpcRule, { maxItems: 16, minItems: 1 }),
    'x-kubernetes-validations': [UNIQUE_NAMES],
  },
});

export const tlsRouteSpec = object(
  {
    parentRefs,
    hostnames: { ...hostnames, minItems: 1 },
    rules: list(
      object(
        { name: sectionName, backendRefs: list(backendReference(), { minItems: 1, maxItems: 16 }) },
        ['backendRefs'],
      ),
      { minItems: 1, maxItems: 1 },
    ),
  },
  ['hostnames', 'rules'],
);
