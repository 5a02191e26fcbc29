// The aggregator's loops over APIServices: one tells whether the server behind each can be reached,
// one makes and removes those of the groups that CustomResourceDefinitions bring.
// Invariants: Services and EndpointSlices are watched only while an APIService has one behind it;
// what carries no mark of being managed is left alone.
// Upstream: kube-aggregator/pkg/controllers/{autoregister,status},
// pkg/controlplane/controller/crdregistration.
import { deepEqual } from '../../api/deep-equal';
import { apiServices, customResourceDefinitions } from '../../api/extension-refs';
import type { APIService, CustomResourceDefinition } from '../../api/extension-types';
import type { KubeObject } from '../../api/object';
import { endpointSlices, services } from '../../api/resource-ref';
import { isAlreadyExists, isConflict, isNotFound } from '../../api/status-error';
import { formatTime } from '../../api/time';
import type { ApiRequest, Verb } from '../../client/transport';
import type { GroupVersion } from '../context';
import type { ApiServer } from '../server';
import { availabilityOf, type Verdict } from './availability';

const STEP_MS = 10;
const RETRY_MS = 500;
const ACTOR = 'kube-apiserver';
const MANAGED = 'kube-aggregator.kubernetes.io/automanaged';
/** The API server itself answers for metrics, see src/cluster/metrics-api.ts. */
const ANSWERED_HERE = new Set(['v1beta1.metrics.k8s.io']);
const PASSED: Verdict = { status: 'True', reason: 'Passed', message: 'all checks passed' };
const SERVICE_NAME = 'kubernetes.io/service-name';

type Stop = () => void;

class ApiServiceLoops {
  /** What others would have to answer for, by the name of its APIService. */
  private readonly remote = new Map<string, GroupVersion>();
  private versions: readonly GroupVersion[] = [];
  private readonly planned = new Set<string>();
  private stops: Stop[] = [];
  private stopBackends: Stop | undefined;
  /** True when the watches have ended and begin again in a moment. */
  private isLost = false;

  constructor(private readonly server: ApiServer) {
    server.services.remoteVersions = () => this.versions;
  }

  /** Takes up everything that the store has, and what comes. */
  begin(): void {
    for (const stop of this.stops) stop();
    this.stopBackends?.();
    this.stopBackends = undefined;
    this.isLost = false;
    this.remote.clear();
    this.versions = [];
    const { store } = this.server;
    for (const service of store.list(apiServices.key)) this.changed(service as APIService, false);
    for (const crd of store.list(customResourceDefinitions.key)) this.registerAll(crd);
    this.stops = [
      this.follow(apiServices.key, (service, type) => {
        this.changed(service as APIService, type === 'DELETED');
      }),
      this.follow(customResourceDefinitions.key, (crd) => this.registerAll(crd)),
    ];
  }

  private follow(table: string, told: (object: KubeObject, type: string) => void): Stop {
    const { store, sim } = this.server;
    return store.watch(table, {}, store.revision, {
      event: (type, object) => told(object, type),
      // The server stopped; when it is back, what happened since counts.
      closed: () => {
        if (this.isLost) return;
        this.isLost = true;
        sim.clock.at(sim.clock.nowMs, () => this.begin());
      },
    });
  }

  private changed({ metadata, spec }: APIService, isGone: boolean): void {
    const { name } = metadata;
    const { group = '', version = '' } = spec;
    if (isGone || !spec.service || ANSWERED_HERE.has(name)) this.remote.delete(name);
    else this.remote.set(name, { group, version });
    this.versions = [...this.remote.values()];
    this.watchBackends();
    this.later(name);
  }

  private watchBackends(): void {
    if (this.remote.size === 0) {
      this.stopBackends?.();
      this.stopBackends = undefined;
    }
    if (this.remote.size === 0 || this.stopBackends) return;
    const stops = [
      this.follow(services.key, ({ metadata }) => {
        this.backendChanged(metadata.namespace, metadata.name);
      }),
      this.follow(endpointSlices.key, ({ metadata }) => {
        this.backendChanged(metadata.namespace, metadata.labels?.[SERVICE_NAME]);
      }),
    ];
    this.stopBackends = () => stops.forEach((stop) => stop());
  }

