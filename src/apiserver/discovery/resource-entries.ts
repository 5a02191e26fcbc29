// The resources of one group and version, as discovery lists them.
import type { ResourceDefinition } from '../../resources/definition';
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

interface SubresourceShape {
  verbs: readonly string[];
  group?: string;
  version?: string;
  kind?: string;
}

/** Subresources whose verbs or kind are not those of the status. */
const SUBRESOURCES: Readonly<Record<string, SubresourceShape>> = {
  binding: { verbs: ['create'], kind: 'Binding' },
  eviction: { verbs: ['create'], group: 'policy', version: 'v1', kind: 'Eviction' },
  finalize: { verbs: ['update'] },
  scale: { verbs: ['get', 'patch', 'update'], group: 'autoscaling', version: 'v1', kind: 'Scale' },
  status: { verbs: ['get', 'patch', 'update'] },
  resize: { verbs: ['get', 'patch', 'update'] },
};

export function subresourceShape(subresource: string): SubresourceShape {
  return SUBRESOURCES[subresource] ?? SUBRESOURCES.status;
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
  const hash = storageVersionHashes[ref.key];
  if (hash) entry.storageVersionHash = hash;
  return entry;
}

function subresourceEntry({ ref }: ResourceDefinition, subresource: string): ApiResource {
  const { verbs, group, version, kind = ref.kind } = subresourceShape(subresource);
  return {
    name: `${ref.resource}/${subresource}`,
    singularName: '',
    namespaced: ref.namespaced,
    ...(group && { group, version }),
    kind,
    verbs,
  };
}
