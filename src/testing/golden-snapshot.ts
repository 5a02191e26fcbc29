// The part of a namespace that controller recordings compare: all objects without what is only
// timing, and Events with equal ones merged, masked like the recordings.
import { Masker } from '../apiserver/golden/masks';

export type Json = Record<string, unknown>;

interface Item extends Json {
  kind: string;
  metadata: Json & { name: string };
}

export interface RawSnapshot {
  items: Item[];
  events: Json[];
}

export interface GoldenSnapshot {
  objects: Json[];
  events: Json[];
}

/** All snapshots of one run, masked alike. */
export function maskSnapshots(
  snapshots: readonly RawSnapshot[],
  keepDefaults: boolean,
): GoldenSnapshot[] {
  const masker = new Masker();
  for (const { items } of snapshots) masker.learn(items);
  for (const { events } of snapshots) for (const event of events) learnEvent(masker, event);
  return snapshots.map(({ items, events }) => ({
    objects: items
      .filter((item) => keepDefaults || !isDefault(item))
      .map((item) => arranged(withoutTiming(masker.mask(essence(item))) as Item))
      .sort(byKindAndContent),
    events: mergedEvents(events, masker),
  }));
}

function learnEvent(masker: Masker, event: Json): void {
  const { kind, name } = event.involvedObject as { kind: string; name: string };
  const names = [...String(event.message).matchAll(/pod: ([a-z0-9-]+)/g)].map(([, found]) => found);
  if (kind === 'Pod' && /-[bcdfghjklmnpqrstvwxz2456789]{5}$/.test(name)) names.push(name);
  if (kind === 'Job') masker.learn({ metadata: { name, ownerReferences: [{ kind: 'CronJob' }] } });
  for (const generated of names) {
    masker.learn({ metadata: { name: generated, generateName: generated.slice(0, -5) } });
  }
}

function isDefault({ kind, metadata }: Item): boolean {
  return (
    (kind === 'ConfigMap' && metadata.name === 'kube-root-ca.crt') ||
    (kind === 'ServiceAccount' && metadata.name === 'default')
  );
}

const META_KEPT = ['name', 'labels', 'finalizers', 'generateName', 'generation'];
const ANNOTATIONS_DROPPED = [
  'kubectl.kubernetes.io/last-applied-configuration',
  'endpoints.kubernetes.io/last-change-trigger-time',
];

function essence(item: Item): Json {
  const { kind, metadata, apiVersion } = item;
  if (kind === 'Status') return { kind, path: item.path, code: item.code };
  const object: Json = { apiVersion, kind, metadata: essentialMetadata(metadata) };
  const spec = item.spec as Json | undefined;
  if (kind === 'Pod') return { ...object, spec: podSpec(spec!), status: item.status };
  if (kind === 'ConfigMap' || kind === 'Secret') {
    const keys = Object.keys((item.data ?? {}) as Json).sort();
    return kind === 'Secret' ? { ...object, type: item.type, keys } : { ...object, keys };
  }
  if (kind === 'Node') {
    const { conditions = [] } = item.status as { conditions?: Json[] };
    const shown = conditions.map(({ type, status, reason, message }) => ({
      type,
      status,
      reason,
      message,
    }));
    return { ...object, spec, status: { conditions: shown } };
  }
  if (kind === 'ControllerRevision') return { ...object, revision: item.revision };
  const { spec: _spec, metadata: _metadata, ...rest } = item;
  Object.assign(object, rest);
  if (spec?.jobTemplate) object.spec = without(spec, ['jobTemplate']);
  else if (spec)
    object.spec = spec.template ? { ...spec, template: podTemplate(spec.template as Json) } : spec;
  return object;
}

function essentialMetadata(metadata: Json): Json {
  const kept: Json = {};
  for (const field of META_KEPT) if (metadata[field]) kept[field] = metadata[field];
  if (metadata.annotations)
    kept.annotations = without(metadata.annotations as Json, ANNOTATIONS_DROPPED);
  if (metadata.ownerReferences) {
    kept.ownerReferences = (metadata.ownerReferences as Json[]).map((owner) =>
      without(owner, ['uid']),
    );
  }
  if (metadata.deletionTimestamp) {
    kept.deletionTimestamp = metadata.deletionTimestamp;
    kept.deletionGracePeriodSeconds = metadata.deletionGracePeriodSeconds;
  }
  return kept;
}

