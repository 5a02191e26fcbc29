// Endpoints: the older form of EndpointSlices. Upstream: pkg/registry/core/endpoint/strategy.go.
import { endpoints } from '../../api/resource-ref';
import type { EndpointSubset, Endpoints } from '../../api/types';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';
import { fill, mapShared, replace } from '../fill';
import { validateEndpoints } from './endpoints-validation';

const SHOWN_MAX = 3;

export const endpointsDefinition: ResourceDefinition<Endpoints> = {
  ref: endpoints,
  singular: 'endpoints',
  listKind: 'EndpointsList',
  shortNames: ['ep'],
  allowCreateOnUpdate: true,
  applyDefaults(object) {
    if (object.subsets) object.subsets = mapShared(object.subsets, defaultSubset);
    return object;
  },
  validate: validateEndpoints,
  warn(_object, _old, warnings) {
    warnings.push('v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice');
  },
  columns: [
    nameColumn,
    column(
      'Endpoints',
      'string',
      'The set of all endpoints is the union of all subsets. Addresses are placed into ' +
        'subsets according to the IPs they share. A single address with multiple ports, some ' +
        'of which are ready and some of which are not (because they come from different ' +
        'containers) will result in the address being displayed in different subsets for the ' +
        'different ports. No address will appear in both Addresses and NotReadyAddresses in ' +
        'the same subset. Sets of addresses and ports that comprise a service.',
      ({ subsets }) => formatSubsets(subsets ?? []),
    ),
    ageColumn,
  ],
};

function defaultSubset(subset: EndpointSubset): EndpointSubset {
  if (!subset.ports) return subset;
  return replace(
    subset,
    'ports',
    mapShared(subset.ports, (port) => fill(port, { protocol: 'TCP' })),
  );
}

function formatSubsets(subsets: readonly EndpointSubset[]): string {
  const all: string[] = [];
  for (const { addresses = [], ports = [] } of subsets) {
    if (ports.length === 0) all.push(...addresses.map(({ ip }) => ip));
    for (const { port } of ports) all.push(...addresses.map(({ ip }) => `${ip}:${port}`));
  }
  if (all.length === 0) return '<none>';
  const shown = all.slice(0, SHOWN_MAX).join(',');
  return all.length > SHOWN_MAX ? `${shown} + ${all.length - SHOWN_MAX} more...` : shown;
}
