import { daemonSets, deployments } from '../../api/resource-ref';
import type { DaemonSet, Deployment } from '../../api/types';
import type { Checker } from './checker';

/** At rest, every workload has as many ready pods as it wants. */
export const replicasConverge: Checker = {
  name: 'ready replicas converge to desired',
  when: 'rest',
  start:
    ({ store }) =>
    () => {
      const violations: string[] = [];
      for (const { metadata, spec, status } of store.list(deployments.key) as Deployment[]) {
        const ready = status.readyReplicas ?? 0;
        if (ready !== spec.replicas || (status.updatedReplicas ?? 0) !== spec.replicas) {
          violations.push(`Deployment ${metadata.name} wants ${spec.replicas}, has ${ready} ready`);
        }
      }
      for (const { metadata, status } of store.list(daemonSets.key) as DaemonSet[]) {
        if (status.numberReady !== status.desiredNumberScheduled) {
          const wanted = status.desiredNumberScheduled;
          violations.push(
            `DaemonSet ${metadata.name} wants ${wanted}, has ${status.numberReady} ready`,
          );
        }
      }
      return violations;
    },
};
