// Amounts of resources as plain numbers: milli-cores, bytes, counts.
// Upstream: pkg/scheduler/framework/types.go (Resource).
import { bytes, milliValue } from '../api/quantity';

/** A resource list as the API writes it: name to quantity. */
export type ResourceList = Readonly<Record<string, string | number>>;

export class ResourceAmounts {
  milliCpu = 0;
  memory = 0;
  ephemeralStorage = 0;
  /** Extended resources and huge pages by name; undefined when there are none. */
  scalars: Map<string, number> | undefined;

  static of(list: ResourceList | undefined): ResourceAmounts {
    const amounts = new ResourceAmounts();
    for (const name in list) amounts.set(name, amountOf(name, list[name]));
    return amounts;
  }

  get(name: string): number {
    if (name === 'cpu') return this.milliCpu;
    if (name === 'memory') return this.memory;
    if (name === 'ephemeral-storage') return this.ephemeralStorage;
    return this.scalars?.get(name) ?? 0;
  }

  /** Ignores `pods` and names that are neither known nor extended resources. */
  set(name: string, amount: number): void {
    if (name === 'cpu') this.milliCpu = amount;
    else if (name === 'memory') this.memory = amount;
    else if (name === 'ephemeral-storage') this.ephemeralStorage = amount;
    else if (isScalarName(name)) (this.scalars ??= new Map()).set(name, amount);
  }

  /** Adds `sign` times the other amounts. */
  add(other: ResourceAmounts, sign = 1): void {
    this.milliCpu += sign * other.milliCpu;
    this.memory += sign * other.memory;
    this.ephemeralStorage += sign * other.ephemeralStorage;
    if (other.scalars === undefined) return;
    const scalars = (this.scalars ??= new Map());
    for (const [name, amount] of other.scalars) {
      scalars.set(name, (scalars.get(name) ?? 0) + sign * amount);
    }
  }

  /** Raises each amount to the other's where that is greater. */
  raiseTo(other: ResourceAmounts): void {
    this.milliCpu = Math.max(this.milliCpu, other.milliCpu);
    this.memory = Math.max(this.memory, other.memory);
    this.ephemeralStorage = Math.max(this.ephemeralStorage, other.ephemeralStorage);
    if (other.scalars === undefined) return;
    for (const [name, amount] of other.scalars) this.set(name, Math.max(this.get(name), amount));
  }

  copy(): ResourceAmounts {
    const copy = new ResourceAmounts();
    copy.milliCpu = this.milliCpu;
    copy.memory = this.memory;
    copy.ephemeralStorage = this.ephemeralStorage;
    if (this.scalars !== undefined) copy.scalars = new Map(this.scalars);
    return copy;
  }
}

/** Milli-cores for cpu, whole units rounded up for everything else. */
export function amountOf(name: string, quantity: string | number): number {
  return name === 'cpu' ? milliValue(quantity) : bytes(quantity);
}

/** Huge pages, attachable volumes and what lies outside kubernetes.io. */
function isScalarName(name: string): boolean {
  if (name.startsWith('hugepages-') || name.startsWith('attachable-volumes-')) return true;
  return name.includes('/') && !name.startsWith('requests.');
}
