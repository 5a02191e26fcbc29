// The moments that the clock can run ahead to: for each, whether one is to come as things stand,
// and how the write is known that brings it.
import type { Machine } from '../../api/machine';
import { cronJobs, jobs } from '../../api/extension-refs';
import { controllerOf, type KubeObject } from '../../api/object';
import { endpointSlices, events, machines, nodes, pods, services } from '../../api/resource-ref';
import type { CronJob, Job } from '../../api/extension-types';
import type { Event, Node, Pod } from '../../api/types';
import type { Cluster } from '../../cluster/cluster';
import { readinessOf } from '../../scene/node-view';
import { lookOf } from '../../scene/pod-view';
import type { LogEntry } from '../../cluster/past/recorder';
import { WARP_TARGETS, type WarpTarget } from '../protocol';
import { progressOf, ROLLED_OUT } from './rollout-lanes';

interface Rule {
  /** Whether such a moment is to come, as things stand. */
  isComing(cluster: Cluster): boolean;
  /** Whether the write brings it; asked with all writes from the start of the warp on. */
  watch(cluster: Cluster): (entry: LogEntry) => boolean;
}

/** The targets that are to come, in the order in which they are offered. */
export function comingTargets(cluster: Cluster): WarpTarget[] {
  return WARP_TARGETS.filter((target) => RULES[target].isComing(cluster));
}

/** Tells of each write from now on whether it brings the moment. */
export function watchFor(target: WarpTarget, cluster: Cluster): (entry: LogEntry) => boolean {
  return RULES[target].watch(cluster);
}

const RULES: Record<WarpTarget, Rule> = {
  change: { isComing: () => true, watch: () => isChange },
  scheduled: {
    isComing: (cluster) => podsOf(cluster).some((pod) => !pod.spec.nodeName && isAlive(pod)),
    watch: () => (entry) =>
      isPod(entry) && !!podIn(entry).spec.nodeName && !before<Pod>(entry)?.spec.nodeName,
  },
  pulled: {
    isComing: (cluster) => podsOf(cluster).some((pod) => lookOf(pod, false) === 'creating'),
    watch: () => (entry) => isEventOf(entry, 'Pulled'),
  },
  ready: {
    isComing: (cluster) => podsOf(cluster).some(isUnready),
    watch: (cluster) => watchUnready(cluster),
  },
  rollout: {
    isComing: (cluster) =>
      ROLLED_OUT.some((table) =>
        listOf(cluster, table).some((object) => progressOf(table, object).state !== 'done'),
      ),
    watch: () => (entry) =>
      ROLLED_OUT.includes(entry.table.name) &&
      entry.type === 'MODIFIED' &&
      progressOf(entry.table.name, entry.object).state === 'done' &&
      progressOf(entry.table.name, entry.previous!).state !== 'done',
  },
  restart: {
    isComing: (cluster) =>
      podsOf(cluster).some((pod) => isAlive(pod) && lookOf(pod, false) === 'crashLoop'),
    watch: () => (entry) => isPod(entry) && restartsOf(podIn(entry)) > restartsOf(before(entry)),
  },
  node: {
    isComing: (cluster) => hasNodeInChange(cluster),
    watch: () => (entry) =>
      entry.table.name === nodes.key &&
      (entry.type !== 'MODIFIED' ||
        readinessOf(entry.object as Node) !== readinessOf(entry.previous as Node)),
  },
  eviction: { isComing: hasPodsToEvict, watch: () => isEviction },
  job: {
    isComing: (cluster) =>
      (listOf(cluster, jobs.key) as Job[]).some((job) => !isFinished(job) && !job.spec?.suspend),
    watch: () => (entry) =>
      entry.table.name === jobs.key &&
      isFinished(entry.object as Job) &&
      !isFinished(entry.previous as Job | undefined),
  },
  cronJob: {
    isComing: (cluster) =>
      (listOf(cluster, cronJobs.key) as CronJob[]).some(({ spec }) => !spec?.suspend),
    watch: () => (entry) =>
      entry.table.name === jobs.key &&
      entry.type === 'ADDED' &&
      controllerOf(entry.object)?.kind === 'CronJob',
  },
};

/** What the picture shows. */
const SHOWN = new Set<string>([
  pods.key,
  nodes.key,
  machines.key,
  services.key,
  endpointSlices.key,
]);

/** Something that can be seen on the picture, and no heartbeat. */
function isChange({ table: { name }, type, object, previous }: LogEntry): boolean {
  if (!SHOWN.has(name)) return false;
  if (type !== 'MODIFIED' || name !== nodes.key) return true;
  return nodeText(object as Node) !== nodeText(previous as Node);
}

