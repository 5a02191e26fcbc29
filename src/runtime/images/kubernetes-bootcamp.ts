import { server } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A server that listens soon after its start. */
export const kubernetesBootcamp: ImageDefinition = {
  name: 'gcr.io/google-samples/kubernetes-bootcamp',
  tags: { versions: ['1..2'] },
  sizeBytes: 83_600_000,
  base: 'debian',
  process: server([8080], 400),
  executables: ['node'],
};
