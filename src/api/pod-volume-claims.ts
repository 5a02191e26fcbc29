// Which claims the volumes of pods stand for. Apart from what volumes and claims are to each other,
// since every cluster asks whether pods have claims, and only those with storage ask more.
// Upstream: component-helpers/storage/ephemeral/ephemeral.go.
import { controllerOf } from './object';
import type { PersistentVolumeClaim } from './extension-types';
import type { Pod, Volume } from './types';

/** The claim that a pod's volume stands for; undefined when it stands for none. */
export function claimNameOf(pod: Pod, volume: Volume): string | undefined {
  if (volume.persistentVolumeClaim) return volume.persistentVolumeClaim.claimName;
  return volume.ephemeral ? `${pod.metadata.name}-${volume.name}` : undefined;
}

/** Whether any of the pod's volumes stands for a claim: cheap, for whoever asks of every pod. */
export function hasClaims({ spec }: Pod): boolean {
  const { volumes } = spec;
  if (volumes === undefined) return false;
  for (let index = 0; index < volumes.length; index++) {
    if (volumes[index].persistentVolumeClaim || volumes[index].ephemeral) return true;
  }
  return false;
}

/** Why a claim is not that of the pod's ephemeral volume; '' when it is. */
export function notForPod({ metadata }: Pod, claim: PersistentVolumeClaim): string {
  const { namespace, name, uid } = metadata;
  const isOwn = namespace === claim.metadata.namespace && controllerOf(claim)?.uid === uid;
  if (isOwn) return '';
  const claimKey = `${claim.metadata.namespace}/${claim.metadata.name}`;
  return `PVC ${claimKey} was not created for pod ${namespace}/${name} (pod is not owner)`;
}

/** Keys of the claims that a pod's volumes stand for. */
export function claimKeysOf(pod: Pod): string[] {
  if (!hasClaims(pod)) return NONE;
  const keys: string[] = [];
  for (const volume of pod.spec.volumes ?? []) {
    const name = claimNameOf(pod, volume);
    if (name !== undefined) keys.push(`${pod.metadata.namespace}/${name}`);
  }
  return keys;
}

const NONE: string[] = [];
