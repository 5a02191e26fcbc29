// Extended resources that classes of devices stand for, where a node does not have them itself.
// Upstream: k8s.io/dynamic-resource-allocation/deviceclass/extendedresourcecache.
import type { DeviceClass } from '../../../api/extension-types';
import type { Informer } from '../../../client/informer';
import type { ResourceAmounts } from '../../resource-amounts';

/** Every class stands for the resource of its own name, besides the one that it names. */
const OF_CLASS = 'deviceclass.resource.kubernetes.io/';

export class ExtendedResources {
  /** Names of classes by resource. */
  private classes = new Map<string, string>();

  /** `changed` is told when a resource stands for something else than before. */
  constructor(
    private readonly informer: Informer<DeviceClass>,
    private readonly changed: () => void,
  ) {
    const gather = (): void => this.gather();
    informer.addHandler({ added: gather, updated: gather, deleted: gather });
  }

  get isAny(): boolean {
    return this.classes.size > 0;
  }

  classOf(resource: string): string | undefined {
    return this.classes.get(resource);
  }

  /** Those among the requests that are such resources; undefined when there are none. */
  among({ scalars }: ResourceAmounts): readonly string[] | undefined {
    if (scalars === undefined || this.classes.size === 0) return undefined;
    const names: string[] = [];
    for (const [name, amount] of scalars)
      if (amount > 0 && this.classes.has(name)) names.push(name);
    return names.length > 0 ? names.sort() : undefined;
  }

  private gather(): void {
    const classes = new Map<string, string>();
    const all = [...this.informer.items.values()].sort(byAge);
    for (const { metadata, spec } of all) {
      classes.set(OF_CLASS + metadata.name, metadata.name);
      // Of several that name the same resource the youngest has it.
      if (spec.extendedResourceName) classes.set(spec.extendedResourceName, metadata.name);
    }
    const old = this.classes;
    this.classes = classes;
    const isSame =
      old.size === classes.size && [...classes].every(([name, is]) => old.get(name) === is);
    if (!isSame) this.changed();
  }
}

/** The youngest last, and of equals the one whose name is first. */
function byAge({ metadata: a }: DeviceClass, { metadata: b }: DeviceClass): number {
  const [of, than] = [a.creationTimestamp ?? '', b.creationTimestamp ?? ''];
  if (of !== than) return of < than ? -1 : 1;
  return a.name < b.name ? 1 : -1;
}
