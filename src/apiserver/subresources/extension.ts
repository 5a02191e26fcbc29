// The handlers that come with the extension; one for the same resource and subresource takes the
// place of the earlier.
import type { SubresourceHandler } from './subresource';

export const subresourceExtension: readonly SubresourceHandler[] = [];
