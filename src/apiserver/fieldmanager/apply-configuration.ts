// Server-side apply of a configuration that a client sent: what it must be, and what comes of it.
// Upstream: apimachinery/pkg/util/managedfields/internal/{structuredmerge,versioncheck}.go.
import type { KubeObject } from '../../api/object';
import { badRequest, StatusError } from '../../api/status-error';
import type { ApiRequest } from '../../client/transport';
import { isObject, type JsonObject } from '../patch/json-value';
import { applyConflict } from './apply-conflict';
import { conflictsBeyondLastApplied, KUBECTL, withLastApplied } from './last-applied';
import type { Managed } from './managed-fields';
import { applyOwnership, ConflictError, type Applied, type Versions } from './ownership-update';
import type { Writer } from './ownership-update';
import { shapeProblem } from './validate-shape';

interface KnownKind extends Versions {
  readonly kind: string;
}

/** What the request's body makes of `live`. Throws StatusError. */
export function applyConfiguration(
  live: KubeObject,
  { body, options }: ApiRequest,
  managed: Managed,
  writer: Writer,
  versions: KnownKind,
  time: string,
): Applied {
  const config = checkedConfiguration(body, versions);
  const isKubectl = writer.manager === KUBECTL;
  const apply = (force: boolean): Applied =>
    applyOwnership(live, config, managed, writer, force, versions, time);
  let applied: Applied;
  try {
    applied = apply(options.force ?? false);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    const { conflicts } = error;
    const left = isKubectl ? conflictsBeyondLastApplied(conflicts, live, versions) : conflicts;
    if (left.length > 0) throw applyConflict(left);
    applied = apply(true);
  }
  if (!isKubectl) return applied;
  const merged = applied.object ?? live;
  const object = withLastApplied(merged as JsonObject, config);
  return object === merged ? applied : { ...applied, object };
}

function checkedConfiguration(body: unknown, { apiVersion, kind, shape }: KnownKind): JsonObject {
  const config = isObject(body) ? body : {};
  const given = { apiVersion: textOf(config.apiVersion), kind: textOf(config.kind) };
  if (given.apiVersion !== apiVersion || given.kind !== kind) {
    throw badRequest(`invalid object type: ${groupVersionKind(given.apiVersion, given.kind)}`);
  }
  const metadata = isObject(config.metadata) ? config.metadata : {};
  if (Array.isArray(metadata.managedFields)) {
    throw badRequest('metadata.managedFields must be nil');
  }
  const problem = shapeProblem(config, shape);
  if (problem === undefined) return config;
  const about = describeObject(config, apiVersion, kind);
  throw new StatusError(500, '', `failed to create typed patch object (${about}): ${problem}`);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** 'namespace/name; apps/v1, Kind=Deployment'. */
function describeObject(object: JsonObject, apiVersion: string, kind: string): string {
  const metadata = isObject(object.metadata) ? object.metadata : {};
  const name = `${textOf(metadata.namespace)}/${textOf(metadata.name)}`;
  return `${name}; ${groupVersionKind(apiVersion, kind)}`;
}

function groupVersionKind(apiVersion: string, kind: string): string {
  const text = apiVersion.includes('/') ? apiVersion : '/' + apiVersion;
  return `${text}, Kind=${kind}`;
}
