// What the canvas draws of a node: the Node object, the Machine beneath it, its heartbeat and the
// sum of what its pods ask for.
import type { Machine } from '../api/machine';
import { parseQuantity } from '../api/quantity';
import { parseTime } from '../api/time';
import type { Lease, Node, Pod } from '../api/types';
import type { SceneNode } from './scene';

export interface NodeSources {
  node: Node | undefined;
  machine: Machine | undefined;
  lease: Lease | undefined;
  pods: Iterable<Pod> & { readonly size: number };
}

const RACK = 'topology.kubernetes.io/rack';

export function viewNode(name: string, { node, machine, lease, pods }: NodeSources): SceneNode {
  const allocatable = node?.status.allocatable ?? {};
  const requested = requestedBy(pods);
  const labels = node?.metadata.labels ?? {};
  const capacity = machine?.spec.capacity;
  const view: SceneNode = {
    name,
    machine: machine ? name : '',
    power: machine?.spec.power ?? '',
    network: machine?.spec.network ?? '',
    registered: node !== undefined,
    ready: readinessOf(node),
    roles: rolesOf(labels),
    zone: labels['topology.kubernetes.io/zone'] ?? machine?.spec.zone ?? '',
    ...(labels[RACK] && { rack: labels[RACK] }),
    cordoned: node?.spec.unschedulable === true,
    taints: (node?.spec.taints ?? []).map(
      ({ key, value, effect }) => `${key}${value ? '=' + value : ''}:${effect}`,
    ),
    cpu: {
      requested: Math.round(requested.cpu * 1000),
      allocatable: Math.round(parseQuantity(allocatable.cpu ?? capacity?.cpu ?? '0') * 1000),
    },
    memory: {
      requested: requested.memory,
      allocatable: parseQuantity(allocatable.memory ?? capacity?.memory ?? '0'),
    },
    podCount: pods.size,
    maxPods: parseQuantity(allocatable.pods ?? '0'),
    imageCount: node?.status.images?.length ?? 0,
    runtime: node?.status.nodeInfo?.containerRuntimeVersion ?? '',
    kubeletVersion: node?.status.nodeInfo?.kubeletVersion ?? '',
    heartbeatMs: heartbeatOf(lease),
  };
  const pressures = pressuresOf(node);
  if (pressures.length > 0) view.pressures = pressures;
  const { disk, programs, containers } = machine?.spec ?? {};
  if (disk) view.diskFilled = disk.filledPercent;
  if (programs) view.programs = programs;
  if (containers) view.containers = containers;
  return view;
}

function pressuresOf(node: Node | undefined): string[] {
  const met = (node?.status.conditions ?? []).filter(
    ({ type, status }) => status === 'True' && type.endsWith('Pressure'),
  );
  return met.map(({ type }) => type);
}

/** When the Lease was last renewed; 0 for never. */
export function heartbeatOf(lease: Lease | undefined): number {
  return lease?.spec.renewTime ? parseTime(lease.spec.renewTime) : 0;
}

export function readinessOf(node: Node | undefined): SceneNode['ready'] {
  const ready = node?.status.conditions?.find(({ type }) => type === 'Ready');
  if (ready?.status === 'True') return 'Ready';
  return ready?.status === 'Unknown' ? 'Unknown' : 'NotReady';
}

const ROLE = 'node-role.kubernetes.io/';

function rolesOf(labels: Record<string, string>): string[] {
  return Object.keys(labels)
    .filter((key) => key.startsWith(ROLE))
    .map((key) => key.slice(ROLE.length));
}

function requestedBy(pods: Iterable<Pod>): { cpu: number; memory: number } {
  let cpu = 0;
  let memory = 0;
  for (const { spec, status } of pods) {
    if (status.phase === 'Succeeded' || status.phase === 'Failed') continue;
    for (const { resources } of spec.containers) {
      cpu += parseQuantity(resources?.requests?.cpu ?? '0');
      memory += parseQuantity(resources?.requests?.memory ?? '0');
    }
  }
  return { cpu, memory };
}
