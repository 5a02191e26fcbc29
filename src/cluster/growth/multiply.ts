// Makes many of few in a saved cluster: machines, Nodes, Leases and CSINodes of one worker, the
// pods of DaemonSets, the pods of workloads. What did not change is shared, so that a pod costs
// less than a kilobyte.
import type { Machine } from '../../api/machine';
import type { Draft, KubeObject } from '../../api/object';
import { deployments, leases, machines, nodes, pods, replicaSets } from '../../api/resource-ref';
import { csiNodes } from '../../api/extension-refs';
import type { Deployment, Lease, Node, Pod, ReplicaSet } from '../../api/types';
import type { SavedCluster } from '../saved-cluster';
import { DaemonPods, imageEntries, NodeGrowth } from './grown-nodes';
import { GrownPods } from './grown-pods';
import { Revisions, type Growth } from './growth';
import { assignPods } from './workloads';

const RACK_LABEL = 'topology.kubernetes.io/rack';
/** Processors and memory that the system's pods of a machine may ask for. */
const RESERVED = { cpuMillicores: 250, memoryMebibytes: 400, pods: 8 };

export function multiply(growth: Growth): SavedCluster {
  const { saved, options, nowMs, random } = growth;
  const revisions = new Revisions(saved.store.revision);
  const tables: Record<string, readonly KubeObject[]> = { ...saved.store.tables };
  const of = <T extends KubeObject>(ref: { key: string }): T[] => (tables[ref.key] ?? []) as T[];
  const all = of<Pod>(pods);
  const isPlanted = ({ metadata }: Pod): boolean =>
    growth.workloads.some(({ namespace }) => namespace === metadata.namespace);
  const system = all.filter((pod) => !isPlanted(pod));
  const workers = growth.machines.filter(({ spec }) => spec?.role !== 'control-plane');
  const chosen = assignment(growth, workers);
  const grownPods = new GrownPods(growth.workloads, all.filter(isPlanted), revisions, random);
  const grownNodes = new NodeGrowth({
    growth,
    revisions,
    known: of<Node>(nodes),
    images: imageEntries(of<Node>(nodes)),
  });
  const daemons = new DaemonPods(system, workers[0]?.metadata.name ?? '', revisions, random);

  const podList: Pod[] = [...system];
  const nodeList = of<Node>(nodes).filter(({ metadata }) =>
    growth.machines.some(
      ({ metadata: { name }, spec }) => name === metadata.name && spec?.role === 'control-plane',
    ),
  );
  const known = new Set(of<Node>(nodes).map(({ metadata }) => metadata.name));
  workers.forEach((machine, index) => {
    const name = machine.metadata.name!;
    const { address, podCIDR } = grownNodes.placeOf(machine);
    const residents = known.has(name)
      ? system.filter(({ spec }) => spec.nodeName === name)
      : daemons.podsOn(name, address);
    const grown = grownPods.podsOn(name, address, podCIDR, chosen[index] ?? [], residents);
    if (!known.has(name)) podList.push(...residents);
    podList.push(...grown);
    nodeList.push(grownNodes.node(machine, [...residents, ...grown]));
  });
  tables[pods.key] = podList;
  tables[nodes.key] = nodeList.map((node) => grownNodes.withTtl(node));
  tables[leases.key] = grownNodes.leases(of<Lease>(leases), nodeList, nowMs);
  tables[csiNodes.key] = grownNodes.perNode(of(csiNodes), nodeList);
  tables[deployments.key] = of<Deployment>(deployments).map((each) => grownPods.counted(each));
  tables[replicaSets.key] = of<ReplicaSet>(replicaSets).map((each) => grownPods.counted(each));
  tables['daemonsets.apps'] = daemons.counted(of(DAEMON_SETS), nodeList.length);
  tables['events'] = [];
  const worldRevisions = new Revisions(saved.world.revision);
  const world = grownNodes.machinesAfter(
    (saved.world.tables[machines.key] ?? []) as Machine[],
    worldRevisions,
    random,
  );
  return {
    ...saved,
    options,
    startMs: nowMs,
    nowMs,
    store: { revision: revisions.newest, tables },
    world: {
      revision: worldRevisions.newest,
      tables: { ...saved.world.tables, [machines.key]: world },
    },
  };
}

const DAEMON_SETS = { key: 'daemonsets.apps' };

function assignment(
  { podCount, workloads, random }: Growth,
  workers: readonly Draft<Machine>[],
): number[][] {
  if (podCount === 0 || workers.length === 0) return [];
  const { capacity } = workers[0].spec!;
  const racks = workers.map(({ spec, metadata }) => spec?.labels?.[RACK_LABEL] ?? metadata.name!);
  const room = {
    pods: capacity.pods - RESERVED.pods,
    cpuMillicores: Number(capacity.cpu) * 1000 - RESERVED.cpuMillicores,
    memoryMebibytes: Number.parseInt(capacity.memory, 10) * 1024 - RESERVED.memoryMebibytes,
  };
  return assignPods(podCount, racks, room, workloads, random);
}
