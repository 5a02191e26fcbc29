// Pods that wait for a node, in three parts: active (to be tried next, by priority and age),
// backoff (tried in vain, to be left alone for a while) and unschedulable (until an event may help
// them).
// Invariants: a pod is in one part at most; one that a plugin rejected leaves the unschedulable
// part only by an event for which one of its rejecting plugins asked, or after five minutes.
// Upstream: pkg/scheduler/backend/queue (with SchedulerQueueingHints and SchedulerPopFromBackoffQ).
import type { Pod } from '../api/types';
import type { Scope } from '../sim/scope';
import type { VirtualClock } from '../sim/clock';
import type { ClusterEvent, ClusterEventKind } from './cluster-event';
import { pendingPodChanges } from './cluster-event';
import type { Plugin } from './framework';
import { Heap } from './heap';
import { Nominator } from './nominator';
import { QueuedPod } from './queued-pod';
import type { ShapeRegistry } from './shape-registry';

const INITIAL_BACKOFF_MS = 1000;
const MAX_BACKOFF_MS = 10_000;
const BACKOFF_WINDOW_MS = 1000;
const MAX_UNSCHEDULABLE_MS = 5 * 60_000;
const FLUSH_PERIOD_MS = 30_000;

export class SchedulingQueue {
  readonly nominator = new Nominator();
  private readonly pods = new Map<string, QueuedPod>();
  private readonly active: Heap<QueuedPod>;
  private readonly backoff: Heap<QueuedPod>;
  private readonly errorBackoff: Heap<QueuedPod>;
  /** Unschedulable pods by the plugins that keep them there; '' for those that none does. */
  private readonly unschedulable = new Map<string, Set<QueuedPod>>();
  private unschedulableCount = 0;
  private readonly gates: Plugin[] = [];
  private readonly listeners = new Map<ClusterEventKind, Plugin[]>();
  private sequence = 0;
  private flushAtMs = Infinity;

  constructor(
    private readonly clock: VirtualClock,
    private readonly scope: Scope,
    private readonly shapes: ShapeRegistry,
    plugins: readonly Plugin[],
    /** Called when there may be something to pop. */
    private readonly wake: () => void,
  ) {
    const sort = plugins.find((plugin) => plugin.isBefore)!;
    const isMoreUrgent = sort.isBefore!.bind(sort);
    const isReadySooner = (a: QueuedPod, b: QueuedPod): boolean => {
      const earlier = backoffWindow(a) - backoffWindow(b);
      return earlier === 0 ? isMoreUrgent(a, b) : earlier < 0;
    };
    this.active = new Heap(isMoreUrgent);
    this.backoff = new Heap(isReadySooner);
    this.errorBackoff = new Heap(isReadySooner);
    this.addPlugins(plugins);
    scope.every(FLUSH_PERIOD_MS, () => this.flushUnschedulable());
  }

  /** Plugins that gate pods, or ask for events that may help those they rejected. */
  addPlugins(plugins: readonly Plugin[]): void {
    this.gates.push(...plugins.filter((plugin) => plugin.preEnqueue));
    for (const plugin of plugins) {
      for (const kind of new Set(plugin.hints?.flatMap((hint) => hint.on))) {
        const known = this.listeners.get(kind);
        if (known) known.push(plugin);
        else this.listeners.set(kind, [plugin]);
      }
    }
  }

  get size(): number {
    return this.pods.size;
  }

  /** Pods in each part. */
  sizes(): { active: number; backoff: number; unschedulable: number } {
    return {
      active: this.active.size,
      backoff: this.backoff.size + this.errorBackoff.size,
      unschedulable: this.unschedulableCount,
    };
  }

  /** All that wait, and the one that is being scheduled. */
  all(): Iterable<QueuedPod> {
    return this.pods.values();
  }

  get(uid: string): QueuedPod | undefined {
    return this.pods.get(uid);
  }

  /** A pod that came to be, or became ours. */
  add(pod: Pod): void {
    if (this.pods.has(pod.metadata.uid)) return;
    const nowMs = this.clock.nowMs;
    const queued = new QueuedPod(pod, this.shapes.acquire(pod), nowMs, this.sequence++);
    this.pods.set(queued.uid, queued);
    this.nominator.nominate(queued, pod.status.nominatedNodeName ?? '');
    this.activate(queued);
  }

