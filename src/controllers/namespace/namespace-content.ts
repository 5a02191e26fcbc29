// Deleting all that a namespace holds. Upstream: pkg/controller/namespace/deletion.
import type { KubeObject } from '../../api/object';
import { pods, type ResourceRef } from '../../api/resource-ref';
import { isNotFound } from '../../api/status-error';
import type { Client } from '../../client/client';
import { namespacedResources } from '../known-resources';

/** What is still there after a pass. */
export interface RemainingContent {
  count: number;
  /** 'pods.' or 'deployments.apps' to how many are left, in the order of deletion. */
  byResource: ReadonlyMap<string, number>;
  /** Finalizer to how many objects carry it. */
  byFinalizer: ReadonlyMap<string, number>;
  /** The longest grace period among them. */
  waitSeconds: number;
}

/** Deletes everything in the namespace; while pods remain, nothing but pods. */
export function deleteContent(client: Client, namespace: string): RemainingContent {
  const byResource = new Map<string, number>();
  const byFinalizer = new Map<string, number>();
  let count = 0;
  let waitSeconds = 0;
  for (const ref of namespacedResources(client.resources())) {
    const left = deleteAll(client, ref, namespace);
    if (left.length === 0) continue;
    count += left.length;
    byResource.set(ref.group ? ref.key : ref.resource + '.', left.length);
    for (const { metadata } of left) {
      waitSeconds = Math.max(waitSeconds, metadata.deletionGracePeriodSeconds ?? 0);
      for (const finalizer of metadata.finalizers ?? []) {
        byFinalizer.set(finalizer, (byFinalizer.get(finalizer) ?? 0) + 1);
      }
    }
    if (ref.key === pods.key) break;
  }
  return { count, byResource, byFinalizer, waitSeconds };
}

function deleteAll(client: Client, ref: ResourceRef, namespace: string): KubeObject[] {
  try {
    if (client.list(ref, namespace).items.length === 0) return [];
    client.deleteCollection(ref, namespace, { propagationPolicy: 'Background' });
    return client.list(ref, namespace).items;
  } catch (error) {
    // A resource that the server does not serve has no objects.
    if (isNotFound(error)) return [];
    throw error;
  }
}
