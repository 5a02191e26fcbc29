// What the containers of a pod look like from near: a vessel each, from what the API says of the
// pod and from the newest Events of failed probes. The API keeps no probe results: that a startup
// or a readiness probe passed shows in `started` and `ready`, that one failed in an Event of
// reason Unhealthy, and a liveness probe that has not failed of late has passed.
import { parseTime } from '../../../api/time';
import type { Container, ContainerState, ContainerStatus, Pod, Probe } from '../../../api/types';
import type { ContainerLook } from '../../../scene/scene';
import { probeWords } from './probe-words';
import type { Unhealthy } from './unhealthy';

export type ContainerRole = 'init' | 'sidecar' | 'app' | 'ephemeral';
export type ProbeKind = 'startup' | 'readiness' | 'liveness';
export type ProbeResult = 'passed' | 'failed' | 'waiting' | 'unknown';

export interface VesselProbe {
  kind: ProbeKind;
  result: ProbeResult;
  /** 'http-get :8080/health' */
  asks: string;
  periodSeconds: number;
  /** What the probe said when it failed last; '' when it has not. */
  said: string;
}

export interface VesselMount {
  volume: string;
  path: string;
  isReadOnly: boolean;
}

export interface Vessel {
  name: string;
  role: ContainerRole;
  /** Its mark, as on a tile. */
  look: ContainerLook;
  tone: 'run' | 'wait' | 'create' | 'bad' | 'done' | 'stale';
  /** The API's word for why it is not running: 'CrashLoopBackOff', 'Completed'; '' while it is. */
  reason: string;
  /** The runtime's own words about it; '' when it has none. */
  message: string;
  /** How the run before this one ended: 'Error, 1'; '' when it is the first. */
  last: string;
  exitCode: number | undefined;
  image: string;
  restarts: number;
  probes: readonly VesselProbe[];
  mounts: readonly VesselMount[];
}

/**
 * The containers of a pod in the order in which they start. `isStale` when nothing is heard of its
 * node.
 */
export function vesselsOf(
  pod: Pod,
  unhealthy: readonly Unhealthy[],
  nowMs: number,
  isStale: boolean,
): Vessel[] {
  const { spec, status } = pod;
  const failures = unhealthy.filter(({ uid }) => uid === pod.metadata.uid);
  const view = (statuses: readonly ContainerStatus[] | undefined, role?: ContainerRole) => {
    return (container: Container): Vessel => {
      const found = statuses?.find(({ name }) => name === container.name);
      const own = failures.filter((failure) => failure.container === container.name);
      const is = role ?? (container.restartPolicy === 'Always' ? 'sidecar' : 'init');
      return vesselOf(container, found, is, isStale, own, nowMs);
    };
  };
  return [
    ...(spec.initContainers ?? []).map(view(status.initContainerStatuses)),
    ...spec.containers.map(view(status.containerStatuses, 'app')),
    ...((spec.ephemeralContainers ?? []) as Container[]).map(
      view(status.ephemeralContainerStatuses as ContainerStatus[] | undefined, 'ephemeral'),
    ),
  ];
}

function vesselOf(
  container: Container,
  status: ContainerStatus | undefined,
  role: ContainerRole,
  isStale: boolean,
  failures: readonly Unhealthy[],
  nowMs: number,
): Vessel {
  const state = status?.state ?? {};
  const last = status?.lastState?.terminated;
  return {
    name: container.name,
    role,
    look: lookOf(role, state, status),
    tone: isStale ? 'stale' : toneOf(state, status),
    reason: state.waiting?.reason ?? state.terminated?.reason ?? '',
    message: state.waiting?.message ?? state.terminated?.message ?? '',
    last: last ? `${last.reason ?? 'Error'}, ${last.exitCode}` : '',
    exitCode: state.terminated?.exitCode,
    image: container.image ?? '',
    restarts: status?.restartCount ?? 0,
    probes: probesOf(container, status, isStale, failures, nowMs),
    mounts: (container.volumeMounts ?? []).map(({ name, mountPath, readOnly }) => ({
      volume: name,
      path: mountPath,
      isReadOnly: readOnly ?? false,
    })),
  };
}

function lookOf(
  role: ContainerRole,
  state: ContainerState,
  status: ContainerStatus | undefined,
): ContainerLook {
  const ended = state.terminated ?? (state.running ? undefined : status?.lastState?.terminated);
  if (ended && ended.exitCode !== 0) return 'error';
  if (role === 'init') return state.terminated ? 'initDone' : 'initWaiting';
  if (state.running) return role === 'sidecar' ? 'sidecar' : 'running';
  return ended ? 'done' : 'waiting';
}

const inTrouble = /Err|BackOff|Invalid/;

function toneOf(state: ContainerState, status: ContainerStatus | undefined): Vessel['tone'] {
  if (state.running) return 'run';
  if (state.terminated) return state.terminated.exitCode === 0 ? 'done' : 'bad';
  const reason = state.waiting?.reason ?? '';
  if (inTrouble.test(reason)) return 'bad';
  return status && reason === 'ContainerCreating' ? 'create' : 'wait';
}

const kinds: readonly (readonly [
  ProbeKind,
  'startupProbe' | 'readinessProbe' | 'livenessProbe',
])[] = [
  ['startup', 'startupProbe'],
  ['readiness', 'readinessProbe'],
  ['liveness', 'livenessProbe'],
];

function probesOf(
  container: Container,
  status: ContainerStatus | undefined,
  isStale: boolean,
  failures: readonly Unhealthy[],
  nowMs: number,
): VesselProbe[] {
  return kinds.flatMap(([kind, field]) => {
    const probe = container[field];
    if (!probe) return [];
    const failed = failures.find((failure) => failure.kind === kind);
    return {
      kind,
      result: isStale ? 'unknown' : resultOf(kind, probe, status, failed, nowMs),
      ...probeWords(probe),
      said: failed?.said ?? '',
    };
  });
}

function resultOf(
  kind: ProbeKind,
  probe: Probe,
  status: ContainerStatus | undefined,
  failed: Unhealthy | undefined,
  nowMs: number,
): ProbeResult {
  const startedAt = status?.state?.running?.startedAt;
  if (!status || !startedAt) return 'waiting';
  const startedMs = parseTime(startedAt);
  const hasFailed = failed !== undefined && failed.atMs >= startedMs;
  if (kind === 'startup') return status.started ? 'passed' : hasFailed ? 'failed' : 'waiting';
  // The others wait for it.
  if (status.started === false) return 'waiting';
  if (kind === 'readiness') return status.ready ? 'passed' : hasFailed ? 'failed' : 'waiting';
  // A probe that fails says so anew each time that it is run.
  const periodMs = (probe.periodSeconds ?? 10) * 1000;
  if (hasFailed && nowMs - failed.atMs < periodMs * 1.5) return 'failed';
  const firstMs = startedMs + (probe.initialDelaySeconds ?? 0) * 1000;
  return nowMs >= firstMs ? 'passed' : 'waiting';
}

/** An image without its registry and folders: 'nginx:1.27'; a digest by its first digits. */
export function shortImage(image: string): string {
  const [name = '', digest] = (image.split('/').pop() ?? '').split('@');
  if (!digest || name.includes(':')) return name;
  return `${name}@${digest.replace(/^.*:/, '').slice(0, 7)}`;
}
