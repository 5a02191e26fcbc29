// How pods come to run, as the scheduler's and the kubelets' writes tell it.
import type { Pod } from '../../api/types';
import type { TraceRecord } from '../../sim/trace';
import { lookOf } from '../pod-view';
import { linkOf, objectOf, told, type StoryFamily, type StoryView, type Told } from './rule';

export function podRules(): StoryFamily {
  return {
    table: {
      'kube-scheduler create pods/binding': bound,
      'kube-scheduler patch pods/status': notScheduled,
      'kube-scheduler update pods/status': notScheduled,
      'kubelet patch pods/status': progress,
      'kubelet update pods/status': progress,
    },
  };
}

function bound(record: TraceRecord, view: StoryView): Told {
  const node = objectOf<Pod>(record, view)?.spec.nodeName ?? '';
  return told('podBound', { pod: record.name, node }, linkOf('Pod', record));
}

function notScheduled(record: TraceRecord, view: StoryView): Told | undefined {
  const condition = objectOf<Pod>(record, view)?.status.conditions?.find(
    ({ type, status }) => type === 'PodScheduled' && status === 'False',
  );
  if (!condition?.message) return undefined;
  const [message] = condition.message.split(/[.,]? (?:no new claims|preemption:)/);
  const parts = { pod: record.name, message: message.replace(/\.$/, '') };
  return told('podUnschedulable', parts, linkOf('Pod', record), 'warn');
}

function progress(record: TraceRecord, view: StoryView): Told | undefined {
  const object = objectOf<Pod>(record, view);
  if (!object) return undefined;
  const { name: pod } = record;
  const node = record.actor.slice('kubelet/'.length);
  const about = linkOf('Pod', record);
  switch (lookOf(object, false)) {
    case 'creating':
      return told('podTaken', { pod, node, pulls: pullsOf(object, node, view) }, about);
    case 'running':
      return told('podReady', { pod }, about, 'good');
    case 'notReady':
      return wasReady(object) ? told('podUnready', { pod }, about, 'warn') : undefined;
    case 'crashLoop':
      return told('podCrashLoop', { pod, ...crashOf(object) }, about, 'bad');
    case 'failed': {
      const reason = troubleOf(object);
      const isOver = object.status.phase === 'Failed';
      return told(isOver ? 'podFailed' : 'podTrouble', { pod, reason }, about, 'bad');
    }
    case 'succeeded':
      return told('podSucceeded', { pod }, about, 'good');
    default:
      return undefined;
  }
}

/** A pod that starts is not ready yet; one that has lost it became so later than it began. */
function wasReady({ status }: Pod): boolean {
  const time = (type: string): string =>
    status.conditions?.find((condition) => condition.type === type)?.lastTransitionTime ?? '';
  return time('Ready') > time('Initialized') && (status.containerStatuses ?? []).length > 0;
}

function crashOf({ status }: Pod): { reason: string; restarts: number } {
  let restarts = 0;
  let reason = '';
  for (const { restartCount, lastState } of status.containerStatuses ?? []) {
    restarts += restartCount;
    reason ||= lastState?.terminated?.reason ?? '';
  }
  return { reason, restarts };
}

function troubleOf({ status }: Pod): string {
  for (const { state } of status.containerStatuses ?? []) {
    const reason = state?.waiting?.reason;
    if (reason) return reason;
  }
  return status.reason ?? 'Error';
}

/** How many of its images have to be fetched before it can start. */
function pullsOf({ spec }: Pod, nodeName: string, view: StoryView): number {
  const node = view.read('nodes', '', nodeName) as { status?: { images?: Images } } | undefined;
  const here = new Set((node?.status?.images ?? []).flatMap(({ names }) => names ?? []));
  // A node lists its images now and then; containers that run are newer proof.
  for (const { status } of view.podsOn(nodeName)) {
    for (const { image, imageID } of status.containerStatuses ?? []) if (imageID) here.add(image);
  }
  return [...(spec.initContainers ?? []), ...spec.containers].filter(
    ({ image = '', imagePullPolicy }) =>
      imagePullPolicy === 'Always' || !(here.has(image) || here.has(`docker.io/library/${image}`)),
  ).length;
}

type Images = { names?: string[] }[];
