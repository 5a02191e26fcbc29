// The claim that the scheduler itself makes for a pod whose extended resources are devices on the
// chosen node. Until the pod is bound there it is only imagined.
// Invariant: what an attempt left behind that came to nothing is deleted before the next one.
// Upstream: pkg/scheduler/framework/plugins/dynamicresources/extendeddynamicresources.go.
import { resourceClaims } from '../../../api/extension-refs';
import type { ResourceClaim } from '../../../api/extension-types';
import type { Draft } from '../../../api/object';
import { CLAIM_FINALIZER, EXTENDED_CLAIM } from '../../../api/resource-claims';
import { pods } from '../../../api/resource-ref';
import { ConnectionError, StatusError } from '../../../api/status-error';
import type { Pod } from '../../../api/types';
import type { Component } from '../../../client/component';
import { requestsFor, type Mapping } from './extended-requests';

/** Not a valid name, lest it be taken for a claim that exists. */
const IMAGINED = '<extended-resources>';

export interface ExtendedClaim {
  readonly claim: ResourceClaim;
  readonly mappings: readonly Mapping[];
}

export class ExtendedClaims {
  /** Claims that the informer has not told of, by the uids of their pods. */
  private readonly made = new Map<string, ResourceClaim>();

  constructor(private readonly component: Component) {
    const informer = component.informer(resourceClaims);
    informer.addIndex('extended', (claim) => podsOf(claim));
    informer.addHandler({
      added: (claim) => {
        for (const uid of podsOf(claim)) this.made.delete(uid);
      },
    });
  }

  /** What an earlier attempt made for the pod. */
  leftBehind({ metadata }: Pod): ResourceClaim | undefined {
    const made = this.made.get(metadata.uid);
    if (made) return made;
    const [claim] = this.component.informer(resourceClaims).byIndex('extended', metadata.uid);
    return claim;
  }

  /** What would have to be allocated on a node that lacks the resources. */
  imagine(
    pod: Pod,
    resources: readonly string[],
    classOf: (resource: string) => string,
  ): ExtendedClaim {
    const { namespace, uid } = pod.metadata;
    const { requests, mappings } = requestsFor(pod, resources, classOf);
    const claim = {
      metadata: { namespace, name: IMAGINED, uid: `extended resources of ${uid}` },
      spec: { devices: { requests } },
    } as unknown as ResourceClaim;
    return { claim, mappings };
  }

  /** Throws StatusError. */
  create({ metadata: { namespace, name, uid } }: Pod, { spec }: ResourceClaim): ResourceClaim {
    const draft = {
      metadata: {
        namespace,
        generateName: `${name}-extended-resources-`,
        annotations: { [EXTENDED_CLAIM]: 'true' },
        ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name, uid, controller: true }],
      },
      spec,
    } as Draft<ResourceClaim>;
    const claim = this.component.client.create(resourceClaims, draft);
    this.made.set(uid, claim);
    return claim;
  }

  /** Tells the pod, and with it its kubelet, which claim that is. */
  tell({ metadata }: Pod, claim: ResourceClaim, requestMappings: readonly Mapping[]): void {
    const status = { resourceClaimName: claim.metadata.name, requestMappings };
    const body = { status: { extendedResourceClaimStatus: status } };
    const options = { subresource: 'status', patchType: 'strategic' } as const;
    this.component.client.patch(pods, metadata.namespace!, metadata.name, body, options);
  }

  /** Deletes what was made for the pod; says what came of it, and nothing when nothing was. */
  remove(pod: Pod): string {
    const known = this.leftBehind(pod);
    if (!known) return '';
    this.made.delete(pod.metadata.uid);
    const { client } = this.component;
    const { namespace, name } = known.metadata;
    try {
      const claim = client.get(resourceClaims, namespace!, name);
      const finalizers = claim.metadata.finalizers?.filter((each) => each !== CLAIM_FINALIZER);
      if (finalizers) {
        client.update(resourceClaims, { ...claim, metadata: { ...claim.metadata, finalizers } });
      }
      client.delete(resourceClaims, namespace!, name);
      return 'deletion of ResourceClaim completed';
    } catch (error) {
      if (!(error instanceof StatusError || error instanceof ConnectionError)) throw error;
      return error.message;
    }
  }
}

/** Uids of pods for which the scheduler made the claim. */
function podsOf({ metadata }: ResourceClaim): string[] {
  if (metadata.annotations?.[EXTENDED_CLAIM] !== 'true') return [];
  return (metadata.ownerReferences ?? []).flatMap(({ controller, uid }) => (controller ? uid : []));
}
