// ResourceSlices: the devices that a driver offers on a node, or to several.
// Upstream: pkg/registry/resource/resourceslice/strategy.go, pkg/apis/resource/validation.
import type { IDevice } from 'kubernetes-models/resource.k8s.io/v1/Device';
import { resourceSlices } from '../../api/extension-refs';
import type { ResourceSlice, ResourceSliceSpec } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { dnsSubdomain } from '../../api/names';
import { canonicalQuantity } from '../../api/quantity';
import { formatTime } from '../../api/time';
import type { NodeSelector } from '../../api/types';
import { ageColumn, column, nameColumn } from '../columns';
import { validateNodeSelector } from '../core/pod/affinity-validation';
import type { ResourceDefinition } from '../definition';
import { validateDriver, validatePoolName, validateSet } from './device-names';
import { validateCounterSet, validateDevice } from './slice-devices';

const DEVICES_MAX = 128;
const SPECIAL_DEVICES_MAX = 64;
const COUNTER_SETS_MAX = 8;
const PLACES = '`nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection`';

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
    slice.spec = canonical(slice.spec ?? ({} as ResourceSliceSpec));
    return slice;
  },
  prepareForCreate: (slice, { nowMs }) => dated(slice, nowMs),
  prepareForUpdate: (slice, _old, { nowMs }) => dated(slice, nowMs),
  validate: ({ spec }, errors) => validateSpec(spec, errors),
  validateUpdate({ spec }, old, errors) {
    if (spec.pool?.name !== old.spec.pool?.name) {
      errors.invalid('spec.pool.name', spec.pool?.name ?? '', 'field is immutable');
    }
    for (const field of ['driver', 'nodeName'] as const) {
      if (spec[field] === old.spec[field]) continue;
      errors.invalid(`spec.${field}`, spec[field] ?? '', 'field is immutable');
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

/** With the time at which each taint was added. */
function dated(slice: ResourceSlice, nowMs: number): ResourceSlice {
  const { devices } = slice.spec;
  if (!devices?.some(({ taints }) => taints?.some(({ timeAdded }) => !timeAdded))) return slice;
  const timeAdded = formatTime(nowMs);
  const withTimes = devices.map((device) => {
    if (!device.taints) return device;
    return { ...device, taints: device.taints.map((taint) => ({ timeAdded, ...taint })) };
  });
  slice.spec = { ...slice.spec, devices: withTimes };
  return slice;
}

/** With its amounts as Kubernetes writes them; the same when they are. */
function canonical(spec: ResourceSliceSpec): ResourceSliceSpec {
  if (!spec.devices?.some(isToRewrite)) return spec;
  const devices = spec.devices.map((device) => {
    if (!isToRewrite(device)) return device;
    const capacity = Object.entries(device.capacity!).map(
      ([name, each]) => [name, { ...each, value: canonicalQuantity(each.value) }] as const,
    );
    return { ...device, capacity: Object.fromEntries(capacity) };
  });
  return { ...spec, devices };
}

function isToRewrite({ capacity = {} }: IDevice): boolean {
  return Object.values(capacity).some(({ value }) => canonicalQuantity(value) !== value);
}

function validateSpec(spec: ResourceSliceSpec, errors: FieldErrors): void {
  const { devices, sharedCounters } = spec;
  const pool: Partial<ResourceSliceSpec['pool']> = spec.pool ?? {};
  const { name = '', resourceSliceCount: count = 0, generation = 0 } = pool;
  validateDriver(spec.driver ?? '', 'spec.driver', errors);
  validatePoolName(name, 'spec.pool.name', errors);
  if (count <= 0) {
    errors.invalid('spec.pool.resourceSliceCount', count, 'must be greater than zero');
  }
  if (generation < 0) {
    errors.invalid('spec.pool.generation', generation, 'must be greater than or equal to zero');
  }
  validatePlace(spec, errors);
  if (sharedCounters && devices) {
    errors.invalid('spec', '', 'only one of `sharedCounters` or `devices` is allowed');
  }
  const hasSpecial = devices?.some(
    ({ taints, consumesCounters }) => taints?.length || consumesCounters?.length,
  );
  const max = hasSpecial ? SPECIAL_DEVICES_MAX : DEVICES_MAX;
  const validate = (device: IDevice, at: string): void => {
    validateDevice(device, spec.perDeviceNodeSelection === true, at, errors);
  };
  validateSet(devices ?? [], max, 'spec.devices', errors, validate, (device) => device.name ?? '');
  const path = 'spec.sharedCounters';
  const setName = (set: { name: string }): string => set.name;
  validateSet(sharedCounters ?? [], COUNTER_SETS_MAX, path, errors, validateCounterSet, setName);
}

function validatePlace(spec: ResourceSliceSpec, errors: FieldErrors): void {
  const given: string[] = [];
  if (spec.nodeName === '') {
    errors.invalid('spec.nodeName', '', 'must be either unset or set to a non-empty string');
  } else if (spec.nodeName != null) {
    given.push('`nodeName`');
    errors.invalidEach('spec.nodeName', spec.nodeName, dnsSubdomain(spec.nodeName));
  }
  if (spec.nodeSelector) {
    const terms = spec.nodeSelector.nodeSelectorTerms ?? [];
    given.push('`nodeSelector`');
    validateNodeSelector(spec.nodeSelector as NodeSelector, 'spec.nodeSelector', errors);
    if (terms.length !== 1) {
      const why = 'must have exactly one node selector term';
      errors.invalid('spec.nodeSelector.nodeSelectorTerms', terms, why);
    }
  }
  for (const field of ['allNodes', 'perDeviceNodeSelection'] as const) {
    if (spec[field]) given.push(`\`${field}\``);
    else if (spec[field] === false) {
      errors.invalid(`spec.${field}`, false, 'must be either unset or set to true');
    }
  }
  const rule = `exactly one of ${PLACES} is required`;
  if (given.length === 0) errors.required('spec', rule);
  else if (given.length > 1) {
    errors.invalid('spec', `{${given.join(', ')}}`, `${rule}, but multiple fields are set`);
  }
}
