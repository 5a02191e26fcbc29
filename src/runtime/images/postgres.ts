import { server } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A server that listens soon after its start. */
export const postgres: ImageDefinition = {
  name: 'docker.io/library/postgres',
  tags: {
    versions: ['9.0..6', '10..18'],
    variants: ['alpine', 'slim', 'bookworm', 'bullseye', 'trixie'],
  },
  sizeBytes: 158_700_000,
  smallSizeBytes: 109_800_000,
  base: 'debian',
  process: server([5432], 2500),
  executables: ['postgres', 'psql', 'pg_isready', 'pg_dump'],
};
