// The slices of one Service as this controller believes them to be, with its own writes included
// before the cache shows them, and which pod is in which slice.
import type { Endpoint, EndpointSlice } from '../../api/types';
import { portsKey } from '../slice-ports';

export class ServiceSlices {
  /** By name. */
  readonly slices = new Map<string, EndpointSlice>();
  /** Pod name to slice name. */
  readonly members = new Map<string, string>();

  /** Takes in a slice as written or as seen. */
  put(slice: EndpointSlice): void {
    const { name } = slice.metadata;
    const old = this.slices.get(name);
    this.slices.set(name, slice);
    for (const endpoint of endpointsOf(old)) {
      const podName = endpoint.targetRef?.name;
      if (podName && this.members.get(podName) === name) this.members.delete(podName);
    }
    for (const endpoint of endpointsOf(slice)) {
      if (endpoint.targetRef?.name) this.members.set(endpoint.targetRef.name, name);
    }
  }

  delete(name: string): void {
    const old = this.slices.get(name);
    this.slices.delete(name);
    for (const endpoint of endpointsOf(old)) {
      const podName = endpoint.targetRef?.name;
      if (podName && this.members.get(podName) === name) this.members.delete(podName);
    }
  }

  /** Slices with these ports. */
  *withPorts(key: string): Iterable<EndpointSlice> {
    for (const slice of this.slices.values()) {
      if (portsKey(slice.ports) === key && endpointsOf(slice).length > 0) yield slice;
    }
  }
}

const NO_ENDPOINTS: readonly Endpoint[] = Object.freeze([]);

/** The slice's endpoints; an empty slice may leave the field out. */
export function endpointsOf(slice: EndpointSlice | undefined): readonly Endpoint[] {
  return slice?.endpoints ?? NO_ENDPOINTS;
}
