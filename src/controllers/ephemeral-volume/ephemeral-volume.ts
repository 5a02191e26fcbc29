// Makes the claims that pods' ephemeral volumes stand for: of the pod, so that they go with it.
// Upstream: pkg/controller/volume/ephemeral/controller.go.
import { persistentVolumeClaims } from '../../api/extension-refs';
import type { PersistentVolumeClaim } from '../../api/extension-types';
import { objectKey, type Draft } from '../../api/object';
import { pods } from '../../api/resource-ref';
import { StatusError } from '../../api/status-error';
import type { Pod, Volume } from '../../api/types';
import { claimNameOf, notForPod } from '../../api/pod-volume-claims';
import type { Controller, ControllerContext } from '../controller';

export const ephemeralVolumeController: Controller = {
  name: 'ephemeral-volume',
  eventSource: 'ephemeral_volume',
  workers: 5,
  start(context) {
    const consider = (pod: Pod): void => {
      if (!pod.metadata.deletionTimestamp && hasEphemeral(pod)) context.enqueue(objectKey(pod));
    };
    const podInformer = context.watch(pods, { added: consider });
    const claims = context.watch(persistentVolumeClaims, {
      deleted: ({ metadata }) => {
        for (const { kind, name } of metadata.ownerReferences ?? []) {
          if (kind === 'Pod') context.enqueue(`${metadata.namespace}/${name}`);
        }
      },
    });
    return {
      reconcile(key) {
        const pod = podInformer.get(key);
        if (!pod || pod.metadata.deletionTimestamp) return;
        for (const volume of pod.spec.volumes ?? []) {
          if (!volume.ephemeral) continue;
          const name = claimNameOf(pod, volume)!;
          ensureClaim(context, pod, volume, claims.get(`${pod.metadata.namespace}/${name}`));
        }
      },
    };
  },
};

function hasEphemeral({ spec }: Pod): boolean {
  return spec.volumes?.some(({ ephemeral }) => ephemeral !== undefined) ?? false;
}

function ensureClaim(
  { client, recorder }: ControllerContext,
  pod: Pod,
  volume: Volume,
  known: PersistentVolumeClaim | undefined,
): void {
  const fail = (why: string): void => {
    recorder.event(pod, 'Warning', 'FailedBinding', `ephemeral volume ${volume.name}: ${why}`);
  };
  if (known) {
    const problem = notForPod(pod, known);
    if (!problem) return;
    fail(problem);
    throw new Error(problem);
  }
  const claim = claimFor(pod, volume);
  try {
    client.create(persistentVolumeClaims, claim);
  } catch (error) {
    if (error instanceof StatusError) fail(`create PVC ${claim.metadata.name}: ${error.message}`);
    throw error;
  }
}

function claimFor(pod: Pod, volume: Volume): Draft<PersistentVolumeClaim> {
  const { namespace, name, uid } = pod.metadata;
  const { metadata = {}, spec } = volume.ephemeral!.volumeClaimTemplate!;
  const { labels, annotations } = metadata;
  const owner = { apiVersion: 'v1', kind: 'Pod', name, uid };
  const ownerReferences = [{ ...owner, controller: true, blockOwnerDeletion: true }];
  const claimName = claimNameOf(pod, volume);
  return {
    metadata: { namespace, name: claimName, labels, annotations, ownerReferences },
    spec,
  };
}
