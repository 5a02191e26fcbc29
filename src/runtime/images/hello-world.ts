import { job } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** Says hello and leaves. */
export const helloWorld: ImageDefinition = {
  name: 'docker.io/library/hello-world',
  tags: { names: ['linux'] },
  sizeBytes: 2_500,
  process: job(30),
  executables: ['/hello'],
  isClosed: true,
};
