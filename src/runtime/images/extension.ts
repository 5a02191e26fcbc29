// Images that a first picture can do without: what comes with flavours of clusters, and controllers
// that people install.
import { server } from '../container-process';
import type { ImageDefinition } from '../image-definition';

export const imageExtension: readonly ImageDefinition[] = [
  {
    name: 'registry.k8s.io/cloud-controller-manager',
    tags: { versions: ['1.0..40'] },
    sizeBytes: 16_900_000,
    base: 'distroless',
    process: server([10258], 500, { program: 'cloud-controller-manager' }),
    executables: ['cloud-controller-manager'],
  },
];
