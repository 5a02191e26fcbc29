import { server } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A server that listens soon after its start. */
export const kubeProxy: ImageDefinition = {
  name: 'registry.k8s.io/kube-proxy',
  tags: { versions: ['1.0..40'] },
  sizeBytes: 25_900_000,
  base: 'distroless',
  process: server([10256, 10249], 300, { program: 'kube-proxy' }),
  executables: ['/usr/local/bin/kube-proxy', 'kube-proxy'],
};
