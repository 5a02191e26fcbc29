// Services. Cluster IPs and node ports come from the ServiceAllocator, which the API server calls
// between preparing and validating. Upstream: pkg/registry/core/service, pkg/apis/core.
import { selectorFromLabels } from '../../api/label-selector';
import { services } from '../../api/resource-ref';
import type { Service } from '../../api/types';
import { ageColumn, column, nameColumn, orNone } from '../columns';
import type { ResourceDefinition } from '../definition';
import { defaultIpModes, defaultService, keepServerFields } from './service/defaults';
import { warnOfService } from './service/warnings';
import { validateService, validateServiceUpdate } from './service/validation';

export const serviceDefinition: ResourceDefinition<Service> = {
  ref: services,
  singular: 'service',
  listKind: 'ServiceList',
  shortNames: ['svc'],
  returnsDeletedObject: true,
  categories: ['all'],
  subresources: ['status'],
  selectableFields: {
    'spec.clusterIP': ({ spec }) => spec.clusterIP ?? '',
    'spec.type': ({ spec }) => spec.type ?? '',
  },
  nameFormat: 'dns-1035-label',
  applyDefaults: defaultService,
  prepareForCreate(service) {
    service.status = { loadBalancer: {} };
    return service;
  },
  prepareForUpdate: keepServerFields,
  prepareForStatusUpdate: defaultIpModes,
  validate: validateService,
  validateUpdate: validateServiceUpdate,
  warn: (service, _old, warnings) => warnOfService(service, warnings),
  columns: [
    nameColumn,
    column(
      'Type',
      'string',
      'type determines how the Service is exposed. Defaults to ClusterIP. Valid options are ' +
        'ExternalName, ClusterIP, NodePort, and LoadBalancer. "ClusterIP" allocates a ' +
        'cluster-internal IP address for load-balancing to endpoints. Endpoints are determined ' +
        'by the selector or if that is not specified, by manual construction of an Endpoints ' +
        'object or EndpointSlice objects. If clusterIP is "None", no virtual IP is allocated ' +
        'and the endpoints are published as a set of endpoints rather than a virtual IP. ' +
        '"NodePort" builds on ClusterIP and allocates a port on every node which routes to the ' +
        'same endpoints as the clusterIP. "LoadBalancer" builds on NodePort and creates an ' +
        'external load-balancer (if supported in the current cloud) which routes to the same ' +
        'endpoints as the clusterIP. "ExternalName" aliases this service to the specified ' +
        'externalName. Several other fields do not apply to ExternalName services. More info: ' +
        'https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-s' +
        'ervice-types',
      ({ spec }) => spec.type ?? '',
    ),
    column(
      'Cluster-IP',
      'string',
      'clusterIP is the IP address of the service and is usually assigned randomly. If an ' +
        'address is specified manually, is in-range (as per system configuration), and is not ' +
        'in use, it will be allocated to the service; otherwise creation of the service will ' +
        'fail. This field may not be changed through updates unless the type field is also ' +
        'being changed to ExternalName (which requires this field to be blank) or the type ' +
        'field is being changed from ExternalName (in which case this field may optionally be ' +
        'specified, as describe above).  Valid values are "None", empty string (""), or a ' +
        'valid IP address. Setting this to "None" makes a "headless service" (no virtual IP), ' +
        'which is useful when direct endpoint connections are preferred and proxying is not ' +
        'required.  Only applies to types ClusterIP, NodePort, and LoadBalancer. If this field ' +
        'is specified when creating a Service of type ExternalName, creation will fail. This ' +
        'field will be wiped when updating a Service to type ExternalName. More info: ' +
        'https://kubernetes.io/docs/concepts/services-networking/service/#virtual-ips-and-servi' +
        'ce-proxies',
      ({ spec }) => orNone(spec.clusterIPs?.[0]),
    ),
    column(
      'External-IP',
      'string',
      'externalIPs is a list of IP addresses for which nodes in the cluster will also accept ' +
        'traffic for this service.  These IPs are not managed by Kubernetes.  The user is ' +
        'responsible for ensuring that traffic arrives at a node with this IP.  A common ' +
        'example is external load-balancers that are not part of the Kubernetes system.',
      externalAddresses,
    ),
    column(
      'Port(s)',
      'string',
      'The list of ports that are exposed by this service. More info: https://kubernetes.io/docs/' +
        'concepts/services-networking/service/#virtual-ips-and-service-proxies',
      ({ spec }) => orNone((spec.ports ?? []).map(formatPort).join(',')),
    ),
    ageColumn,
    column(
      'Selector',
      'string',
      'Route service traffic to pods with label keys and values matching this selector. If ' +
        'empty or not present, the service is assumed to have an external process managing its ' +
        'endpoints, which Kubernetes will not modify. Only applies to types ClusterIP, ' +
        'NodePort, and LoadBalancer. Ignored if type is ExternalName. More info: ' +
        'https://kubernetes.io/docs/concepts/services-networking/service/',
      ({ spec }) => orNone(selectorFromLabels(spec.selector).toString()),
      1,
    ),
  ],
};

interface Port {
  port: number;
  nodePort?: number;
  protocol?: string;
}

function formatPort({ port, nodePort, protocol }: Port): string {
  return nodePort ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`;
}

function externalAddresses({ spec, status }: Service): string {
  const own = spec.externalIPs ?? [];
  if (spec.type === 'ExternalName') return spec.externalName ?? '';
  if (spec.type !== 'LoadBalancer') return orNone(own.join(','));
  const ingress = status.loadBalancer?.ingress ?? [];
  const given = ingress
    .map(({ ip, hostname }) => ip || hostname || '')
    .filter((each) => each !== '');
  const all = own.length > 0 ? [...given, ...own] : given;
  return all.length > 0 ? all.join(',') : '<pending>';
}
