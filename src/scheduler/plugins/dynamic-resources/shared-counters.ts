// Counters that the devices of a pool share: parts of one card, which together are no more than the
// card.
// Upstream: checkAvailableCounters in k8s.io/dynamic-resource-allocation/structured.
import type { IDevice } from 'kubernetes-models/resource.k8s.io/v1/Device';
import { deviceKey } from '../../../api/device-taints';
import { parseQuantity } from '../../../api/quantity';
import type { Pool } from './pools';

type Amounts = Map<string, number>;

export class SharedCounters {
  /** What is left of each pool's counters, by set and name. */
  private readonly left = new Map<Pool, Amounts>();

  constructor(private readonly isAllocated: (device: string) => boolean) {}

  /** Takes what the device needs; false, and nothing taken, when there is not enough. */
  take(pool: Pool, device: IDevice): boolean {
    if (!device.consumesCounters?.length) return true;
    let left = this.left.get(pool);
    if (!left) this.left.set(pool, (left = this.leftOf(pool)));
    this.add(left, device, -1);
    if ([...needs(device)].every(([key]) => (left.get(key) ?? -1) >= 0)) return true;
    this.add(left, device, 1);
    return false;
  }

  giveBack(pool: Pool, device: IDevice): void {
    if (device.consumesCounters?.length) this.add(this.left.get(pool)!, device, 1);
  }

  private leftOf({ driver, name, all, counterSets }: Pool): Amounts {
    const left: Amounts = new Map();
    for (const set of counterSets) {
      for (const [counter, { value }] of Object.entries(set.counters)) {
        left.set(`${set.name}/${counter}`, parseQuantity(value));
      }
    }
    for (const { spec } of all) {
      for (const device of spec.devices ?? []) {
        if (this.isAllocated(deviceKey(driver, name, device.name))) this.add(left, device, -1);
      }
    }
    return left;
  }

  private add(left: Amounts, device: IDevice, sign: 1 | -1): void {
    for (const [key, amount] of needs(device)) {
      const known = left.get(key);
      if (known !== undefined) left.set(key, known + sign * amount);
    }
  }
}

function* needs({ consumesCounters = [] }: IDevice): Generator<[string, number]> {
  for (const { counterSet, counters } of consumesCounters) {
    for (const [counter, { value }] of Object.entries(counters)) {
      yield [`${counterSet}/${counter}`, parseQuantity(value)];
    }
  }
}
