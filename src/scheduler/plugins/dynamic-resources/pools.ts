// The pools of devices that a node can reach: of each the slices of the newest generation, and
// whether there are as many of them as there should be.
// Where the real one differs: pools come in the order of their names, and not in none.
// Upstream: k8s.io/dynamic-resource-allocation/structured/internal/incubating/pools_incubating.go.
import type { ICounterSet } from 'kubernetes-models/resource.k8s.io/v1/CounterSet';
import type { IDevice } from 'kubernetes-models/resource.k8s.io/v1/Device';
import type { ResourceSlice } from '../../../api/extension-types';
import { matchesNodeSelector } from '../../../api/node-affinity';
import type { Node, NodeSelector } from '../../../api/types';
import type { Informer } from '../../../client/informer';

export interface Pool {
  readonly driver: string;
  readonly name: string;
  /** Slices that hold devices for the node. */
  readonly slices: readonly ResourceSlice[];
  /** Slices of the generation, the node's and those of others. */
  readonly all: readonly ResourceSlice[];
  readonly counterSets: readonly ICounterSet[];
  /** Slices are missing: the driver is about to write them. */
  readonly isIncomplete: boolean;
  /** Names of devices are not unique. */
  readonly isInvalid: boolean;
}

interface Place {
  readonly nodeName?: string;
  readonly nodeSelector?: unknown;
  readonly allNodes?: boolean;
}

const EVERYWHERE = '';

export class Pools {
  constructor(private readonly slices: Informer<ResourceSlice>) {
    slices.addIndex('place', ({ spec }) => [spec.nodeName || EVERYWHERE]);
    slices.addIndex('pool', (slice) => [poolKey(slice)]);
  }

  /** Those with devices that the node can reach, by name. */
  of(node: Node): Pool[] {
    const reached = new Map<string, ResourceSlice[]>();
    const { name } = node.metadata;
    for (const place of [name, EVERYWHERE]) {
      for (const slice of this.slices.byIndex('place', place)) {
        if (!isReached(slice, node)) continue;
        const key = poolKey(slice);
        const known = reached.get(key);
        if (known) known.push(slice);
        else reached.set(key, [slice]);
      }
    }
    const pools: Pool[] = [];
    for (const [key, slices] of reached) {
      const pool = this.pool(key, slices);
      if (pool) pools.push(pool);
    }
    return pools.sort(byBindingAndName);
  }

  /** Undefined when what the node reaches is of a generation that is past. */
  private pool(key: string, reached: readonly ResourceSlice[]): Pool | undefined {
    const everywhere = [...this.slices.byIndex('pool', key)];
    const generation = Math.max(...everywhere.map(generationOf));
    const isNewest = (slice: ResourceSlice): boolean => generationOf(slice) === generation;
    const slices = reached.filter(isNewest).sort(byName);
    if (slices.length === 0) return undefined;
    const all = everywhere.filter(isNewest).sort(byName);
    const { driver, pool } = slices[0].spec;
    return {
      driver,
      name: pool.name,
      slices,
      all,
      counterSets: all.flatMap(({ spec }) => spec.sharedCounters ?? []),
      isIncomplete: all.length !== pool.resourceSliceCount,
      isInvalid: hasDuplicates(all),
    };
  }
}

function poolKey({ spec }: ResourceSlice): string {
  return `${spec.driver}/${spec.pool.name}`;
}

function generationOf({ spec }: ResourceSlice): number {
  return spec.pool.generation;
}

function byName(a: ResourceSlice, b: ResourceSlice): number {
  return a.metadata.name < b.metadata.name ? -1 : 1;
}

/** Devices that have to be waited for come last. */
function byBindingAndName(a: Pool, b: Pool): number {
  const difference = Number(hasBinding(a)) - Number(hasBinding(b));
  return difference || (`${a.driver}/${a.name}` < `${b.driver}/${b.name}` ? -1 : 1);
}

function hasBinding({ slices }: Pool): boolean {
  return slices.some(({ spec }) =>
    spec.devices?.some(({ bindingConditions }) => bindingConditions?.length),
  );
}

function hasDuplicates(slices: readonly ResourceSlice[]): boolean {
  const names = slices.flatMap(({ spec }) => (spec.devices ?? []).map(({ name }) => name));
  return new Set(names).size < names.length;
}

function isReached({ spec }: ResourceSlice, node: Node): boolean {
  if (!spec.perDeviceNodeSelection) return reaches(spec, node);
  return spec.devices?.some((device) => reaches(device, node)) ?? false;
}

function reaches({ nodeName, nodeSelector, allNodes }: Place, node: Node): boolean {
  if (nodeName) return nodeName === node.metadata.name;
  if (allNodes) return true;
  return nodeSelector ? matchesNodeSelector(nodeSelector as NodeSelector, node) : false;
}

/** Whether the device of a slice that the node reaches is one of the node's. */
export function isDeviceReached({ spec }: ResourceSlice, device: IDevice, node: Node): boolean {
  return !spec.perDeviceNodeSelection || reaches(device, node);
}
