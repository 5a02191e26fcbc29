import { server } from '../container-process';
import type { ImageDefinition } from '../image-definition';

const NOBODY = { linux: { gid: 65532, supplementalGroups: [65532], uid: 65532 } };

/** A server that listens soon after its start. */
export const coredns: ImageDefinition = {
  name: 'registry.k8s.io/coredns/coredns',
  tags: { versions: ['1.6..14'] },
  sizeBytes: 22_800_000,
  base: 'distroless',
  process: server([53, 8080, 8181, 9153], 300, { user: NOBODY }),
  executables: ['/coredns'],
};
