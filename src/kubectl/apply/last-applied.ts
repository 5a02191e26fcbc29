// What was applied last, kept on the object itself, so that the next apply knows what was taken
// away.
import { encodeLikeGo } from './json-value';
import type { JsonObject } from './json-value';
import type { ManifestObject } from './manifest';

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** The object with its own text in the annotation, as it is sent. */
export function withLastApplied(object: ManifestObject): ManifestObject {
  const { [LAST_APPLIED]: _dropped, ...annotations } = object.metadata.annotations ?? {};
  const bare = { ...object, metadata: { ...object.metadata, annotations } };
  const text = encodeLikeGo(bare as unknown as JsonObject) + '\n';
  return {
    ...bare,
    metadata: { ...bare.metadata, annotations: { ...annotations, [LAST_APPLIED]: text } },
  };
}

/** The configuration applied last; undefined when the object was made otherwise. */
export function lastApplied(live: ManifestObject): JsonObject | undefined {
  const text = live.metadata.annotations?.[LAST_APPLIED];
  if (!text) return undefined;
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return undefined;
  }
}
