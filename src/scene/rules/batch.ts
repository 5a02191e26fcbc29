// Pods of StatefulSets, which come in order, of DaemonSets and of Jobs.
import type { Job, StatefulSet } from '../../api/extension-types';
import type { Pod } from '../../api/types';
import type { TraceRecord } from '../../sim/trace';
import { linkOf, ownedBy, told, type StoryFamily, type StoryView, type Told } from './rule';

export function batchRules(): StoryFamily {
  return { table: { 'kube-controller-manager create pods': madePod } };
}

function madePod(record: TraceRecord, view: StoryView): Told | undefined {
  const owned = ownedBy<Pod>(record, view);
  if (!owned) return undefined;
  const { kind, name: owner } = owned.owner;
  const { namespace, name: pod } = record;
  const about = linkOf('Pod', record);
  switch (kind) {
    case 'StatefulSet': {
      const set = view.read<StatefulSet>('statefulsets.apps', namespace, owner);
      const ordinal = Number(pod.slice(pod.lastIndexOf('-') + 1));
      const count = set?.spec.replicas ?? 1;
      return told('statefulPodCreated', { owner, pod, ordinal, count }, about);
    }
    case 'DaemonSet':
      return told('daemonPodCreated', { owner, pod }, about);
    case 'Job': {
      const job = view.read<Job>('jobs.batch', namespace, owner);
      const completions = job?.spec.completions ?? 1;
      const succeeded = job?.status?.succeeded ?? 0;
      return told('jobPodCreated', { owner, pod, succeeded, completions }, about);
    }
    default:
      return undefined;
  }
}
