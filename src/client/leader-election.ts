// Who of several copies of a program may act: the one that holds a Lease and keeps renewing it.
// Invariants: a holder that cannot renew for `renewDeadlineMs` stops leading, before anybody else
// may take the Lease over (`leaseDurationMs` after its last change was seen here, by this clock
// alone). Where the real one differs: a program that lost does not exit but stands for election
// again.
// Upstream: client-go/tools/leaderelection.
import { leases } from '../api/resource-ref';
import { isNotFound } from '../api/status-error';
import { formatMicroTime } from '../api/time';
import type { Lease } from '../api/types';
import type { Scope } from '../sim/scope';
import type { Component } from './component';

const JITTER_FACTOR = 1.2;

export interface LeaderElectionOptions {
  /** The Lease's name: 'kube-controller-manager', 'kube-scheduler'. */
  name: string;
  /** Default 'kube-system'. */
  namespace?: string;
  /** This copy's own name: '<host>_<uuid>'. */
  identity: string;
  /** Default 15 s. */
  leaseDurationMs?: number;
  /** Default 10 s. */
  renewDeadlineMs?: number;
  /** Default 2 s. */
  retryPeriodMs?: number;
  /** What leading means. The scope ends when leadership or the program does. */
  onStartedLeading(scope: Scope): void;
  /** Told of every failed attempt to take or renew the Lease. */
  onError?(error: unknown): void;
}

export class LeaderElection {
  private readonly namespace: string;
  private readonly leaseDurationMs: number;
  private readonly renewDeadlineMs: number;
  private readonly retryPeriodMs: number;
  /** The Lease as last seen, and when its content was first seen. */
  private observed: Lease | undefined;
  private observedMs = 0;
  private renewedMs = 0;
  private leading: Scope | undefined;

  constructor(
    private readonly component: Component,
    private readonly options: LeaderElectionOptions,
  ) {
    this.namespace = options.namespace ?? 'kube-system';
    this.leaseDurationMs = options.leaseDurationMs ?? 15_000;
    this.renewDeadlineMs = options.renewDeadlineMs ?? 10_000;
    this.retryPeriodMs = options.retryPeriodMs ?? 2_000;
  }

  get isLeader(): boolean {
    return this.leading !== undefined;
  }

  /** Identity of the holder as last seen, '' for none. */
  get leader(): string {
    return this.observed?.spec.holderIdentity ?? '';
  }

  /** Stands for election until the component ends. */
  start(): void {
    if (this.tryAcquireOrRenew()) {
      this.startLeading();
      return;
    }
    const random = this.component.sim.random('leader election');
    const delayMs = Math.floor(random.jitter(this.retryPeriodMs, JITTER_FACTOR));
    this.component.scope.after(delayMs, () => this.start());
  }

  private startLeading(): void {
    const { scope, recorder, sim } = this.component;
    this.renewedMs = sim.clock.nowMs;
    this.leading = scope.child();
    this.record(recorder, 'became leader');
    scope.after(this.retryPeriodMs, () => this.renew());
    this.options.onStartedLeading(this.leading);
  }

  private renew(): void {
    const { scope, recorder, sim } = this.component;
    if (this.tryAcquireOrRenew()) this.renewedMs = sim.clock.nowMs;
    if (sim.clock.nowMs - this.renewedMs < this.renewDeadlineMs) {
      scope.after(this.retryPeriodMs, () => this.renew());
      return;
    }
    this.leading!.stop();
    this.leading = undefined;
    this.record(recorder, 'stopped leading');
    scope.after(this.retryPeriodMs, () => this.start());
  }

  private record(recorder: Component['recorder'], what: string): void {
    const { identity } = this.options;
    if (this.observed) {
      recorder.event(this.observed, 'Normal', 'LeaderElection', `${identity} ${what}`);
    }
  }

  private tryAcquireOrRenew(): boolean {
    try {
      return this.attempt();
    } catch (error) {
      this.options.onError?.(error);
      return false;
    }
  }

  private attempt(): boolean {
    const { client, sim } = this.component;
    const { name, identity } = this.options;
    const now = formatMicroTime(sim.clock.activityMs);
    const mine = {
      holderIdentity: identity,
      leaseDurationSeconds: this.leaseDurationMs / 1000,
      renewTime: now,
    };
    let held: Lease;
    try {
      held = client.get(leases, this.namespace, name);
    } catch (error) {
      if (!isNotFound(error)) throw error;
      const spec = { ...mine, acquireTime: now, leaseTransitions: 0 };
      const metadata = { name, namespace: this.namespace };
      this.see(client.create(leases, { metadata, spec }));
      return true;
    }
    this.see(held);
    const { holderIdentity, acquireTime, leaseTransitions = 0 } = held.spec;
    const isMine = holderIdentity === identity;
    const expiresMs = this.observedMs + this.leaseDurationMs;
    if (holderIdentity && !isMine && expiresMs > sim.clock.nowMs) return false;
    const spec = isMine
      ? { ...mine, acquireTime, leaseTransitions }
      : { ...mine, acquireTime: now, leaseTransitions: leaseTransitions + 1 };
    this.see(client.update(leases, { ...held, spec }));
    return true;
  }

  private see(lease: Lease): void {
    const { resourceVersion } = lease.metadata;
    if (this.observed?.metadata.resourceVersion !== resourceVersion) {
      this.observedMs = this.component.sim.clock.nowMs;
    }
    this.observed = lease;
  }
}
