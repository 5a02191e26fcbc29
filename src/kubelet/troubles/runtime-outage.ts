// The container runtime is down: its containers run on, but nothing can be started, stopped or
// learned. After thirty seconds the Node says so; once it is back every pod is looked at.
// Upstream: pkg/kubelet/runtime.go, pkg/kubelet/pleg/generic.go.
import type { Machine } from '../../api/machine';
import type { Timer } from '../../sim/clock';
import { durationText } from '../duration-text';
import type { Kubelet } from '../kubelet';

/** maxWaitForContainerRuntime */
const PATIENCE_MS = 30_000;
const PLEG_THRESHOLD_MS = 180_000;
/** systemd starts a service that has crashed after this (RestartSec). */
const RESTART_MS = 5_000;

type Program = NonNullable<Machine['spec']['programs']>[string];

export class RuntimeOutage {
  private sinceMs: number | undefined;
  private restart: Timer | undefined;

  constructor(
    private readonly kubelet: Kubelet,
    private crashes: number,
  ) {}

  get isDown(): boolean {
    return this.sinceMs !== undefined;
  }

  /** '' while the kubelet still hopes. */
  notReady(): string {
    if (this.sinceMs === undefined) return '';
    const downMs = this.kubelet.sim.clock.nowMs - this.sinceMs;
    if (downMs < PATIENCE_MS) return '';
    if (downMs < PLEG_THRESHOLD_MS) return 'container runtime is down';
    const ago = durationText(downMs);
    return (
      `[container runtime is down, PLEG is not healthy: pleg was last seen active ${ago} ago; ` +
      'threshold is 3m0s]'
    );
  }

  ask({ state, crashes = 0 }: Program = {}): void {
    const hasCrashed = crashes > this.crashes;
    this.crashes = Math.max(crashes, this.crashes);
    if (state === 'Stopped') this.stop();
    else if (hasCrashed) {
      this.stop();
      this.restart ??= this.kubelet.scope.after(RESTART_MS, () => {
        this.restart = undefined;
        this.start();
      });
    } else if (!this.restart) this.start();
  }

  private stop(): void {
    if (this.sinceMs !== undefined) return;
    const sinceMs = this.kubelet.sim.clock.nowMs;
    this.sinceMs = sinceMs;
    this.kubelet.scope.after(PATIENCE_MS, () => {
      if (this.sinceMs === sinceMs) this.kubelet.nodeAgent.changed();
    });
  }

  private start(): void {
    if (this.sinceMs === undefined) return;
    this.sinceMs = undefined;
    this.kubelet.nodeAgent.changed();
    for (const worker of this.kubelet.workers.values()) this.kubelet.relist(worker);
  }
}
