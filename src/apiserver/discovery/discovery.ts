// Discovery: which groups, versions and resources are served, in the old form (a document a group
// and version) and in the aggregated one. Built from the resource definitions alone.
// Upstream: apiserver/pkg/endpoints/discovery.
import type { ResourceDefinition } from '../../resources/definition';
import type { GroupVersion } from '../context';
import { apiResources, type ApiResource } from './resource-entries';

/** Groups in the order in which the real server lists them; others come after, as registered. */
const GROUP_ORDER = [
  'apiregistration.k8s.io',
  'apps',
  'events.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'storage.k8s.io',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'scheduling.k8s.io',
  'coordination.k8s.io',
  'node.k8s.io',
  'discovery.k8s.io',
  'resource.k8s.io',
  'flowcontrol.apiserver.k8s.io',
];

type Definitions = readonly ResourceDefinition[];
/** What other servers would have to answer for, none of which can be reached. */
type Remote = readonly GroupVersion[];

const NONE: Remote = [];

/** The document of '/api'. */
export function coreVersions(): object {
  const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress: '127.0.0.1:6443' }];
  return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs };
}

/** The document of '/apis'. */
export function groupList(definitions: Definitions, remote = NONE): object {
  const groups = groupNames(definitions, remote).map((group) =>
    groupEntry(definitions, group, remote),
  );
  return { kind: 'APIGroupList', apiVersion: 'v1', groups };
}

/** The document of '/apis/<group>'; undefined when the group is not served. */
export function groupDocument(
  definitions: Definitions,
  group: string,
  remote = NONE,
): object | undefined {
  if (group === '' || !groupNames(definitions, remote).includes(group)) return undefined;
  return { kind: 'APIGroup', apiVersion: 'v1', ...groupEntry(definitions, group, remote) };
}

/** The document of '/api/v1' or '/apis/<group>/<version>'; undefined when that is not served. */
export function resourceList(
  definitions: Definitions,
  group: string,
  version: string,
): object | undefined {
  const resources = apiResources(definitions, group, version);
  if (resources.length === 0) return undefined;
  const groupVersion = group ? `${group}/${version}` : version;
  const apiVersion = group ? { apiVersion: 'v1' } : {};
  return { kind: 'APIResourceList', ...apiVersion, groupVersion, resources };
}

/** The aggregated document of '/api' (core) or '/apis', in 'v2' or 'v2beta1'. */
export function aggregatedDiscovery(
  definitions: Definitions,
  core: boolean,
  version: string,
  remote = NONE,
): object {
  const groups = core ? [''] : groupNames(definitions, remote);
  const items = groups.map((group) => ({
    metadata: group ? { name: group } : {},
    versions: versionsOf(definitions, group, remote).map((groupVersion) => {
      if (isRemote(remote, group, groupVersion)) {
        return { version: groupVersion, freshness: 'Stale' };
      }
      const resources = aggregated(apiResources(definitions, group, groupVersion));
      return { version: groupVersion, resources, freshness: 'Current' };
    }),
  }));
  const apiVersion = `apidiscovery.k8s.io/${version}`;
  return { kind: 'APIGroupDiscoveryList', apiVersion, metadata: {}, items };
}

function aggregated(entries: readonly ApiResource[]): object[] {
  return entries
    .filter(({ name }) => !name.includes('/'))
    .map((entry) => {
      const subresources = entries
        .filter(({ name }) => name.startsWith(entry.name + '/'))
        .map((each) => ({
          subresource: each.name.slice(entry.name.length + 1),
          responseKind: responseKind(each),
          verbs: each.verbs,
        }));
      return {
        resource: entry.name,
        responseKind: responseKind(entry),
        scope: entry.namespaced ? 'Namespaced' : 'Cluster',
        singularResource: entry.singularName,
        verbs: entry.verbs,
        ...(entry.shortNames && { shortNames: entry.shortNames }),
        ...(entry.categories && { categories: entry.categories }),
        ...(subresources.length > 0 && { subresources }),
      };
    });
}

/** An empty group and version mean those of the list, as with the real server. */
function responseKind({ group = '', version = '', kind }: ApiResource): object {
  return { group, version, kind };
}

function groupEntry(definitions: Definitions, group: string, remote: Remote): object {
  const versions = versionsOf(definitions, group, remote).map((version) => ({
    groupVersion: `${group}/${version}`,
    version,
  }));
  return { name: group, versions, preferredVersion: versions[0] };
}

function isRemote(remote: Remote, group: string, version: string): boolean {
  return remote.some((each) => each.group === group && each.version === version);
}

function versionsOf(definitions: Definitions, group: string, remote: Remote): string[] {
  const own = definitions.filter(({ ref }) => ref.group === group);
  const elsewhere = remote.filter((each) => each.group === group);
  const all = [...own.map(({ ref }) => ref.version), ...elsewhere.map((each) => each.version)];
  const versions = [...new Set(all)];
  return own[0]?.custom ? versions.sort(compareVersions) : versions;
}

/** Stable versions first, then betas and alphas, newer before older, other names last. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [rankOf(a), rankOf(b)];
  for (let at = 0; at < x.length; at++) if (x[at] !== y[at]) return y[at] - x[at];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Stage, major and minor number. Upstream: apimachinery/pkg/version/helpers.go. */
function rankOf(version: string): readonly number[] {
  const match = /^v([1-9]\d*)(?:(alpha|beta)([1-9]\d*))?$/.exec(version);
  if (!match) return [0, 0, 0];
  const stage = match[2] === undefined ? 3 : match[2] === 'beta' ? 2 : 1;
  return [stage, Number(match[1]), Number(match[3] ?? 0)];
}

/** What others answer for comes last. */
function groupNames(definitions: Definitions, remote: Remote): string[] {
  const here = ownGroupNames(definitions);
  const others = remote.map(({ group }) => group).filter((group) => !here.includes(group));
  return [...here, ...[...new Set(others)].filter(Boolean).sort()];
}

function ownGroupNames(definitions: Definitions): string[] {
  const names = [...new Set(definitions.map(({ ref }) => ref.group))].filter(Boolean);
  const rank = (name: string): number => {
    const index = GROUP_ORDER.indexOf(name);
    return index < 0 ? GROUP_ORDER.length : index;
  };
  const isCustom = (name: string): boolean =>
    definitions.find(({ ref }) => ref.group === name)?.custom !== undefined;
  return names.sort((a, b) => {
    const order = rank(a) - rank(b);
    if (order !== 0 || !isCustom(a) || !isCustom(b))
      return order || Number(isCustom(a)) - Number(isCustom(b));
    return a < b ? -1 : 1;
  });
}
