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
  /** What is left for no reason. */
  failures: readonly string[];
  /** How long it may take until they have gone. */
  waitSeconds: number;
}

/** Finalizers are waited for as long. */
const FINALIZER_SECONDS = 15;

/**
 * Deletes everything in a namespace, which has been going for so many seconds; while pods remain,
 * nothing but pods, and they are not counted yet.
 */
export function deleteContent(
  client: Client,
  namespace: string,
  sinceSeconds: number,
): RemainingContent {
  const byResource = new Map<string, number>();
  const byFinalizer = new Map<string, number>();
  const failures: string[] = [];
  let count = 0;
  let waitSeconds = 0;
  for (const ref of namespacedResources(client.resources())) {
    const isPods = ref.key === pods.key;
    const graceSeconds = isPods ? graceOfPods(client, namespace) : 0;
    const left = deleteAll(client, ref, namespace);
    if (left.length === 0) continue;
    count += left.length;
    const isHeld = left.some(({ metadata }) => metadata.finalizers?.length);
    if (sinceSeconds < graceSeconds) waitSeconds = Math.max(waitSeconds, graceSeconds);
    else if (isHeld) waitSeconds = Math.max(waitSeconds, FINALIZER_SECONDS);
    else failures.push(leftover(ref, namespace));
    if (isPods) break;
    byResource.set(ref.group ? ref.key : ref.resource + '.', left.length);
    for (const { metadata } of left) {
      for (const finalizer of metadata.finalizers ?? []) {
        byFinalizer.set(finalizer, (byFinalizer.get(finalizer) ?? 0) + 1);
      }
    }
  }
  return { count, byResource, byFinalizer, failures, waitSeconds };
}

function leftover({ apiVersion, group, resource }: ResourceRef, namespace: string): string {
  const version = group ? apiVersion : '/' + apiVersion;
  const what = `${version}, Resource=${resource}`;
  return `unexpected items still remain in namespace: ${namespace} for gvr: ${what}`;
}

/** The longest that one of its pods may take to end. */
function graceOfPods(client: Client, namespace: string): number {
  let seconds = 0;
  for (const { spec, status } of client.list(pods, namespace).items) {
    if (status.phase === 'Succeeded' || status.phase === 'Failed') continue;
    seconds = Math.max(seconds, spec.terminationGracePeriodSeconds ?? 0);
  }
  return seconds;
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
