// The registry of the kinds that come with the extension, in the order of discovery. A kind that
// every page needs at once stands in `index.ts` instead.
import type { ResourceDefinition } from './definition';

export const resourceExtension: readonly ResourceDefinition[] = (
  [] as readonly unknown[]
) as readonly ResourceDefinition[];
