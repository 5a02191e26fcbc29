import type { KubeObject } from '../../api/object';
import type { Checker } from './checker';

/** At rest, every owner that an object names is there, and everything that runs has its pod. */
export const noOrphans: Checker = {
  name: 'no orphans',
  when: 'rest',
  start: (cluster) => () => {
    const { store } = cluster;
    const uids = new Set<string>();
    const mirrors = new Set<string>();
    const all: [string, KubeObject][] = [];
    for (const table of store.tableNames()) {
      for (const object of store.list(table)) {
        uids.add(object.metadata.uid);
        const staticUid = object.metadata.annotations?.['kubernetes.io/config.mirror'];
        if (staticUid) mirrors.add(staticUid);
        all.push([table, object]);
      }
    }
    const violations: string[] = [];
    for (const [table, { metadata }] of all) {
      for (const owner of metadata.ownerReferences ?? []) {
        if (!uids.has(owner.uid)) {
          violations.push(
            `${table}/${metadata.name} has lost its owner ${owner.kind} ${owner.name}`,
          );
        }
      }
    }
    for (const { machine, uid } of cluster.machineRoom.runningPods()) {
      if (!uids.has(uid) && !mirrors.has(uid))
        violations.push(`${uid} runs on ${machine} without a Pod`);
    }
    return violations;
  },
};
