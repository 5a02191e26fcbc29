// CSIStorageCapacities. Upstream: pkg/registry/storage/csistoragecapacity/strategy.go,
// pkg/apis/storage/validation/validation.go. Printed by no column of their own.
import { deepEqual } from '../../api/deep-equal';
import { csiStorageCapacities } from '../../api/extension-refs';
import type { CSIStorageCapacity } from '../../api/extension-types';
import { dnsSubdomain } from '../../api/names';
import { canonicalQuantity, parseQuantity, quantityError } from '../../api/quantity';
import type { ResourceDefinition } from '../definition';
import { validateLabelSelector } from '../label-selector-validation';

export const csiStorageCapacityDefinition: ResourceDefinition<CSIStorageCapacity> = {
  ref: csiStorageCapacities,
  singular: 'csistoragecapacity',
  listKind: 'CSIStorageCapacityList',
  applyDefaults(object) {
    for (const field of ['capacity', 'maximumVolumeSize'] as const) {
      const quantity = object[field];
      if (quantity === undefined || quantityError(quantity) !== undefined) continue;
      object[field] = canonicalQuantity(quantity);
    }
    return object;
  },
  validate({ nodeTopology, storageClassName, capacity }, errors) {
    validateLabelSelector(nodeTopology, 'nodeTopology', errors);
    const name = storageClassName ?? '';
    errors.invalidEach('storageClassName', name, dnsSubdomain(name));
    if (capacity === undefined || quantityError(capacity) !== undefined) return;
    if (parseQuantity(capacity) >= 0) return;
    const why = 'must be greater than or equal to 0';
    errors.invalid('capacity', canonicalQuantity(capacity), why);
  },
  validateUpdate(next, old, errors) {
    if (!deepEqual(next.nodeTopology, old.nodeTopology)) {
      errors.invalid('nodeTopology', next.nodeTopology ?? null, 'field is immutable');
    }
    if (next.storageClassName !== old.storageClassName) {
      errors.invalid('storageClassName', next.storageClassName, 'field is immutable');
    }
  },
};
