import { SHELL } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A shell and its tools: leaves at once when it has nothing to do. */
export const node: ImageDefinition = {
  name: 'docker.io/library/node',
  tags: {
    names: ['lts', 'current'],
    versions: ['4..25'],
    variants: ['alpine', 'slim', 'bookworm', 'bullseye', 'trixie'],
  },
  sizeBytes: 391_000_000,
  smallSizeBytes: 55_000_000,
  base: 'debian',
  process: SHELL,
  executables: ['node', 'npm', 'npx', 'yarn', 'bash'],
};
