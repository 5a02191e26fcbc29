import { SHELL } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A shell and its tools: leaves at once when it has nothing to do. */
export const ubuntu: ImageDefinition = {
  name: 'docker.io/library/ubuntu',
  tags: { names: ['rolling', 'devel', 'noble', 'jammy', 'focal', 'bionic'], versions: ['14..26'] },
  sizeBytes: 29_724_000,
  base: 'ubuntu',
  process: SHELL,
  executables: ['bash', 'apt-get', 'apt'],
  isClosed: true,
};
