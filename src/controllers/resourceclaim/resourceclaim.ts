// Makes the claims that pods have templates for, and takes pods that are done out of the claims
// that they used, so that devices are given to others.
// Invariants: a pod without claims costs one look at it; no pod is taken out of a claim before it
// is certain that it will not run.
// Upstream: pkg/controller/resourceclaim/controller.go.
import { resourceClaims, resourceClaimTemplates } from '../../api/extension-refs';
import type { ResourceClaim } from '../../api/extension-types';
import { objectKey } from '../../api/object';
import { claimKeysOf, usesClaims } from '../../api/resource-claims';
import { pods } from '../../api/resource-ref';
import type { Pod } from '../../api/types';
import type { Controller } from '../controller';
import { ClaimRecords } from './claim-records';
import { isDone, syncClaim } from './sync-claim';
import { needsWork, syncPod } from './sync-pod';

const POD = 'pod:';
const CLAIM = 'claim:';

export const resourceClaimController: Controller = {
  name: 'resourceclaim',
  eventSource: 'resource_claim',
  workers: 50,
  start(context) {
    const templates = context.informer(resourceClaimTemplates);
    const claims = context.informer(resourceClaims);
    const records = new ClaimRecords(claims);
    const podInformer = context.watch(pods, {
      added: (pod) => considerPod(pod),
      updated: (pod) => considerPod(pod),
      deleted: (pod) => {
        if (!usesClaims(pod)) return;
        records.noteGone(pod);
        releaseAll(pod);
      },
    });
    const releaseAll = (pod: Pod): void => {
      for (const key of claimKeysOf(pod)) context.enqueue(CLAIM + key);
    };
    const considerPod = (pod: Pod): void => {
      if (!usesClaims(pod)) return;
      records.notePod(pod);
      if (isDone(pod)) releaseAll(pod);
      if (needsWork(pod, records)) context.enqueue(POD + objectKey(pod));
    };
    const considerClaim = (claim: ResourceClaim): void => {
      for (const key of records.usersOf(claim)) {
        const pod = podInformer.get(key);
        if (pod && needsWork(pod, records)) context.enqueue(POD + key);
      }
    };
    const changed = (claim: ResourceClaim): void => {
      records.noteKnown(claim);
      context.enqueue(CLAIM + objectKey(claim));
      considerClaim(claim);
    };
    context.watch(resourceClaims, { added: changed, updated: changed, deleted: considerClaim });
    return {
      reconcile(key) {
        if (key.startsWith(POD)) {
          const pod = podInformer.get(key.slice(POD.length));
          if (pod && needsWork(pod, records)) syncPod({ context, records, templates }, pod);
        } else {
          const claim = claims.get(key.slice(CLAIM.length));
          if (claim) syncClaim({ context, records, podInformer }, claim);
        }
      },
    };
  },
};
