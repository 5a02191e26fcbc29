// GatewayClass and Gateway. Upstream: sigs.k8s.io/gateway-api/apis/v1/gateway{,class}_types.go.
import type { JsonSchema } from '../apiextensions/schema/json-schema';
import {
  annotationsLike,
  conditions,
  controllerName,
  group,
  hostname,
  integer,
  kind,
  labelSelector,
  list,
  listBy,
  namespace,
  object,
  objectName,
  objectReference,
  oneOf,
  port,
  sectionName,
  string,
  waiting,
  withDefault,
} from './schema-parts';

const parametersRef = (more: Record<string, JsonSchema> = {}): JsonSchema =>
  object({ group, kind, name: objectName, ...more }, ['group', 'kind', 'name']);

export const gatewayClassSpec = object(
  {
    controllerName: {
      ...controllerName,
      'x-kubernetes-validations': [{ rule: 'self == oldSelf', message: 'Value is immutable' }],
    },
    parametersRef: parametersRef({ namespace }),
    description: string({ maxLength: 64 }),
  },
  ['controllerName'],
);

export const gatewayClassStatus: JsonSchema = {
  ...object({
    conditions: conditions(waiting('Accepted')),
    supportedFeatures: listBy(['name'], object({ name: string() }, ['name']), { maxItems: 64 }),
  }),
  default: {
    conditions: [
      {
        type: 'Accepted',
        status: 'Unknown',
        reason: 'Waiting',
        message: 'Waiting for controller',
        lastTransitionTime: '1970-01-01T00:00:00Z',
      },
    ],
  },
};

const routeKind = object({ group: withDefault(group, 'gateway.networking.k8s.io'), kind }, [
  'kind',
]);

const tls = object(
  {
    mode: withDefault(oneOf('Terminate', 'Passthrough'), 'Terminate'),
    certificateRefs: list(objectReference('Secret'), { maxItems: 64 }),
    options: annotationsLike(string({ minLength: 0, maxLength: 4096 }), 16),
  },
  [],
  [
    {
      rule:
        "self.mode == 'Terminate' ? size(self.certificateRefs) > 0 || " +
        'size(self.options) > 0 : true',
      message: 'certificateRefs or options must be specified when mode is Terminate',
    },
  ],
);

const allowedRoutes: JsonSchema = {
  ...object({
    namespaces: {
      ...object({
        from: withDefault(oneOf('All', 'Selector', 'Same', 'None'), 'Same'),
        selector: labelSelector,
      }),
      default: { from: 'Same' },
    },
    kinds: list(routeKind, { maxItems: 8 }),
  }),
  default: { namespaces: { from: 'Same' } },
};

const listener = object(
  {
    name: sectionName,
    hostname,
    port,
    protocol: string({
      minLength: 1,
      maxLength: 255,
      pattern:
        '^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$|[a-z0-9]([-a-z0-9]*[a-z0-9])?' +
        '(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\\/[A-Za-z0-9]+$',
    }),
    tls,
    allowedRoutes,
  },
  ['name', 'port', 'protocol'],
);

const LISTENER_RULES = [
  {
    rule: "self.all(l, l.protocol in ['HTTP', 'TCP', 'UDP'] ? !has(l.tls) : true)",
    message: "tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']",
  },
  {
    rule:
      "self.all(l, (l.protocol == 'HTTPS' && has(l.tls)) ? (l.tls.mode == '' || l.tls.mode == " +
      "'Terminate') : true)",
    message: 'tls mode must be Terminate for protocol HTTPS',
  },
  {
    rule:
      "self.all(l, l.protocol in ['TCP', 'UDP'] ? (!has(l.hostname) || l.hostname == '') " +
      ': true)',
    message: "hostname must not be specified for protocols ['TCP', 'UDP']",
  },
  {
    rule: 'self.all(l1, self.exists_one(l2, l1.name == l2.name))',
    message: 'Listener name must be unique within the Gateway',
  },
  {
    rule:
      'self.all(l1, self.exists_one(l2, l1.port == l2.port && l1.protocol == l2.protocol && ' +
      '(has(l1.hostname) && has(l2.hostname) ? l1.hostname == l2.hostname : !has(l1.hostname) && ' +
      '!has(l2.hostname))))',
    message: 'Combination of port, protocol and hostname must be unique for each listener',
  },
];

const address = object({
  type: withDefault(
    string({
      minLength: 1,
      maxLength: 253,
      pattern: "^Hostname|IPAddress|NamedAddress|[a-z0-9.-]+\\/[A-Za-z0-9\\/\\-._~%!$&'()*+,;=:]+$",
    }),
    'IPAddress',
  ),
  value: string({ maxLength: 253 }),
});

export const gatewaySpec = object(
  {
    gatewayClassName: objectName,
    listeners: {
      ...listBy(['name'], listener, { minItems: 1, maxItems: 64 }),
      'x-kubernetes-validations': LISTENER_RULES,
    },
    addresses: list(address, { maxItems: 16 }),
    infrastructure: object({
      labels: annotationsLike(string({ minLength: 0, maxLength: 63 }), 8),
      annotations: annotationsLike(string({ minLength: 0, maxLength: 4096 }), 8),
      parametersRef: parametersRef(),
    }),
    allowedListeners: object({
      namespaces: {
        ...object({
          from: withDefault(oneOf('All', 'Selector', 'Same', 'None'), 'None'),
          selector: labelSelector,
        }),
        default: { from: 'None' },
      },
    }),
  },
  ['gatewayClassName', 'listeners'],
);

const statusAddress = object(
  {
    type: withDefault(string({ minLength: 1, maxLength: 253 }), 'IPAddress'),
    value: string({ minLength: 1, maxLength: 253 }),
  },
  ['value'],
);

const listenerStatus = object(
  {
    name: sectionName,
    supportedKinds: list(routeKind, { maxItems: 8 }),
    attachedRoutes: integer({ format: 'int32' }),
    conditions: conditions(),
  },
  ['attachedRoutes', 'conditions', 'name'],
);

export const gatewayStatus: JsonSchema = {
  ...object({
    addresses: list(statusAddress, { maxItems: 16 }),
    conditions: conditions(waiting('Accepted', 'Programmed')),
    listeners: listBy(['name'], listenerStatus, { maxItems: 64 }),
    attachedListenerSets: integer({ format: 'int32' }),
  }),
  default: { conditions: waiting('Accepted', 'Programmed').default },
};
