import { SHELL } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A shell and its tools: leaves at once when it has nothing to do. */
export const python: ImageDefinition = {
  name: 'docker.io/library/python',
  tags: {
    versions: ['2.7', '3.4..14'],
    variants: ['alpine', 'slim', 'bookworm', 'bullseye', 'trixie'],
  },
  sizeBytes: 396_000_000,
  smallSizeBytes: 46_000_000,
  base: 'debian',
  process: SHELL,
  executables: ['python', 'python3', 'pip', 'bash'],
};
