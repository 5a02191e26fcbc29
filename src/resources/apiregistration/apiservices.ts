// APIServices: which server answers for a group and version. Those of the server itself are made
// with it; one with a service is an aggregated API, which nothing here can reach.
// Upstream: kube-aggregator/pkg/{registry/apiservice,apis/apiregistration/validation}.
import { apiServices } from '../../api/extension-refs';
import type { APIService } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { dns1035Label, dnsSubdomain } from '../../api/names';
import { formatTime } from '../../api/time';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';

const PRIORITY_MAX = 20_000;
const VERSION_PRIORITY_MAX = 1_000;

export const apiServiceDefinition: ResourceDefinition<APIService> = {
  ref: apiServices,
  singular: 'apiservice',
  listKind: 'APIServiceList',
  categories: ['api-extensions'],
  subresources: ['status'],
  nameFormat: 'path-segment',
  applyDefaults(service) {
    service.spec ??= {} as APIService['spec'];
    const { spec } = service;
    if (spec.service) spec.service = { port: 443, ...spec.service };
    return service;
  },
  prepareForCreate(service, { nowMs }) {
    const isLocal = !service.spec.service;
    service.status = isLocal ? { conditions: [available(nowMs)] } : {};
    return service;
  },
  validate,
  columns: [
    nameColumn,
    column(
      'Service',
      'string',
      'The reference to the service that hosts this API endpoint.',
      ({ spec: { service } }) => (service ? `${service.namespace}/${service.name}` : 'Local'),
    ),
    column('Available', 'string', 'Whether this service is available.', availability),
    ageColumn,
  ],
};

/** That the server answers for it itself. */
function available(
  nowMs: number,
): NonNullable<NonNullable<APIService['status']>['conditions']>[number] {
  return {
    type: 'Available',
    status: 'True',
    lastTransitionTime: formatTime(nowMs),
    reason: 'Local',
    message: 'Local APIServices are always available',
  };
}

function availability({ status }: APIService): string {
  const condition = status?.conditions?.find(({ type }) => type === 'Available');
  if (!condition) return 'Unknown';
  return condition.status === 'True' ? 'True' : `${condition.status} (${condition.reason})`;
}

function validate({ metadata, spec }: APIService, errors: FieldErrors): void {
  const { group = '', version = '', service } = spec;
  const priority = spec.groupPriorityMinimum ?? 0;
  const wanted = `${version}.${group}`;
  if (metadata.name !== wanted) {
    const why = `must be \`spec.version+"."+spec.group\`: "${wanted}"`;
    errors.invalid('metadata.name', metadata.name, why);
  }
  if (group) errors.invalidEach('spec.group', group, dnsSubdomain(group));
  else if (version !== 'v1')
    errors.required('spec.group', 'only v1 may have an empty group and it better be legacy kube');
  if (version) errors.invalidEach('spec.version', version, dns1035Label(version));
  else errors.required('spec.version');
  if (priority <= 0 || priority > PRIORITY_MAX) {
    const why = `must be positive and less than ${PRIORITY_MAX}`;
    errors.invalid('spec.groupPriorityMinimum', priority, why);
  }
  const versionPriority = spec.versionPriority ?? 0;
  if (versionPriority <= 0 || versionPriority > VERSION_PRIORITY_MAX) {
    const why = `must be positive and less than ${VERSION_PRIORITY_MAX}`;
    errors.invalid('spec.versionPriority', versionPriority, why);
  }
  validateService(spec, service, errors);
}

function validateService(
  spec: APIService['spec'],
  service: APIService['spec']['service'],
  errors: FieldErrors,
): void {
  if (!service) {
    if (spec.caBundle) {
      errors.invalid(
        'spec.caBundle',
        `${spec.caBundle.length} bytes`,
        'local APIServices may not have a caBundle',
      );
    }
    if (spec.insecureSkipTLSVerify) {
      const why = 'local APIServices may not have insecureSkipTLSVerify';
      errors.invalid('spec.insecureSkipTLSVerify', true, why);
    }
    return;
  }
  if (!service.namespace) errors.required('spec.service.namespace');
  if (!service.name) errors.required('spec.service.name');
  const { port = 0 } = service;
  if (port < 1 || port > 65535) {
    const why = 'port is not valid: must be between 1 and 65535, inclusive';
    errors.invalid('spec.service.port', port, why);
  }
  if (spec.insecureSkipTLSVerify && spec.caBundle) {
    const why = 'may not be true if caBundle is present';
    errors.invalid('spec.insecureSkipTLSVerify', true, why);
  }
}
