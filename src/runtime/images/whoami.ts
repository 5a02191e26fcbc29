import { server } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A server that listens soon after its start. */
export const whoami: ImageDefinition = {
  name: 'docker.io/traefik/whoami',
  tags: { versions: ['1'] },
  sizeBytes: 2_900_000,
  process: server([80], 60),
  executables: ['/whoami'],
};
