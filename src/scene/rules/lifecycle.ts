// How pods end: out of memory, evicted by a node that runs short, and when their kubelet has
// stopped them.
import type { Pod } from '../../api/types';
import type { TraceRecord } from '../../sim/trace';
import {
  linkOf,
  linkTo,
  objectOf,
  told,
  type StoryFamily,
  type StoryView,
  type Told,
} from './rule';

export function lifecycleRules(): StoryFamily {
  /** For how many kills of its containers each pod was told of. */
  const kills = new Map<string, number>();

  function ended(record: TraceRecord, view: StoryView): Told | undefined {
    const status = objectOf<Pod>(record, view)?.status;
    if (!status) return undefined;
    const { name: pod, namespace } = record;
    const about = linkOf('Pod', record);
    if (status.reason === 'Evicted') {
      const node = record.actor.slice('kubelet/'.length);
      const parts = { pod, node, message: (status.message ?? '').trim() };
      return told('podPressureEvicted', parts, about, 'bad', linkTo('Node', '', node));
    }
    for (const { name, state, lastState, restartCount } of status.containerStatuses ?? []) {
      const isNow = state?.terminated?.reason === 'OOMKilled';
      if (!isNow && lastState?.terminated?.reason !== 'OOMKilled') continue;
      const key = `${namespace}/${pod}/${name}`;
      const count = restartCount + (isNow ? 1 : 0);
      if ((kills.get(key) ?? 0) >= count) continue;
      kills.set(key, count);
      return told('podOutOfMemory', { pod, container: name }, about, 'bad');
    }
    return undefined;
  }

  function gone(record: TraceRecord): Told {
    const { name: pod, namespace, actor } = record;
    for (const key of kills.keys()) if (key.startsWith(`${namespace}/${pod}/`)) kills.delete(key);
    const node = actor.slice('kubelet/'.length);
    return told('podGone', { pod, node }, linkOf('Pod', record));
  }

  return {
    table: {
      'kubelet patch pods/status': ended,
      'kubelet update pods/status': ended,
      'kubelet delete pods': gone,
    },
  };
}
