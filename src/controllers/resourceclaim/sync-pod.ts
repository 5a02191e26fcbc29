// One pass over a pod with claims: makes those that it has templates for, tells the pod their
// names, and reserves for a pod that no scheduler placed what is allocated already.
// Upstream: syncPod and handleClaim in pkg/controller/resourceclaim/controller.go.
import { resourceClaims } from '../../api/extension-refs';
import type { ResourceClaim, ResourceClaimTemplate } from '../../api/extension-types';
import type { Draft } from '../../api/object';
import {
  claimNameOf,
  isReservedFor,
  notForPod,
  POD_CLAIM_NAME,
  withReservation,
  type PodClaim,
} from '../../api/resource-claims';
import { pods } from '../../api/resource-ref';
import { StatusError } from '../../api/status-error';
import type { Pod } from '../../api/types';
import type { Informer } from '../../client/informer';
import type { ControllerContext } from '../controller';
import { isPodTerminal } from '../pod-status';
import type { ClaimRecords } from './claim-records';

/** Leaves room for a hyphen and five random characters in a name of 63. */
const BASE_MAX = 57;

export interface PodParts {
  readonly context: ControllerContext;
  readonly records: ClaimRecords;
  readonly templates: Informer<ResourceClaimTemplate>;
}

/** Whether there is something to be done for the pod. */
export function needsWork(pod: Pod, records: ClaimRecords): boolean {
  if (pod.metadata.deletionTimestamp || isPodTerminal(pod)) return false;
  for (const podClaim of pod.spec.resourceClaims ?? []) {
    const found = claimNameOf(pod, podClaim);
    if (typeof found === 'string') return true;
    if (found.name === undefined) return false;
    const claim = records.get(`${pod.metadata.namespace}/${found.name}`);
    if (!claim) return podClaim.resourceClaimTemplateName != null;
    if (found.isGenerated && notForPod(pod, claim)) return false;
    if (pod.spec.nodeName && isToReserve(pod, claim)) return true;
  }
  return false;
}

export function syncPod(parts: PodParts, pod: Pod): void {
  const { client, recorder } = parts.context;
  const { namespace, name } = pod.metadata;
  const made: { name: string; resourceClaimName: string }[] = [];
  for (const podClaim of pod.spec.resourceClaims ?? []) {
    try {
      const resourceClaimName = ensureClaim(parts, pod, podClaim);
      if (resourceClaimName) made.push({ name: podClaim.name, resourceClaimName });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const message = `PodResourceClaim ${podClaim.name}: ${error.message}`;
      recorder.event(pod, 'Warning', 'FailedResourceClaimCreation', message);
      throw error;
    }
  }
  if (made.length > 0) {
    const options = { subresource: 'status', patchType: 'strategic' } as const;
    client.patch(pods, namespace!, name, { status: { resourceClaimStatuses: made } }, options);
  }
  if (pod.spec.nodeName) reserveAll(parts, pod);
}

/** The name of a claim that the pod has yet to be told of; undefined when there is none. */
function ensureClaim(
  { context, records, templates }: PodParts,
  pod: Pod,
  podClaim: PodClaim,
): string | undefined {
  const { namespace } = pod.metadata;
  const found = claimNameOf(pod, podClaim);
  if (typeof found !== 'string') {
    if (found.name === undefined) return undefined;
    const claim = records.get(`${namespace}/${found.name}`);
    if (claim && !(found.isGenerated && notForPod(pod, claim))) return undefined;
  }
  const { resourceClaimTemplateName: templateName } = podClaim;
  if (templateName == null) return undefined;
  const known = records.madeFor(pod, podClaim.name);
  if (known) return known.metadata.name;
  const template = templates.get(`${namespace}/${templateName}`);
  if (!template) {
    const why = `resourceclaimtemplate.resource.k8s.io "${templateName}" not found`;
    throw new Error(`resource claim template "${templateName}": ${why}`);
  }
  try {
    const claim = context.client.create(resourceClaims, claimFor(pod, podClaim, template));
    records.noteMade(claim);
    return claim.metadata.name;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    throw new Error(`create ResourceClaim : ${error.message}`, { cause: error });
  }
}

function claimFor(
  pod: Pod,
  podClaim: PodClaim,
  { spec }: ResourceClaimTemplate,
): Draft<ResourceClaim> {
  const { namespace, name, uid } = pod.metadata;
  const owner = { apiVersion: 'v1', kind: 'Pod', name, uid };
  const { labels, annotations } = spec.metadata ?? {};
  return {
    metadata: {
      namespace,
      generateName: generateName(name, podClaim.name),
      ownerReferences: [{ ...owner, controller: true, blockOwnerDeletion: true }],
      annotations: { ...annotations, [POD_CLAIM_NAME]: podClaim.name },
      ...(labels && { labels }),
    },
    spec: spec.spec,
  } as Draft<ResourceClaim>;
}

/** Of long names both are shortened alike. */
function generateName(podName: string, claimName: string): string {
  const { length } = `${podName}-${claimName}-`;
  if (length <= BASE_MAX) return `${podName}-${claimName}-`;
  const shortened = (text: string): string =>
    text.slice(0, Math.trunc((text.length * BASE_MAX) / length));
  return `${shortened(podName)}-${shortened(claimName)}`;
}

function reserveAll({ context, records }: PodParts, pod: Pod): void {
  for (const podClaim of pod.spec.resourceClaims ?? []) {
    const found = claimNameOf(pod, podClaim);
    // Told to the pod just now: its update brings it here again.
    if (typeof found === 'string') return;
    if (found.name === undefined) continue;
    const claim = records.get(`${pod.metadata.namespace}/${found.name}`);
    if (!claim) return;
    const problem = found.isGenerated ? notForPod(pod, claim) : '';
    if (problem) throw new Error(problem);
    if (isToReserve(pod, claim)) {
      context.client.updateStatus(resourceClaims, withReservation(claim, pod));
    }
  }
}

function isToReserve(pod: Pod, claim: ResourceClaim): boolean {
  return claim.status?.allocation !== undefined && !isReservedFor(pod, claim);
}
