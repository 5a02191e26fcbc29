// Pods that wait for room which preemption is making for them, by the node where it is made.
// Upstream: pkg/scheduler/backend/queue/nominator.go.
import type { QueuedPod } from './queued-pod';

const NONE: readonly QueuedPod[] = [];

export class Nominator {
  private readonly byNode = new Map<string, QueuedPod[]>();
  private readonly nodeOf = new Map<string, string>();

  get isEmpty(): boolean {
    return this.nodeOf.size === 0;
  }

  onNode(nodeName: string): readonly QueuedPod[] {
    return this.byNode.get(nodeName) ?? NONE;
  }

  /** Puts the pod's nomination to this node; '' takes it away. */
  nominate(queued: QueuedPod, nodeName: string): void {
    this.remove(queued.uid);
    if (nodeName === '') return;
    this.nodeOf.set(queued.uid, nodeName);
    const nominated = this.byNode.get(nodeName);
    if (nominated) nominated.push(queued);
    else this.byNode.set(nodeName, [queued]);
  }

  remove(uid: string): void {
    const nodeName = this.nodeOf.get(uid);
    if (nodeName === undefined) return;
    this.nodeOf.delete(uid);
    const rest = this.byNode.get(nodeName)!.filter((queued) => queued.uid !== uid);
    if (rest.length > 0) this.byNode.set(nodeName, rest);
    else this.byNode.delete(nodeName);
  }

  nodeNameOf(uid: string): string {
    return this.nodeOf.get(uid) ?? '';
  }
}
