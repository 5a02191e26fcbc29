// What a large cluster is filled with: Deployments of the kinds that a company runs, in a few
// namespaces, and which of their pods run on which machine. Machines differ in how full they are,
// rack by rack, since a picture in which all are alike shows nothing.
import { hashString, type RandomStream } from '../../sim/rng';

export interface Workload {
  namespace: string;
  name: string;
  image: string;
  cpuMillicores: number;
  memoryMebibytes: number;
}

const NAMESPACES = ['shop', 'search', 'media', 'data', 'platform'];
const PARTS = [
  'api',
  'web',
  'worker',
  'cache',
  'queue',
  'gateway',
  'index',
  'render',
  'feed',
  'auth',
];
const IMAGES = ['nginx:1.27', 'redis:7.4', 'node:22', 'python:3.13', 'httpd:2.4', 'memcached:1.6'];
/** Requests: most pods are small, a few are not. */
const SIZES: readonly (readonly [cpuMillicores: number, memoryMebibytes: number])[] = [
  [25, 64],
  [50, 128],
  [75, 192],
  [100, 256],
  [150, 384],
  [250, 512],
];
const PODS_PER_WORKLOAD = 2_500;
const WORKLOADS = { least: 6, most: NAMESPACES.length * PARTS.length };

/** The Deployments for so many pods. */
export function workloadsFor(podCount: number): Workload[] {
  const wanted = Math.ceil(podCount / PODS_PER_WORKLOAD);
  const count = Math.min(WORKLOADS.most, Math.max(WORKLOADS.least, wanted));
  return Array.from({ length: count }, (_, index) => {
    const [cpuMillicores, memoryMebibytes] = SIZES[(index * 5) % SIZES.length];
    return {
      namespace: NAMESPACES[index % NAMESPACES.length],
      name: PARTS[Math.floor(index / NAMESPACES.length) % PARTS.length],
      image: imageOf(index),
      cpuMillicores,
      memoryMebibytes,
    };
  });
}

function imageOf(index: number): string {
  return IMAGES[(index * 7 + Math.floor(index / IMAGES.length)) % IMAGES.length];
}

export interface FillTarget {
  /** Of each machine. */
  pods: number;
  cpuMillicores: number;
  memoryMebibytes: number;
}

/**
 * For each machine the workloads of its pods, as indexes. Sums up to `podCount`, or to as many as
 * find room: no machine is asked for more than it has.
 */
export function assignPods(
  podCount: number,
  racks: readonly string[],
  room: FillTarget,
  workloads: readonly Workload[],
  random: RandomStream,
): number[][] {
  const shares = racks.map((rack) => warmthOf(rack) * (0.75 + random.float() / 2));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const smallest = smallestOf(workloads);
  let owed = 0;
  return shares.map((share) => {
    owed += (podCount * share) / total;
    const count = Math.min(room.pods, Math.round(owed));
    const chosen = choose(count, room, workloads, smallest, random);
    owed -= chosen.length;
    return chosen;
  });
}

/** Between 0.5 and 1.5, the same for all machines of a rack. */
function warmthOf(rack: string): number {
  return 0.5 + (hashString(rack) % 1_000) / 1_000;
}

function smallestOf(workloads: readonly Workload[]): number {
  let smallest = 0;
  workloads.forEach(({ cpuMillicores }, index) => {
    if (cpuMillicores < workloads[smallest].cpuMillicores) smallest = index;
  });
  return smallest;
}

function choose(
  count: number,
  room: FillTarget,
  workloads: readonly Workload[],
  smallest: number,
  random: RandomStream,
): number[] {
  const chosen: number[] = [];
  let cpu = room.cpuMillicores;
  let memory = room.memoryMebibytes;
  const fits = (index: number, after: number): boolean => {
    const { cpuMillicores, memoryMebibytes } = workloads[index];
    const least = workloads[smallest];
    return (
      cpuMillicores + after * least.cpuMillicores <= cpu &&
      memoryMebibytes + after * least.memoryMebibytes <= memory
    );
  };
  for (let left = count; left > 0; left--) {
    const wish = random.below(workloads.length);
    const index = fits(wish, left - 1) ? wish : smallest;
    if (!fits(index, 0)) break;
    cpu -= workloads[index].cpuMillicores;
    memory -= workloads[index].memoryMebibytes;
    chosen.push(index);
  }
  return chosen;
}
