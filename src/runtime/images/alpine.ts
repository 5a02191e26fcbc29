import { SHELL } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A shell and its tools: leaves at once when it has nothing to do. */
export const alpine: ImageDefinition = {
  name: 'docker.io/library/alpine',
  tags: { names: ['edge'], versions: ['3.1..23'] },
  sizeBytes: 3_800_000,
  base: 'alpine',
  process: SHELL,
  isClosed: true,
};
