import { server } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A server that listens soon after its start. */
export const kubeApiserver: ImageDefinition = {
  name: 'registry.k8s.io/kube-apiserver',
  tags: { versions: ['1.0..40'] },
  sizeBytes: 27_100_000,
  base: 'distroless',
  process: server([6443], 900, { program: 'kube-apiserver' }),
  executables: ['kube-apiserver'],
};
