// Gets a container's image onto the machine, by its pull policy, with Events, errors and backoff as
// the real kubelet has them.
// Upstream: pkg/kubelet/images/image_manager.go.
import { oneText } from '../api/one-text';
import type { Container as ContainerSpec } from '../api/types';
import { ImageReferenceError, parseImage } from '../runtime/image-reference';
import type { PullResult, StoredImage } from '../runtime/image-store';
import { currentDelayMs, raiseBackoff } from './backoff';
import type { KubeletContext } from './context';
import { durationText } from './duration-text';
import { shared } from './shared-text';
import type { PodWorker, Waiting } from './pod-worker';

/** The image, or why the container waits for it. */
export type ImageOutcome = { image: StoredImage } | { image: undefined; waiting: Waiting };

export class ImageManager {
  constructor(
    private readonly context: KubeletContext,
    /** Told when an image has arrived, because the Node lists them. */
    private readonly imagePulled: () => void,
  ) {}

  /** Calls `done` at once when nothing is to be pulled. */
  ensure(worker: PodWorker, spec: ContainerSpec, done: (outcome: ImageOutcome) => void): void {
    const name = spec.image!;
    if (!this.isValid(worker, spec, done)) return;
    const image = this.context.runtime.images.find(name);
    const policy = spec.imagePullPolicy ?? 'IfNotPresent';
    if (image && policy !== 'Always') {
      const text = presentText(name);
      this.context.event(worker, 'Normal', 'Pulled', text, spec.name);
      done({ image });
    } else if (policy === 'Never') {
      const message = `Container image "${name}" is not present with pull policy of Never`;
      this.context.event(worker, 'Warning', 'ErrImageNeverPull', message, spec.name);
      done(failure('ErrImageNeverPull', message));
    } else if (this.isBackingOff(worker, name)) {
      const text = `Back-off pulling image "${name}"`;
      this.context.event(worker, 'Normal', 'BackOff', text, spec.name);
      done(failure('ImagePullBackOff', `${text}: ${lastError(worker, spec.name)}`));
    } else {
      this.pull(worker, spec, done);
    }
  }

  private isValid(
    worker: PodWorker,
    spec: ContainerSpec,
    done: (outcome: ImageOutcome) => void,
  ): boolean {
    try {
      parseImage(spec.image!);
      return true;
    } catch (error) {
      if (!(error instanceof ImageReferenceError)) throw error;
      const image = JSON.stringify(spec.image);
      const message =
        `Failed to apply default image tag ${image}: ` +
        `couldn't parse image name ${image}: ${error.message}`;
      this.context.event(worker, 'Warning', 'InspectFailed', message, spec.name);
      done(failure('InvalidImageName', message));
      return false;
    }
  }

  private isBackingOff(worker: PodWorker, name: string): boolean {
    const backoff = worker.backoffs?.get('image ' + name);
    const { nowMs } = this.context.sim.clock;
    return backoff !== undefined && nowMs - backoff.updatedMs < currentDelayMs(backoff, nowMs);
  }

  private pull(
    worker: PodWorker,
    spec: ContainerSpec,
    done: (outcome: ImageOutcome) => void,
  ): void {
    const { sim, scope, runtime } = this.context;
    const askedMs = sim.clock.activityMs;
    const { cause } = sim;
    this.context.event(worker, 'Normal', 'Pulling', pullingText(spec.image!), spec.name);
    runtime.images.pull(spec.image!, (result) => {
      if (!scope.isAlive) return;
      sim.cause = cause;
      done(this.pulled(worker, spec, result, sim.clock.activityMs - askedMs));
      sim.cause = 0;
    });
  }

  private pulled(
    worker: PodWorker,
    spec: ContainerSpec,
    { image, error, pullMs }: PullResult,
    totalMs: number,
  ): ImageOutcome {
    if (image) {
      const text = oneText(
        `Successfully pulled image "${spec.image}" in ${durationText(pullMs)} `,
        `(${durationText(totalMs)} including waiting). Image size: ${image.sizeBytes} bytes.`,
      );
      this.context.event(worker, 'Normal', 'Pulled', text, spec.name);
      this.imagePulled();
      return { image };
    }
    const text = `Failed to pull image "${spec.image}": ${error}`;
    this.context.event(worker, 'Warning', 'Failed', text, spec.name);
    const { nowMs } = this.context.sim.clock;
    worker.backoffs ??= new Map();
    raiseBackoff(worker.backoffs, 'image ' + spec.image, nowMs, nowMs);
    return failure('ErrImagePull', error);
  }
}

/** Texts that many pods share, by image. */
const presentText = shared(
  (image) => `Container image "${image}" already present on machine and can be accessed by the pod`,
);
const pullingText = shared((image) => `Pulling image "${image}"`);

function failure(reason: string, message: string): ImageOutcome {
  return { image: undefined, waiting: { reason, message } };
}

/** 'ErrImagePull: ...' as of the pull that failed last. */
function lastError(worker: PodWorker, container: string): string {
  const waiting = worker.waiting?.get(container);
  if (!waiting) return 'ErrImagePull';
  const at = waiting.message.indexOf('ErrImagePull: ');
  return at >= 0 ? waiting.message.slice(at) : `ErrImagePull: ${waiting.message}`;
}
