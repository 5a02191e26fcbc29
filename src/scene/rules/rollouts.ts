// When a Deployment's newest revision is all there, and when it does not get there.
import { controllerOf } from '../../api/object';
import type { Deployment, ReplicaSet } from '../../api/types';
import type { TraceRecord } from '../../sim/trace';
import { linkOf, objectOf, told, type StoryFamily, type StoryView, type Told } from './rule';

const TOLD_MAX = 1024;

export function rolloutRules(): StoryFamily {
  /** How a rollout ended, by Deployment. */
  const ends = new Map<string, string>();

  function status(record: TraceRecord, view: StoryView): Told | undefined {
    const deployment = objectOf<Deployment>(record, view);
    const progress = deployment?.status.conditions?.find(({ type }) => type === 'Progressing');
    if (!deployment || !progress) return undefined;
    const { name } = record;
    const { reason = '', message = '' } = progress;
    const [, replicaSet = ''] = /ReplicaSet "([^"]+)"/.exec(message) ?? [];
    const end = `${reason} ${replicaSet}`;
    const key = deployment.metadata.uid;
    if (ends.get(key) === end) return undefined;
    ends.set(key, end);
    if (ends.size > TOLD_MAX) ends.delete(ends.keys().next().value!);
    const about = linkOf('Deployment', record);
    if (reason === 'ProgressDeadlineExceeded') {
      return told('rolloutStuck', { deployment: name, message }, about, 'bad', about);
    }
    if (reason !== 'NewReplicaSetAvailable' || !isOf(replicaSet, record, view)) return undefined;
    const count = deployment.status.readyReplicas ?? 0;
    return told('rolloutDone', { deployment: name, replicaSet, count }, about, 'good', about);
  }

  return {
    table: {
      'kube-controller-manager update deployments.apps/status': status,
      'kube-controller-manager patch deployments.apps/status': status,
    },
  };
}

function isOf(replicaSet: string, { namespace, name }: TraceRecord, view: StoryView): boolean {
  const object = view.read<ReplicaSet>('replicasets.apps', namespace, replicaSet);
  return object !== undefined && controllerOf(object)?.name === name;
}
