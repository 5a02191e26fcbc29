// The picture of a grown cluster's nodes before its programs run, so that it is drawn while they
// are still being taken up; the first whole picture comes after it.
import type { Machine } from '../../api/machine';
import type { KubeObject } from '../../api/object';
import { leases, machines, nodes, pods } from '../../api/resource-ref';
import type { Lease, Node, Pod } from '../../api/types';
import { viewNode } from '../../scene/node-view';
import type { SceneDelta } from '../../scene/scene';
import type { SavedCluster } from '../saved-cluster';

export function previewOf({ store, world, nowMs }: SavedCluster): SceneDelta {
  const renewals = byName((store.tables[leases.key] ?? []) as readonly Lease[]);
  const hardware = byName((world.tables[machines.key] ?? []) as readonly Machine[]);
  const residents = new Map<string, Set<Pod>>();
  for (const pod of (store.tables[pods.key] ?? []) as readonly Pod[]) {
    const { nodeName = '' } = pod.spec;
    const known = residents.get(nodeName);
    if (known) known.add(pod);
    else residents.set(nodeName, new Set([pod]));
  }
  const none = new Set<Pod>();
  return {
    atMs: nowMs,
    reset: true,
    nodes: ((store.tables[nodes.key] ?? []) as readonly Node[]).map((node) => {
      const { name } = node.metadata;
      return viewNode(name, {
        node,
        machine: hardware.get(name),
        lease: renewals.get(name),
        pods: residents.get(name) ?? none,
      });
    }),
    pods: [],
    services: [],
    removedNodes: [],
    removedPods: [],
    removedServices: [],
    gauges: {
      revision: store.revision,
      objectCount: 0,
      databaseBytes: 0,
      requestsPerSecond: 0,
      watchCount: 0,
      schedulerActive: 0,
      schedulerBackoff: 0,
      schedulerUnschedulable: 0,
    },
    messages: [],
    stories: [],
  };
}

function byName<T extends KubeObject>(objects: readonly T[]): ReadonlyMap<string, T> {
  return new Map(objects.map((object) => [object.metadata.name, object]));
}
