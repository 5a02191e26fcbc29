// What the canvas draws of a service: its address and how many of its endpoints are ready.
import { objectKey } from '../api/object';
import type { EndpointSlice, Service } from '../api/types';
import type { SceneService } from './scene';

export function viewService(
  service: Service,
  slices: Iterable<EndpointSlice>,
  hue: number,
): SceneService {
  const { spec, metadata } = service;
  let ready = 0;
  let total = 0;
  for (const { endpoints } of slices) {
    for (const { conditions } of endpoints ?? []) {
      total++;
      if (conditions?.ready !== false) ready++;
    }
  }
  return {
    key: objectKey(service),
    namespace: metadata.namespace!,
    name: metadata.name,
    type: spec.type ?? 'ClusterIP',
    clusterIP: spec.clusterIP ?? '',
    ports: (spec.ports ?? []).map(({ port, protocol }) => `${port}/${protocol ?? 'TCP'}`),
    ready,
    total,
    hue,
  };
}
