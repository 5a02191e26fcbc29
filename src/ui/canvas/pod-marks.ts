// What every drawing of a pod carries for tests, for the pointer and for those who hear it.
import type { ScenePod } from '../../scene/scene';
import { messages } from './messages';

/** Attributes of a pod's element. */
export function podMarks(pod: ScenePod, look: ScenePod['look']) {
  return {
    'data-kind': 'Pod',
    'data-namespace': pod.namespace,
    'data-name': pod.name,
    'data-look': look,
    'data-node': pod.node,
    'data-owner': ownerKey(pod),
    'data-key': pod.key,
    'data-stop': '',
    tabIndex: -1,
    'aria-label': podLabel(pod, look),
  };
}

/** Pods with the same topmost owner are siblings. */
export function ownerKey(pod: ScenePod): string {
  const owner = pod.owner;
  return owner ? `${pod.namespace}/${owner.kind}/${owner.name}` : pod.key;
}

/** A pod in words; its reason rather than its phase where it has one. */
export function podLabel(pod: ScenePod, look: ScenePod['look']): string {
  return messages.podLabel({
    name: pod.name,
    look: look === pod.look && pod.reason ? pod.reason : messages.looks[look],
    ready: pod.ready,
    total: pod.total,
    node: pod.node,
    owner: pod.owner ? `${pod.owner.kind} ${pod.owner.name}` : '',
    restarts: pod.restarts,
  });
}

/** How far an image pull has come at a virtual time, 0 to 1. */
export function pullShare(pull: { startMs: number; endMs: number }, nowMs: number): number {
  if (pull.endMs <= pull.startMs) return 1;
  return Math.max(0, Math.min(1, (nowMs - pull.startMs) / (pull.endMs - pull.startMs)));
}