  /** A pending pod that changed. */
  update(pod: Pod, old: Pod): void {
    const queued = this.pods.get(pod.metadata.uid);
    if (queued === undefined) {
      this.add(pod);
      return;
    }
    const events = pendingPodChanges(pod, old);
    queued.pod = pod;
    if (!queued.shape.fits(pod)) {
      const shape = this.shapes.acquire(pod);
      this.shapes.release(queued.shape);
      queued.shape = shape;
    }
    const nominated = pod.status.nominatedNodeName ?? '';
    if (nominated !== (old.status.nominatedNodeName ?? '')) {
      this.nominator.nominate(queued, nominated);
    }
    if (queued.queue === 'active') this.active.fix(queued);
    if (queued.queue === 'backoff') this.backoff.fix(queued);
    for (const kind of events) {
      if (queued.queue !== 'unschedulable') break;
      this.requeueIfHelped(queued, { kind, old, new: pod });
    }
  }

  /** Forgets the pod; the caller no longer waits for a node for it. */
  delete(uid: string): void {
    const queued = this.pods.get(uid);
    if (queued === undefined) return;
    this.nominator.remove(uid);
    this.detach(queued);
    this.pods.delete(uid);
    this.shapes.release(queued.shape);
  }

  /** The pod to try next; it is in no part until it is handed back or deleted. */
  pop(): QueuedPod | undefined {
    // With nothing active, a pod that still backs off is tried early rather than nobody; not after
    // errors.
    const queued = this.active.peek() ?? this.backoff.peek();
    if (queued === undefined) return undefined;
    this.detach(queued);
    queued.attempts++;
    return queued;
  }

  /** Hands a popped pod back that these plugins rejected. */
  returnRejected(queued: QueuedPod, rejectedBy: ReadonlySet<string>): void {
    queued.rejectedBy = rejectedBy;
    queued.rejections++;
    queued.errors = 0;
    this.stamp(queued);
    this.putUnschedulable(queued);
  }

  /** Hands a popped pod back whose cycle failed for no fault of its own. */
  returnFailed(queued: QueuedPod): void {
    queued.rejectedBy = new Set();
    queued.errors++;
    this.stamp(queued);
    this.requeue(queued);
  }

  /** Moves what the event may help. `isWanted` leaves others where they are. */
  move(event: ClusterEvent, isWanted?: (queued: QueuedPod) => boolean): void {
    if (this.unschedulableCount === 0) return;
    const candidates = new Set(this.unschedulable.get(''));
    for (const plugin of this.listeners.get(event.kind) ?? []) {
      for (const queued of this.unschedulable.get(plugin.name) ?? []) candidates.add(queued);
    }
    for (const queued of candidates) {
      if (isWanted === undefined || isWanted(queued)) this.requeueIfHelped(queued, event);
    }
  }

  /** Whether any plugin would look at such an event now. */
  hasUnschedulable(): boolean {
    return this.unschedulableCount > 0;
  }

  private requeueIfHelped(queued: QueuedPod, event: ClusterEvent): void {
    if (!this.mayHelp(queued, event)) return;
    this.detach(queued);
    this.requeue(queued);
  }

  private mayHelp(queued: QueuedPod, event: ClusterEvent): boolean {
    if (queued.rejectedBy.size === 0 && queued.gatedBy === '') return true;
    for (const plugin of this.listeners.get(event.kind) ?? []) {
      const { name } = plugin;
      if (queued.gatedBy ? name !== queued.gatedBy : !queued.rejectedBy.has(name)) continue;
      for (const hint of plugin.hints!) {
        if (!hint.on.includes(event.kind)) continue;
        if (hint.mayHelp === undefined || hint.mayHelp(queued, event)) return true;
      }
    }
    return false;
  }

