// `kubectl apply` without --server-side leaves what it applied in an annotation. When kubectl comes
// to apply on the server instead, fields that still are as that annotation says are its own, and
// the annotation follows.
// Upstream: apimachinery/pkg/util/managedfields/internal/lastapplied{manager,updater}.go.
import type { KubeObject } from '../../api/object';
import { isObject, type JsonObject } from '../patch/json-value';
import { compareFields } from './compare';
import type { FieldSet } from './field-set';
import { fieldSetOf } from './field-set-of';
import type { FieldConflict, Versions } from './ownership-update';
import { shapeProblem } from './validate-shape';

const ANNOTATION = 'kubectl.kubernetes.io/last-applied-configuration';
const ANNOTATIONS_MAX_BYTES = 256 * 1024;

/** The applier whose habits these are. */
export const KUBECTL = 'kubectl';

/** The conflicts that the annotation does not allow. */
export function conflictsBeyondLastApplied(
  conflicts: readonly FieldConflict[],
  live: KubeObject,
  versions: Versions,
): readonly FieldConflict[] {
  const allowed = ownedByAnnotation(live, versions);
  return allowed ? conflicts.filter(({ path }) => !allowed.has(path)) : conflicts;
}

function ownedByAnnotation(live: KubeObject, versions: Versions): FieldSet | undefined {
  const text = live.metadata.annotations?.[ANNOTATION];
  const { apiVersion, shape } = versions;
  const applied = text ? parse(text) : undefined;
  if (applied?.apiVersion !== apiVersion) return undefined;
  if (shapeProblem(applied, shape) !== undefined) return undefined;
  const { modified, added, removed } = compareFields(applied, live, shape);
  return fieldSetOf(applied, shape).difference(modified).difference(added).difference(removed);
}

function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The merged object with its annotation, if it has one, saying what was applied now. */
export function withLastApplied(merged: JsonObject, config: JsonObject): JsonObject {
  const { metadata } = merged as { metadata?: { annotations?: JsonObject } };
  const annotations = metadata?.annotations;
  if (!annotations?.[ANNOTATION]) return merged;
  const next: JsonObject = { ...annotations, [ANNOTATION]: textOf(config) };
  const size = Object.entries(next).reduce(
    (total, [name, value]) => total + name.length + String(value).length,
    0,
  );
  if (size > ANNOTATIONS_MAX_BYTES) delete next[ANNOTATION];
  return { ...merged, metadata: { ...metadata, annotations: next } };
}

/** The configuration without the annotation itself, as Go writes it. */
function textOf(config: JsonObject): string {
  const { metadata } = config as { metadata?: { annotations?: JsonObject } };
  const { [ANNOTATION]: _itself, ...annotations } = metadata?.annotations ?? {};
  const stripped = metadata?.annotations
    ? { ...config, metadata: { ...metadata, annotations } }
    : config;
  return JSON.stringify(sortedDeep(stripped)) + '\n';
}

function sortedDeep(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedDeep);
  if (!isObject(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, sortedDeep(value[name])]));
}
