import { server } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A server that listens soon after its start. */
export const helloApp: ImageDefinition = {
  name: 'us-docker.pkg.dev/google-samples/containers/gke/hello-app',
  tags: { versions: ['1.0', '2.0'] },
  sizeBytes: 12_300_000,
  base: 'distroless',
  process: server([8080], 60),
  executables: ['/hello-app'],
};

/** The same image where it is also published. */
export const helloAppGcr: ImageDefinition = {
  ...helloApp,
  name: 'gcr.io/google-samples/hello-app',
};
