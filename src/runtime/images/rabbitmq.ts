import { server } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A server that listens soon after its start. */
export const rabbitmq: ImageDefinition = {
  name: 'docker.io/library/rabbitmq',
  tags: { versions: ['3..4'], variants: ['management', 'alpine'] },
  sizeBytes: 106_000_000,
  smallSizeBytes: 64_000_000,
  base: 'ubuntu',
  process: server([5672, 15672, 15692, 25672, 4369], 11000),
  executables: ['rabbitmq-server', 'rabbitmq-diagnostics', 'rabbitmqctl'],
};
