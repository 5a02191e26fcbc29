import { server } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A server that listens soon after its start. */
export const httpEcho: ImageDefinition = {
  name: 'docker.io/hashicorp/http-echo',
  tags: { versions: ['0.2', '1.0'], variants: ['alpine'] },
  sizeBytes: 3_100_000,
  process: server([5678], 50),
  executables: ['/http-echo'],
};