  private backendChanged(namespace: string | undefined, service: string | undefined): void {
    for (const name of this.remote.keys()) {
      const { service: backend } = this.find(name)?.spec ?? {};
      if (backend?.name === service && backend?.namespace === namespace) this.later(name);
    }
  }

  private later(name: string, delayMs = STEP_MS): void {
    if (this.planned.has(name)) return;
    this.planned.add(name);
    this.server.sim.clock.after(delayMs, () => {
      this.planned.delete(name);
      try {
        this.register(name);
        this.judge(name);
      } catch (error) {
        const isLate = isConflict(error) || isNotFound(error) || isAlreadyExists(error);
        if (!isLate) throw error;
        this.later(name, RETRY_MS);
      }
    });
  }

  private find(name: string): APIService | undefined {
    return this.server.store.get(apiServices.key, '', name) as APIService | undefined;
  }

  private judge(name: string): void {
    const service = this.find(name);
    if (!service) return;
    const verdict =
      service.spec.service && ANSWERED_HERE.has(name)
        ? PASSED
        : availabilityOf(service, this.server.store);
    const { conditions = [] } = service.status ?? {};
    const old = conditions.find(({ type }) => type === 'Available');
    const isSame = old?.status === verdict.status;
    const lastTransitionTime =
      (isSame && old.lastTransitionTime) || formatTime(this.server.sim.clock.activityMs);
    const { reason, message, status } = verdict;
    const next = { type: 'Available', status, lastTransitionTime, reason, message };
    if (deepEqual(next, old)) return;
    const others = conditions.filter(({ type }) => type !== 'Available');
    const body = { ...service, status: { ...service.status, conditions: [...others, next] } };
    this.execute('update', name, 'status', body);
  }

  private registerAll(object: KubeObject): void {
    const { spec } = object as CustomResourceDefinition;
    for (const { name } of spec.versions) this.later(`${name}.${spec.group}`);
  }

  /** Makes, mends or removes the APIService of a version that custom resources are served in. */
  private register(name: string): void {
    const service = this.find(name);
    const dot = name.indexOf('.');
    const [version, group] = [name.slice(0, dot), name.slice(dot + 1)];
    const isManaged = service?.metadata.labels?.[MANAGED] === 'true';
    if (service && !isManaged) return;
    const spec = { group, version, groupPriorityMinimum: 1000, versionPriority: 100 };
    const isWanted = this.isServed(group, version);
    if (!service && isWanted) {
      const { apiVersion, kind } = apiServices;
      const metadata = { name, labels: { [MANAGED]: 'true' } };
      this.execute('create', '', '', { apiVersion, kind, metadata, spec });
    } else if (service && !isWanted) {
      this.execute('delete', name, '', undefined);
    } else if (service && !deepEqual(service.spec, spec)) {
      this.execute('update', name, '', { ...service, spec });
    }
  }

  private isServed(group: string, version: string): boolean {
    const all = this.server.store.list(customResourceDefinitions.key);
    return (all as CustomResourceDefinition[]).some(
      ({ spec }) =>
        spec.group === group && spec.versions.some((each) => each.name === version && each.served),
    );
  }

  private execute(verb: Verb, name: string, subresource: string, body: unknown): void {
    const place = { ref: apiServices, subresource, namespace: '', name };
    const request = { verb, ...place, body, options: {}, actor: ACTOR, manager: ACTOR };
    this.server.execute(request as ApiRequest);
  }
}

const running = new WeakMap<ApiServer, ApiServiceLoops>();

/** The server program that the extension starts. */
export const apiServiceProgram = {
  name: 'api-services',
  start(server: ApiServer): void {
    const loops = new ApiServiceLoops(server);
    running.set(server, loops);
    loops.begin();
  },
  restored(server: ApiServer): void {
    running.get(server)?.begin();
  },
};
