import { SHELL } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A shell and its tools: leaves at once when it has nothing to do. */
export const busybox: ImageDefinition = {
  name: 'docker.io/library/busybox',
  tags: { names: ['stable'], versions: ['1.20..37'], variants: ['uclibc', 'glibc', 'musl'] },
  sizeBytes: 2_236_000,
  process: SHELL,
  isClosed: true,
};
