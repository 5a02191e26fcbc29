import { server } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A server that listens soon after its start. */
export const wordpress: ImageDefinition = {
  name: 'docker.io/library/wordpress',
  tags: { versions: ['4..6'], variants: ['apache', 'fpm', 'cli', 'php', 'alpine'] },
  sizeBytes: 245_000_000,
  base: 'debian',
  process: server([80], 900),
  executables: ['apache2-foreground', 'php'],
};
