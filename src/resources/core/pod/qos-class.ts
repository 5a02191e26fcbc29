// The quality of service class of a pod, from what its containers ask for.
// Upstream: pkg/apis/core/v1/helper/qos.
import { parseQuantity } from '../../../api/quantity';
import type { Container, PodSpec } from '../../../api/types';

export type QosClass = 'Guaranteed' | 'Burstable' | 'BestEffort';

const COMPUTE = ['cpu', 'memory'] as const;

/** Guaranteed: all limits set and equal to the requests; BestEffort: nothing asked for. */
export function qosClass(spec: PodSpec): QosClass {
  let asksNothing = true;
  let isGuaranteed = true;
  const visit = (container: Container): void => {
    const { requests, limits } = container.resources ?? {};
    for (const name of COMPUTE) {
      const request = amount(requests?.[name]);
      const limit = amount(limits?.[name]);
      if (request > 0 || limit > 0) asksNothing = false;
      if (limit === 0 || request !== limit) isGuaranteed = false;
    }
  };
  if (spec.resources) visit({ name: '', resources: spec.resources });
  else {
    for (const container of spec.containers ?? []) visit(container);
    for (const container of spec.initContainers ?? []) visit(container);
  }
  if (asksNothing) return 'BestEffort';
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}

function amount(quantity: string | number | undefined): number {
  if (quantity === undefined) return 0;
  try {
    return parseQuantity(quantity);
  } catch {
    return 0;
  }
}
