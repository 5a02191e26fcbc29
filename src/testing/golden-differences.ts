// What lies between the recordings, which are of 1.28, and this cluster, which is 1.36: every
// allowed difference is one line here, and nothing else is forgiven.
import { byContent, byKindAndContent, type GoldenSnapshot, type Json } from './golden-snapshot';

/** What stands in the recording, as JSON, and what stands there since. */
export type Rewording = readonly [from: RegExp | string, to: string];

/** A recorded snapshot as 1.36 would have made it, without what is not simulated. */
export function recordedAsOf136(
  { objects, events }: GoldenSnapshot,
  reworded: readonly Rewording[] = [],
): GoldenSnapshot {
  const reword = (value: Json): Json => {
    const text = reworded.reduce((all, [from, to]) => all.replace(from, to), JSON.stringify(value));
    return JSON.parse(text) as Json;
  };
  return {
    objects: objects
      .map(reword)
      .map(withoutNulls)
      .map(withoutPausedStart)
      .map(withControllers)
      .sort(byKindAndContent),
    events: events
      .filter(({ reason }) => !UNTOLD.has(String(reason)))
      .map(({ count: _count, ...event }) => reword(renamed(event)))
      .sort(byContent),
  };
}

/** 1.31: a StatefulSet replaces a pod that has ended without a word of its own about it. */
const UNTOLD = new Set(['RecreatingFailedPod', 'RecreatingTerminatedPod']);

/** 1.31: whoever owns the claim of a StatefulSet's pod controls it. */
function withControllers(object: Json): Json {
  const { ownerReferences, ...metadata } = object.metadata as { ownerReferences?: Json[] };
  if (object.kind !== 'PersistentVolumeClaim' || !ownerReferences) return object;
  const owners = ownerReferences.map((owner) => ({
    ...owner,
    controller: true,
    blockOwnerDeletion: true,
  }));
  return { ...object, metadata: { ...metadata, ownerReferences: owners } };
}

/** Optional parts of a pod failure policy are left out. */
function withoutNulls(object: Json): Json {
  const isGone = (key: string, value: unknown): boolean =>
    value === null && /^(containerName|onPodConditions|onExitCodes)$/.test(key);
  return JSON.parse(JSON.stringify(object), (key, value: unknown) =>
    isGone(key, value) ? undefined : value,
  ) as Json;
}

/** 1.35: a Job that is suspended has no start. */
function withoutPausedStart(object: Json): Json {
  const {
    startTime,
    conditions = [],
    ...status
  } = (object.status ?? {}) as {
    startTime?: string;
    conditions?: Json[];
  };
  const isPaused = conditions.some((each) => each.type === 'Suspended' && each.status === 'True');
  if (object.kind !== 'Job' || !startTime || !isPaused) return object;
  return { ...object, status: { ...status, conditions } };
}

function renamed(event: Json): Json {
  const text = JSON.stringify(event)
    // 1.29: taint eviction became a controller of its own.
    .replaceAll('"taint-controller"', '"taint-eviction-controller"')
    // 1.30: scaling is worded from where it comes to where it goes.
    .replace(/(Scaled \S+ replica set \S+) to (\d+)(?: from (\d+))?/, (...match: string[]) => {
      const [, start, to, from = '0'] = match;
      return `${start} from ${from} to ${to}`;
    });
  return JSON.parse(text) as Json;
}

/** What 1.36 adds to objects. */
const ADDED = new Set([
  'manualSelector',
  'podReplacementPolicy',
  'terminatingReplicas',
  'hostIPs',
  'endpoints.kubernetes.io/managed-by',
  'lastPhaseTransitionTime',
]);

/** Our own snapshot without what 1.28 did not have. */
export function oursAsOf128({ objects, events }: GoldenSnapshot): GoldenSnapshot {
  return {
    objects: objects
      .map((object) => withoutAnnounced(withoutAdded(object) as Json))
      .sort(byKindAndContent),
    events: [...events].sort(byContent),
  };
}

/** 1.31: the end of a Job is announced by a condition, and success has a reason. */
function withoutAnnounced(object: Json): Json {
  const status = object.status as { conditions?: Json[] } | undefined;
  if (object.kind !== 'Job' || !status?.conditions) return object;
  const conditions = status.conditions
    .filter(({ type, reason }) => {
      const isOld = type === 'FailureTarget' && reason === 'PodFailurePolicy';
      return isOld || (type !== 'FailureTarget' && type !== 'SuccessCriteriaMet');
    })
    .map(({ reason, message, ...condition }) =>
      condition.type === 'Complete' ? condition : { ...condition, reason, message },
    );
  return { ...object, status: { ...status, conditions } };
}

function withoutAdded(value: unknown, kind = (value as Json | null)?.kind): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutAdded(item, kind));
  if (typeof value !== 'object' || value === null) return value;
  const kept: Json = {};
  for (const [name, part] of Object.entries(value)) {
    // Pods have had a generation, which their conditions observe, since 1.33.
    const isPodGeneration = kind === 'Pod' && /^(generation|observedGeneration)$/.test(name);
    // Endpoints had such a field before Jobs had one.
    const isJobCount = kind === 'Job' && name === 'terminating';
    if (ADDED.has(name) || isPodGeneration || isJobCount) continue;
    const shown = withoutAdded(part, kind);
    const isEmptied = name === 'labels' && Object.keys(shown as Json).length === 0;
    if (!isEmptied) kept[name] = shown;
  }
  return kept;
}
