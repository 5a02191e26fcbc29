// The registry of the kinds that come with the extension, in the order of discovery. A kind that
// every page needs at once stands in `index.ts` instead.
import type { ResourceDefinition } from './definition';
import { ingressClassDefinition } from './networking/ingressclasses';
import { ingressDefinition } from './networking/ingresses';
import { networkPolicyDefinition } from './networking/networkpolicies';

export const resourceExtension = [
  ingressClassDefinition,
  ingressDefinition,
  networkPolicyDefinition,
] as readonly unknown[] as readonly ResourceDefinition[];