function podSpec(spec: Json): Json {
  const containers = (spec.containers as Json[]).map(({ name, image, env }) => ({
    name,
    image,
    env,
  }));
  const volumes = ((spec.volumes ?? []) as { name: string }[]).filter(
    ({ name }) => !name.startsWith('kube-api-access'),
  );
  const { nodeName, restartPolicy, hostname, subdomain, priority, tolerations, affinity } = spec;
  return {
    nodeName: nodeName || undefined,
    containers,
    restartPolicy,
    hostname,
    subdomain,
    priority: priority || undefined,
    tolerations,
    affinity,
    volumes,
  };
}

function podTemplate({ metadata, spec }: Json): Json {
  const { labels, annotations } = (metadata ?? {}) as Json;
  const images = ((spec as Json).containers as Json[]).map(({ image }) => image);
  return { metadata: { labels, annotations }, images };
}

/** Drops undefined members too, as JSON does. */
function withoutTiming(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTiming);
  if (typeof value !== 'object' || value === null) return value;
  const kept: Json = {};
  for (const [key, part] of Object.entries(value)) {
    if (part === undefined || TIMING.has(key)) continue;
    kept[key] = withoutTiming(part);
  }
  return kept;
}

const TIMING = new Set(['uid', 'resourceVersion', 'creationTimestamp', 'managedFields']);

/** Masks pod addresses and orders what the server orders by them or by time. */
function arranged(item: Item): Item {
  const object: Item = item;
  const status = item.status as Json | undefined;
  if (item.kind === 'Pod' && ((status?.podIP ?? '') as string).startsWith('10.244.7.')) {
    object.status = { ...status, podIP: '<podip>', podIPs: [{ ip: '<podip>' }] };
  }
  if (item.kind === 'EndpointSlice') {
    const endpoints = (item.endpoints ?? []) as Json[];
    object.endpoints = endpoints
      .map((endpoint) => ({ ...endpoint, addresses: ['<podip>'] }))
      .sort(byContent);
  }
  if (item.kind === 'Endpoints') {
    object.subsets = ((item.subsets ?? []) as Json[]).map((subset) => {
      const masked: Json = { ...subset };
      for (const field of ['addresses', 'notReadyAddresses']) {
        const addresses = subset[field] as Json[] | undefined;
        if (addresses)
          masked[field] = addresses.map((each) => ({ ...each, ip: '<podip>' })).sort(byContent);
      }
      return masked;
    });
  }
  const conditions = (object.status as Json | undefined)?.conditions as Json[] | undefined;
  conditions?.sort((a, b) => (String(a.type) < String(b.type) ? -1 : 1));
  return object;
}

function mergedEvents(events: readonly Json[], masker: Masker): Json[] {
  const groups = new Map<string, Json & { objects: number }>();
  for (const event of events) {
    const { kind, name, fieldPath } = event.involvedObject as Json;
    const shown = withoutTiming(
      masker.mask({
        type: event.type,
        reason: event.reason,
        message: event.message,
        involvedObject: { kind, name, fieldPath },
        source: (event.source as Json | undefined)?.component ?? '',
        reportingComponent: event.reportingComponent ?? '',
        action: event.action || undefined,
      }),
    ) as Json;
    const key = JSON.stringify(shown);
    const group = groups.get(key) ?? { ...shown, objects: 0 };
    const isVarying = String(shown.message).startsWith('Error creating');
    group.objects = isVarying ? 1 : group.objects + 1;
    groups.set(key, group);
  }
  return [...groups.values()].sort(byContent);
}

function without(object: Json, names: readonly string[]): Json {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

export function byContent(left: unknown, right: unknown): number {
  return canonical(left) < canonical(right) ? -1 : 1;
}

export function byKindAndContent(left: Json, right: Json): number {
  return byContent([left.kind, left.metadata, left], [right.kind, right.metadata, right]);
}

/** JSON with members in the order of their names. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return '[' + value.map(canonical).join(',') + ']';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const object = value as Json;
  const members = Object.keys(object)
    .sort()
    .map((name) => name + ':' + canonical(object[name]));
  return '{' + members.join(',') + '}';
}
