// What an Ingress must be. Upstream: pkg/apis/networking/validation/validation.go.
import type { IHTTPIngressPath } from 'kubernetes-models/networking.k8s.io/v1/HTTPIngressPath';
import type { IIngressBackend } from 'kubernetes-models/networking.k8s.io/v1/IngressBackend';
import type { Ingress, IngressSpec, IngressStatus } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { ipErrors } from '../../api/ip';
import {
  dns1035Label,
  dnsSubdomain,
  portName,
  portNumber,
  wildcardSubdomain,
} from '../../api/names';

const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix'];
const IN_ABSOLUTE_PATHS = ['//', '/./', '/../', '%2f', '%2F'];
const AT_THE_END = ['/..', '/.'];
const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

export function validateIngress({ spec }: Ingress, errors: FieldErrors): void {
  validateRules(spec, errors);
  if (spec.defaultBackend) validateBackend(spec.defaultBackend, 'spec.defaultBackend', errors);
  spec.tls?.forEach(({ hosts, secretName }, index) => {
    hosts?.forEach((host, at) => {
      errors.invalidEach(`spec.tls[${index}].hosts[${at}]`, host, hostErrors(host));
    });
    if (secretName) {
      errors.invalidEach(`spec.tls[${index}].secretName`, secretName, dnsSubdomain(secretName));
    }
  });
  const { ingressClassName } = spec;
  if (ingressClassName != null) {
    errors.invalidEach('spec.ingressClassName', ingressClassName, dnsSubdomain(ingressClassName));
  }
}

/** The annotation of old and the field exclude each other on new objects. */
export function validateNewIngress({ metadata, spec }: Ingress, errors: FieldErrors): void {
  const annotation = metadata.annotations?.[CLASS_ANNOTATION];
  if (annotation === undefined || spec.ingressClassName == null) return;
  errors.invalid(
    `annotations.${CLASS_ANNOTATION}`,
    annotation,
    'can not be set when the class field is also set',
  );
}

export function validateIngressStatus({ status }: Ingress, errors: FieldErrors): void {
  const points: NonNullable<IngressStatus['loadBalancer']>['ingress'] =
    status.loadBalancer?.ingress ?? [];
  points.forEach(({ ip, hostname, ports = [] }, index) => {
    const path = `status.loadBalancer.ingress[${index}]`;
    if (ip) errors.invalidEach(`${path}.ip`, ip, ipErrors(ip));
    if (hostname) {
      errors.invalidEach(`${path}.hostname`, hostname, dnsSubdomain(hostname));
      if (ipErrors(hostname).length === 0) {
        errors.invalid(`${path}.hostname`, hostname, 'must be a DNS name, not an IP address');
      }
    }
    ports.forEach(({ port, protocol }, at) => {
      errors.invalidEach(`${path}.ports[${at}].port`, port, portNumber(port));
      if (!PROTOCOLS.includes(protocol)) {
        errors.notSupported(`${path}.ports[${at}].protocol`, protocol, PROTOCOLS);
      }
    });
  });
}

/** Advice on names that an Ingress may carry no longer. */
export function warnOfIngress({ metadata }: Ingress, warnings: string[]): void {
  if (metadata.annotations?.[CLASS_ANNOTATION] === undefined) return;
  warnings.push(
    `annotation "${CLASS_ANNOTATION}" is deprecated, please use 'spec.ingressClassName' instead`,
  );
}

function validateRules({ rules = [], defaultBackend }: IngressSpec, errors: FieldErrors): void {
  if (rules.length === 0 && !defaultBackend) {
    errors.invalid('spec', null, 'either `defaultBackend` or `rules` must be specified');
  }
  rules.forEach(({ host, http }, index) => {
    const path = `spec.rules[${index}]`;
    if (host) {
      if (ipErrors(host).length === 0) {
        errors.invalid(`${path}.host`, host, 'must be a DNS name, not an IP address');
      } else errors.invalidEach(`${path}.host`, host, hostErrors(host));
    }
    if (!http) return;
    if (!http.paths?.length) errors.required(`${path}.http.paths`);
    http.paths?.forEach((each, at) => validatePath(each, `${path}.http.paths[${at}]`, errors));
  });
}

function hostErrors(host: string): readonly string[] {
  return host.includes('*') ? wildcardSubdomain(host) : dnsSubdomain(host);
}

function validatePath(
  { path = '', pathType, backend }: IHTTPIngressPath,
  at: string,
  errors: FieldErrors,
): void {
  if (!pathType) errors.required(`${at}.pathType`, 'pathType must be specified');
  else if (pathType === 'Exact' || pathType === 'Prefix') validateAbsolute(path, at, errors);
  else if (pathType !== 'ImplementationSpecific') {
    errors.notSupported(`${at}.pathType`, pathType, PATH_TYPES);
  } else if (path && !path.startsWith('/')) {
    errors.invalid(`${at}.path`, path, 'must be an absolute path');
  }
  validateBackend(backend, `${at}.backend`, errors);
}

function validateAbsolute(path: string, at: string, errors: FieldErrors): void {
  if (!path.startsWith('/')) errors.invalid(`${at}.path`, path, 'must be an absolute path');
  if (path === '') return;
  for (const part of IN_ABSOLUTE_PATHS) {
    if (path.includes(part)) errors.invalid(`${at}.path`, path, `must not contain '${part}'`);
  }
  for (const end of AT_THE_END) {
    if (path.endsWith(end)) errors.invalid(`${at}.path`, path, `cannot end with '${end}'`);
  }
}

function validateBackend(
  { service, resource }: IIngressBackend,
  path: string,
  errors: FieldErrors,
): void {
  if (resource && service) {
    errors.invalid(path, '', 'cannot set both resource and service backends');
  } else if (resource) {
    if (!resource.kind) errors.required(`${path}.resource.kind`);
    if (!resource.name) errors.required(`${path}.resource.name`);
  } else if (service) {
    const { name, port = {} } = service;
    if (!name) errors.required(`${path}.service.name`);
    else errors.invalidEach(`${path}.service.name`, name, dns1035Label(name));
    if (port.name && port.number) {
      errors.invalid(path, '', 'cannot set both port name & port number');
    } else if (port.name) {
      errors.invalidEach(`${path}.service.port.name`, port.name, portName(port.name));
    } else if (port.number) {
      errors.invalidEach(`${path}.service.port.number`, port.number, portNumber(port.number));
    } else errors.required(path, 'port name or number is required');
  }
}
