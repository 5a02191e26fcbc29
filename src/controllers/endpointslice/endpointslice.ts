// The EndpointSlice controller: for every Service with a selector, slices of at most 100 endpoints.
// Invariants: a pod is in at most one slice of a Service; all endpoints of a slice have its ports;
// a Service without endpoints keeps one empty slice; a change of a pod rewrites the slice it is in
// only. Where the real one differs: topology hints are not given; it compares all endpoints each
// time, here only those of pods that changed, unless somebody else touched the slices.
// Upstream: pkg/controller/endpointslice, staging/src/k8s.io/endpointslice.
import { deepEqual } from '../../api/deep-equal';
import { objectKey, splitKey, type Draft } from '../../api/object';
import { endpointSlices, nodes, services } from '../../api/resource-ref';
import { isNotFound } from '../../api/status-error';
import type { EndpointPort, EndpointSlice, Node, Pod, Service } from '../../api/types';
import type { Informer } from '../../client/informer';
import type { Controller, ControllerContext } from '../controller';
import {
  belongsInEndpoints,
  HEADLESS_LABEL,
  isHeadless,
  TRIGGER_TIME,
  triggerTimeOf,
} from '../endpoint-pods';
import { controllerReference } from '../owners';
import { isNamespaceTerminating } from '../pod-control';
import { ServicePods } from '../service-pods';
import { endpointPorts, podToEndpoint } from './endpoint';
import { endpointsOf, ServiceSlices } from './service-slices';
import { planSlices, type SliceChange, type SlicePlan, type Wanted } from './slice-plan';

const SERVICE_NAME = 'kubernetes.io/service-name';
const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
const THIS_CONTROLLER = 'endpointslice-controller.k8s.io';

export const endpointSliceController: Controller = {
  name: 'endpointslice',
  eventSource: 'endpoint-slice-controller',
  workers: 5,
  start(context) {
    const loop = new EndpointSliceLoop(context);
    return { reconcile: (key) => loop.reconcile(key) };
  },
};

class EndpointSliceLoop {
  private readonly selection: ServicePods;
  private readonly slices: Informer<EndpointSlice>;
  private readonly nodes: Informer<Node>;
  /** By Service key; absent when it must be read from the cache anew. */
  private readonly known = new Map<string, ServiceSlices>();
  /** The Service as last reconciled, by key. */
  private readonly reconciled = new Map<string, Service>();

  constructor(private readonly context: ControllerContext) {
    this.selection = new ServicePods(context);
    this.nodes = context.informer(nodes);
    this.slices = context.watch(endpointSlices, {
      added: (slice) => this.sliceChanged(slice, false),
      updated: (slice) => this.sliceChanged(slice, false),
      deleted: (slice) => this.sliceChanged(slice, true),
    });
    this.slices.addIndex('service', (slice) => [serviceKeyOf(slice)]);
  }

  reconcile(key: string): void {
    const service = this.selection.services.get(key);
    if (!service) {
      this.forget(key);
      return;
    }
    if (!service.spec.selector || service.metadata.deletionTimestamp) return;
    if (service.spec.type === 'ExternalName') return;
    const isWhole = !this.known.has(key) || this.reconciled.get(key)?.spec !== service.spec;
    const known = this.known.get(key) ?? this.readCache(key);
    const changed = this.selection.takeChanges(key);
    const podKeys = isWhole ? this.selection.selected(key) : changed;
    const wanted = this.wantedFor(service, podKeys, known, isWhole);
    try {
      this.carryOut(service, known, planSlices(known, wanted), changed);
    } catch (error) {
      // What is there is no longer known for sure.
      this.forget(key);
      if (!isNamespaceTerminating(error)) throw error;
      return;
    }
    this.known.set(key, known);
    this.reconciled.set(key, service);
  }

  private forget(key: string): void {
    this.known.delete(key);
    this.reconciled.delete(key);
  }

  private readCache(key: string): ServiceSlices {
    const known = new ServiceSlices();
    for (const slice of this.slices.byIndex('service', key)) {
      if (isOurs(slice) && !slice.metadata.deletionTimestamp) known.put(slice);
    }
    return known;
  }

  /** Pods by name, as they should be; when whole, also those in slices that should be in none. */
  private wantedFor(
    service: Service,
    podKeys: Iterable<string>,
    known: ServiceSlices,
    isWhole: boolean,
  ): Map<string, Wanted | undefined> {
    const wanted = new Map<string, Wanted | undefined>();
    if (isWhole) for (const name of known.members.keys()) wanted.set(name, undefined);
    const selected = this.selection.selected(objectKey(service));
    for (const podKey of podKeys) {
      const pod = selected.has(podKey) ? this.selection.pods.get(podKey) : undefined;
      wanted.set(splitKey(podKey).name, pod && this.wantedPod(service, pod));
    }
    return wanted;
  }

