import { server } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A server that listens soon after its start. */
export const mongo: ImageDefinition = {
  name: 'docker.io/library/mongo',
  tags: { versions: ['3..8'], variants: ['noble', 'jammy', 'focal', 'xenial'] },
  sizeBytes: 285_300_000,
  base: 'ubuntu',
  process: server([27017], 2200),
  executables: ['mongod', 'mongosh', 'mongo'],
};
