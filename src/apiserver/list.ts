// List: at the newest revision, at an exact one, or page by page at the revision of the first page.
// Upstream: apiserver/pkg/registry/generic/registry/store.go, pkg/storage/continue.go.
import type { KubeObject } from '../api/object';
import { badRequest, isExpired, StatusError } from '../api/status-error';
import type { ApiRequest, ObjectList } from '../client/transport';
import type { ResourceDefinition } from '../resources/definition';
import type { ServerContext } from './context';
import { decodeContinue, encodeContinue, type ContinueToken } from './continue-token';
import { compileSelection } from './selection';

export function listObjects(
  context: ServerContext,
  definition: ResourceDefinition,
  { namespace, options }: ApiRequest,
): ObjectList {
  const { key } = definition.ref;
  const { matches, filter } = compileSelection(
    definition,
    namespace,
    options.labelSelector,
    options.fieldSelector,
  );
  const token = options.continue ? decodeContinue(options.continue) : undefined;
  if (token && options.resourceVersion && options.resourceVersion !== '0') {
    throw badRequest('specifying resource version is not allowed when using continue');
  }
  const revision = revisionFor(context, options, token);
  const isNewest = revision >= context.store.revision;
  const isIndexed = filter.indexValue !== undefined && !namespace && isNewest;
  const all = isIndexed
    ? context.store.listIndexed(key, filter.indexValue!)
    : objectsAt(context, key, namespace, revision, token);
  const selected = matches ? all.filter(matches) : all;
  const list = page(selected, revision, options.limit ?? 0, token);
  // How many remain is told only when nothing had to be selected.
  if (matches) delete list.remainingItemCount;
  return list;
}

function revisionFor(
  { store }: ServerContext,
  { resourceVersion, resourceVersionMatch }: ApiRequest['options'],
  token: ContinueToken | undefined,
): number {
  if (token) return token.revision < 0 ? store.revision : token.revision;
  if (!resourceVersion || resourceVersion === '0') return store.revision;
  if (!/^\d+$/.test(resourceVersion)) {
    throw badRequest(
      `Invalid value: "${resourceVersion}": strconv.ParseUint: ` +
        `parsing "${resourceVersion}": invalid syntax`,
    );
  }
  const asked = Number(resourceVersion);
  if (asked > store.revision) throw tooLarge(asked, store.revision);
  return resourceVersionMatch === 'Exact' ? asked : store.revision;
}

function tooLarge(asked: number, current: number): StatusError {
  const message = `Too large resource version: ${asked}, current: ${current}`;
  return new StatusError(504, 'Timeout', `Timeout: ${message}`, {
    retryAfterSeconds: 1,
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
  });
}

function objectsAt(
  { store }: ServerContext,
  table: string,
  namespace: string,
  revision: number,
  token: ContinueToken | undefined,
): KubeObject[] {
  try {
    return store.listAt(table, namespace, revision);
  } catch (error) {
    if (!token || !isExpired(error)) throw error;
    const anyRevision = encodeContinue(-1, { metadata: token });
    throw new StatusError(410, 'Expired', CONTINUE_EXPIRED, undefined, anyRevision);
  }
}

const CONTINUE_EXPIRED =
  'The provided continue parameter is too old to display a consistent list result. You can ' +
  'start a new list without the continue parameter, or use the continue token in this response ' +
  'to retrieve the remainder of the results. Continuing with the provided token results in an ' +
  'inconsistent list - objects that were created, modified, or deleted between the time the ' +
  'first chunk was returned ' +
  'and now may show up in the list.';

function page(
  selected: KubeObject[],
  revision: number,
  limit: number,
  token: ContinueToken | undefined,
): ObjectList {
  const start = token ? firstAfter(selected, token) : 0;
  const resourceVersion = String(revision);
  if (limit <= 0 || selected.length - start <= limit) {
    return { resourceVersion, items: start > 0 ? selected.slice(start) : selected };
  }
  const items = selected.slice(start, start + limit);
  return {
    resourceVersion,
    items,
    continue: encodeContinue(revision, items[items.length - 1]),
    remainingItemCount: selected.length - start - limit,
  };
}

function firstAfter(objects: readonly KubeObject[], token: ContinueToken): number {
  const index = objects.findIndex(({ metadata }) => {
    const { namespace = '', name } = metadata;
    if (namespace !== token.namespace) return namespace > token.namespace;
    return name > token.name;
  });
  return index < 0 ? objects.length : index;
}
