import { server } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A server that listens soon after its start. */
export const pause: ImageDefinition = {
  name: 'registry.k8s.io/pause',
  tags: { versions: ['2..3'] },
  sizeBytes: 321_520,
  process: server([], 5),
  executables: ['/pause'],
  isClosed: true,
};
