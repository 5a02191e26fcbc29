import { server } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A server that listens soon after its start. */
export const kubeScheduler: ImageDefinition = {
  name: 'registry.k8s.io/kube-scheduler',
  tags: { versions: ['1.0..40'] },
  sizeBytes: 17_400_000,
  base: 'distroless',
  process: server([10259], 500, { program: 'kube-scheduler' }),
  executables: ['kube-scheduler'],
};
