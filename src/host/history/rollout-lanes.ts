// The rollouts of Deployments, StatefulSets and DaemonSets: which revision, and how far it is.
import type { KubeObject } from '../../api/object';
import type { StatefulSet } from '../../api/extension-types';
import type { DaemonSet, Deployment } from '../../api/types';
import type { LogEntry } from '../../cluster/past/recorder';
import type { RolloutLane, TimelineMark } from '../protocol';
import type { LaneOwners } from './pod-lanes';

type Span = RolloutLane['spans'][number];
type Progress = Omit<Span, 'fromMs'>;

const SPANS_MAX = 400;
const REVISION = 'deployment.kubernetes.io/revision';
const DAEMON_GENERATION = 'deprecated.daemonset.template.generation';

const KINDS: Record<string, { kind: string; progressOf: (object: never) => Progress }> = {
  'deployments.apps': { kind: 'Deployment', progressOf: deploymentProgress },
  'statefulsets.apps': { kind: 'StatefulSet', progressOf: statefulSetProgress },
  'daemonsets.apps': { kind: 'DaemonSet', progressOf: daemonSetProgress },
};

/** Tables whose objects are rolled out. */
export const ROLLED_OUT: readonly string[] = Object.keys(KINDS);

/** How far the rollout of an object of that table is. */
export function progressOf(table: string, object: KubeObject): Progress {
  return KINDS[table].progressOf(object as never);
}

export class RolloutLanes {
  private readonly lanes = new Map<string, RolloutLane>();
  private changed = new Set<RolloutLane>();

  constructor(private readonly owners: LaneOwners) {}

  /** Answers what stands out in it. */
  write(
    table: string,
    { type, object }: Pick<LogEntry, 'type' | 'object'>,
    atMs: number,
  ): TimelineMark[] {
    const lane = this.lanes.get(object.metadata.uid) ?? this.begin(table, object);
    if (type === 'DELETED') {
      lane.endMs = atMs;
      this.changed.add(lane);
      return [];
    }
    const last = lane.spans.at(-1);
    const span = { fromMs: atMs, ...progressOf(table, object) };
    if (last && isSame(last, span)) return [];
    if (last?.fromMs === atMs) lane.spans[lane.spans.length - 1] = span;
    else lane.spans.push(span);
    if (lane.spans.length > SPANS_MAX) lane.spans.shift();
    this.changed.add(lane);
    return marksOf(lane, last, span);
  }

  take(): RolloutLane[] {
    const lanes = [...this.changed];
    this.changed = new Set();
    return lanes;
  }

  private begin(table: string, { metadata }: KubeObject): RolloutLane {
    const { uid, namespace = '', name } = metadata;
    const { kind } = KINDS[table];
    const hue = this.owners.hueOf(kind, namespace, name);
    const lane: RolloutLane = { uid, kind, namespace, name, hue, spans: [] };
    this.lanes.set(uid, lane);
    return lane;
  }
}

function isSame(one: Span, other: Span): boolean {
  return (
    one.state === other.state &&
    one.revision === other.revision &&
    one.updated === other.updated &&
    one.wanted === other.wanted
  );
}

function marksOf(lane: RolloutLane, last: Span | undefined, span: Span): TimelineMark[] {
  const mark = { atMs: span.fromMs, text: lane.name, about: span.revision };
  if (last && last.revision !== '' && last.revision !== span.revision) {
    return [{ kind: 'rollout', ...mark }];
  }
  const isDone = last && last.state !== 'done' && span.state === 'done' && span.wanted > 0;
  return isDone ? [{ kind: 'rolloutDone', ...mark }] : [];
}

function deploymentProgress({ metadata, spec, status }: Deployment): Progress {
  const wanted = spec.replicas ?? 1;
  const { updatedReplicas: updated = 0, replicas = 0, availableReplicas = 0 } = status ?? {};
  const isSeen = (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0);
  const isDone = isSeen && updated === wanted && replicas === wanted && availableReplicas >= wanted;
  const isStalled = status?.conditions?.some(
    ({ type, reason }) => type === 'Progressing' && reason === 'ProgressDeadlineExceeded',
  );
  const revision = metadata.annotations?.[REVISION] ?? '';
  return { state: isDone ? 'done' : isStalled ? 'stalled' : 'rolling', revision, updated, wanted };
}

function statefulSetProgress({ metadata, spec, status }: StatefulSet): Progress {
  const wanted = spec.replicas ?? 1;
  const { updatedReplicas: updated = 0, availableReplicas = 0 } = status ?? {};
  const isSeen = (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0);
  const isWhole = status?.replicas === wanted && availableReplicas >= wanted;
  const isDone = isSeen && updated === wanted && isWhole;
  const revision = status?.updateRevision?.slice(metadata.name.length + 1) ?? '';
  return { state: isDone ? 'done' : 'rolling', revision, updated, wanted };
}

function daemonSetProgress({ metadata, status }: DaemonSet): Progress {
  const wanted = status?.desiredNumberScheduled ?? 0;
  const updated = status?.updatedNumberScheduled ?? 0;
  const isSeen = (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0);
  const isDone = isSeen && updated === wanted && (status?.numberAvailable ?? 0) >= wanted;
  const revision = metadata.annotations?.[DAEMON_GENERATION] ?? '';
  return { state: isDone ? 'done' : 'rolling', revision, updated, wanted };
}
