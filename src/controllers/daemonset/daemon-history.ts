import type { DaemonSet, Pod } from '../../api/types';

/** What the controller asks of a DaemonSet's history, once there is one. */
export interface DaemonHistory {
  /** The hash of the current revision, which is recorded when it is new. */
  currentHash(daemonSet: DaemonSet, daemonPods: () => Iterable<Pod>): string;
  /** Removes revisions beyond the limit that no pod is of. */
  cleanUp(daemonSet: DaemonSet, daemonPods: () => Iterable<Pod>): void;
  forget(uid: string): void;
}
