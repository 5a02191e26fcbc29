// The metadata that the server owns: made on create, guarded on update.
// Upstream: apiserver/pkg/registry/rest/{create,update,meta}.go.
import type { KubeObject, ObjectMeta } from '../api/object';
import { formatTime } from '../api/time';
import type { Pod } from '../api/types';
import type { ResourceDefinition } from '../resources/definition';
import type { ServerContext } from './context';
import { wholeMetadata } from './whole-metadata';

/** Longest generateName that still leaves room for its suffix within 63 characters. */
const GENERATE_NAME_MAX = 58;

/** The metadata of a new object, in the server's field order. */
export function newMetadata(
  asked: Partial<ObjectMeta>,
  definition: ResourceDefinition,
  namespace: string,
  context: ServerContext,
): ObjectMeta {
  const { labels, annotations, ownerReferences, finalizers } = asked;
  return wholeMetadata({
    // A generated name comes after admission, whose refusals speak of the prefix.
    name: asked.name ?? '',
    generateName: asked.generateName,
    namespace: definition.ref.namespaced ? namespace : undefined,
    uid: context.random.uuid(),
    resourceVersion: '',
    generation: definition.hasGeneration ? 1 : undefined,
    creationTimestamp: formatTime(context.sim.clock.activityMs),
    labels: unlessEmpty(labels),
    annotations: unlessEmpty(annotations),
    ownerReferences: ownerReferences?.length ? ownerReferences : undefined,
    finalizers: finalizers?.length ? finalizers : undefined,
  });
}

/** A name made from generateName, '' without one. */
export function generateName(prefix: string | undefined, { random }: ServerContext): string {
  return prefix ? prefix.slice(0, GENERATE_NAME_MAX) + random.nameSuffix() : '';
}

/** What a refusal calls an object that may not have its name yet. */
export function spokenName({ name, generateName: prefix }: Partial<ObjectMeta>): string {
  return name || (prefix ?? '');
}

/** The metadata of an update: what the client may change, over what the server keeps. */
export function updatedMetadata(asked: Partial<ObjectMeta>, current: ObjectMeta): ObjectMeta {
  const { labels, annotations, ownerReferences, finalizers } = asked;
  return wholeMetadata({
    name: current.name,
    generateName: current.generateName,
    namespace: current.namespace,
    uid: current.uid,
    resourceVersion: current.resourceVersion,
    generation: current.generation,
    creationTimestamp: current.creationTimestamp,
    deletionTimestamp: current.deletionTimestamp,
    deletionGracePeriodSeconds: current.deletionGracePeriodSeconds,
    labels: unlessEmpty(labels),
    annotations: unlessEmpty(annotations),
    ownerReferences: ownerReferences?.length ? ownerReferences : undefined,
    finalizers: finalizers?.length ? finalizers : undefined,
    managedFields: current.managedFields,
  });
}

/** A new version of a stored object with its own top level and metadata, ready to be changed. */
export function nextVersion<T extends KubeObject>(object: T): T {
  const metadata = wholeMetadata(object.metadata);
  if (object.kind !== 'Pod') return { ...object, metadata };
  // Pods are written out for the same reason as their metadata.
  const { apiVersion, kind, spec, status } = object as unknown as Pod;
  return { apiVersion, kind, metadata, spec, status } as unknown as T;
}

function unlessEmpty(map: Record<string, string> | undefined): Record<string, string> | undefined {
  for (const _ in map) return map;
  return undefined;
}
