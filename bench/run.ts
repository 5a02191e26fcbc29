// One row of the benchmark, measured in a process of its own: `boot` or `pods:1000x10`. CPU time is
// that of the whole process, its compiler and garbage collector threads included, and cold: a tab
// also boots once. The row is printed as JSON; scripts/bench.mjs runs the rows and sums them up.

import { newCluster } from './cluster-under-test';

/** As in the cluster that the page opens with. */
const bootWorkers = 4;
const defaultMaxPods = 110;
/** Replicas of one Deployment; larger rows have more Deployments. */
const replicasMax = 1_000;

/** Boots in one process after the first, whose median says what a warm engine takes. */
const warmBoots = 15;

export interface BootRow {
  /** Of the first boot in a process. */
  cpuMs: number;
  warmCpuMs: number;
}

export interface PodsRow {
  nodes: number;
  pods: number;
  cpuMsPerPod: number;
  heapBytesPerPod: number;
}

const row = process.argv[2] ?? '';
const [, pods, nodes] = /^pods:(\d+)x(\d+)$/.exec(row) ?? [];
if (row === 'boot') print(measureBoot());
else if (pods !== undefined) print(measurePods(Number(pods), Number(nodes)));
else throw new Error(`no row is called "${row}": try boot or pods:1000x10`);

function measureBoot(): BootRow {
  const cpuMs = bootCpuMs();
  const warm = Array.from({ length: warmBoots }, bootCpuMs).toSorted((a, b) => a - b);
  return { cpuMs, warmCpuMs: warm[Math.floor(warmBoots / 2)] };
}

function bootCpuMs(): number {
  const started = process.cpuUsage();
  newCluster({ workers: bootWorkers, maxPods: defaultMaxPods }).boot();
  return cpuMsSince(started);
}

function measurePods(podCount: number, nodeCount: number): PodsRow {
  // Room for the DaemonSet pods, and for nodes that are filled unevenly.
  const maxPods = Math.ceil((podCount / nodeCount) * 1.2) + 10;
  const cluster = newCluster({ workers: nodeCount, maxPods });
  cluster.boot();
  const emptyBytes = heapBytes();
  const started = process.cpuUsage();
  for (let left = podCount, index = 1; left > 0; left -= replicasMax, index++) {
    cluster.createDeployment(`web-${index}`, Math.min(left, replicasMax));
  }
  cluster.runUntilReady();
  const cpuMs = cpuMsSince(started);
  const bytes = heapBytes() - emptyBytes;
  // Asked once more, so that the cluster is still held while the heap is measured.
  cluster.runUntilReady();
  return {
    nodes: nodeCount,
    pods: podCount,
    cpuMsPerPod: cpuMs / podCount,
    heapBytesPerPod: Math.round(bytes / podCount),
  };
}

function cpuMsSince(started: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

/** Twice, since what a finalizer lets go is only freed by the next collection. */
function heapBytes(): number {
  if (globalThis.gc === undefined) throw new Error('run with --expose-gc');
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

function print(measured: BootRow | PodsRow): void {
  process.stdout.write(JSON.stringify(measured));
}
