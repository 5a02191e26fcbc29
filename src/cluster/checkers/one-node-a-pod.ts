import { pods } from '../../api/resource-ref';
import type { Pod } from '../../api/types';
import type { Checker } from './checker';

/** A pod, once bound, is never on another node: not by its object, not by what runs. */
export const oneNodeAPod: Checker = {
  name: 'no pod on two nodes',
  when: 'always',
  start(cluster) {
    const bound = new Map<string, string>();
    const violations: string[] = [];
    const see = ({ metadata, spec }: Pod): void => {
      if (!spec.nodeName) return;
      const before = bound.get(metadata.uid);
      if (before !== undefined && before !== spec.nodeName) {
        violations.push(`Pod ${metadata.name} moved from ${before} to ${spec.nodeName}`);
      }
      bound.set(metadata.uid, spec.nodeName);
    };
    for (const pod of cluster.store.list(pods.key)) see(pod as Pod);
    const follow = (): void => {
      cluster.store.watch(pods.key, {}, cluster.store.revision, {
        event(type, pod) {
          if (type === 'DELETED') bound.delete(pod.metadata.uid);
          else see(pod as Pod);
        },
        closed: follow,
      });
    };
    follow();
    return () => [...violations, ...runningTwice(cluster.machineRoom.runningPods())];
  },
};

function runningTwice(running: Iterable<{ machine: string; uid: string }>): string[] {
  const seen = new Map<string, string>();
  const violations: string[] = [];
  for (const { machine, uid } of running) {
    const other = seen.get(uid);
    if (other !== undefined && other !== machine) {
      violations.push(`pod ${uid} runs on ${other} and on ${machine}`);
    }
    seen.set(uid, machine);
  }
  return violations;
}
