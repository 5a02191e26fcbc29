// How an object is, in a few words for the head of the inspector.
import type { KubeObject } from '../../api/object';
import { parseTime } from '../../api/time';
import type { DaemonSet, Deployment, ReplicaSet, Service } from '../../api/types';
import type { SceneNode, ScenePod, SceneService } from '../../scene/scene';
import { ageText } from '../app/virtual-time';
import { inspectorMessages } from './messages';
import { listed } from '../state/language';

export interface PhaseContext {
  nowMs: number;
  pod?: ScenePod;
  node?: SceneNode;
  service?: SceneService;
}

const words = inspectorMessages.phase;

/** 'Pending for 2m4s', 'Ready', '7 of 10 ready', ... */
export function phaseWords(object: KubeObject | undefined, context: PhaseContext): string {
  const { pod, node, service, nowMs } = context;
  if (pod) {
    const since = pod.look === 'pending' || pod.look === 'creating';
    const look = pod.reason || inspectorMessages.looks[pod.look];
    return since ? words.since(look, ageText(nowMs - pod.createdMs)) : look;
  }
  if (node) return nodeWords(node, nowMs);
  if (service) return words.endpoints(service.ready, service.total);
  return object ? objectWords(object, nowMs) : '';
}

function nodeWords(node: SceneNode, nowMs: number): string {
  if (!node.registered) return words.notRegistered;
  const parts: string[] = [node.ready === 'Unknown' ? 'NotReady' : node.ready];
  if (node.power === 'Off') parts.push(words.noPower);
  else if (node.network === 'Cut') parts.push(words.cableCut);
  if (node.cordoned) parts.push(words.cordoned);
  if (node.ready !== 'Ready' && node.heartbeatMs > 0) {
    parts.push(words.lastHeard(ageText(nowMs - node.heartbeatMs)));
  }
  return listed(parts);
}

function objectWords(object: KubeObject, nowMs: number): string {
  switch (object.kind) {
    case 'Deployment':
    case 'ReplicaSet': {
      const { spec, status } = object as Deployment | ReplicaSet;
      return words.ready(status.readyReplicas ?? 0, spec.replicas ?? 1);
    }
    case 'DaemonSet': {
      const { numberReady, desiredNumberScheduled } = (object as DaemonSet).status;
      return words.ready(numberReady, desiredNumberScheduled);
    }
    case 'Service':
      return (object as Service).spec.type ?? 'ClusterIP';
    default:
      return words.old(ageText(nowMs - parseTime(object.metadata.creationTimestamp)));
  }
}
