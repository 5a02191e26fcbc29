import type { Checker } from './checker';

/** Every watch sees revisions that only grow, and each object carries the revision of its write. */
export const monotonicRevisions: Checker = {
  name: 'monotonic resourceVersion',
  when: 'always',
  start({ store }) {
    const violations: string[] = [];
    for (const table of store.tableNames()) {
      let last = store.revision;
      const follow = (): void => {
        store.watch(table, {}, store.revision, {
          event(_, { metadata }, revision) {
            const { name, resourceVersion } = metadata;
            if (revision <= last) violations.push(`${table}: ${revision} came after ${last}`);
            if (resourceVersion !== String(revision)) {
              violations.push(`${table}/${name} says ${resourceVersion} at revision ${revision}`);
            }
            last = revision;
          },
          closed: follow,
        });
      };
      follow();
    }
    return () => violations;
  },
};
