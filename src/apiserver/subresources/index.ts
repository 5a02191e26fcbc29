// The subresources that every cluster has from its first moment.
import { namespaces, pods } from '../../api/resource-ref';
import { finalizeNamespace } from '../namespace-deletion';
import { bindPod } from '../pod-subresources';
import { getScale, writeScale } from '../scale';
import type { SubresourceHandler } from './subresource';

export const subresourceHandlers: readonly SubresourceHandler[] = [
  { resource: pods.key, subresource: 'binding', verbs: { create: bindPod } },
  { resource: namespaces.key, subresource: 'finalize', verbs: { update: finalizeNamespace } },
  {
    resource: '*',
    subresource: 'scale',
    verbs: { get: getScale, update: writeScale, patch: writeScale },
  },
];