  private wantedPod(service: Service, pod: Pod): Wanted | undefined {
    if (!belongsInEndpoints(pod, true)) return undefined;
    const node = pod.spec.nodeName ? this.nodes.get(pod.spec.nodeName) : undefined;
    return { endpoint: podToEndpoint(pod, service, node), ports: endpointPorts(pod, service) };
  }

  private carryOut(
    service: Service,
    known: ServiceSlices,
    plan: SlicePlan,
    changed: ReadonlySet<string>,
  ): void {
    const { client } = this.context;
    const writes = [...plan.write, ...this.relabelled(service, known, plan)];
    if (writes.length === 0 && plan.delete.length === 0) return;
    const triggerTime = this.triggerTime(service, changed);
    for (const entry of writes) {
      const draft = sliceDraft(service, entry, triggerTime);
      const written = entry.old
        ? client.update(endpointSlices, { ...entry.old, ...draft } as EndpointSlice)
        : client.create(endpointSlices, draft);
      known.put(written);
    }
    for (const { metadata } of plan.delete) {
      try {
        client.delete(endpointSlices, metadata.namespace!, metadata.name);
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
      known.delete(metadata.name);
    }
  }

  /** Slices that nothing else changes but whose labels no longer follow the Service. */
  private relabelled(service: Service, known: ServiceSlices, plan: SlicePlan): SliceChange[] {
    const labels = sliceLabels(service);
    const busy = new Set([...plan.delete, ...plan.write.map(({ old }) => old)]);
    const changes: SliceChange[] = [];
    for (const slice of known.slices.values()) {
      if (busy.has(slice) || deepEqual(slice.metadata.labels, labels)) continue;
      const ports = (slice.ports ?? []) as SliceChange['ports'];
      changes.push({ old: slice, ports, endpoints: [...endpointsOf(slice)] });
    }
    return changes;
  }

  /** When the first of these pods changed, or the Service was made. */
  private triggerTime(service: Service, changed: ReadonlySet<string>): string | undefined {
    const { creationTimestamp } = service.metadata;
    let first = this.reconciled.has(objectKey(service)) ? undefined : creationTimestamp;
    for (const podKey of changed) {
      const pod = this.selection.pods.get(podKey);
      const time = pod && triggerTimeOf(pod);
      if (time && (!first || time < first)) first = time;
    }
    return first;
  }

  /** Our own writes come back unchanged; anything else means reading the slices anew. */
  private sliceChanged(slice: EndpointSlice, isDeleted: boolean): void {
    if (!isOurs(slice)) return;
    const key = serviceKeyOf(slice);
    const known = this.known.get(key);
    const { name, resourceVersion } = slice.metadata;
    const mine = known?.slices.get(name);
    const isNews = isDeleted
      ? mine !== undefined
      : Number(resourceVersion) > Number(mine?.metadata.resourceVersion ?? 0);
    if (!isNews || (!mine && !isDeleted && known === undefined)) return;
    this.forget(key);
    this.context.enqueue(key);
  }
}

function serviceKeyOf({ metadata }: EndpointSlice): string {
  return metadata.namespace + '/' + (metadata.labels?.[SERVICE_NAME] ?? '');
}

function isOurs({ metadata }: EndpointSlice): boolean {
  return metadata.labels?.[MANAGED_BY] === THIS_CONTROLLER;
}

function sliceLabels(service: Service): Record<string, string> {
  const { [HEADLESS_LABEL]: _headless, ...own } = service.metadata.labels ?? {};
  const labels: Record<string, string> = { ...own };
  if (isHeadless(service)) labels[HEADLESS_LABEL] = '';
  labels[SERVICE_NAME] = service.metadata.name;
  labels[MANAGED_BY] = THIS_CONTROLLER;
  return labels;
}

function sliceDraft(
  service: Service,
  { old, ports, endpoints }: SliceChange,
  triggerTime: string | undefined,
): Draft<EndpointSlice> {
  const { name, namespace } = service.metadata;
  const annotations = triggerTime
    ? { ...old?.metadata.annotations, [TRIGGER_TIME]: triggerTime }
    : old?.metadata.annotations;
  const labels = sliceLabels(service);
  const metadata = old
    ? { ...old.metadata, labels, annotations }
    : {
        namespace,
        generateName: name + '-',
        labels,
        annotations,
        ownerReferences: [controllerReference(service, services)],
      };
  // A placeholder has no list of ports at all, as the real one's wire format makes of an empty one.
  const listed = (ports.length > 0 ? [...ports] : null) as EndpointPort[];
  return { metadata, addressType: 'IPv4', endpoints, ports: listed };
}
