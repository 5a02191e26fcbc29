// What the canvas draws of a pod: its look, its name in two parts, its containers.
import { controllerOf, objectKey } from '../api/object';
import { parseTime } from '../api/time';
import type { ContainerStatus, Pod } from '../api/types';
import { titleOf } from './pod-title';
import type { ContainerLook, PodLook, SceneOwner, ScenePod } from './scene';

/** `isStale`: its node has not been heard of, so what the API says of the pod is old news. */
export function viewPod(pod: Pod, owner: SceneOwner | undefined, isStale: boolean): ScenePod {
  const { metadata, spec, status } = pod;
  const statuses = status.containerStatuses ?? [];
  const view: ScenePod = {
    key: objectKey(pod),
    uid: metadata.uid,
    namespace: metadata.namespace!,
    name: metadata.name,
    title: titleOf(metadata.name, owner),
    node: spec.nodeName ?? '',
    look: lookOf(pod, isStale),
    ready: statuses.filter(({ ready }) => ready).length,
    total: spec.containers.length,
    containers: containerLooks(pod),
    restarts: statuses.reduce((sum, { restartCount }) => sum + restartCount, 0),
    createdMs: parseTime(metadata.creationTimestamp),
    mirror: metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined,
  };
  if (owner) view.owner = owner;
  if (metadata.labels) view.labels = labelsText(metadata.labels);
  const reason = reasonOf(pod);
  if (reason) view.reason = reason;
  if (status.podIP) view.ip = status.podIP;
  return view;
}

/** Labels are frozen, so that those of one object always give one text. */
const textsOfLabels = new WeakMap<object, string>();

function labelsText(labels: Readonly<Record<string, string>>): string {
  let text = textsOfLabels.get(labels);
  if (text === undefined) {
    const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
    textsOfLabels.set(labels, (text = pairs.sort().join()));
  }
  return text;
}

const IN_TROUBLE = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'ErrImageNeverPull',
  'InvalidImageName',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
]);

export function lookOf(pod: Pod, isStale: boolean): PodLook {
  const { phase } = pod.status;
  // A pod that ends well because it was asked to is still on its way out.
  if (pod.metadata.deletionTimestamp && !isStale) return 'terminating';
  if (phase === 'Succeeded') return 'succeeded';
  if (phase === 'Failed') return 'failed';
  if (isStale) return 'unknown';
  if (!pod.spec.nodeName) return 'pending';
  const reason = waitingReason(pod);
  if (reason === 'CrashLoopBackOff') return 'crashLoop';
  if (reason && IN_TROUBLE.has(reason)) return 'failed';
  if (phase !== 'Running') return 'creating';
  return isTrue(pod, 'Ready') ? 'running' : 'notReady';
}

function containerLooks({ spec, status }: Pod): ContainerLook[] {
  const init = (spec.initContainers ?? []).map((container): ContainerLook => {
    const found = status.initContainerStatuses?.find(({ name }) => name === container.name);
    if (container.restartPolicy === 'Always') return found?.state?.running ? 'sidecar' : 'waiting';
    return found?.state?.terminated?.exitCode === 0 ? 'initDone' : 'initWaiting';
  });
  const main = spec.containers.map((container): ContainerLook => {
    const found = status.containerStatuses?.find(({ name }) => name === container.name);
    return found ? containerLook(found) : 'waiting';
  });
  return [...init, ...main];
}

function containerLook({ state, lastState }: ContainerStatus): ContainerLook {
  if (state?.running) return 'running';
  const ended = state?.terminated ?? lastState?.terminated;
  if (ended) return ended.exitCode === 0 ? 'done' : 'error';
  return 'waiting';
}

/** The one word for why it is not running, if there is one. */
export function reasonOf(pod: Pod): string | undefined {
  if (pod.status.reason) return pod.status.reason;
  const waiting = waitingReason(pod);
  if (waiting) return waiting;
  const scheduled = pod.status.conditions?.find(({ type }) => type === 'PodScheduled');
  return scheduled?.status === 'False' ? scheduled.reason : undefined;
}

function waitingReason({ status }: Pod): string | undefined {
  for (const each of status.initContainerStatuses ?? []) {
    const reason = each.state?.waiting?.reason;
    if (reason && reason !== 'PodInitializing') return reason;
  }
  for (const each of status.containerStatuses ?? []) {
    const reason = each.state?.waiting?.reason;
    if (reason && reason !== 'ContainerCreating' && reason !== 'PodInitializing') return reason;
  }
  return undefined;
}

function isTrue({ status }: Pod, condition: string): boolean {
  return (
    status.conditions?.some(({ type, status: is }) => type === condition && is === 'True') ?? false
  );
}

/** The owner's name in events and colour tables: 'ReplicaSet/default/web-7d9f'. */
export function ownerKey(pod: Pod): string {
  const owner = controllerOf(pod);
  return owner ? `${owner.kind}/${pod.metadata.namespace}/${owner.name}` : '';
}
