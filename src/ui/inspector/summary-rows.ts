// The summary of an object as labelled rows: plain data, so that it can be tested without a page.
import type { Machine } from '../../api/machine';
import type { KubeObject } from '../../api/object';
import { controllerOf } from '../../api/object';
import type {
  DaemonSet,
  Deployment,
  Node,
  Pod,
  PodTemplateSpec,
  ReplicaSet,
  Service,
} from '../../api/types';
import type { Selection } from '../state/scene-store';
import { inspectorMessages } from './messages';
import { dateText } from '../state/language';

const words = inspectorMessages.rows;

export type RowValue =
  | { kind: 'text'; text: string }
  | { kind: 'mono'; text: string }
  | { kind: 'link'; text: string; to: Selection }
  | { kind: 'chips'; chips: readonly string[] };

export interface SummaryRow {
  label: string;
  value: RowValue;
}

type Rows = (object: never) => SummaryRow[];

/** Rows of any object: what its kind has to say, then owner, labels and age. */
export function summaryRows(object: KubeObject): SummaryRow[] {
  const own = byKind[object.kind] as Rows | undefined;
  return [...(own?.(object as never) ?? dataRows(object)), ...sharedRows(object)];
}

const byKind: Record<string, Rows | undefined> = {
  Pod: podRows,
  Node: nodeRows,
  Service: serviceRows,
  Deployment: deploymentRows,
  ReplicaSet: replicaSetRows,
  DaemonSet: daemonSetRows,
  Machine: machineRows,
};

function podRows({ spec, status }: Pod): SummaryRow[] {
  return [
    ...(spec.nodeName
      ? [link(words.node, spec.nodeName, { kind: 'Node', namespace: '', name: spec.nodeName })]
      : [text(words.node, words.noNode)]),
    mono(words.podIp, status.podIP),
    text(words.phase, status.phase),
    text(words.qos, status.qosClass),
    mono(words.serviceAccount, spec.serviceAccountName),
    text(words.priority, spec.priority ? String(spec.priority) : undefined),
    chips(words.nodeSelector, pairs(spec.nodeSelector)),
  ].filter(isFilled);
}

function nodeRows({ spec, status }: Node): SummaryRow[] {
  const { allocatable = {}, addresses = [], nodeInfo } = status;
  const address = addresses.find(({ type }) => type === 'InternalIP')?.address;
  const taints = (spec.taints ?? []).map(({ key, value, effect }) => {
    return `${key}${value ? `=${value}` : ''}:${effect}`;
  });
  return [
    text(
      words.allocatable,
      words.allocatableOf(`${allocatable['cpu']}`, `${allocatable['memory']}`),
    ),
    text(words.podsMax, String(allocatable['pods'] ?? '')),
    mono(words.address, address),
    mono(words.podCidr, spec.podCIDR),
    mono(words.kubelet, nodeInfo?.kubeletVersion),
    mono(words.runtime, nodeInfo?.containerRuntimeVersion),
    chips(words.taints, taints),
    text(words.scheduling, spec.unschedulable ? words.cordoned : undefined),
  ].filter(isFilled);
}

function serviceRows({ spec }: Service): SummaryRow[] {
  const ports = (spec.ports ?? []).map(({ port, targetPort, protocol, nodePort }) => {
    return `${port}${nodePort ? `:${nodePort}` : ''} → ${targetPort ?? port}/${protocol ?? 'TCP'}`;
  });
  return [
    text(words.type, spec.type),
    mono(words.clusterIp, spec.clusterIP === 'None' ? words.headless : spec.clusterIP),
    chips(words.ports, ports),
    chips(words.selector, pairs(spec.selector)),
  ].filter(isFilled);
}

