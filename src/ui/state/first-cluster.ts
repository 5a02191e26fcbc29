// The cluster that a visitor sees who brings none. The page's head asks for it before any of the
// page's script runs, as vite.config.ts writes it; so this file imports nothing at run time.
import type { StartOptions } from '../../host/protocol';

/** The virtual time every new cluster starts at: the same for all, so that runs can be compared. */
export const CLUSTER_START_MS = 1_767_225_600_000;

/** Its choice of machines, its seed and its clock. */
export const FIRST_CLUSTER = {
  preset: 'kubeadm',
  seed: 1,
  speed: 1,
  paused: false,
  startMs: CLUSTER_START_MS,
} as const satisfies StartOptions;

/** Where the browser's storage says that a cluster of the visitor's own is kept. */
export const KEPT_KEY = 'kubarium.kept';
