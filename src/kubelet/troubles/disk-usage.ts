// What is on a machine's one disk: what somebody else keeps there, the images, and what containers
// have written. Sizes are told as the kubelet's summary tells them, in blocks.
import { bytes } from '../../api/quantity';
import type { Container as ContainerSpec } from '../../api/types';
import { newestContainer } from '../../runtime/container-runtime';
import { hashString } from '../../sim/rng';
import type { Kubelet } from '../kubelet';
import type { PodWorker } from '../pod-worker';

const BLOCK_BYTES = 4096;

export interface ContainerUse {
  readonly name: string;
  readonly spec: ContainerSpec;
  /** Of its writable layer and its log. */
  readonly usedBytes: number;
}

export class DiskUsage {
  /** Share that somebody else keeps, in percent. */
  filledPercent = 0;
  readonly capacity: number;

  constructor(private readonly kubelet: Kubelet) {
    this.capacity = bytes(kubelet.machine.capacity.ephemeralStorage);
  }

  /** Bytes that are free, in whole blocks. */
  available(): number {
    let free = this.capacity * (1 - this.filledPercent / 100);
    for (const { sizeBytes } of this.kubelet.runtime.images.all()) free -= sizeBytes;
    for (const worker of this.kubelet.workers.values()) free -= this.usedBy(worker);
    return Math.max(0, Math.floor(free / BLOCK_BYTES) * BLOCK_BYTES);
  }

  usedBy(worker: PodWorker): number {
    return this.containersOf(worker).reduce((sum, { usedBytes }) => sum + usedBytes, 0);
  }

  containersOf({ pod, sandbox }: PodWorker): ContainerUse[] {
    if (!sandbox) return [];
    return pod.spec.containers.flatMap((spec) => {
      const container = newestContainer(sandbox, spec.name);
      if (!container || container.state === 'Created') return [];
      // A few blocks, always the same for the same container: its log and a pid file.
      const usedBytes = BLOCK_BYTES * (3 + (hashString(container.id) % 14));
      return [{ name: spec.name, spec, usedBytes }];
    });
  }
}
