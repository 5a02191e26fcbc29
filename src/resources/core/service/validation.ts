// What a Service must be. Upstream: ValidateService in pkg/apis/core/validation/validation.go.
import type { FieldErrors } from '../../../api/field-errors';
import { cidrErrors, ipErrors, nonSpecialIpErrors } from '../../../api/ip';
import { dnsSubdomain, portNumber, qualifiedName } from '../../../api/names';
import type { Service } from '../../../api/types';
import { validateLabels } from '../../label-selector-validation';
import { isHeadless, validateClusterIps, validateClusterIpsUpdate } from './cluster-ip-validation';
import { hasClusterIp, isExternallyReachable, needsHealthCheckPort } from './defaults';
import { validatePorts } from './port-validation';

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const AFFINITIES = ['ClientIP', 'None'];
const POLICIES = ['Cluster', 'Local'];
const DISTRIBUTIONS = ['PreferClose', 'PreferSameNode', 'PreferSameZone'];
const AFFINITY_SECONDS_MAX = 86400;
const LOAD_BALANCER_ONLY = "may only be used when `type` is 'LoadBalancer'";

export function validateService(service: Service, errors: FieldErrors): void {
  const { spec } = service;
  if (!spec.ports?.length && !isHeadless(service) && spec.type !== 'ExternalName') {
    errors.required('spec.ports');
  }
  validateType(service, errors);
  validatePorts(service, errors);
  if (spec.selector) validateLabels(spec.selector, 'spec.selector', errors);
  validateAffinity(service, errors);
  validateClusterIps(service, errors);
  spec.externalIPs?.forEach((ip, index) => {
    const problems = ipErrors(ip);
    const at = `spec.externalIPs[${index}]`;
    errors.invalidEach(at, ip, problems.length > 0 ? problems : nonSpecialIpErrors(ip));
  });
  if (!spec.type) errors.required('spec.type');
  else if (!TYPES.includes(spec.type)) errors.notSupported('spec.type', spec.type, TYPES);
  validateLoadBalancer(service, errors);
  validateTrafficPolicies(service, errors);
}

export function validateServiceUpdate(next: Service, old: Service, errors: FieldErrors): void {
  validateClusterIpsUpdate(next, old, errors);
  const bothBalanced = next.spec.type === 'LoadBalancer' && old.spec.type === 'LoadBalancer';
  if (bothBalanced && next.spec.loadBalancerClass !== old.spec.loadBalancerClass) {
    errors.invalid(
      'spec.loadBalancerClass',
      next.spec.loadBalancerClass,
      'may not change once set',
    );
  }
  const bothChecked = needsHealthCheckPort(next) && needsHealthCheckPort(old);
  if (bothChecked && next.spec.healthCheckNodePort !== old.spec.healthCheckNodePort) {
    errors.forbidden('spec.healthCheckNodePort', 'field is immutable');
  }
}

function validateType(service: Service, errors: FieldErrors): void {
  const { spec } = service;
  if ((spec.type === 'LoadBalancer' || spec.type === 'NodePort') && isHeadless(service)) {
    const why = `may not be set to 'None' for ${spec.type} services`;
    errors.invalid('spec.clusterIPs[0]', spec.clusterIPs![0], why);
  }
  if (spec.type !== 'ExternalName') return;
  const refuse = (field: string): void =>
    errors.forbidden(field, 'may not be set for ExternalName services');
  if (spec.clusterIPs?.length) refuse('spec.clusterIPs');
  if (spec.ipFamilies?.length) refuse('spec.ipFamilies');
  if (spec.ipFamilyPolicy != null) refuse('spec.ipFamilyPolicy');
  const name = (spec.externalName ?? '').replace(/\.$/, '');
  if (name === '') errors.required('spec.externalName');
  else errors.invalidEach('spec.externalName', name, dnsSubdomain(name));
}

