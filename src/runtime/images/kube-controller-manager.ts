import { server } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A server that listens soon after its start. */
export const kubeControllerManager: ImageDefinition = {
  name: 'registry.k8s.io/kube-controller-manager',
  tags: { versions: ['1.0..40'] },
  sizeBytes: 22_800_000,
  base: 'distroless',
  process: server([10257], 700, { program: 'kube-controller-manager' }),
  executables: ['kube-controller-manager'],
};
