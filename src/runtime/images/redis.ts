import { server } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** Its entrypoint leaves root behind. */
const REDIS = { linux: { gid: 999, supplementalGroups: [999], uid: 999 } };

/** A server that listens soon after its start. */
export const redis: ImageDefinition = {
  name: 'docker.io/library/redis',
  tags: { versions: ['3..8'], variants: ['alpine', 'slim', 'bookworm', 'bullseye', 'trixie'] },
  sizeBytes: 45_900_000,
  smallSizeBytes: 16_700_000,
  base: 'debian',
  process: server([6379], 200, { user: REDIS }),
  executables: ['redis-server', 'redis-cli', 'redis-benchmark'],
};
