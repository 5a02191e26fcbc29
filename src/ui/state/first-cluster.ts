// The cluster that a visitor sees who brings none. The page's head asks for it before any of the
// page's script runs, as vite.config.ts writes it; so this file imports nothing at run time.
import type { StartOptions } from '../../host/protocol';

/**
 * The virtual time at which a run starts that is to be compared with others (`?seed=`); any other
 * new cluster starts at the visitor's own time.
 */
export const CLUSTER_START_MS = 1_767_225_600_000;

/** Its choice of machines, its seed and its speed; when it starts is known when somebody comes. */
export const FIRST_CLUSTER = {
  preset: 'kubeadm',
  seed: 1,
  speed: 1,
  paused: false,
} as const satisfies Omit<StartOptions, 'startMs'>;

/** Where the browser's storage says that a cluster of the visitor's own is kept. */
export const KEPT_KEY = 'kubarium.kept';
