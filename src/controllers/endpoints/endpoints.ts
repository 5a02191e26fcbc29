// The legacy Endpoints controller: one Endpoints object of up to 1000 addresses for every Service
// with a selector. Where the real one differs: a Service with many pods is written at most once a
// second, for each write carries all addresses.
// Upstream: pkg/controller/endpoint.
import { deepEqual } from '../../api/deep-equal';
import { endpoints } from '../../api/resource-ref';
import { isNotFound } from '../../api/status-error';
import { splitKey } from '../../api/object';
import type { Endpoints, Pod, Service } from '../../api/types';
import type { Informer } from '../../client/informer';
import type { Controller, ControllerContext } from '../controller';
import {
  belongsInEndpoints,
  HEADLESS_LABEL,
  isHeadless,
  TRIGGER_TIME,
  triggerTimeOf,
} from '../endpoint-pods';
import { OwnWrites } from '../own-writes';
import { isNamespaceTerminating } from '../pod-control';
import { ServicePods } from '../service-pods';
import { subsetsOf } from './subsets';

const MANAGED_BY = 'endpoints.kubernetes.io/managed-by';
const OVER_CAPACITY = 'endpoints.kubernetes.io/over-capacity';
const MANY_PODS = 100;
const BATCH_MS = 1000;

export const endpointsController: Controller = {
  name: 'endpoints',
  eventSource: 'endpoint-controller',
  workers: 5,
  start(context) {
    const loop = new EndpointsLoop(context);
    return { reconcile: (key) => loop.reconcile(key) };
  },
};

class EndpointsLoop {
  private readonly selection: ServicePods;
  private readonly endpoints: Informer<Endpoints>;
  private readonly ownWrites = new OwnWrites();
  /** When a Service with many pods was last written, by key. */
  private readonly writtenMs = new Map<string, number>();

  constructor(private readonly context: ControllerContext) {
    this.selection = new ServicePods(context);
    const changed = ({ metadata }: { metadata: { namespace?: string; name: string } }): void =>
      context.enqueue(metadata.namespace + '/' + metadata.name);
    this.endpoints = context.watch<Endpoints>(endpoints, {
      added: changed,
      updated: changed,
      deleted: changed,
    });
  }

  reconcile(key: string): number | void {
    const service = this.selection.services.get(key);
    const current = this.endpoints.get(key);
    if (!service) return this.removeFor(key, current);
    if (!service.spec.selector || service.spec.type === 'ExternalName') return undefined;
    if (current && this.ownWrites.isAheadOf(current)) return undefined;
    const selected = this.selection.selected(key);
    const { nowMs } = this.context.sim.clock;
    if (selected.size > MANY_PODS) {
      const waitMs = (this.writtenMs.get(key) ?? -BATCH_MS) + BATCH_MS - nowMs;
      if (waitMs > 0) return waitMs;
      this.writtenMs.set(key, nowMs);
    }
    this.write(service, current, this.podsFor(service, selected), key);
    return undefined;
  }

  private removeFor(key: string, current: Endpoints | undefined): void {
    this.writtenMs.delete(key);
    if (current?.metadata.labels?.[MANAGED_BY] === undefined) return;
    const { namespace, name } = splitKey(key);
    try {
      this.context.client.delete(endpoints, namespace, name);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  private podsFor(service: Service, selected: ReadonlySet<string>): Pod[] {
    const withTerminating = service.spec.publishNotReadyAddresses === true;
    const pods: Pod[] = [];
    for (const podKey of selected) {
      const pod = this.selection.pods.get(podKey);
      if (pod && belongsInEndpoints(pod, withTerminating)) pods.push(pod);
    }
    return pods;
  }

  private write(
    service: Service,
    current: Endpoints | undefined,
    pods: readonly Pod[],
    key: string,
  ): void {
    const { client } = this.context;
    const { subsets, isTruncated } = subsetsOf(pods, service);
    const labels = endpointsLabels(service);
    const {
      [TRIGGER_TIME]: _trigger,
      [OVER_CAPACITY]: wasTruncated,
      ...kept
    } = current?.metadata.annotations ?? {};
    const changed = this.selection.takeChanges(key);
    const isSame =
      current !== undefined &&
      deepEqual(current.subsets ?? [], subsets) &&
      deepEqual(current.metadata.labels ?? {}, labels) &&
      (wasTruncated === 'truncated') === isTruncated;
    if (isSame) return;
    const annotations: Record<string, string> = { ...kept };
    annotations[TRIGGER_TIME] = this.triggerTime(service, changed);
    if (isTruncated) annotations[OVER_CAPACITY] = 'truncated';
    const { name, namespace } = service.metadata;
    try {
      const written = current
        ? client.update(endpoints, {
            ...current,
            metadata: { ...current.metadata, labels, annotations },
            subsets,
          })
        : client.create(endpoints, { metadata: { name, namespace, labels, annotations }, subsets });
      this.ownWrites.wrote(written);
    } catch (error) {
      if (!isNamespaceTerminating(error)) throw error;
    }
  }

  private triggerTime({ metadata }: Service, changed: ReadonlySet<string>): string {
    let first: string | undefined;
    for (const podKey of changed) {
      const pod = this.selection.pods.get(podKey);
      const time = pod && triggerTimeOf(pod);
      if (time && (!first || time < first)) first = time;
    }
    return first ?? metadata.creationTimestamp;
  }
}

function endpointsLabels(service: Service): Record<string, string> {
  const { [HEADLESS_LABEL]: _headless, ...labels } = service.metadata.labels ?? {};
  labels[MANAGED_BY] = 'endpoint-controller';
  if (isHeadless(service)) labels[HEADLESS_LABEL] = '';
  return labels;
}
