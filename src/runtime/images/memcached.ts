import { server } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A server that listens soon after its start. */
export const memcached: ImageDefinition = {
  name: 'docker.io/library/memcached',
  tags: { versions: ['1.4..6'], variants: ['alpine', 'slim', 'bookworm', 'bullseye', 'trixie'] },
  sizeBytes: 32_200_000,
  smallSizeBytes: 4_500_000,
  base: 'debian',
  process: server([11211], 60),
  executables: ['memcached'],
};
