// ResourceSlices: the devices that a driver offers on a node.
// Upstream: pkg/registry/resource/resourceslice/strategy.go, pkg/apis/resource/validation.
import { resourceSlices } from '../../api/extension-refs';
import type { ResourceSlice } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { dnsLabel, dnsSubdomain } from '../../api/names';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';
import { atMost, validateDriver } from './device-requests';

const DEVICES_MAX = 128;

export const resourceSliceDefinition: ResourceDefinition<ResourceSlice> = {
  ref: resourceSlices,
  singular: 'resourceslice',
  listKind: 'ResourceSliceList',
  hasGeneration: true,
  selectableFields: {
    'spec.driver': ({ spec }) => spec.driver ?? '',
    'spec.nodeName': ({ spec }) => spec.nodeName ?? '',
  },
  applyDefaults(slice) {
    slice.spec ??= {} as ResourceSlice['spec'];
    return slice;
  },
  validate,
  validateUpdate({ spec }, old, errors) {
    for (const field of ['driver', 'nodeName'] as const) {
      if (spec[field] === old.spec[field]) continue;
      errors.invalid(`spec.${field}`, spec[field] ?? '', 'field is immutable');
    }
    if (spec.pool?.name !== old.spec.pool?.name) {
      errors.invalid('spec.pool.name', spec.pool?.name ?? '', 'field is immutable');
    }
  },
  columns: [
    nameColumn,
    column(
      'Node',
      'string',
      'NodeName identifies the node which provides the resources in this pool. A field selector ' +
        'can be used to list only ResourceSlice objects belonging to a certain node.',
      ({ spec }) => spec.nodeName || '<unset>',
    ),
    column(
      'Driver',
      'string',
      'Driver identifies the DRA driver providing the capacity information. A field selector can ' +
        'be used to list only ResourceSlice objects with a certain driver name.',
      ({ spec }) => spec.driver,
    ),
    column(
      'Pool',
      'string',
      'Name is used to identify the pool. For node-local devices, this is often the node name, ' +
        'but this is not required.',
      ({ spec }) => spec.pool?.name ?? '',
    ),
    ageColumn,
  ],
};

function validate({ spec }: ResourceSlice, errors: FieldErrors): void {
  validateDriver(spec.driver ?? '', 'spec.driver', errors);
  const name = spec.pool?.name ?? '';
  const count = spec.pool?.resourceSliceCount ?? 0;
  const generation = spec.pool?.generation ?? 0;
  if (name === '') errors.required('spec.pool.name');
  else {
    for (const part of name.split('/')) {
      errors.invalidEach('spec.pool.name', name, dnsSubdomain(part));
    }
  }
  if (count <= 0)
    errors.invalid('spec.pool.resourceSliceCount', count, 'must be greater than zero');
  if (generation < 0) {
    errors.invalid('spec.pool.generation', generation, 'must be greater than or equal to zero');
  }
  const places = [spec.nodeName, spec.nodeSelector, spec.allNodes, spec.perDeviceNodeSelection];
  const given = places.filter(Boolean).length;
  const fields = '`nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection`';
  if (given === 0) errors.required('spec', `exactly one of ${fields} is required`);
  else if (given > 1) {
    errors.invalid(
      'spec',
      null,
      `exactly one of ${fields} is required, but multiple fields are set`,
    );
  }
  const devices = spec.devices ?? [];
  atMost(devices, DEVICES_MAX, 'spec.devices', errors);
  const names = new Set<string>();
  devices.forEach((device, index) => {
    const path = `spec.devices[${index}].name`;
    errors.invalidEach(path, device.name ?? '', dnsLabel(device.name ?? ''));
    if (names.has(device.name)) errors.duplicate(path, device.name);
    names.add(device.name);
  });
}
