// Quantities as the server stores them: in canonical form, resources no finer than a thousandth.
// Upstream: SetDefaults_ResourceList in pkg/apis/core/v1/defaults.go.
import {
  canonicalQuantity,
  formatQuantity,
  milliValue,
  parseQuantity,
  quantityError,
} from '../api/quantity';
import type { ResourceRequirements } from '../api/types';
import { replace } from './fill';

export type ResourceList = Record<string, string | number>;

/** The list with every quantity in canonical form; the same list when it has them so. */
export function canonicalResourceList<T extends ResourceList>(list: T): T {
  let changed: ResourceList | undefined;
  for (const name in list) {
    const quantity = list[name];
    const stored = canonicalResource(quantity);
    if (stored === quantity) continue;
    changed ??= Object.assign({}, list);
    changed[name] = stored;
  }
  return (changed as T | undefined) ?? list;
}

/** Requests and limits of a container in canonical form. */
export function canonicalResources(resources: ResourceRequirements): ResourceRequirements {
  let next = resources;
  if (next.limits) next = replace(next, 'limits', canonicalResourceList(next.limits));
  if (next.requests) next = replace(next, 'requests', canonicalResourceList(next.requests));
  return next;
}

/** What is no quantity stays as it is, for decoding or validation to refuse. */
function canonicalResource(quantity: string | number): string | number {
  if (quantityError(quantity) !== undefined) return quantity;
  const milli = milliValue(quantity);
  const isFiner =
    milli < 2 ** 53 && parseQuantity(quantity) * 1000 < milli - 1e-9 * Math.abs(milli);
  return isFiner ? formatQuantity(milli / 1000) : canonicalQuantity(quantity);
}
