// The paths of a resource with their operations: which kind, which action, which parameters. Of the
// rest of an operation only what clients read is here.
// Upstream: apiserver/pkg/endpoints/installer.go.
import type { ResourceDefinition } from '../../resources/definition';
import { DEFAULT_VERBS, subresourceShape } from '../discovery/resource-entries';
import type { GroupVersionKind, Schema } from './schemas';

interface Verb {
  method: string;
  action: string;
  onItem: boolean;
  isWrite: boolean;
}

const VERBS: Readonly<Record<string, Verb>> = {
  list: { method: 'get', action: 'list', onItem: false, isWrite: false },
  create: { method: 'post', action: 'post', onItem: false, isWrite: true },
  deletecollection: { method: 'delete', action: 'deletecollection', onItem: false, isWrite: false },
  get: { method: 'get', action: 'get', onItem: true, isWrite: false },
  update: { method: 'put', action: 'put', onItem: true, isWrite: true },
  patch: { method: 'patch', action: 'patch', onItem: true, isWrite: true },
  delete: { method: 'delete', action: 'delete', onItem: true, isWrite: false },
};
const WRITE_PARAMETERS = ['dryRun', 'fieldManager', 'fieldValidation'];
const LIST_PARAMETERS = ['continue', 'fieldSelector', 'labelSelector', 'limit', 'watch'];

/** How a version of OpenAPI spells a parameter. */
export type SpellParameter = (name: string, where: 'path' | 'query') => Schema;

/** How it says which sorts of patches an operation takes, which clients ask before they choose. */
export type SpellPatches = (mediaTypes: readonly string[]) => Schema;

const PATCHES = ['json-patch+json', 'merge-patch+json', 'strategic-merge-patch+json'];
const APPLY = 'apply-patch+yaml';

/** Every path of a resource and of its subresources. */
export function resourcePaths(
  definition: ResourceDefinition,
  spell: SpellParameter,
  spellPatches: SpellPatches,
): Record<string, Schema> {
  const { ref, verbs = DEFAULT_VERBS, subresources = [] } = definition;
  const root = ref.group ? `/apis/${ref.apiVersion}` : `/api/${ref.version}`;
  const collection = ref.namespaced
    ? `${root}/namespaces/{namespace}/${ref.resource}`
    : `${root}/${ref.resource}`;
  const kind = { group: ref.group, version: ref.version, kind: ref.kind };
  const patches = [...(definition.custom ? PATCHES.slice(0, 2) : PATCHES), APPLY];
  const patchBody = spellPatches(patches.map((each) => `application/${each}`));
  const paths: Record<string, Schema> = {
    [collection]: pathItem(collection, verbs, false, kind, spell),
    [`${collection}/{name}`]: pathItem(`${collection}/{name}`, verbs, true, kind, spell),
  };
  if (ref.namespaced) {
    const everywhere = `${root}/${ref.resource}`;
    paths[everywhere] = pathItem(everywhere, ['list'], false, kind, spell);
  }
  for (const subresource of subresources) {
    const path = `${collection}/{name}/${subresource}`;
    const shape = subresourceShape(definition, subresource);
    const [group, version] = shape.group ? [shape.group, shape.version!] : [ref.group, ref.version];
    const own = { group, version, kind: shape.kind };
    const created = shape.verbs.includes('create') ? ['create'] : [];
    paths[path] = {
      ...pathItem(path, shape.verbs, true, own, spell),
      ...pathItem(path, created, false, own, spell),
    };
  }
  for (const item of Object.values(paths)) Object.assign((item.patch as Schema) ?? {}, patchBody);
  return paths;
}

function pathItem(
  path: string,
  verbs: readonly string[],
  onItem: boolean,
  kind: GroupVersionKind,
  spell: SpellParameter,
): Schema {
  const item: Schema = {};
  for (const verb of verbs) {
    const known = VERBS[verb];
    if (known?.onItem !== onItem) continue;
    const names = known.isWrite ? WRITE_PARAMETERS : verb === 'list' ? LIST_PARAMETERS : [];
    item[known.method] = {
      parameters: names.map((name) => spell(name, 'query')),
      responses: { 200: { description: 'OK' }, 401: { description: 'Unauthorized' } },
      'x-kubernetes-action': known.action,
      'x-kubernetes-group-version-kind': kind,
    };
  }
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => spell(name, 'path'));
  if (inPath.length > 0) item.parameters = inPath;
  return item;
}
