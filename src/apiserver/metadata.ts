// The metadata that the server owns: made on create, guarded on update.
// Upstream: apiserver/pkg/registry/rest/{create,update,meta}.go.
import type { KubeObject, ObjectMeta } from '../api/object';
import { formatTime } from '../api/time';
import type { ResourceDefinition } from '../resources/definition';
import type { ServerContext } from './context';

/** Longest generateName that still leaves room for its suffix within 63 characters. */
const GENERATE_NAME_MAX = 58;

/** The metadata of a new object, in the server's field order. */
export function newMetadata(
  asked: Partial<ObjectMeta>,
  definition: ResourceDefinition,
  namespace: string,
  context: ServerContext,
): ObjectMeta {
  // A generated name comes after admission, whose refusals speak of the prefix.
  const metadata = { name: asked.name ?? '' } as ObjectMeta;
  if (asked.generateName) metadata.generateName = asked.generateName;
  if (definition.ref.namespaced) metadata.namespace = namespace;
  metadata.uid = context.random.uuid();
  metadata.resourceVersion = '';
  if (definition.hasGeneration) metadata.generation = 1;
  metadata.creationTimestamp = formatTime(context.sim.clock.activityMs);
  if (asked.labels && hasKeys(asked.labels)) metadata.labels = asked.labels;
  if (asked.annotations && hasKeys(asked.annotations)) metadata.annotations = asked.annotations;
  if (asked.ownerReferences?.length) metadata.ownerReferences = asked.ownerReferences;
  if (asked.finalizers?.length) metadata.finalizers = asked.finalizers;
  return metadata;
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
  const metadata = { name: current.name } as ObjectMeta;
  if (current.generateName) metadata.generateName = current.generateName;
  if (current.namespace) metadata.namespace = current.namespace;
  metadata.uid = current.uid;
  metadata.resourceVersion = current.resourceVersion;
  if (current.generation !== undefined) metadata.generation = current.generation;
  metadata.creationTimestamp = current.creationTimestamp;
  if (current.deletionTimestamp) {
    metadata.deletionTimestamp = current.deletionTimestamp;
    metadata.deletionGracePeriodSeconds = current.deletionGracePeriodSeconds;
  }
  if (asked.labels && hasKeys(asked.labels)) metadata.labels = asked.labels;
  if (asked.annotations && hasKeys(asked.annotations)) metadata.annotations = asked.annotations;
  if (asked.ownerReferences?.length) metadata.ownerReferences = asked.ownerReferences;
  if (asked.finalizers?.length) metadata.finalizers = asked.finalizers;
  return metadata;
}

/** A new version of a stored object with its own top level and metadata, ready to be changed. */
export function nextVersion<T extends KubeObject>(object: T): T {
  return { ...object, metadata: { ...object.metadata } };
}

function hasKeys(map: object): boolean {
  for (const _ in map) return true;
  return false;
}
