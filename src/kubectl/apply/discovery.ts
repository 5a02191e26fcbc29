// From apiVersion and kind to the path of its resource, by asking the server once per group
// version.
import type { Status } from '../../api/status-error';
import { ask } from './exchange';
import type { Exchange } from './exchange';

export interface DiscoveredResource {
  /** Plural: 'deployments'. */
  name: string;
  kind: string;
  namespaced: boolean;
  group: string;
  version: string;
}

interface ResourceList {
  resources: { name: string; kind: string; namespaced: boolean }[];
}

/** Answers are kept; a kind that is not among them is asked for once more (a new custom kind). */
export class Discovery {
  private readonly byGroupVersion = new Map<string, DiscoveredResource[]>();

  /** The resource of a kind, or the Status of why there is none. */
  *find(apiVersion: string, kind: string): Exchange<DiscoveredResource | Status> {
    const known = this.byGroupVersion.get(apiVersion)?.find((entry) => entry.kind === kind);
    if (known) return known;
    const answer = yield* ask<ResourceList>({ method: 'GET', path: rootPath(apiVersion) });
    if (!answer.ok && answer.status.code !== 404) return answer.status;
    const entries = answer.ok ? toEntries(apiVersion, answer.object) : [];
    this.byGroupVersion.set(apiVersion, entries);
    return entries.find((entry) => entry.kind === kind) ?? noMatch(apiVersion, kind);
  }
}

/** '/api/v1' for the core group, '/apis/apps/v1' for others. */
export function rootPath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** The path of one object, or of its collection when no name is given. */
export function resourcePath(
  resource: DiscoveredResource,
  namespace: string,
  name?: string,
): string {
  const { group, version } = resource;
  const root = rootPath(group ? `${group}/${version}` : version);
  const scope = resource.namespaced ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${root}${scope}/${resource.name}` + (name ? `/${encodeURIComponent(name)}` : '');
}

function toEntries(apiVersion: string, list: ResourceList): DiscoveredResource[] {
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  const version = apiVersion.slice(slash + 1);
  return list.resources
    .filter((entry) => !entry.name.includes('/'))
    .map(({ name, kind, namespaced }) => ({ name, kind, namespaced, group, version }));
}

function noMatch(apiVersion: string, kind: string): Status {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message:
      `no matches for kind "${kind}" in version "${apiVersion}"\n` +
      'ensure CRDs are installed first',
    reason: 'NoKindMatch',
    details: { causes: [{ reason: 'NoKindMatch', message: '', field: 'kind' }] },
    code: 404,
  };
}
