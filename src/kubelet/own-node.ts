// Kubelets look at their Node every ten seconds for what others have put into its capacity, such as
// resources that no kubelet knows of. One watch of all Nodes serves all kubelets of a cluster.
// Where the real one differs: each has a watch of its own. When the machine of the one watch is
// gone, the others notice at their report, which comes every five minutes.
import { nodes } from '../api/resource-ref';
import type { Node } from '../api/types';
import type { Simulation } from '../sim/simulation';
import type { VolumeHost } from './volumes/volumes';

interface Hub {
  /** By machine: what is to be told that its Node says something new. */
  readonly changed: Map<string, () => void>;
  hasWatch: boolean;
}

const hubs = new WeakMap<Simulation, Hub>();

/** Has the kubelet look at its Node within ten seconds of a change that concerns it. */
export function watchOwnNode({ context, component, nodeAgent }: VolumeHost): void {
  const { sim, machine, scope } = context;
  const hub = hubs.get(sim) ?? { changed: new Map<string, () => void>(), hasWatch: false };
  hubs.set(sim, hub);
  hub.changed.set(machine.name, () => nodeAgent.changed());
  scope.onStop(() => hub.changed.delete(machine.name));
  if (hub.hasWatch) return;
  hub.hasWatch = true;
  scope.onStop(() => (hub.hasWatch = false));
  const informer = component.informer(nodes);
  const look = (node: Node): void => {
    if (hasUnseenResource(node)) hub.changed.get(node.metadata.name)?.();
  };
  informer.addHandler({ added: look, updated: look });
  informer.start();
}

function hasUnseenResource({ status: { capacity, allocatable } }: Node): boolean {
  for (const name in capacity) {
    if (allocatable && name in allocatable) continue;
    return true;
  }
  for (const name in allocatable) if (!capacity || !(name in capacity)) return true;
  return false;
}
