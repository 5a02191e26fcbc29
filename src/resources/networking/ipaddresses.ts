// IPAddresses: that an address of a Service range is taken, and by what.
// Upstream: pkg/registry/networking/ipaddress/strategy.go, pkg/apis/networking/validation.
import { ipAddresses } from '../../api/extension-refs';
import type { IPAddress } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { ipErrors } from '../../api/ip';
import { pathSegment } from '../../api/names';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';

export const ipAddressDefinition: ResourceDefinition<IPAddress> = {
  ref: ipAddresses,
  singular: 'ipaddress',
  listKind: 'IPAddressList',
  shortNames: ['ip'],
  selectableFields: {
    'spec.parentRef.resource': ({ spec }) => spec.parentRef?.resource ?? '',
    'spec.parentRef.name': ({ spec }) => spec.parentRef?.name ?? '',
    'spec.parentRef.namespace': ({ spec }) => spec.parentRef?.namespace ?? '',
  },
  // Addresses of the second family hold colons, which no DNS name does.
  nameFormat: 'path-segment',
  applyDefaults(address) {
    address.spec ??= {} as IPAddress['spec'];
    return address;
  },
  validate,
  validateUpdate({ spec }, old, errors) {
    const [after, before] = [spec.parentRef, old.spec.parentRef].map((ref) => JSON.stringify(ref));
    if (after !== before) errors.invalid('spec.parentRef', spec.parentRef, 'field is immutable');
  },
  columns: [
    nameColumn,
    column(
      'ParentRef',
      'string',
      'ParentRef references the resource that an IPAddress is attached to. An IPAddress must ' +
        'reference a parent object.',
      ({ spec: { parentRef: parent } }) =>
        parent
          ? [parent.resource, parent.namespace, parent.name].filter(Boolean).join('/')
          : '<none>',
    ),
    ageColumn,
  ],
};

function validate({ metadata, spec }: IPAddress, errors: FieldErrors): void {
  errors.invalidEach('metadata.name', metadata.name, ipErrors(metadata.name));
  const { parentRef: parent } = spec;
  if (!parent) {
    errors.required('spec.parentRef');
    return;
  }
  const path = 'spec.parentRef';
  for (const field of ['resource', 'name'] as const) {
    const value = parent[field];
    if (!value) errors.required(`${path}.${field}`);
    else errors.invalidEach(`${path}.${field}`, value, pathSegment(value));
  }
  if (parent.namespace) {
    errors.invalidEach(`${path}.namespace`, parent.namespace, pathSegment(parent.namespace));
  }
}
