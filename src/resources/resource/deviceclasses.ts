// DeviceClasses. Upstream: pkg/registry/resource/deviceclass/strategy.go.
import { deviceClasses } from '../../api/extension-refs';
import type { DeviceClass } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { ageColumn, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';
import { atMost, validateOpaque } from './device-requests';

const SELECTORS_MAX = 32;
const CONFIGS_MAX = 32;

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
  const { selectors = [], config = [] } = spec;
  atMost(selectors, SELECTORS_MAX, 'spec.selectors', errors);
  selectors.forEach(({ cel }, index) => {
    const path = `spec.selectors[${index}].cel`;
    if (!cel) errors.required(path);
    else if (!cel.expression?.trim()) errors.required(`${path}.expression`);
  });
  atMost(config, CONFIGS_MAX, 'spec.config', errors);
  config.forEach(({ opaque }, index) => {
    const path = `spec.config[${index}]`;
    if (opaque) validateOpaque(opaque, `${path}.opaque`, errors);
    else errors.required(path, 'exactly one of `opaque` is required');
  });
}
