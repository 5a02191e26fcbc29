// Which of a workload's ReplicaSets and Jobs is the newest, and which have nothing left to show.
import type { ReplicaSet } from '../../api/types';
import type { GraphNode } from './relations';

const REVISION = 'deployment.kubernetes.io/revision';

/** The revision that a ReplicaSet stands for; 0 for what has none. */
export function revisionOf({ object }: GraphNode): number {
  return Number(object?.metadata.annotations?.[REVISION] ?? 0);
}

/** Orders what a workload owns: the newest revision first, then the youngest. */
export function revisionsFirst(a: GraphNode, b: GraphNode): number {
  const byRevision = revisionOf(b) - revisionOf(a);
  if (byRevision !== 0) return byRevision;
  const [one, other] = [ageOf(a), ageOf(b)];
  return one === other ? 0 : one < other ? 1 : -1;
}

/** Revisions that want no pods and have none: they are kept for going back to. */
export function olderRevisions(
  owned: readonly GraphNode[],
  ownedBy: ReadonlyMap<string, readonly GraphNode[]>,
): GraphNode[] {
  const revisions = owned.filter(({ kind }) => kind === 'ReplicaSet');
  const newest = revisions.toSorted(revisionsFirst)[0];
  return revisions.filter((node) => {
    if (node === newest || (ownedBy.get(node.key)?.length ?? 0) > 0) return false;
    return ((node.object as ReplicaSet | undefined)?.spec.replicas ?? 0) === 0;
  });
}

function ageOf({ object }: GraphNode): string {
  return object?.metadata.creationTimestamp ?? '';
}
