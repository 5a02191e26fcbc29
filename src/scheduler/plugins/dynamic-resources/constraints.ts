// What the devices of a claim must have in common, or must not.
// Upstream: k8s.io/dynamic-resource-allocation/structured/internal/incubating/constraint.go.
import type { IDevice } from 'kubernetes-models/resource.k8s.io/v1/Device';
import type { IDeviceConstraint } from 'kubernetes-models/resource.k8s.io/v1/DeviceConstraint';
import { deepEqual } from '../../../api/deep-equal';
import type { Wanted } from './device-request';

type Attribute = NonNullable<IDevice['attributes']>[string];

/** Follows the devices as they are chosen, and given up again in the reverse order. */
export class ChosenAttributes {
  private readonly values: Attribute[] = [];
  private readonly requests: ReadonlySet<string>;

  constructor(private readonly constraint: IDeviceConstraint) {
    this.requests = new Set(constraint.requests);
  }

  /** False when the device cannot join the others. */
  add(wanted: Wanted, driver: string, device: IDevice): boolean {
    if (!this.concerns(wanted)) return true;
    const { matchAttribute, distinctAttribute } = this.constraint;
    const value = attributeOf(device, driver, matchAttribute ?? distinctAttribute ?? '');
    if (value === undefined) return false;
    const isSame = (other: Attribute): boolean => deepEqual(other, value);
    const { values } = this;
    const fits = matchAttribute ? values.every(isSame) : !values.some(isSame);
    if (fits) values.push(value);
    return fits;
  }

  remove(wanted: Wanted): void {
    if (this.concerns(wanted)) this.values.pop();
  }

  private concerns({ parent, name }: Wanted): boolean {
    return this.requests.size === 0 || this.requests.has(parent) || this.requests.has(name);
  }
}

/** A name of the driver's own domain may stand there without it. */
function attributeOf({ attributes = {} }: IDevice, driver: string, name: string) {
  if (Object.hasOwn(attributes, name)) return attributes[name];
  const short = name.startsWith(driver + '/') ? name.slice(driver.length + 1) : '';
  return Object.hasOwn(attributes, short) ? attributes[short] : undefined;
}
