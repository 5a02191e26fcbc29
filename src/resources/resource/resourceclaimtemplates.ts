// ResourceClaimTemplates. Upstream: pkg/registry/resource/resourceclaimtemplate/strategy.go.
import { deepEqual } from '../../api/deep-equal';
import { resourceClaimTemplates } from '../../api/extension-refs';
import type { ResourceClaimTemplate } from '../../api/extension-types';
import { qualifiedName } from '../../api/names';
import { ageColumn, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';
import { validateLabels } from '../label-selector-validation';
import { defaultDeviceClaim, validateDeviceClaim } from './device-requests';

export const resourceClaimTemplateDefinition: ResourceDefinition<ResourceClaimTemplate> = {
  ref: resourceClaimTemplates,
  singular: 'resourceclaimtemplate',
  listKind: 'ResourceClaimTemplateList',
  applyDefaults(template) {
    const spec = template.spec ?? { spec: {} };
    const { devices } = spec.spec ?? {};
    template.spec = {
      ...spec,
      spec: { ...spec.spec, ...(devices && { devices: defaultDeviceClaim(devices) }) },
    };
    return template;
  },
  validate({ spec }, errors) {
    const { labels, annotations } = spec.metadata ?? {};
    for (const key of Object.keys(annotations ?? {}).sort()) {
      errors.invalidEach('spec.metadata.annotations', key, qualifiedName(key.toLowerCase()));
    }
    if (labels) validateLabels(labels, 'spec.metadata.labels', errors);
    validateDeviceClaim(spec.spec.devices ?? {}, 'spec.spec.devices', errors);
  },
  validateUpdate({ spec }, old, errors) {
    if (!deepEqual(spec, old.spec)) errors.invalid('spec', spec, 'field is immutable');
  },
  columns: [nameColumn, ageColumn],
};
