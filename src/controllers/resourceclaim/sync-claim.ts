// One pass over a claim: takes out pods that will not run any more, gives its devices back when
// nobody is left, and deletes a claim made for a pod that is done.
// Upstream: syncClaim in pkg/controller/resourceclaim/controller.go.
import { resourceClaims } from '../../api/extension-refs';
import type { ResourceClaim } from '../../api/extension-types';
import { CLAIM_FINALIZER } from '../../api/resource-claims';
import { pods } from '../../api/resource-ref';
import { isNotFound } from '../../api/status-error';
import type { Pod } from '../../api/types';
import type { Client } from '../../client/client';
import type { Informer } from '../../client/informer';
import type { ControllerContext } from '../controller';
import { isPodTerminal } from '../pod-status';
import { withoutFinalizer } from '../protection-finalizer';
import { owningPod, type ClaimRecords } from './claim-records';

type Consumer = NonNullable<ResourceClaim['status']['reservedFor']>[number];

export interface ClaimParts {
  readonly context: ControllerContext;
  readonly records: ClaimRecords;
  readonly podInformer: Informer<Pod>;
}

export function syncClaim(parts: ClaimParts, claim: ResourceClaim): void {
  const { client } = parts.context;
  const { reservedFor = [] } = claim.status ?? {};
  const valid = reservedFor.filter((consumer) => isValid(parts, claim, consumer));
  const isProtected = claim.metadata.finalizers?.includes(CLAIM_FINALIZER) ?? false;
  if (valid.length < reservedFor.length) {
    release(client, claim, valid, isProtected);
  } else if (isProtected && claim.metadata.deletionTimestamp && valid.length === 0) {
    const freed = claim.status?.allocation
      ? client.updateStatus(resourceClaims, { ...claim, status: {} })
      : claim;
    client.update(resourceClaims, withoutFinalizer(freed, CLAIM_FINALIZER));
  }
  if (valid.length === 0) deleteIfDone(parts, claim);
}

/** Will the pod run, or does it run? What the cache does not know is asked of the server. */
function isValid(
  { context, records, podInformer }: ClaimParts,
  { metadata }: ResourceClaim,
  { apiGroup, resource, name, uid }: Consumer,
): boolean {
  if (apiGroup || resource !== 'pods') {
    const entry = `{${apiGroup ?? ''} ${resource} ${name} ${uid}}`;
    throw new Error(`unsupported ReservedFor entry: ${entry}`);
  }
  if (records.isGone(uid)) return false;
  const pod = podInformer.get(`${metadata.namespace}/${name}`);
  if (pod) return pod.metadata.uid === uid && !isDone(pod);
  try {
    return context.client.get(pods, metadata.namespace!, name).metadata.uid === uid;
  } catch (error) {
    if (!isNotFound(error)) throw error;
    return false;
  }
}

/** Nobody left means that the devices are free for others. */
function release(
  client: Client,
  claim: ResourceClaim,
  valid: readonly Consumer[],
  isProtected: boolean,
): void {
  const { reservedFor: _all, allocation, ...others } = claim.status;
  const kept = valid.length > 0 || !isProtected;
  const status = {
    ...others,
    ...(kept && allocation && { allocation }),
    ...(valid.length > 0 && { reservedFor: [...valid] }),
  };
  const written = client.updateStatus(resourceClaims, { ...claim, status });
  if (!isProtected || written.status.allocation) return;
  client.update(resourceClaims, withoutFinalizer(written, CLAIM_FINALIZER));
}

function deleteIfDone({ context, podInformer }: ClaimParts, claim: ResourceClaim): void {
  const owner = owningPod(claim);
  const { namespace, name, deletionTimestamp } = claim.metadata;
  const pod = owner && podInformer.get(`${namespace}/${owner.name}`);
  // A pod that is not known, yet or any more, is left to the garbage collector.
  if (!pod || deletionTimestamp) return;
  if (pod.metadata.uid === owner.uid && !isDone(pod)) return;
  try {
    context.client.delete(resourceClaims, namespace!, name);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

/** None of its containers runs or will run. */
export function isDone(pod: Pod): boolean {
  return isPodTerminal(pod) || (!!pod.metadata.deletionTimestamp && !pod.spec.nodeName);
}
