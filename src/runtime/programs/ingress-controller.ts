// Ingress controllers, as far as the cluster sees them: each follows the Ingresses of its classes
// and writes where their traffic arrives into their status. What differs between them (names,
// flags, when they write, who of several replicas does) is in their flavour.
// Upstream: ingress-nginx, internal/ingress/{controller/store,status}; traefik,
// pkg/provider/kubernetes/ingress.
import { deepEqual } from '../../api/deep-equal';
import { ingressClasses, ingresses } from '../../api/extension-refs';
import type { Ingress } from '../../api/extension-types';
import { ConnectionError, StatusError } from '../../api/status-error';
import { LeaderElection } from '../../client/leader-election';
import type { Informer } from '../../client/informer';
import type { PodProgram, ProgramContext, RunningProgram } from '../program-host';
import {
  IngressAddresses,
  type IngressAddress,
  type IngressAddressOptions,
} from './ingress-addresses';

const OLD_ANNOTATION = 'kubernetes.io/ingress.class';

/** What a controller was started with. */
export interface IngressOptions extends IngressAddressOptions {
  /** spec.controller of the IngressClasses that are its own. */
  readonly controller: string;
  /** The class by its name, in the annotation of old and where no IngressClass says more. */
  readonly className: string;
  /** Ingresses of no class are its own, too. */
  readonly takesClassless: boolean;
  /** The Lease of the replica that writes; '' where each does. */
  readonly lease: string;
  /** Writes once every so often; 0: as soon as something changes. */
  readonly periodMs: number;
  /** An Event tells of every Ingress that it takes up. */
  readonly tellsSync: boolean;
  /** The last replica takes its addresses away when it ends. */
  readonly clearsAtEnd: boolean;
  /** Answers admission webhooks. */
  readonly answersWebhooks: boolean;
}

/** A program of that name for images of that controller. */
export function ingressController(
  name: string,
  agent: string,
  optionsOf: (words: readonly string[], pod: ProgramContext['pod']) => IngressOptions,
): PodProgram {
  return {
    name,
    agent,
    start: (context) => new IngressController(context, optionsOf(context.words, context.pod)),
  };
}

class IngressController implements RunningProgram {
  readonly admit: RunningProgram['admit'];
  private readonly ingresses: Informer<Ingress>;
  private readonly classes;
  private readonly addresses: IngressAddresses;
  private isWriter: boolean;
  private isPlanned = false;

  constructor(
    private readonly context: ProgramContext,
    private readonly options: IngressOptions,
  ) {
    const { component, pod } = context;
    if (options.answersWebhooks) this.admit = () => undefined;
    this.isWriter = options.lease === '';
    this.addresses = new IngressAddresses(component, pod, options);
    this.classes = component.informer(ingressClasses);
    this.ingresses = component.informer(ingresses);
    this.ingresses.addHandler({
      added: (ingress) => this.seen(ingress, undefined),
      updated: (ingress, old) => this.seen(ingress, old),
    });
    if (options.periodMs === 0) {
      this.addresses.onChange(() => this.plan());
      this.classes.addHandler({ added: () => this.plan(), updated: () => this.plan() });
    }
    component.startInformers();
    if (options.lease) this.stand();
    else if (options.periodMs > 0) component.scope.every(options.periodMs, () => this.write());
  }

  ended(): void {
    if (!this.isWriter || !this.options.clearsAtEnd || this.addresses.replicas().length > 1) return;
    this.writeAll([]);
  }

  /** Of several replicas one writes. */
  private stand(): void {
    const { component, pod } = this.context;
    const { lease, periodMs } = this.options;
    const election = new LeaderElection(component, {
      name: lease,
      namespace: pod.metadata.namespace,
      identity: pod.metadata.name,
      leaseDurationMs: 30_000,
      renewDeadlineMs: 15_000,
      retryPeriodMs: 7_500,
      onStartedLeading: (scope) => {
        this.isWriter = true;
        scope.onStop(() => (this.isWriter = false));
        scope.every(periodMs, () => this.write());
      },
    });
    election.start();
  }

  private seen(ingress: Ingress, old: Ingress | undefined): void {
    if (this.options.periodMs === 0) this.plan();
    if (!this.options.tellsSync || !this.isOwn(ingress)) return;
    if (old && deepEqual(old, ingress)) return;
    this.context.component.recorder.event(ingress, 'Normal', 'Sync', 'Scheduled for sync');
  }

  /** Once for whatever changes at one moment. */
  private plan(): void {
    if (this.isPlanned) return;
    this.isPlanned = true;
    this.context.component.scope.after(0, () => {
      this.isPlanned = false;
      this.write();
    });
  }

  private write(): void {
    if (!this.isWriter) return;
    if (this.context.component.hasSynced) this.writeAll(this.addresses.list());
    else this.context.component.scope.after(SYNC_POLL_MS, () => this.write());
  }

  private writeAll(addresses: readonly IngressAddress[]): void {
    for (const ingress of this.ingresses.items.values()) {
      if (!this.isOwn(ingress)) continue;
      const known = ingress.status.loadBalancer?.ingress ?? [];
      if (deepEqual(known, addresses)) continue;
      this.attempt(ingress, addresses);
    }
  }

  private attempt({ metadata }: Ingress, addresses: readonly IngressAddress[]): void {
    const { client } = this.context.component;
    try {
      const current = client.get(ingresses, metadata.namespace!, metadata.name);
      const loadBalancer = addresses.length > 0 ? { ingress: [...addresses] } : {};
      client.updateStatus(ingresses, { ...current, status: { loadBalancer } } as Ingress);
    } catch (error) {
      // It has gone, or the server cannot be reached: the next round sees it again.
      if (!(error instanceof StatusError) && !(error instanceof ConnectionError)) throw error;
    }
  }

  private isOwn({ metadata, spec }: Ingress): boolean {
    const { className, controller, takesClassless } = this.options;
    const annotated = metadata.annotations?.[OLD_ANNOTATION];
    if (annotated !== undefined) return annotated === className;
    if (!spec.ingressClassName) return takesClassless;
    const found = this.classes.get(spec.ingressClassName);
    return found?.spec.controller === controller;
  }
}

const SYNC_POLL_MS = 100;
