// Removes images that no container uses: under pressure all of them, else every five minutes as
// many as bring the disk from above 85% down to 80%.
// Upstream: pkg/kubelet/images/image_gc_manager.go.
import type { StoredImage } from '../../runtime/image-store';
import type { Kubelet } from '../kubelet';
import type { DiskUsage } from './disk-usage';

const PERIOD_MS = 300_000;
const HIGH_PERCENT = 85;
const LOW_PERCENT = 80;
/** The image of sandboxes is pinned. */
const PINNED = /\/pause:/;

export class ImageCollector {
  private hasFailed = false;
  private isRunning = false;

  constructor(
    private readonly kubelet: Kubelet,
    private readonly disk: DiskUsage,
  ) {}

  /** Collects every five minutes for as long as somebody watches the disk. */
  watch(isWatching: () => boolean): void {
    if (this.isRunning) return;
    this.isRunning = true;
    this.kubelet.scope.after(PERIOD_MS, () => {
      this.isRunning = false;
      if (!isWatching()) return;
      this.collect();
      this.watch(isWatching);
    });
  }

  /** Returns how many bytes were freed. */
  removeUnused(wantedBytes: number): number {
    const { images, sandboxes } = this.kubelet.runtime;
    const used = new Set<StoredImage>();
    for (const { containers } of sandboxes.values()) {
      for (const { image } of containers) used.add(image);
    }
    const unused = [...images.all()].filter(
      (image) => !used.has(image) && !PINNED.test(image.reference),
    );
    let freed = 0;
    for (const { reference, sizeBytes } of unused) {
      if (freed >= wantedBytes) break;
      images.remove(reference);
      freed += sizeBytes;
    }
    if (freed > 0) this.kubelet.nodeAgent.changed();
    return freed;
  }

  private collect(): void {
    const { capacity } = this.disk;
    const available = this.disk.available();
    const usedPercent = 100 - Math.floor((available * 100) / capacity);
    if (usedPercent < HIGH_PERCENT) {
      this.hasFailed = false;
      return;
    }
    const wanted = Math.floor((capacity * (100 - LOW_PERCENT)) / 100) - available;
    const freed = this.removeUnused(wanted);
    if (freed >= wanted) {
      this.hasFailed = false;
      return;
    }
    const message =
      'Failed to garbage collect required amount of images. ' +
      `Attempted to free ${wanted} bytes, but only found ${freed} bytes eligible to free.`;
    const { nodeAgent } = this.kubelet;
    nodeAgent.event('FreeDiskSpaceFailed', message, 'Warning');
    // The kubelet itself complains from the second time on.
    if (this.hasFailed) nodeAgent.event('ImageGCFailed', message, 'Warning');
    this.hasFailed = true;
  }
}
