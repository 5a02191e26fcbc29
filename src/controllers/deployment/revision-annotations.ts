// What a Deployment writes on its ReplicaSets' annotations: revision, history and sizes.
// Upstream: pkg/controller/deployment/util/deployment_util.go.
import type { Deployment, ReplicaSet } from '../../api/types';

export const REVISION = 'deployment.kubernetes.io/revision';
const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history';
export const DESIRED_REPLICAS = 'deployment.kubernetes.io/desired-replicas';
export const MAX_REPLICAS = 'deployment.kubernetes.io/max-replicas';

type Annotations = Record<string, string>;

const NOT_COPIED = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  'deprecated.deployment.rollback.to',
]);

const REVISION_HISTORY_CHARS = 2000;

/** The ReplicaSet's revision, 0 when it has none: whole numbers of 64 bits are told apart. */
export function revisionOf({ metadata }: ReplicaSet): bigint {
  return parseRevision(metadata.annotations?.[REVISION]);
}

function parseRevision(text: string | undefined): bigint {
  return text !== undefined && /^[+-]?\d{1,19}$/.test(text) ? BigInt(text) : 0n;
}

/** The max-replicas annotation, 0 when it is missing. */
export function annotatedMaxReplicas({ metadata }: ReplicaSet): number {
  return Number(metadata.annotations?.[MAX_REPLICAS] ?? 0) || 0;
}

/** The annotation that tells a scaling apart from a rollout, undefined when it is missing. */
export function annotatedDesiredReplicas({ metadata }: ReplicaSet): number | undefined {
  const text = metadata.annotations?.[DESIRED_REPLICAS];
  return text === undefined ? undefined : Number(text);
}

/** `annotations` with the two sizes; the same object when they are right already. */
export function withSizes(
  annotations: Annotations | undefined,
  desired: number,
  max: number,
): Annotations | undefined {
  const sizes = { [DESIRED_REPLICAS]: String(desired), [MAX_REPLICAS]: String(max) };
  return merged(annotations, sizes);
}

/**
 * The annotations of the ReplicaSet that is the newest: the Deployment's own, and its revision. A
 * ReplicaSet that gets a higher revision than it had was rolled back to; its past ones are kept.
 */
export function newestAnnotations(
  deployment: Deployment,
  annotations: Annotations | undefined,
  revision: bigint,
): Annotations | undefined {
  const wanted: Annotations = {};
  for (const [key, value] of Object.entries(deployment.metadata.annotations ?? {})) {
    if (!NOT_COPIED.has(key)) wanted[key] = value;
  }
  const old = annotations?.[REVISION];
  if (parseRevision(old) < revision) {
    wanted[REVISION] = String(revision);
    if (old) wanted[REVISION_HISTORY] = lengthened(annotations[REVISION_HISTORY], old);
  }
  return merged(annotations, wanted);
}

function lengthened(history: string | undefined, revision: string): string {
  const revisions = history ? history.split(',') : [];
  revisions.push(revision);
  while (revisions.join(',').length > REVISION_HISTORY_CHARS) revisions.shift();
  return revisions.join(',');
}

function merged(old: Annotations | undefined, wanted: Annotations): Annotations | undefined {
  const isThere = Object.entries(wanted).every(([key, value]) => old?.[key] === value);
  return isThere ? old : { ...old, ...wanted };
}
