import type { EndpointPort } from '../api/types';

/** Slices hold endpoints with the same ports; this names such a group. */
export function portsKey(ports: readonly EndpointPort[] | undefined): string {
  return (ports ?? [])
    .map(({ name, protocol, port, appProtocol }) => [name, protocol, port, appProtocol].join('/'))
    .sort()
    .join(',');
}
