import { server } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A server that listens soon after its start. */
export const mariadb: ImageDefinition = {
  name: 'docker.io/library/mariadb',
  tags: { names: ['lts'], versions: ['10..12'], variants: ['noble', 'jammy', 'focal', 'ubi'] },
  sizeBytes: 109_000_000,
  base: 'ubuntu',
  process: server([3306], 5000),
  executables: ['mariadbd', 'mysqld', 'mariadb', 'mariadb-admin', 'healthcheck.sh'],
};
