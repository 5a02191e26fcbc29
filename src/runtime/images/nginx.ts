import { server } from '../container-process';
import type { ImageDefinition } from '../image-definition';

/** Serves its welcome page and nothing else until files are mounted. */
const WELCOME_PAGE = {
  http: [
    { path: '', fromMs: 0, status: 404 },
    { path: '/', fromMs: 0, status: 200 },
    { path: '/index.html', fromMs: 0, status: 200 },
  ],
};

/** A server that listens soon after its start. */
export const nginx: ImageDefinition = {
  name: 'docker.io/library/nginx',
  tags: {
    names: ['stable', 'mainline'],
    versions: ['1.0..29'],
    variants: ['alpine', 'slim', 'bookworm', 'bullseye', 'trixie', 'perl', 'otel'],
  },
  sizeBytes: 72_099_410,
  smallSizeBytes: 20_461_204,
  base: 'debian',
  process: server([80], 150, WELCOME_PAGE),
  executables: ['nginx'],
};
