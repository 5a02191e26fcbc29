// DeviceClasses. Upstream: pkg/registry/resource/deviceclass/strategy.go,
// pkg/apis/resource/validation/validation.go.
import { deviceClasses } from '../../api/extension-refs';
import type { DeviceClass } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { qualifiedName } from '../../api/names';
import { ageColumn, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';
import { validateConfiguration } from './device-configuration';
import { validateEach } from './device-names';
import { CONFIGS_MAX, validateSelectors } from './device-requests';

export const deviceClassDefinition: ResourceDefinition<DeviceClass> = {
  ref: deviceClasses,
  singular: 'deviceclass',
  listKind: 'DeviceClassList',
  hasGeneration: true,
  applyDefaults(deviceClass) {
    deviceClass.spec ??= {};
    return deviceClass;
  },
  validate,
  columns: [nameColumn, ageColumn],
};

function validate({ spec }: DeviceClass, errors: FieldErrors): void {
  validateSelectors(spec.selectors ?? [], 'spec.selectors', errors);
  validateEach(spec.config ?? [], CONFIGS_MAX, 'spec.config', errors, validateConfiguration);
  const name = spec.extendedResourceName;
  if (name == null || isExtendedResource(name)) return;
  errors.invalid('spec.extendedResourceName', name, 'must be a valid extended resource name');
}

/** A resource beyond Kubernetes' own, for which there can be a quota. */
function isExtendedResource(name: string): boolean {
  if (!name.includes('/') || name.includes('kubernetes.io/')) return false;
  return !name.startsWith('requests.') && qualifiedName(`requests.${name}`).length === 0;
}