function validateAffinity({ spec }: Service, errors: FieldErrors): void {
  const { sessionAffinity, sessionAffinityConfig: config } = spec;
  const path = 'spec.sessionAffinityConfig';
  if (!sessionAffinity) errors.required('spec.sessionAffinity');
  else if (!AFFINITIES.includes(sessionAffinity)) {
    errors.notSupported('spec.sessionAffinity', sessionAffinity, AFFINITIES);
  }
  if (sessionAffinity === 'None' && config) {
    errors.forbidden(path, 'must not be set when session affinity is None');
  }
  if (sessionAffinity !== 'ClientIP') return;
  const seconds = config?.clientIP?.timeoutSeconds;
  const why = 'when session affinity type is ClientIP';
  if (!config) errors.required(path, why);
  else if (!config.clientIP) errors.required(`${path}.clientIP`, why);
  else if (seconds == null) errors.required(`${path}.clientIP.timeoutSeconds`, why);
  else if (seconds <= 0 || seconds > AFFINITY_SECONDS_MAX) {
    const range = `must be greater than 0 and less than ${AFFINITY_SECONDS_MAX}`;
    errors.invalid(`${path}.clientIP.timeoutSeconds`, seconds, range);
  }
}

function validateLoadBalancer({ spec }: Service, errors: FieldErrors): void {
  const isBalanced = spec.type === 'LoadBalancer';
  const ranges = spec.loadBalancerSourceRanges ?? [];
  if (ranges.length > 0) {
    if (!isBalanced) errors.forbidden('spec.LoadBalancerSourceRanges', LOAD_BALANCER_ONLY);
    ranges.forEach((range, index) => {
      const text = range.trim();
      errors.invalidEach(`spec.LoadBalancerSourceRanges[${index}]`, text, cidrErrors(text));
    });
  }
  if (spec.allocateLoadBalancerNodePorts != null && !isBalanced) {
    errors.forbidden('spec.allocateLoadBalancerNodePorts', LOAD_BALANCER_ONLY);
  }
  if (isBalanced && spec.allocateLoadBalancerNodePorts == null) {
    errors.required('allocateLoadBalancerNodePorts');
  }
  const { loadBalancerClass } = spec;
  if (loadBalancerClass == null) return;
  const path = 'spec.loadBalancerClass';
  if (isBalanced) errors.invalidEach(path, loadBalancerClass, qualifiedName(loadBalancerClass));
  else errors.forbidden(path, LOAD_BALANCER_ONLY);
}

function validateTrafficPolicies(service: Service, errors: FieldErrors): void {
  const { spec } = service;
  const { externalTrafficPolicy: external, internalTrafficPolicy: internal } = spec;
  if (!isExternallyReachable(service)) {
    if (external) {
      const why = 'may only be set for externally-accessible services';
      errors.invalid('spec.externalTrafficPolicy', external, why);
    }
  } else if (!external) errors.required('spec.externalTrafficPolicy');
  else if (!POLICIES.includes(external)) {
    errors.notSupported('spec.externalTrafficPolicy', external, POLICIES);
  }
  validateHealthCheckPort(service, errors);
  if (internal == null) {
    if (hasClusterIp(service)) errors.required('spec.internalTrafficPolicy');
  } else if (!POLICIES.includes(internal)) {
    errors.notSupported('spec.internalTrafficPolicy', internal, POLICIES);
  }
  const { trafficDistribution } = spec;
  if (trafficDistribution != null && !DISTRIBUTIONS.includes(trafficDistribution)) {
    errors.notSupported('spec.trafficDistribution', trafficDistribution, DISTRIBUTIONS);
  }
}

function validateHealthCheckPort(service: Service, errors: FieldErrors): void {
  const path = 'spec.healthCheckNodePort';
  const port = service.spec.healthCheckNodePort;
  if (needsHealthCheckPort(service)) {
    // One that is not asked for is given out later.
    if (port) errors.invalidEach(path, port, portNumber(port));
  } else if (port) {
    const why =
      "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
    errors.invalid(path, port, why);
  }
}
