import { server } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A server that listens soon after its start. */
export const echoserver: ImageDefinition = {
  name: 'registry.k8s.io/echoserver',
  tags: { versions: ['1.4..10'] },
  sizeBytes: 44_300_000,
  base: 'debian',
  process: server([8080, 8443], 200),
  executables: ['nginx'],
};
