// What must change in a Service's slices for some pods that have changed: endpoints leave, change
// in place, or move into a slice with room, touching as few slices as can be.
// Upstream: staging/src/k8s.io/endpointslice/reconciler.go, reconcileByPortMapping and finalize.
import { deepEqual } from '../../api/deep-equal';
import type { Endpoint, EndpointPort, EndpointSlice } from '../../api/types';
import { portsKey } from '../slice-ports';
import { endpointsOf, type ServiceSlices } from './service-slices';

/** --max-endpoints-per-slice. */
export const MAX_ENDPOINTS = 100;

/** A pod's place as it should be. */
export interface Wanted {
  endpoint: Endpoint;
  ports: readonly EndpointPort[];
}

/** A slice as it should be; without `old` it is new, without endpoints it is a placeholder. */
export interface SliceChange {
  old?: EndpointSlice;
  ports: readonly EndpointPort[];
  endpoints: Endpoint[];
}

export interface SlicePlan {
  write: SliceChange[];
  delete: EndpointSlice[];
}

/** `changes` has an entry for every pod that changed, undefined when it should be in no slice. */
export function planSlices(
  known: ServiceSlices,
  changes: ReadonlyMap<string, Wanted | undefined>,
): SlicePlan {
  const touched = new Map<string, SliceChange>();
  const homeless = new Map<string, Wanted[]>();
  for (const [podName, wanted] of changes) {
    const sliceName = known.members.get(podName);
    const slice = sliceName === undefined ? undefined : known.slices.get(sliceName);
    const stays = slice && wanted && portsKey(slice.ports) === portsKey(wanted.ports);
    if (slice) replaceIn(touched, slice, podName, stays ? wanted.endpoint : undefined);
    if (wanted && !stays) {
      const key = portsKey(wanted.ports);
      const group = homeless.get(key);
      if (group) group.push(wanted);
      else homeless.set(key, [wanted]);
    }
  }
  const created: SliceChange[] = [];
  for (const [key, group] of homeless) house(known, touched, key, group, created);
  return finalize(known, touched, created);
}

function change(touched: Map<string, SliceChange>, slice: EndpointSlice): SliceChange {
  const { name } = slice.metadata;
  let entry = touched.get(name);
  if (!entry) {
    const ports = (slice.ports ?? []) as EndpointPort[];
    touched.set(name, (entry = { old: slice, ports, endpoints: [...endpointsOf(slice)] }));
  }
  return entry;
}

function replaceIn(
  touched: Map<string, SliceChange>,
  slice: EndpointSlice,
  podName: string,
  endpoint: Endpoint | undefined,
): void {
  const current = touched.get(slice.metadata.name)?.endpoints ?? endpointsOf(slice);
  const index = current.findIndex(({ targetRef }) => targetRef?.name === podName);
  if (index < 0 || (endpoint && deepEqual(current[index], endpoint))) return;
  const { endpoints } = change(touched, slice);
  if (endpoint) endpoints[index] = endpoint;
  else endpoints.splice(index, 1);
}

/** Slices that change anyway are filled first, then the one with the least room that suffices. */
function house(
  known: ServiceSlices,
  touched: Map<string, SliceChange>,
  key: string,
  group: readonly Wanted[],
  created: SliceChange[],
): void {
  const waiting = group.map(({ endpoint }) => endpoint);
  for (const entry of touched.values()) {
    if (portsKey(entry.ports) === key) fill(entry, waiting);
  }
  while (waiting.length > 0) {
    const slice =
      waiting.length < MAX_ENDPOINTS ? closest(known, touched, key, waiting.length) : undefined;
    if (slice) {
      fill(change(touched, slice), waiting);
      continue;
    }
    const fresh: SliceChange = { ports: group[0].ports, endpoints: [] };
    fill(fresh, waiting);
    created.push(fresh);
  }
}

function fill({ endpoints }: SliceChange, waiting: Endpoint[]): void {
  endpoints.push(...waiting.splice(0, MAX_ENDPOINTS - endpoints.length));
}

function closest(
  known: ServiceSlices,
  touched: ReadonlyMap<string, SliceChange>,
  key: string,
  needed: number,
): EndpointSlice | undefined {
  let best: EndpointSlice | undefined;
  for (const slice of known.withPorts(key)) {
    if (touched.has(slice.metadata.name)) continue;
    if (endpointsOf(slice).length + needed > MAX_ENDPOINTS) continue;
    if (!best || endpointsOf(slice).length > endpointsOf(best).length) best = slice;
  }
  return best;
}

/**
 * Empty slices go, but a new slice takes an old one's name, and the last one stays as placeholder.
 */
function finalize(
  known: ServiceSlices,
  touched: ReadonlyMap<string, SliceChange>,
  created: SliceChange[],
): SlicePlan {
  const write: SliceChange[] = [];
  const doomed: EndpointSlice[] = [];
  for (const entry of touched.values()) {
    if (entry.endpoints.length > 0) write.push(entry);
    else doomed.push(entry.old!);
  }
  for (const slice of known.slices.values()) {
    if (endpointsOf(slice).length === 0 && !touched.has(slice.metadata.name)) doomed.push(slice);
  }
  if (created.length === 0 && doomed.length === known.slices.size) {
    created.push({ ports: [], endpoints: [] });
  }
  const recycled = created.map((entry) => {
    const old = doomed.shift();
    return old ? { ...entry, old } : entry;
  });
  return { write: [...write, ...recycled.filter(isNews)], delete: doomed };
}

/** A placeholder that is there already need not be written. */
function isNews({ old, ports, endpoints }: SliceChange): boolean {
  return (
    !old ||
    endpointsOf(old).length > 0 ||
    endpoints.length > 0 ||
    (old.ports ?? []).length !== ports.length
  );
}
