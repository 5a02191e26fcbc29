import { server } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** A server that listens soon after its start. */
export const podinfo: ImageDefinition = {
  name: 'docker.io/stefanprodan/podinfo',
  tags: { versions: ['3..6'] },
  sizeBytes: 22_600_000,
  base: 'alpine',
  process: server([9898, 9797, 9999], 250),
  executables: ['./podinfo', 'podcli'],
};

/** The same image where it is also published. */
export const podinfoGhcr: ImageDefinition = { ...podinfo, name: 'ghcr.io/stefanprodan/podinfo' };
