import type { Checker } from './checker';

/** Every watch sees revisions that only grow, and each object carries the revision of its write. */
export const monotonicRevisions: Checker = {
  name: 'monotonic resourceVersion',
  when: 'always',
  start({ store }) {
    const violations: string[] = [];
    for (const table of store.tableNames()) {
      let last = store.revision;
      store.watch(table, {}, store.revision, {
        event(_, object, revision) {
          const { name, resourceVersion } = object.metadata;
          if (revision <= last) violations.push(`${table}: revision ${revision} came after ${last}`);
          if (resourceVersion !== String(revision)) {
            violations.push(`${table}/${name} says ${resourceVersion} at revision ${revision}`);
          }
          last = revision;
        },
        closed: () => {},
      });
    }
    return () => violations;
  },
};
