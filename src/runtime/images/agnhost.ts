import { server } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A server that listens soon after its start. */
export const agnhost: ImageDefinition = {
  name: 'registry.k8s.io/e2e-test-images/agnhost',
  tags: { versions: ['2.0..63'] },
  sizeBytes: 53_700_000,
  base: 'alpine',
  process: server([], 80),
  executables: ['/agnhost', '/agnhost-2', 'agnhost'],
};
