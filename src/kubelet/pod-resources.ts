// Resources of a pod as a whole: how its status tells what is set aside for it and what it has.
// Where the real one differs: it reads what the pod has from its cgroup, where CPU is rounded.
// Upstream: pkg/kubelet/kubelet_pods.go (convertToAPIPodLevelResourcesStatus).
import { podRequests } from '../api/pod-requests';
import type { PodSpec, PodStatus } from '../api/types';
import type { PodWorker } from './pod-worker';

/** Under this name a pod's own resources stand beside those of its containers. */
export const POD = '';

/** Puts what the pod has, and what is set aside for it, into its status. */
export function tellOwnResources({ pod, resize }: PodWorker, status: PodStatus): void {
  const allocated: PodSpec = resize?.allocated.spec ?? pod.spec;
  const resources = resize ? resize.running[POD] : pod.spec.resources;
  status.allocatedResources = podRequests(allocated) as PodStatus['allocatedResources'];
  status.resources = resources ?? {};
}
