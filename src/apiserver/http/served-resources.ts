// What the servers behind one HTTP front serve at this moment, by path: their resources, and the
// other groups and versions of those. Read anew when a server says that it changed.
import type { ResourceRef } from '../../api/resource-ref';
import type { ResourceDefinition, ResourceView } from '../../resources/definition';
import type { HttpBackend } from './http';

export interface ServedResource {
  readonly backend: HttpBackend;
  readonly definition: ResourceDefinition;
}

export class ServedResources {
  private seen: (readonly ResourceRef[])[] = [];
  private all: readonly ResourceDefinition[] = [];
  /** By 'group/version/resource'. */
  private byPath = new Map<string, ServedResource>();
  /** 'group/version'. */
  private versions: ReadonlySet<string> = new Set();

  constructor(private readonly backends: readonly HttpBackend[]) {}

  /** Views included, each as a definition of its own; the same array until something changes. */
  get definitions(): readonly ResourceDefinition[] {
    this.refresh();
    return this.all;
  }

  find(group: string, version: string, resource: string): ServedResource | undefined {
    this.refresh();
    return this.byPath.get(`${group}/${version}/${resource}`);
  }

  /** True when some resource is served in that version of the group. */
  hasVersion(group: string, version: string): boolean {
    this.refresh();
    return this.versions.has(`${group}/${version}`);
  }

  /** True of groups in which all resources came with CustomResourceDefinitions. */
  isCustomGroup(group: string): boolean {
    const own = this.definitions.filter(({ ref }) => ref.group === group);
    return own.every(({ custom }) => custom !== undefined);
  }

  private refresh(): void {
    const { backends, seen } = this;
    if (seen.length > 0 && backends.every((backend, index) => backend.resources() === seen[index]))
      return;
    this.seen = backends.map((backend) => backend.resources());
    this.byPath = new Map();
    for (const backend of backends) {
      for (const stored of backend.allDefinitions()) {
        const views = (stored.views ?? []).map((view) => definitionOf(stored, view));
        for (const definition of stored.isUnserved ? views : [stored, ...views]) {
          const { group, version, resource } = definition.ref;
          this.byPath.set(`${group}/${version}/${resource}`, { backend, definition });
        }
      }
    }
    this.all = [...this.byPath.values()].map(({ definition }) => definition);
    this.versions = new Set(this.all.map(({ ref }) => `${ref.group}/${ref.version}`));
  }
}

function definitionOf(stored: ResourceDefinition, view: ResourceView): ResourceDefinition {
  const { ref, listKind, shortNames = stored.shortNames, columns = stored.columns } = view;
  return {
    ...stored,
    ref,
    listKind,
    shortNames,
    columns: columns as ResourceDefinition['columns'],
    ...view.overrides,
    isUnserved: false,
    view: { ...view, storage: stored.ref },
  };
}
