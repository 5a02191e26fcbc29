// `kubectl apply -f`, client side: GET, then POST or a three-way patch against the annotation of
// the last apply. Documents go in the order of the file, except that machines come first, since a
// cluster needs something to run on. One that fails does not stop the others.
// Upstream: kubectl/pkg/cmd/apply (patcher.go). Not done: --prune, --force, server-side apply.
import type { WireSchema } from '../../api/wire-schema';
import type { Status } from '../../api/status-error';
import { resourcePath } from './discovery';
import type { DiscoveredResource, Discovery } from './discovery';
import { ask } from './exchange';
import type { Answer, Exchange } from './exchange';
import type { JsonObject } from './json-value';
import { LAST_APPLIED, lastApplied, withLastApplied } from './last-applied';
import type { Manifest, ManifestObject } from './manifest';
import { mergeSchemaOf } from './merge-schema';
import { threeWayJsonPatch } from './three-way-json-patch';
import { threeWayStrategicPatch } from './three-way-strategic-patch';

export type ApplyOutcome = 'created' | 'configured' | 'unchanged' | 'failed';

export interface ApplyResult {
  manifest: Manifest;
  /** 'deployment.apps/web'; '' when the document could not be read. */
  subject: string;
  outcome: ApplyOutcome;
  /** Why it failed; absent for a document that could not be read (its `problems` say why). */
  status?: Status;
  warnings: string[];
  dryRun: boolean;
  /** As it was before; absent for an object that is new, and for what failed before it was read. */
  live?: ManifestObject;
  /** As the server answered that it is now, or would be; absent for what failed. */
  object?: ManifestObject;
}

export interface ApplyOptions {
  schema: WireSchema;
  /** For objects that name none. */
  namespace: string;
  dryRun: boolean;
  discovery: Discovery;
  /** Heard after each document, so that long files show where they are. */
  onResult?: (result: ApplyResult) => void;
}

const CONFLICT_TRIES_MAX = 5;
const FIELD_MANAGER = 'kubectl-client-side-apply';

/** Applies every readable manifest; the results stand in the order of the work. */
export function* applyManifests(
  manifests: readonly Manifest[],
  options: ApplyOptions,
): Exchange<ApplyResult[]> {
  const results: ApplyResult[] = [];
  for (const manifest of machinesFirst(manifests)) {
    const result = yield* applyOne(manifest, options);
    results.push(result);
    options.onResult?.(result);
  }
  return results;
}

/** World objects before cluster objects, each in the order of the file. */
export function machinesFirst(manifests: readonly Manifest[]): Manifest[] {
  const isWorld = ({ object }: Manifest) =>
    object !== undefined && object.apiVersion.startsWith('sim.kubarium.dev/');
  return [...manifests.filter(isWorld), ...manifests.filter((it) => !isWorld(it))];
}

function* applyOne(manifest: Manifest, options: ApplyOptions): Exchange<ApplyResult> {
  const result: ApplyResult = {
    manifest,
    subject: '',
    outcome: 'failed',
    warnings: [],
    dryRun: options.dryRun,
  };
  if (!manifest.object) return result;
  const { apiVersion, kind } = manifest.object;
  const resource = yield* options.discovery.find(apiVersion, kind);
  if ('status' in resource) return { ...result, subject: kind.toLowerCase(), status: resource };
  result.subject = subjectOf(resource, manifest.object);
  const object = withNamespace(manifest.object, resource, options.namespace);
  for (let tries = 1; ; tries += 1) {
    const done = yield* createOrPatch(object, resource, options, result);
    if (done.outcome !== 'failed' || done.status?.reason !== 'Conflict') return done;
    if (tries === CONFLICT_TRIES_MAX) return done;
  }
}

/** 'deployment.apps/web', 'configmap/settings'. */
export function subjectOf(resource: DiscoveredResource, object: ManifestObject): string {
  const group = resource.group ? `.${resource.group}` : '';
  return `${resource.kind.toLowerCase()}${group}/${object.metadata.name}`;
}

export function withNamespace(
  object: ManifestObject,
  resource: DiscoveredResource,
  fallback: string,
): ManifestObject {
  if (!resource.namespaced || object.metadata.namespace) return object;
  return { ...object, metadata: { ...object.metadata, namespace: fallback } };
}

function* createOrPatch(
  object: ManifestObject,
  resource: DiscoveredResource,
  options: ApplyOptions,
  result: ApplyResult,
): Exchange<ApplyResult> {
  const namespace = object.metadata.namespace ?? '';
  const path = resourcePath(resource, namespace, object.metadata.name);
  const wanted = withLastApplied(object);
  const live = yield* ask<ManifestObject>({ method: 'GET', path });
  if (!live.ok && live.status.code !== 404) return { ...result, status: live.status };
  if (!live.ok) {
    const created = yield* ask<ManifestObject>({
      method: 'POST',
      path: resourcePath(resource, namespace) + writeQuery(options),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(wanted),
    });
    return concluded(result, created, 'created', []);
  }
  return yield* patchLive(live.object, wanted, path, resource, options, result);
}

function* patchLive(
  live: ManifestObject,
  wanted: ManifestObject,
  path: string,
  resource: DiscoveredResource,
  options: ApplyOptions,
  result: ApplyResult,
): Exchange<ApplyResult> {
  const warnings =
    LAST_APPLIED in (live.metadata.annotations ?? {}) ? [] : [missingAnnotation(resource, wanted)];
  const { patch, contentType } = patchFor(live, wanted, options.schema);
  if (Object.keys(patch).length === 0) {
    return { ...result, outcome: 'unchanged', warnings, live, object: live };
  }
  const answer = yield* ask<ManifestObject>({
    method: 'PATCH',
    path: path + writeQuery(options),
    headers: { 'content-type': contentType },
    body: JSON.stringify(patch),
  });
  return concluded({ ...result, live }, answer, 'configured', warnings);
}

/** The patch from what runs to what is wanted: strategic for built-in kinds, else a JSON merge. */
export function patchFor(live: ManifestObject, wanted: ManifestObject, schema: WireSchema) {
  const rules = mergeSchemaOf(schema, wanted.apiVersion, wanted.kind);
  const original = lastApplied(live) ?? {};
  const modified = wanted as unknown as JsonObject;
  const current = live as unknown as JsonObject;
  return rules
    ? {
        patch: threeWayStrategicPatch(original, modified, current, rules),
        contentType: 'application/strategic-merge-patch+json',
      }
    : {
        patch: threeWayJsonPatch(original, modified, current),
        contentType: 'application/merge-patch+json',
      };
}

function concluded(
  result: ApplyResult,
  answer: Answer<ManifestObject>,
  outcome: ApplyOutcome,
  warnings: string[],
): ApplyResult {
  const all = [...warnings, ...answer.warnings];
  return answer.ok
    ? { ...result, outcome, warnings: all, object: answer.object }
    : { ...result, status: answer.status, warnings: all };
}

function writeQuery({ dryRun }: ApplyOptions): string {
  const query = `?fieldManager=${FIELD_MANAGER}&fieldValidation=Strict`;
  return dryRun ? `${query}&dryRun=All` : query;
}

function missingAnnotation(resource: DiscoveredResource, object: ManifestObject): string {
  return (
    `resource ${resource.name}/${object.metadata.name} is missing the ${LAST_APPLIED} ` +
    'annotation which is required by kubectl apply. kubectl apply should only be used on ' +
    'resources created declaratively by either kubectl create --save-config or kubectl apply. ' +
    'The missing annotation will be patched automatically.'
  );
}
