import { SHELL } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** Perl and its tools: leaves at once when it has nothing to do. */
export const perl: ImageDefinition = {
  name: 'docker.io/library/perl',
  tags: {
    names: ['stable'],
    versions: ['5.8..42'],
    variants: ['slim', 'threaded', 'bookworm', 'bullseye', 'trixie'],
  },
  sizeBytes: 338_000_000,
  smallSizeBytes: 50_000_000,
  base: 'debian',
  process: SHELL,
  executables: ['perl', 'cpan', 'bash'],
};
