import { SHELL } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A shell and its tools: leaves at once when it has nothing to do. */
export const golang: ImageDefinition = {
  name: 'docker.io/library/golang',
  tags: { versions: ['1.5..26'], variants: ['alpine', 'slim', 'bookworm', 'bullseye', 'trixie'] },
  sizeBytes: 301_000_000,
  smallSizeBytes: 83_000_000,
  base: 'debian',
  process: SHELL,
  executables: ['go', 'gofmt', 'bash'],
};
