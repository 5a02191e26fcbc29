import { server } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A server that listens soon after its start. */
export const etcd: ImageDefinition = {
  name: 'registry.k8s.io/etcd',
  tags: { versions: ['3.0..6'], variants: [''] },
  sizeBytes: 22_900_000,
  base: 'distroless',
  process: server([2379, 2380, 2381], 400, { program: 'etcd' }),
  executables: ['etcd', 'etcdctl', 'etcdutl'],
};
