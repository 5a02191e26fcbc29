// One row of the benchmark, measured in a process of its own: `boot` or `pods:1000x10`. CPU time is
// that of the whole process, its compiler and garbage collector threads included. The engine is a
// program that runs for long, so what counts is an engine that has worked before: a row is measured
// after warm-up runs, the small rows several times, of which the median counts. The very first run
// of the process, which pays for compiling the engine, is told beside it as `cold...`; so is every
// boot of a tab. The row is printed as JSON; scripts/bench.mjs runs the rows and sums them up.

import { newCluster, type ClusterUnderTest } from './cluster-under-test';

/** As in the cluster that the page opens with. */
const bootSize = { workers: 4, maxPods: 110 };
/** Replicas of one Deployment; larger rows have more Deployments. */
const replicasMax = 1_000;
const warmUp = { boots: 150, podRuns: 10, pods: 1_000, nodes: 10 };
const measured = { boots: 21, podRuns: 5 };

export interface BootRow {
  /** Of the cluster that a page starts with. */
  cpuMs: number;
  coldCpuMs: number;
  /** With all kinds and controllers, as Node has it. */
  wholeCpuMs: number;
}

export interface PodsRow {
  nodes: number;
  pods: number;
  cpuMsPerPod: number;
  /** Only of the row that is its own warm-up: the larger ones are never run cold. */
  coldCpuMsPerPod?: number;
  heapBytesPerPod: number;
}

const row = process.argv[2] ?? '';
const [, pods, nodes] = /^pods:(\d+)x(\d+)$/.exec(row) ?? [];
if (row === 'boot') print(measureBoot());
else if (pods !== undefined) print(measurePods(Number(pods), Number(nodes)));
else throw new Error(`no row is called "${row}": try boot or pods:1000x10`);

function measureBoot(): BootRow {
  const coldCpuMs = bootCpuMs(true);
  return { cpuMs: warmBootCpuMs(true), coldCpuMs, wholeCpuMs: warmBootCpuMs(false) };
}

function warmBootCpuMs(isCore: boolean): number {
  // No forced collection before the measured ones: it throws warm code away.
  for (let run = 0; run < warmUp.boots; run++) bootCpuMs(isCore);
  return median(Array.from({ length: measured.boots }, () => bootCpuMs(isCore)));
}

function bootCpuMs(isCore: boolean): number {
  const started = process.cpuUsage();
  newCluster({ ...bootSize, isCore }).boot();
  return cpuMsSince(started);
}

function measurePods(podCount: number, nodeCount: number): PodsRow {
  const warmUpMs = () => cpuMsOf(filledCluster(warmUp.pods, warmUp.nodes));
  const coldCpuMs = warmUpMs();
  for (let run = 1; run < warmUp.podRuns; run++) warmUpMs();
  const isSmall = podCount === warmUp.pods && nodeCount === warmUp.nodes;
  const cpuMs = isSmall ? median(Array.from({ length: measured.podRuns }, warmUpMs)) : undefined;
  const last = filledCluster(podCount, nodeCount);
  return {
    nodes: nodeCount,
    pods: podCount,
    cpuMsPerPod: (cpuMs ?? last.cpuMs) / podCount,
    ...(isSmall && { coldCpuMsPerPod: coldCpuMs / podCount }),
    heapBytesPerPod: Math.round(podsBytes(last, podCount, nodeCount) / podCount),
  };
}

interface FilledCluster {
  /** Undefined once it has been weighed. */
  cluster: ClusterUnderTest | undefined;
  cpuMs: number;
}

/** A cluster that has booted and then been filled; its boot does not count. */
function filledCluster(podCount: number, nodeCount: number): FilledCluster {
  const cluster = newCluster(sizeFor(podCount, nodeCount));
  cluster.boot();
  const started = process.cpuUsage();
  fill(cluster, podCount);
  return { cluster, cpuMs: cpuMsSince(started) };
}

/** Room for the DaemonSet pods, and for nodes that are filled unevenly. */
function sizeFor(podCount: number, nodeCount: number): { workers: number; maxPods: number } {
  return { workers: nodeCount, maxPods: Math.ceil((podCount / nodeCount) * 1.2) + 10 };
}

/**
 * What the pods of a filled cluster hold: its heap less that of an empty one of the same size.
 * Weighed
 * after everything else, since a forced collection throws compiled code away.
 */
function podsBytes(filled: FilledCluster, podCount: number, nodeCount: number): number {
  const fullBytes = heapBytes();
  // Asked once more, so that the cluster is still held while the heap is weighed.
  filled.cluster?.runUntilReady();
  filled.cluster = undefined;
  const empty = newCluster(sizeFor(podCount, nodeCount));
  empty.boot();
  const emptyBytes = heapBytes();
  empty.runUntilReady();
  return fullBytes - emptyBytes;
}

function cpuMsOf({ cpuMs }: FilledCluster): number {
  return cpuMs;
}

function fill(cluster: ClusterUnderTest, podCount: number): void {
  for (let left = podCount, index = 1; left > 0; left -= replicasMax, index++) {
    cluster.createDeployment(`web-${index}`, Math.min(left, replicasMax));
  }
  cluster.runUntilReady();
}

function cpuMsSince(started: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function heapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** Twice, since what a finalizer lets go is only freed by the next collection. */
function collectGarbage(): void {
  if (globalThis.gc === undefined) throw new Error('run with --expose-gc');
  globalThis.gc();
  globalThis.gc();
}

function print(figures: BootRow | PodsRow): void {
  process.stdout.write(JSON.stringify(figures));
}
