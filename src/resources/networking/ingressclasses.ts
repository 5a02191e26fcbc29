// IngressClasses. Upstream: pkg/registry/networking/ingressclass/strategy.go.
import { ingressClasses } from '../../api/extension-refs';
import type { IngressClass } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { dnsLabel, dnsSubdomain, pathSegment } from '../../api/names';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';
import { validateDomainPrefixedPath } from '../domain-prefixed-path';

const CONTROLLER_BYTES_MAX = 250;
const SCOPES = ['Cluster', 'Namespace'];

export const ingressClassDefinition: ResourceDefinition<IngressClass> = {
  ref: ingressClasses,
  singular: 'ingressclass',
  listKind: 'IngressClassList',
  hasGeneration: true,
  applyDefaults(ingressClass) {
    ingressClass.spec ??= {};
    const { parameters } = ingressClass.spec;
    if (parameters && parameters.scope == null) {
      ingressClass.spec.parameters = { ...parameters, scope: 'Cluster' };
    }
    return ingressClass;
  },
  validate: validateIngressClass,
  validateUpdate({ spec }, old, errors) {
    if (spec.controller !== old.spec.controller) {
      errors.invalid('spec.controller', spec.controller ?? '', 'field is immutable');
    }
  },
  columns: [
    nameColumn,
    column(
      'Controller',
      'string',
      'Controller that is responsible for handling this class',
      ({ spec }) => spec.controller ?? '',
    ),
    column('Parameters', 'string', 'A reference to a resource with additional parameters', shown),
    ageColumn,
  ],
};

function shown({ spec: { parameters } }: IngressClass): string {
  if (!parameters) return '<none>';
  const { kind, apiGroup, name } = parameters;
  return [kind, ...(apiGroup ? ['.', apiGroup] : []), '/', name].join('');
}

function validateIngressClass({ spec }: IngressClass, errors: FieldErrors): void {
  const { controller = '', parameters } = spec;
  if (controller.length > CONTROLLER_BYTES_MAX) {
    errors.tooLong('spec.controller', CONTROLLER_BYTES_MAX);
  }
  validateDomainPrefixedPath(controller, 'spec.controller', errors);
  if (parameters) validateParameters(parameters, 'spec.parameters', errors);
}

function validateParameters(
  parameters: NonNullable<IngressClass['spec']['parameters']>,
  path: string,
  errors: FieldErrors,
): void {
  const { apiGroup, kind, name, namespace, scope } = parameters;
  if (apiGroup != null) {
    errors.invalidEach(`${path}.apiGroup`, apiGroup, dnsSubdomain(apiGroup));
  }
  if (!kind) errors.required(`${path}.kind`);
  else errors.invalidEach(`${path}.kind`, kind, pathSegment(kind));
  if (!name) errors.required(`${path}.name`);
  else errors.invalidEach(`${path}.name`, name, pathSegment(name));
  if (!scope) errors.required(`${path}.scope`);
  else if (!SCOPES.includes(scope)) errors.notSupported(`${path}.scope`, scope, SCOPES);
  if (namespace != null && namespace !== '') {
    if (scope === 'Cluster') {
      const why = "`parameters.scope` is set to 'Cluster'";
      errors.forbidden(`${path}.namespace`, why);
    } else errors.invalidEach(`${path}.namespace`, namespace, dnsLabel(namespace));
  } else if (scope === 'Namespace') {
    errors.required(`${path}.namespace`, "`parameters.scope` is set to 'Namespace'");
  }
}