/** Heartbeats renew conditions every few minutes without saying anything new. */
function nodeText({ metadata, spec, status }: Node): string {
  const conditions = status.conditions?.map((each) => each.type + each.status).join();
  return JSON.stringify([metadata.labels, spec, conditions, status.images?.length]);
}

function isPod({ table, type }: LogEntry): boolean {
  return table.name === pods.key && type !== 'DELETED';
}

function podIn({ object }: LogEntry): Pod {
  return object as Pod;
}

function before<T extends KubeObject>({ previous }: LogEntry): T | undefined {
  return previous as T | undefined;
}

function isEventOf({ table, type, object }: LogEntry, reason: string): boolean {
  return table.name === events.key && type !== 'DELETED' && (object as Event).reason === reason;
}

/** The write by which a pod is condemned: taints, the API, pressure or pods of more weight. */
export function isEviction(entry: LogEntry): boolean {
  return isPod(entry) && isCondemned(podIn(entry)) && !isCondemned(before<Pod>(entry));
}

function isCondemned(pod: Pod | undefined): boolean {
  return (
    pod?.status.reason === 'Evicted' ||
    (pod?.status.conditions?.some(
      ({ type, status }) => type === 'DisruptionTarget' && status === 'True',
    ) ??
      false)
  );
}

export function restartsOf(pod: Pod | undefined): number {
  return pod?.status.containerStatuses?.reduce((sum, each) => sum + each.restartCount, 0) ?? 0;
}

function podsOf(cluster: Cluster): Pod[] {
  return cluster.store.list(pods.key) as Pod[];
}

function listOf({ store }: Cluster, table: string): KubeObject[] {
  return store.hasTable(table) ? store.list(table) : [];
}

function isAlive({ metadata, status }: Pod): boolean {
  return !metadata.deletionTimestamp && status.phase !== 'Succeeded' && status.phase !== 'Failed';
}

export function isReady({ status }: Pod): boolean {
  return (
    status.conditions?.some((each) => each.type === 'Ready' && each.status === 'True') ?? false
  );
}

function isUnready(pod: Pod): boolean {
  return isAlive(pod) && !isReady(pod);
}

/** Counts on with every write, so that no write needs a look at all pods. */
function watchUnready(cluster: Cluster): (entry: LogEntry) => boolean {
  const unready = new Set<string>();
  for (const pod of podsOf(cluster)) if (isUnready(pod)) unready.add(pod.metadata.uid);
  return ({ table, type, object }) => {
    if (table.name !== pods.key) return false;
    const { uid } = object.metadata;
    if (type !== 'DELETED' && isUnready(object as Pod)) unready.add(uid);
    else unready.delete(uid);
    return unready.size === 0;
  };
}

function isFinished(job: Job | undefined): boolean {
  return (
    job?.status?.conditions?.some(
      ({ type, status }) => status === 'True' && (type === 'Complete' || type === 'Failed'),
    ) ?? false
  );
}

/** A machine and its Node say different things, which will not last. */
function hasNodeInChange(cluster: Cluster): boolean {
  const present = new Map(
    (cluster.store.list(nodes.key) as Node[]).map((node) => [node.metadata.name, node]),
  );
  return (cluster.worldStore.list(machines.key) as Machine[]).some(({ metadata, spec }) => {
    const isReached = spec.power === 'On' && spec.network === 'Connected';
    const isKnown = readinessOf(present.get(metadata.name)) === 'Ready';
    return isReached !== isKnown;
  });
}

/** Pods on nodes that are not heard of or are being emptied. */
function hasPodsToEvict(cluster: Cluster): boolean {
  const bad = new Set<string>();
  for (const node of cluster.store.list(nodes.key) as Node[]) {
    const isTainted = node.spec.taints?.some(({ effect }) => effect === 'NoExecute');
    if (isTainted || readinessOf(node) !== 'Ready') bad.add(node.metadata.name);
  }
  for (const { metadata, spec } of cluster.worldStore.list(machines.key) as Machine[]) {
    if (spec.power !== 'On' || spec.network !== 'Connected') bad.add(metadata.name);
  }
  if (bad.size === 0) return false;
  return podsOf(cluster).some(
    (pod) => bad.has(pod.spec.nodeName ?? '') && isAlive(pod) && !toleratesAll(pod),
  );
}

/** As pods of a node's own do: nothing drives them away. */
function toleratesAll({ metadata, spec }: Pod): boolean {
  if (metadata.annotations?.['kubernetes.io/config.mirror']) return true;
  return (
    spec.tolerations?.some(
      ({ key, operator, effect, tolerationSeconds }) =>
        operator === 'Exists' &&
        tolerationSeconds === undefined &&
        (!key || key === 'node.kubernetes.io/unreachable') &&
        (!effect || effect === 'NoExecute'),
    ) ?? false
  );
}
