import { SHELL } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A shell alone: leaves at once when it has nothing to do. */
export const bash: ImageDefinition = {
  name: 'docker.io/library/bash',
  tags: { versions: ['3..5', '3.0..2', '4.0..4', '5.0..3'], variants: ['alpine'] },
  sizeBytes: 6_000_000,
  base: 'alpine',
  process: SHELL,
  executables: ['bash'],
};
