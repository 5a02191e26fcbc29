// The ranges that cluster IPs are given out of, which ServiceCIDRs tell, and the one that the API
// server was started with, which it makes again when it is gone.
// Invariant: a range that is being deleted, or is said not to be ready, gives out no address.
// Where the real one differs: as long as there is no ServiceCIDR at all, the range of the start
// serves, where the real allocator has none to give.
// Upstream: pkg/registry/core/service/ipallocator/cidrallocator.go,
// pkg/controlplane/controller/defaultservicecidr.
import { serviceCIDRs } from '../../api/extension-refs';
import type { ServiceCIDR } from '../../api/extension-types';
import { isIpv4 } from '../../api/ip';
import type { Draft } from '../../api/object';
import { formatTime } from '../../api/time';
import type { ApiServer } from '../../apiserver/server';
import { EventRecorder } from '../../client/event-recorder';
import { Scope } from '../../sim/scope';

const { key: TABLE } = serviceCIDRs;
const NAME = 'kubernetes-service-cidr-controller';
const DEFAULT_NAME = 'kubernetes';
const LOOK_MS = 10_000;

/**
 * The range that the API server was started with, as it is once its controllers have been there.
 */
export function defaultRange(now: string, serviceCidr: string): Draft<ServiceCIDR>[] {
  const ready = {
    type: 'Ready',
    status: 'True',
    lastTransitionTime: now,
    reason: '',
    message: 'Kubernetes Service CIDR is ready',
  };
  const finalizers = ['networking.k8s.io/service-cidr-finalizer'];
  return [
    {
      metadata: { name: DEFAULT_NAME, finalizers },
      spec: { cidrs: [serviceCidr] },
      status: { conditions: [ready] },
    },
  ] as Draft<ServiceCIDR>[];
}

export class ServiceRanges {
  private readonly recorder: EventRecorder;
  private readonly startMs: number;
  private stop: (() => void) | undefined;
  private isPlanned = false;
  private hasToldMismatch = false;
  private hasToldUnready = false;

  constructor(
    private readonly server: ApiServer,
    /** Called after a range is gone. */
    private readonly rangeGone: () => void,
  ) {
    const { sim } = server;
    this.startMs = sim.clock.nowMs;
    this.recorder = new EventRecorder(
      sim,
      new Scope(sim.clock),
      server,
      NAME,
      '',
      'kube-apiserver',
    );
  }

  /** Takes up what the store has, and what comes. */
  takeUp(): void {
    this.stop?.();
    const { store } = this.server;
    this.apply();
    if (store.list(TABLE).length > 0) this.lookAgain();
    // The owner calls again when the server is back after a stop.
    this.stop = store.watch(TABLE, {}, store.revision, {
      event: (type, { metadata }) => {
        this.apply();
        if (type === 'DELETED') this.rangeGone();
        if (metadata.name === DEFAULT_NAME) this.lookAgain();
      },
      closed: () => undefined,
    });
  }

  private apply(): void {
    const { allocator, serviceCidr } = this.server.context.claims;
    const known = this.server.store.list(TABLE) as ServiceCIDR[];
    const cidrs = known.filter(isReady).flatMap(({ spec }) => spec.cidrs ?? []);
    const ranges = new Set(cidrs.filter((cidr) => isIpv4(cidr.split('/')[0])));
    allocator.setRanges(known.length > 0 ? [...ranges] : [serviceCidr]);
  }

  /** Has the range of the start looked at when ten seconds are round, if there is need. */
  private lookAgain(): void {
    if (this.isPlanned || this.isFine(this.known())) return;
    this.isPlanned = true;
    const { clock } = this.server.sim;
    clock.after(LOOK_MS - ((clock.nowMs - this.startMs) % LOOK_MS), () => {
      this.isPlanned = false;
      this.look();
    });
  }

  private look(): void {
    const { sim, context } = this.server;
    const known = this.known();
    if (this.isFine(known)) return;
    if (known) this.complain(known);
    else {
      const now = formatTime(sim.clock.activityMs);
      this.server.seed(serviceCIDRs, defaultRange(now, context.claims.serviceCidr));
    }
  }

  private known(): ServiceCIDR | undefined {
    return this.server.store.get(TABLE, '', DEFAULT_NAME) as ServiceCIDR | undefined;
  }

  private isFine(known: ServiceCIDR | undefined): boolean {
    if (known?.metadata.deletionTimestamp) return true;
    return known !== undefined && this.isOwn(known) && readyOf(known)?.status !== 'False';
  }

  private isOwn({ spec }: ServiceCIDR): boolean {
    return spec.cidrs?.join() === this.server.context.claims.serviceCidr;
  }

  /** Says once each what is wrong. */
  private complain(known: ServiceCIDR): void {
    if (this.isOwn(known)) {
      if (this.hasToldUnready) return;
      this.hasToldUnready = true;
      const { reason, message } = readyOf(known)!;
      this.warn(known, reason, `Configuration matches, but ${message}`);
      return;
    }
    if (this.hasToldMismatch) return;
    this.hasToldMismatch = true;
    const { serviceCidr } = this.server.context.claims;
    const told = `[${(known.spec.cidrs ?? []).join(' ')}]`;
    this.warn(
      known,
      'KubernetesDefaultServiceCIDRInconsistent',
      `The default ServiceCIDR ${told} does not match the controller flag configurations ` +
        `[${serviceCidr}]`,
    );
  }

  private warn(cidr: ServiceCIDR, reason: string, message: string): void {
    this.recorder.event(cidr, 'Warning', reason, message);
  }
}

function isReady(cidr: ServiceCIDR): boolean {
  if (cidr.metadata.deletionTimestamp) return false;
  return (readyOf(cidr)?.status ?? 'True') === 'True';
}

function readyOf({ status }: ServiceCIDR) {
  return status?.conditions?.find(({ type }) => type === 'Ready');
}
