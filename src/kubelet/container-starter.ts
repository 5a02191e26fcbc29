// Starts one container of a pod: crash backoff, image, environment, create, start; with an Event
// for each step and a reason to wait when one fails.
// Upstream: pkg/kubelet/kuberuntime/kuberuntime_container.go (startContainer),
// kuberuntime_manager.go (doBackOff).
import type { Container as ContainerSpec } from '../api/types';
import { newestContainer, previousContainer, type Container } from '../runtime/container-runtime';
import type { StoredImage } from '../runtime/image-store';
import { currentDelayMs, raiseBackoff } from './backoff';
import type { KubeletContext } from './context';
import type { ImageManager } from './image-manager';
import { podText, type PodWorker } from './pod-worker';
import type { Prober } from './prober';
import type { References } from './references';
import { subPathProblem } from './sub-path';

const CRASH_LOOP = 'CrashLoopBackOff';

/** How a start went; `againMs` is when to try again where the backoff tells. */
export interface StartOutcome {
  isStarted: boolean;
  againMs?: number;
}

/** Creating and starting a container on a healthy machine. */
const CREATE_AND_START_MS = 90;

const STARTED: StartOutcome = Object.freeze({ isStarted: true });
const FAILED: StartOutcome = Object.freeze({ isStarted: false });

export class ContainerStarter {
  constructor(
    private readonly context: KubeletContext,
    private readonly images: ImageManager,
    private readonly references: References,
    private readonly prober: Prober,
  ) {}

  /**
   * Calls `done` when the container runs or has to wait; `wasKilled`: this pass stopped it itself.
   */
  start(
    worker: PodWorker,
    spec: ContainerSpec,
    wasKilled: boolean,
    done: (outcome: StartOutcome) => void,
  ): void {
    const againMs = this.backOff(worker, spec, wasKilled);
    if (againMs > 0) {
      done({ isStarted: false, againMs });
      return;
    }
    this.images.ensure(worker, spec, (outcome) => {
      if (worker.stage !== 'Syncing') {
        done(FAILED);
      } else if (outcome.image) {
        this.create(worker, spec, outcome.image, done);
      } else {
        const { reason, message } = outcome.waiting;
        this.fail(worker, spec, reason, message, reason, done);
      }
    });
  }

  /** Ms to wait before the next start because of crashes; 0 when it may start now. */
  private backOff(worker: PodWorker, spec: ContainerSpec, wasKilled: boolean): number {
    const newest = worker.sandbox && newestContainer(worker.sandbox, spec.name);
    // What this pass has killed was not yet dead when the pass looked.
    const last = newest && wasKilled ? previousContainer(worker.sandbox!, newest) : newest;
    if (last?.state !== 'Exited') return 0;
    const { nowMs } = this.context.sim.clock;
    const delayMs = currentDelayMs(worker.backoffs?.get(spec.name), last.finishedMs);
    const leftMs = last.finishedMs + delayMs - nowMs;
    if (leftMs <= 0) {
      worker.backoffs ??= new Map();
      raiseBackoff(worker.backoffs, spec.name, last.finishedMs, nowMs);
      return 0;
    }
    // The status is written by the next pass, which must not wait for the backoff to end.
    if (worker.waiting?.get(spec.name)?.reason !== CRASH_LOOP) this.context.relist(worker);
    const text = podText(worker.pod);
    const message = `Back-off restarting failed container ${spec.name} in pod ${text}`;
    this.context.event(worker, 'Warning', 'BackOff', message, spec.name);
    const seconds = delayMs / 1000;
    const shown = seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
    worker.setWaiting(
      spec.name,
      CRASH_LOOP,
      `back-off ${shown} restarting failed container=${spec.name} pod=${text}`,
    );
    return leftMs;
  }

  private create(
    worker: PodWorker,
    spec: ContainerSpec,
    image: StoredImage,
    done: (outcome: StartOutcome) => void,
  ): void {
    const { pod } = worker;
    const problem =
      this.references.environmentProblem(pod.metadata.namespace!, spec) ||
      subPathProblem(spec, pod);
    if (problem) {
      this.fail(worker, spec, 'CreateContainerConfigError', problem, problem, done);
      return;
    }
    this.context.later(worker, CREATE_AND_START_MS, () => {
      const { sandbox } = worker;
      if (worker.stage !== 'Syncing' || !sandbox?.isReady) {
        done(FAILED);
        return;
      }
      const { runtime } = this.context;
      const container = runtime.createContainer(sandbox, spec, image, worker.pod);
      this.context.event(worker, 'Normal', 'Created', 'Container created', spec.name);
      const error = runtime.startContainer(sandbox, container);
      if (error) this.fail(worker, spec, 'RunContainerError', error, error, done);
      else this.started(worker, spec, container, done);
    });
  }

  private started(
    worker: PodWorker,
    spec: ContainerSpec,
    container: Container,
    done: (outcome: StartOutcome) => void,
  ): void {
    this.context.event(worker, 'Normal', 'Started', 'Container started', spec.name);
    worker.clearWaiting(spec.name);
    this.prober.watch(worker, spec, container, false);
    done(STARTED);
  }

  private fail(
    worker: PodWorker,
    spec: ContainerSpec,
    reason: string,
    message: string,
    told: string,
    done: (outcome: StartOutcome) => void,
  ): void {
    worker.setWaiting(spec.name, reason, message);
    this.context.event(worker, 'Warning', 'Failed', 'Error: ' + told, spec.name);
    done(FAILED);
  }
}
