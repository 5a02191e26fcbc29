// `kubectl delete -f`: every object of a file, in its order; what is not there is told, not fatal.
import type { Status } from '../../api/status-error';
import { subjectOf, withNamespace } from './apply';
import { resourcePath } from './discovery';
import type { Discovery } from './discovery';
import { ask } from './exchange';
import type { Exchange } from './exchange';
import type { Manifest } from './manifest';

export type Cascade = 'Background' | 'Foreground' | 'Orphan';

export interface DeleteResult {
  manifest: Manifest;
  subject: string;
  outcome: 'deleted' | 'notFound' | 'failed';
  status?: Status;
  warnings: string[];
}

export interface DeleteOptions {
  namespace: string;
  cascade: Cascade;
  discovery: Discovery;
}

/** Deletes the object of every readable manifest. */
export function* deleteManifests(
  manifests: readonly Manifest[],
  options: DeleteOptions,
): Exchange<DeleteResult[]> {
  const results: DeleteResult[] = [];
  for (const manifest of manifests) results.push(yield* deleteOne(manifest, options));
  return results;
}

function* deleteOne(manifest: Manifest, options: DeleteOptions): Exchange<DeleteResult> {
  const failed: DeleteResult = { manifest, subject: '', outcome: 'failed', warnings: [] };
  if (!manifest.object) return failed;
  const { apiVersion, kind } = manifest.object;
  const resource = yield* options.discovery.find(apiVersion, kind);
  if ('status' in resource) return { ...failed, subject: kind.toLowerCase(), status: resource };
  const object = withNamespace(manifest.object, resource, options.namespace);
  const { namespace = '', name } = object.metadata;
  const answer = yield* ask<unknown>({
    method: 'DELETE',
    path: resourcePath(resource, namespace, name),
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      kind: 'DeleteOptions',
      apiVersion: 'v1',
      propagationPolicy: options.cascade,
    }),
  });
  const subject = subjectOf(resource, object);
  const { warnings } = answer;
  if (answer.ok) return { manifest, subject, outcome: 'deleted', warnings };
  const outcome = answer.status.code === 404 ? 'notFound' : 'failed';
  return { manifest, subject, outcome, status: answer.status, warnings };
}
