import { SHELL } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A shell and its tools: leaves at once when it has nothing to do. */
export const debian: ImageDefinition = {
  name: 'docker.io/library/debian',
  tags: {
    names: ['stable', 'testing'],
    versions: ['9..13'],
    variants: ['slim', 'bookworm', 'bullseye', 'buster', 'trixie'],
  },
  sizeBytes: 48_500_000,
  smallSizeBytes: 28_200_000,
  base: 'debian',
  process: SHELL,
  executables: ['bash', 'apt-get', 'apt'],
  isClosed: true,
};
