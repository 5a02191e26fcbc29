import { deepEqual } from '../../api/deep-equal';
import { nodes } from '../../api/resource-ref';
import { isNotFound } from '../../api/status-error';
import type { Node } from '../../api/types';
import type { Client } from '../../client/client';

/** Tells the Node which volumes are attached to it, when it says otherwise. */
export function reportAttached(client: Client, node: Node, uniqueNames: readonly string[]): void {
  const wanted = uniqueNames.toSorted().map((name) => ({ name, devicePath: '' }));
  if (deepEqual(node.status.volumesAttached ?? [], wanted)) return;
  const volumesAttached = wanted.length > 0 ? wanted : null;
  const { name } = node.metadata;
  try {
    client.patch(nodes, '', name, { status: { volumesAttached } }, MERGE_STATUS);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

const MERGE_STATUS = { subresource: 'status', patchType: 'merge' } as const;
