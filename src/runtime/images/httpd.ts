import { server } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A server that listens soon after its start. */
export const httpd: ImageDefinition = {
  name: 'docker.io/library/httpd',
  tags: { versions: ['2.2..4'], variants: ['alpine', 'slim', 'bookworm', 'bullseye', 'trixie'] },
  sizeBytes: 45_300_000,
  smallSizeBytes: 21_400_000,
  base: 'debian',
  process: server([80], 250),
  executables: ['httpd', 'httpd-foreground'],
};
