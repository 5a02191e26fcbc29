// The namespace controller: empties a namespace that is being deleted, says in its conditions what
// is left, and gives it free when nothing is. Invariants: pods go before everything else; the
// namespace ends only when every resource has been listed and found empty.
// Upstream: pkg/controller/namespace.
import { deepEqual } from '../../api/deep-equal';
import { namespaces } from '../../api/resource-ref';
import { isNotFound } from '../../api/status-error';
import { parseTime } from '../../api/time';
import type { Namespace, NamespaceCondition } from '../../api/types';
import type { Controller, ControllerContext } from '../controller';
import { deletionConditions, mergeConditions } from './deletion-conditions';
import { deleteContent } from './namespace-content';

const FINALIZER = 'kubernetes';
/** Lets the caches of all API servers learn that nothing more may be created. */
const GRACE_MS = 5_000;

export const namespaceController: Controller = {
  name: 'namespace',
  eventSource: 'namespace-controller',
  workers: 10,
  backoff: { baseMs: 5, maxMs: 60_000 },
  start(context) {
    const consider = ({ metadata }: Namespace): void => {
      if (metadata.deletionTimestamp) context.enqueueAfter(metadata.name, GRACE_MS);
    };
    const known = context.watch(namespaces, { added: consider, updated: consider });
    return {
      reconcile(name) {
        return known.get(name) ? sync(context, name) : undefined;
      },
    };
  },
};

/** Works on the live object: the cache may lag behind what was done here a moment ago. */
function sync(context: ControllerContext, name: string): number | void {
  let namespace: Namespace;
  try {
    namespace = context.client.get(namespaces, '', name);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
  if (!namespace.metadata.deletionTimestamp) return undefined;
  if (!namespace.spec.finalizers?.includes(FINALIZER)) return undefined;
  const { nowMs } = context.sim.clock;
  const sinceSeconds = (nowMs - parseTime(namespace.metadata.deletionTimestamp)) / 1000;
  const remaining = deleteContent(context.client, name, sinceSeconds);
  namespace = writeStatus(context, namespace, deletionConditions(remaining, nowMs));
  if (remaining.failures.length > 0) throw new Error(remaining.failures.join(', '));
  if (remaining.count > 0) return (Math.floor(remaining.waitSeconds / 2) + 1) * 1000;
  const finalizers = namespace.spec.finalizers!.filter((finalizer) => finalizer !== FINALIZER);
  const finalized = { ...namespace, spec: { ...namespace.spec, finalizers } };
  context.client.updateSubresource(namespaces, finalized, 'finalize');
  return undefined;
}

function writeStatus(
  { client }: ControllerContext,
  namespace: Namespace,
  wanted: readonly NamespaceCondition[],
): Namespace {
  const old = (namespace.status.conditions ?? []) as NamespaceCondition[];
  const conditions = mergeConditions(old, wanted);
  if (namespace.status.phase === 'Terminating' && deepEqual(conditions, old)) return namespace;
  const status = { ...namespace.status, phase: 'Terminating', conditions };
  return client.updateStatus(namespaces, { ...namespace, status } as Namespace);
}