  private requeue(queued: QueuedPod): void {
    if (queued.backoffUntilMs <= this.clock.nowMs) {
      this.activate(queued);
      return;
    }
    if (this.isGated(queued)) return;
    if (queued.errors > 0) {
      queued.queue = 'errorBackoff';
      this.errorBackoff.push(queued);
    } else {
      queued.queue = 'backoff';
      this.backoff.push(queued);
      this.wake();
    }
    this.setFlush();
  }

  private activate(queued: QueuedPod): void {
    if (this.isGated(queued)) return;
    queued.queue = 'active';
    this.active.push(queued);
    this.wake();
  }

  /** Puts a pod aside that some plugin does not let into the queue. */
  private isGated(queued: QueuedPod): boolean {
    queued.gatedBy = '';
    for (const gate of this.gates) {
      if (gate.preEnqueue!(queued.pod) === undefined) continue;
      queued.gatedBy = gate.name;
      this.putUnschedulable(queued);
      return true;
    }
    return false;
  }

  private putUnschedulable(queued: QueuedPod): void {
    queued.queue = 'unschedulable';
    this.unschedulableCount++;
    for (const name of keepersOf(queued)) {
      const kept = this.unschedulable.get(name);
      if (kept) kept.add(queued);
      else this.unschedulable.set(name, new Set([queued]));
    }
  }

  private detach(queued: QueuedPod): void {
    switch (queued.queue) {
      case 'active':
        this.active.remove(queued);
        break;
      case 'backoff':
        this.backoff.remove(queued);
        break;
      case 'errorBackoff':
        this.errorBackoff.remove(queued);
        break;
      case 'unschedulable':
        this.unschedulableCount--;
        for (const name of keepersOf(queued)) this.unschedulable.get(name)!.delete(queued);
        break;
      case undefined:
    }
    queued.queue = undefined;
  }

  private stamp(queued: QueuedPod): void {
    queued.timestampMs = this.clock.activityMs;
    queued.sequence = this.sequence++;
    const failures = queued.errors > 0 ? queued.errors : queued.rejections;
    const backoffMs = INITIAL_BACKOFF_MS * 2 ** Math.min(failures - 1, 10);
    queued.backoffUntilMs = queued.timestampMs + Math.min(backoffMs, MAX_BACKOFF_MS);
  }

  /** Backoffs end in steps of a window, so that pods of one moment are ordered by priority. */
  private setFlush(): void {
    const next = Math.min(
      this.backoff.peek()?.backoffUntilMs ?? Infinity,
      this.errorBackoff.peek()?.backoffUntilMs ?? Infinity,
    );
    if (next === Infinity) return;
    const atMs = Math.ceil(next / BACKOFF_WINDOW_MS) * BACKOFF_WINDOW_MS;
    if (atMs >= this.flushAtMs) return;
    this.flushAtMs = atMs;
    this.scope.after(Math.max(0, atMs - this.clock.activityMs), () => {
      if (this.flushAtMs !== atMs) return;
      this.flushAtMs = Infinity;
      this.flushBackoff(this.backoff);
      this.flushBackoff(this.errorBackoff);
      this.setFlush();
    });
  }

  private flushBackoff(heap: Heap<QueuedPod>): void {
    const nowMs = this.clock.nowMs;
    for (let queued = heap.peek(); queued; queued = heap.peek()) {
      if (queued.backoffUntilMs > nowMs) return;
      this.detach(queued);
      this.activate(queued);
    }
  }

  private flushUnschedulable(): void {
    if (this.unschedulableCount === 0) return;
    const before = this.clock.nowMs - MAX_UNSCHEDULABLE_MS;
    for (const queued of this.pods.values()) {
      if (queued.queue !== 'unschedulable' || queued.timestampMs >= before) continue;
      if (queued.gatedBy !== '') continue;
      this.detach(queued);
      this.requeue(queued);
    }
  }
}

function keepersOf(queued: QueuedPod): Iterable<string> {
  if (queued.gatedBy !== '') return [queued.gatedBy];
  return queued.rejectedBy.size > 0 ? queued.rejectedBy : [''];
}

function backoffWindow({ backoffUntilMs }: QueuedPod): number {
  return Math.ceil(backoffUntilMs / BACKOFF_WINDOW_MS);
}
