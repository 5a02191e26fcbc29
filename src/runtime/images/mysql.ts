import { server } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A server that listens soon after its start. */
export const mysql: ImageDefinition = {
  name: 'docker.io/library/mysql',
  tags: {
    names: ['lts', 'innovation'],
    versions: ['5.5..7', '8.0..4', '9.0..5'],
    variants: ['debian', 'oracle', 'oraclelinux'],
  },
  sizeBytes: 233_900_000,
  process: server([3306, 33060], 9000),
  executables: ['mysqld', 'mysql', 'mysqladmin'],
};
