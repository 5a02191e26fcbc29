import { server } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A server that listens soon after its start. */
export const traefik: ImageDefinition = {
  name: 'docker.io/library/traefik',
  tags: { versions: ['1..3'] },
  sizeBytes: 45_000_000,
  base: 'alpine',
  process: server([80, 443, 8080], 500),
  executables: ['traefik'],
};
