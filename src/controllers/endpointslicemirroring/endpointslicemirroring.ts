// The EndpointSlice mirroring controller: Endpoints that somebody keeps for a Service without a
// selector are mirrored into slices, which are what is read of them.
// Invariants: only slices that this controller manages are touched; a Service that gets a selector,
// and Endpoints that are gone or ask to be skipped, have none.
// Upstream: pkg/controller/endpointslicemirroring.
import { deepEqual } from '../../api/deep-equal';
import { objectKey, type Draft, type KubeObject } from '../../api/object';
import { endpoints, endpointSlices, services } from '../../api/resource-ref';
import { isNotFound } from '../../api/status-error';
import type { EndpointPort, Endpoints, EndpointSlice, Service } from '../../api/types';
import type { Informer } from '../../client/informer';
import type { Controller, ControllerContext } from '../controller';
import { TRIGGER_TIME } from '../endpoint-pods';
import { controllerReference } from '../owners';
import { isNamespaceTerminating } from '../pod-control';
import { MAX_MIRRORED, mirrorsOf, planMirrors, type Mirror } from './mirror-plan';

const SERVICE_NAME = 'kubernetes.io/service-name';
const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
const THIS_CONTROLLER = 'endpointslicemirroring-controller.k8s.io';
const SKIP_LABEL = 'endpointslice.kubernetes.io/skip-mirror';
const LEADER_ANNOTATION = 'control-plane.alpha.kubernetes.io/leader';
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const CATCH_UP_MS = 20;

export const endpointSliceMirroringController: Controller = {
  name: 'endpointslicemirroring',
  eventSource: 'endpoint-slice-mirroring-controller',
  workers: 5,
  backoff: { baseMs: 1000, maxMs: 100_000 },
  start(context) {
    const loop = new MirroringLoop(context);
    return { reconcile: (key) => loop.reconcile(key) };
  },
};

class MirroringLoop {
  private readonly endpoints: Informer<Endpoints>;
  private readonly services: Informer<Service>;
  private readonly slices: Informer<EndpointSlice>;
  /** Revision of the last slice written, by key, until the cache has caught up. */
  private readonly written = new Map<string, number>();

  constructor(private readonly context: ControllerContext) {
    this.services = context.watch(services, {
      added: (service) => this.serviceChanged(service),
      updated: (service, old) => {
        if (!service.spec.selector !== !old.spec.selector) context.enqueue(objectKey(service));
      },
      deleted: (service) => this.serviceChanged(service),
    });
    const changed = (object: Endpoints): void => this.endpointsChanged(object);
    this.endpoints = context.watch<Endpoints>(endpoints, {
      added: changed,
      updated: changed,
      deleted: changed,
    });
    const sliceChanged = (slice: EndpointSlice): void => {
      if (isOurs(slice)) context.enqueue(keyOfSlice(slice));
    };
    this.slices = context.watch(endpointSlices, {
      added: sliceChanged,
      updated: sliceChanged,
      deleted: sliceChanged,
    });
    this.slices.addIndex('mirrored', (slice) => (isOurs(slice) ? [keyOfSlice(slice)] : []));
  }

  reconcile(key: string): number | void {
    if (this.isBehind(key)) return CATCH_UP_MS;
    const object = this.endpoints.get(key);
    const service = this.services.get(key);
    if (!object || !service || service.spec.selector || !shouldMirror(object)) {
      for (const slice of this.slices.byIndex('mirrored', key)) this.delete(slice);
      return undefined;
    }
    const { mirrors, skipped } = mirrorsOf(object);
    if (skipped > 0) this.tellOfSkipped(object, skipped);
    const names = namesOf(object);
    const existing = [...this.slices.byIndex('mirrored', key)];
    const plan = planMirrors(mirrors, existing, (slice) => isNamed(slice, names));
    try {
      for (const { mirror, old } of plan.write) this.write(key, object, names, mirror, old);
    } catch (error) {
      if (!isNamespaceTerminating(error)) throw error;
    }
    for (const slice of plan.delete) this.delete(slice);
    return undefined;
  }

  private isBehind(key: string): boolean {
    const revision = this.written.get(key);
    if (revision === undefined) return false;
    if (Number(this.slices.resourceVersion) < revision) return true;
    this.written.delete(key);
    return false;
  }

  private write(
    key: string,
    object: Endpoints,
    { labels, annotations }: Names,
    { addressType, ports, endpoints: listed }: Mirror,
    old: EndpointSlice | undefined,
  ): void {
    const { client } = this.context;
    const { name, namespace, deletionTimestamp } = object.metadata;
    if (!old && deletionTimestamp) return;
    const ownerReferences = [controllerReference(object, endpoints)];
    const metadata = { ...old?.metadata, labels, annotations, ownerReferences };
    // As the real one's wire format makes of an empty list.
    const portList = (ports.length > 0 ? ports : null) as EndpointPort[];
    const rest = { addressType, endpoints: [...listed], ports: portList };
    const written = old
      ? client.update(endpointSlices, { ...old, metadata, ...rest } as EndpointSlice)
      : client.create(endpointSlices, {
          metadata: { ...metadata, namespace, generateName: name + '-' },
          ...rest,
        } as Draft<EndpointSlice>);
    this.written.set(key, Number(written.metadata.resourceVersion));
  }

  private delete({ metadata: { namespace = '', name } }: EndpointSlice): void {
    try {
      this.context.client.delete(endpointSlices, namespace, name);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  private tellOfSkipped(object: Endpoints, skipped: number): void {
    const message =
      `A max of ${MAX_MIRRORED} addresses can be mirrored to EndpointSlices per Endpoints ` +
      `subset. ${skipped} addresses were skipped`;
    this.context.recorder.event(object, 'Warning', 'TooManyAddressesToMirror', message);
  }

  private serviceChanged(service: Service): void {
    if (!service.spec.selector) this.context.enqueue(objectKey(service));
  }

  /** Endpoints of Services with a selector come and go with pods: they are not even looked at. */
  private endpointsChanged(object: Endpoints): void {
    const key = objectKey(object);
    const isSelected = this.services.get(key)?.spec.selector !== undefined;
    if (isSelected && this.slices.byIndex('mirrored', key).size === 0) return;
    this.context.enqueue(key);
  }
}

interface Names {
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string> | undefined;
}

function namesOf({ metadata }: Endpoints): Names {
  const labels = {
    ...metadata.labels,
    [SERVICE_NAME]: metadata.name,
    [MANAGED_BY]: THIS_CONTROLLER,
  };
  const {
    [TRIGGER_TIME]: _trigger,
    [LAST_APPLIED]: _applied,
    ...annotations
  } = metadata.annotations ?? {};
  return { labels, annotations: Object.keys(annotations).length > 0 ? annotations : undefined };
}

function isNamed({ metadata }: KubeObject, { labels, annotations }: Names): boolean {
  return (
    deepEqual(metadata.labels, labels) && deepEqual(metadata.annotations ?? {}, annotations ?? {})
  );
}

function shouldMirror({ metadata: { labels, annotations } }: Endpoints): boolean {
  return labels?.[SKIP_LABEL] !== 'true' && annotations?.[LEADER_ANNOTATION] === undefined;
}

function isOurs({ metadata }: EndpointSlice): boolean {
  return metadata.labels?.[MANAGED_BY] === THIS_CONTROLLER;
}

function keyOfSlice({ metadata }: EndpointSlice): string {
  return metadata.namespace + '/' + (metadata.labels?.[SERVICE_NAME] ?? '');
}