function deploymentRows({ spec, status, metadata }: Deployment): SummaryRow[] {
  const { rollingUpdate, type = 'RollingUpdate' } = spec.strategy ?? {};
  const { maxSurge, maxUnavailable } = rollingUpdate ?? {};
  return [
    text(words.replicas, words.wantedAndMade(spec.replicas ?? 1, status.replicas ?? 0)),
    text(words.updated, String(status.updatedReplicas ?? 0)),
    text(words.ready, String(status.readyReplicas ?? 0)),
    text(words.available, String(status.availableReplicas ?? 0)),
    text(
      words.strategy,
      rollingUpdate ? words.rolling(type, `${maxSurge}`, `${maxUnavailable}`) : type,
    ),
    text(words.revision, metadata.annotations?.['deployment.kubernetes.io/revision']),
    text(words.paused, spec.paused ? words.yes : undefined),
    ...templateRows(spec.template),
    chips(words.selector, pairs(spec.selector.matchLabels)),
  ].filter(isFilled);
}

function replicaSetRows({ spec, status }: ReplicaSet): SummaryRow[] {
  return [
    text(words.replicas, words.wantedAndMade(spec.replicas ?? 1, status.replicas ?? 0)),
    text(words.ready, String(status.readyReplicas ?? 0)),
    text(words.available, String(status.availableReplicas ?? 0)),
    ...templateRows(spec.template),
    chips(words.selector, pairs(spec.selector.matchLabels)),
  ].filter(isFilled);
}

function daemonSetRows({ spec, status }: DaemonSet): SummaryRow[] {
  const { desiredNumberScheduled, currentNumberScheduled } = status;
  return [
    text(words.pods, words.wantedAndMade(desiredNumberScheduled, currentNumberScheduled)),
    text(words.upToDate, String(status.updatedNumberScheduled ?? 0)),
    text(words.ready, String(status.numberReady ?? 0)),
    text(words.available, String(status.numberAvailable ?? 0)),
    ...templateRows(spec.template),
    chips(words.selector, pairs(spec.selector.matchLabels)),
  ].filter(isFilled);
}

function machineRows({ spec, status }: Machine): SummaryRow[] {
  const { cpu, memory, ephemeralStorage, pods } = spec.capacity;
  const programs = (status?.programs ?? []).map(({ name, state }) => `${name} ${state}`);
  return [
    text(words.power, spec.power),
    text(words.network, spec.network),
    text(words.role, spec.role),
    text(words.zone, spec.zone),
    text(words.capacity, words.capacityOf(cpu, memory, ephemeralStorage, pods)),
    mono(words.address, status?.address),
    chips(words.programs, programs),
  ].filter(isFilled);
}

function templateRows(template: PodTemplateSpec | undefined): (SummaryRow | undefined)[] {
  const images = (template?.spec?.containers ?? []).map(({ image }) => image ?? '');
  return [chips(words.images, images)];
}

/** Kinds without rows of their own: what their data is called. */
function dataRows(object: KubeObject): SummaryRow[] {
  const { data, type } = object as KubeObject & { data?: object; type?: string };
  return [text(words.type, type), chips(words.data, Object.keys(data ?? {}))].filter(isFilled);
}

function sharedRows(object: KubeObject): SummaryRow[] {
  const { metadata } = object;
  const owner = controllerOf(object);
  const to = owner && { kind: owner.kind, namespace: metadata.namespace ?? '', name: owner.name };
  return [
    to && link(words.controlledBy, `${to.kind} ${to.name}`, to),
    chips(words.labels, pairs(metadata.labels)),
    text(words.created, timeText(metadata.creationTimestamp)),
    text(words.deletionAsked, timeText(metadata.deletionTimestamp)),
  ].filter(isFilled);
}

function timeText(time: string | undefined): string | undefined {
  return time && dateText(time);
}

function text(label: string, value: string | undefined): SummaryRow | undefined {
  return value ? { label, value: { kind: 'text', text: value } } : undefined;
}

function mono(label: string, value: string | undefined): SummaryRow | undefined {
  return value ? { label, value: { kind: 'mono', text: value } } : undefined;
}

function link(label: string, words: string, to: Selection): SummaryRow {
  return { label, value: { kind: 'link', text: words, to } };
}

function chips(label: string, values: readonly string[]): SummaryRow | undefined {
  return values.length > 0 ? { label, value: { kind: 'chips', chips: values } } : undefined;
}

function pairs(map: Record<string, string> | undefined): string[] {
  return Object.entries(map ?? {}).map(([key, value]) => `${key}=${value}`);
}

function isFilled(row: SummaryRow | undefined): row is SummaryRow {
  return row !== undefined;
}
