// The DaemonSet controller once ControllerRevisions are served: it takes the place of the other.
import type { Controller } from '../controller';
import { daemonSetController, DaemonSetLoop } from './daemonset';
import { DaemonSetHistory } from './daemonset-history';

export const daemonSetWithHistory: Controller = {
  ...daemonSetController,
  start(context) {
    const loop = new DaemonSetLoop(context, new DaemonSetHistory(context));
    return { reconcile: (key) => loop.reconcile(key) };
  },
};
