// The resources of one group and version, as discovery lists them.
import type { ResourceDefinition, SubresourceDetail } from '../../resources/definition';
import { storageVersionHashes } from './storage-version-hashes';

/** An entry of an APIResourceList. */
export interface ApiResource {
  name: string;
  singularName: string;
  namespaced: boolean;
  group?: string;
  version?: string;
  kind: string;
  verbs: readonly string[];
  shortNames?: readonly string[];
  categories?: readonly string[];
  storageVersionHash?: string;
}

export const DEFAULT_VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
] as const;

/** What the definitions need not say, because it is the same wherever the subresource exists. */
const KNOWN_SUBRESOURCES: Readonly<Record<string, SubresourceDetail>> = {
  binding: { kind: 'Binding', verbs: ['create'] },
  eviction: { kind: 'Eviction', group: 'policy', version: 'v1', verbs: ['create'] },
  finalize: { verbs: ['update'] },
  scale: { kind: 'Scale', group: 'autoscaling', version: 'v1' },
};
const SUBRESOURCE_VERBS = ['get', 'patch', 'update'] as const;

/** A subresource's verbs and the kind that it takes and gives. */
export function subresourceShape(
  { ref, subresourceDetails }: ResourceDefinition,
  subresource: string,
): {
  verbs: readonly string[];
  apiVersion: string;
  kind: string;
  group?: string;
  version?: string;
} {
  const detail = subresourceDetails?.[subresource] ?? KNOWN_SUBRESOURCES[subresource] ?? {};
  const { kind = ref.kind, group, version, verbs = SUBRESOURCE_VERBS } = detail;
  const apiVersion = group ? `${group}/${version}` : ref.apiVersion;
  return { verbs, apiVersion, kind, ...(group && { group, version }) };
}

/** Sorted by name, subresources after their resource. */
export function apiResources(
  definitions: readonly ResourceDefinition[],
  group: string,
  version: string,
): ApiResource[] {
  const own = definitions.filter(({ ref }) => ref.group === group && ref.version === version);
  const entries = own.flatMap((definition) => [
    resourceEntry(definition),
    ...(definition.subresources ?? []).map((name) => subresourceEntry(definition, name)),
  ]);
  if (group === '' && entries.length > 0) entries.push(BINDINGS);
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The pods' binding by another path. */
const BINDINGS: ApiResource = {
  name: 'bindings',
  singularName: 'binding',
  namespaced: true,
  kind: 'Binding',
  verbs: ['create'],
};

function resourceEntry({ ref, ...definition }: ResourceDefinition): ApiResource {
  const entry: ApiResource = {
    name: ref.resource,
    singularName: definition.singular,
    namespaced: ref.namespaced,
    kind: ref.kind,
    verbs: definition.verbs ?? DEFAULT_VERBS,
  };
  if (definition.shortNames?.length) entry.shortNames = definition.shortNames;
  if (definition.categories?.length) entry.categories = definition.categories;
  const hash = definition.storageVersionHash ?? storageVersionHashes[ref.key];
  if (hash) entry.storageVersionHash = hash;
  return entry;
}

function subresourceEntry(definition: ResourceDefinition, subresource: string): ApiResource {
  const { verbs, group, version, kind } = subresourceShape(definition, subresource);
  const { resource, namespaced } = definition.ref;
  return {
    name: `${resource}/${subresource}`,
    singularName: '',
    namespaced,
    ...(group && { group, version }),
    kind,
    verbs,
  };
}
