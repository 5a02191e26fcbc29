import { server } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A server that listens soon after its start. */
export const echoServer: ImageDefinition = {
  name: 'docker.io/jmalloc/echo-server',
  tags: { versions: ['0.1..3'] },
  sizeBytes: 3_300_000,
  process: server([8080], 60),
  executables: ['/bin/echo-server'],
};
