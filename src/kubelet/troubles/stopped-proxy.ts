// kube-proxy is kept from running: each process of it ends as soon as it is seen, so that its
// container goes into CrashLoopBackOff; what it has written into the machine's tables stays.
import type { Kubelet } from '../kubelet';

const PROGRAM = 'kube-proxy';
const LOOK_MS = 1_000;

export class StoppedProxy {
  private isStopped = false;

  constructor(private readonly kubelet: Kubelet) {}

  ask(isStopped: boolean): void {
    const was = this.isStopped;
    this.isStopped = isStopped;
    if (isStopped && !was) this.keepDown();
  }

  private keepDown(): void {
    if (!this.isStopped) return;
    const { runtime, scope } = this.kubelet;
    for (const { podUid, containers } of runtime.sandboxes.values()) {
      if (containers.some(({ name, state }) => name === PROGRAM && state === 'Running')) {
        runtime.killContainer(podUid, PROGRAM, 1);
      }
    }
    scope.after(LOOK_MS, () => this.keepDown());
  }
}
