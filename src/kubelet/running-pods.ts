// The extension's part of a kubelet for pods that change while they run.
import type { PodStatus } from '../api/types';
import type { KubeletContext } from './context';
import { planEphemeral, tellEphemeral } from './ephemeral-containers';
import type { PodActions } from './pod-actions';
import type { PodChanges } from './pod-changes';
import { allocatedSpec, PodResizer, tellResize, type JudgeResize } from './pod-resize';
import { tellOwnResources } from './pod-resources';
import type { PodWorker } from './pod-worker';

const RESIZE_CONDITIONS = new Set(['PodResizePending', 'PodResizeInProgress']);

/** Looks after what is added to pods and taken from them while they run. */
export function startPodChanges(context: KubeletContext, judge: JudgeResize): PodChanges {
  return new RunningPods(new PodResizer(context, judge));
}

class RunningPods implements PodChanges {
  constructor(private readonly resizer: PodResizer) {}

  changed(worker: PodWorker): void {
    const { pod, syncedSpec } = worker;
    if (pod.spec !== syncedSpec) this.resizer.begin(worker, syncedSpec);
    else if (pod.status.conditions?.some(({ type }) => RESIZE_CONDITIONS.has(type))) {
      this.resizer.begin(worker, allocatedSpec(pod));
    }
  }

  plan(worker: PodWorker, actions: PodActions): void {
    if (actions.isTerminal) return;
    planEphemeral(worker, actions);
    if (worker.resize) this.resizer.plan(worker, worker.resize, actions);
  }

  tell(worker: PodWorker, status: PodStatus, old: PodStatus): void {
    tellEphemeral(worker, status, old);
    if (worker.resize) tellResize(worker.resize, status);
    if (worker.pod.spec.resources) tellOwnResources(worker, status);
  }

  freed(): void {
    this.resizer.retry();
  }
}
