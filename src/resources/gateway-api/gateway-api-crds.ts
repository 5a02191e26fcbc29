// The Gateway API's standard channel as CustomResourceDefinitions, which clusters do not have until
// somebody installs them: `npm run serve -- --gateway-api` and scenarios do. The schemas are our
// own short form of the release's: the fields, bounds, defaults and rules, without its long words.
// Upstream: sigs.k8s.io/gateway-api/config/crd/standard.
import type { CustomResourceDefinition } from '../../api/extension-types';
import type { Draft } from '../../api/object';
import type { JsonSchema } from '../apiextensions/schema/json-schema';
import { gatewayClassSpec, gatewayClassStatus, gatewaySpec, gatewayStatus } from './gateways';
import { backendTlsPolicySpec, policyStatus, referenceGrantSpec } from './policies';
import { grpcRouteSpec, httpRouteSpec, tlsRouteSpec } from './routes';
import { GATEWAY_GROUP, routeStatus } from './schema-parts';

type Crd = Draft<CustomResourceDefinition>;

const RELEASE = 'v1.4.0';
const APPROVED = 'https://github.com/kubernetes-sigs/gateway-api/pull/3328';

interface Kind {
  readonly kind: string;
  readonly plural: string;
  readonly shortNames: readonly string[];
  readonly isClusterWide?: boolean;
  /** The first one is stored. */
  readonly versions: readonly string[];
  readonly spec: JsonSchema;
  readonly status?: JsonSchema;
  readonly columns: readonly (readonly [name: string, path: string, type?: string])[];
}

const AGE = ['Age', '.metadata.creationTimestamp', 'date'] as const;
const HOSTNAMES = ['Hostnames', '.spec.hostnames'] as const;

const KINDS: readonly Kind[] = [
  {
    kind: 'BackendTLSPolicy',
    plural: 'backendtlspolicies',
    shortNames: ['btlspolicy'],
    versions: ['v1'],
    spec: backendTlsPolicySpec,
    status: policyStatus,
    columns: [AGE],
  },
  {
    kind: 'GatewayClass',
    plural: 'gatewayclasses',
    shortNames: ['gc'],
    isClusterWide: true,
    versions: ['v1', 'v1beta1'],
    spec: gatewayClassSpec,
    status: gatewayClassStatus,
    columns: [
      ['Controller', '.spec.controllerName'],
      ['Accepted', '.status.conditions[?(@.type=="Accepted")].status'],
      AGE,
      ['Description', '.spec.description'],
    ],
  },
  {
    kind: 'Gateway',
    plural: 'gateways',
    shortNames: ['gtw'],
    versions: ['v1', 'v1beta1'],
    spec: gatewaySpec,
    status: gatewayStatus,
    columns: [
      ['Class', '.spec.gatewayClassName'],
      ['Address', '.status.addresses[*].value'],
      ['Programmed', '.status.conditions[?(@.type=="Programmed")].status'],
      AGE,
    ],
  },
  {
    kind: 'GRPCRoute',
    plural: 'grpcroutes',
    shortNames: [],
    versions: ['v1'],
    spec: grpcRouteSpec,
    status: routeStatus,
    columns: [HOSTNAMES, AGE],
  },
  {
    kind: 'HTTPRoute',
    plural: 'httproutes',
    shortNames: [],
    versions: ['v1', 'v1beta1'],
    spec: httpRouteSpec,
    status: routeStatus,
    columns: [HOSTNAMES, AGE],
  },
  {
    kind: 'ReferenceGrant',
    plural: 'referencegrants',
    shortNames: ['refgrant'],
    versions: ['v1beta1'],
    spec: referenceGrantSpec,
    columns: [AGE],
  },
  {
    kind: 'TLSRoute',
    plural: 'tlsroutes',
    shortNames: [],
    versions: ['v1'],
    spec: tlsRouteSpec,
    status: routeStatus,
    columns: [AGE],
  },
];

/** As a client posts them, in the order of their names. */
export function gatewayApiCrds(): Crd[] {
  return KINDS.map(definitionOf);
}

function definitionOf(each: Kind): Crd {
  const { kind, plural, shortNames, isClusterWide = false, versions } = each;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${GATEWAY_GROUP}`,
      annotations: {
        'api-approved.kubernetes.io': APPROVED,
        'gateway.networking.k8s.io/bundle-version': RELEASE,
        'gateway.networking.k8s.io/channel': 'standard',
      },
    },
    spec: {
      group: GATEWAY_GROUP,
      scope: isClusterWide ? 'Cluster' : 'Namespaced',
      names: {
        plural,
        singular: kind.toLowerCase(),
        kind,
        listKind: `${kind}List`,
        categories: ['gateway-api'],
        ...(shortNames.length > 0 && { shortNames: [...shortNames] }),
      },
      versions: versions.map((name, index) => versionOf(each, name, index === 0)),
    },
  } as unknown as Crd;
}

function versionOf({ kind, spec, status, columns }: Kind, name: string, storage: boolean): object {
  const properties = { spec, ...(status && { status }) };
  const isGrant = kind === 'ReferenceGrant';
  return {
    name,
    served: true,
    storage,
    schema: {
      openAPIV3Schema: { type: 'object', properties, ...(!isGrant && { required: ['spec'] }) },
    },
    ...(status && { subresources: { status: {} } }),
    additionalPrinterColumns: columns.map(([column, jsonPath, type = 'string']) => ({
      name: column,
      type,
      jsonPath,
      ...(column === 'Description' && { priority: 1 }),
    })),
  };
}
