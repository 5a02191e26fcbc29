// PodSecurity: holds pods to the standard that their namespace's labels name. Pods are refused or
// warned of, templates only warned of, and a namespace that becomes stricter is told which of its
// pods would not pass. Where the real one differs: there is no audit log to annotate.
// Upstream: pod-security-admission/admission/admission.go.
import {
  cronJobs,
  jobs,
  podTemplates,
  replicationControllers,
  statefulSets,
} from '../../../api/extension-refs';
import { invalidError } from '../../../api/field-errors';
import type { KubeObject } from '../../../api/object';
import { daemonSets, deployments, namespaces, pods, replicaSets } from '../../../api/resource-ref';
import { forbidden } from '../../../api/status-error';
import type { Namespace, Pod, PodSpec, PodTemplateSpec } from '../../../api/types';
import { spokenName } from '../../metadata';
import type { AdmissionRequest, AdmissionStep } from '../chain';
import { violations, type Violation } from './checks';
import { hasPolicy, policyOf, policyText, rankOf, type LevelVersion } from './policy';

const POD_PARTS = ['', 'ephemeralcontainers', 'resize'];
const TEMPLATES = [
  deployments,
  replicaSets,
  daemonSets,
  statefulSets,
  replicationControllers,
  podTemplates,
  jobs,
  cronJobs,
].map(({ key }) => key);
const PODS_CHECKED_MAX = 3000;

export const podSecurity: AdmissionStep = {
  name: 'PodSecurity',
  operations: ['CREATE', 'UPDATE'],
  resources: [namespaces.key, pods.key, ...TEMPLATES],
  subresources: POD_PARTS,
  validate(object: KubeObject, request: AdmissionRequest): void {
    if (request.ref.key === namespaces.key) validateNamespace(object as Namespace, request);
    else if (request.ref.key === pods.key) validatePod(object as Pod, request);
    else if (request.subresource === '') warnOfTemplate(object, request);
  },
};

function validatePod(
  pod: Pod,
  { ref, namespace, old, operation, store, request }: AdmissionRequest,
): void {
  const labels = store.get(namespaces.key, '', namespace)?.metadata.labels;
  if (!hasPolicy(labels)) return;
  if (operation === 'UPDATE' && isSameForPolicy(pod, old as Pod)) return;
  const { policy } = policyOf(labels);
  const found = evaluate(policy.enforce, pod.metadata, pod.spec);
  if (found.length > 0) {
    const why = `violates PodSecurity "${policyText(policy.enforce)}": ${details(found)}`;
    throw forbidden(ref, spokenName(pod.metadata), why);
  }
  warn(policy.warn, pod.metadata, pod.spec, request.warnings);
}

function warnOfTemplate(object: KubeObject, { namespace, store, request }: AdmissionRequest): void {
  if (!request.warnings) return;
  const labels = store.get(namespaces.key, '', namespace)?.metadata.labels;
  if (!hasPolicy(labels)) return;
  const template = templateOf(object);
  if (!template?.spec) return;
  warn(policyOf(labels).policy.warn, template.metadata ?? {}, template.spec, request.warnings);
}

function validateNamespace(namespace: Namespace, { old, store, request }: AdmissionRequest): void {
  const { labels, name } = namespace.metadata;
  const before = (old as Namespace | undefined)?.metadata.labels;
  if (labels === before || (!hasPolicy(labels) && !hasPolicy(before))) return;
  const next = policyOf(labels);
  const last = policyOf(before);
  if (next.causes.length > 0 && JSON.stringify(next.causes) !== JSON.stringify(last.causes)) {
    throw invalidError('Namespace', '', name, next.causes);
  }
  const { enforce } = next.policy;
  const isStricter =
    policyText(enforce) !== policyText(last.policy.enforce) &&
    (enforce.version !== last.policy.enforce.version ||
      rankOf(enforce) > rankOf(last.policy.enforce));
  if (!old || !request.warnings || !isStricter || enforce.level === 'privileged') return;
  const residents = store.list(pods.key, name) as Pod[];
  request.warnings.push(...residentWarnings(name, enforce, residents));
}

/** What would not pass, by reasons, each with the first pod and how many others. */
function residentWarnings(
  name: string,
  enforce: LevelVersion,
  residents: readonly Pod[],
): string[] {
  const byReason = new Map<string, string[]>();
  for (const { metadata, spec } of residents.slice(0, PODS_CHECKED_MAX)) {
    const found = evaluate(enforce, metadata, spec);
    if (found.length === 0) continue;
    const reasons = found.map(({ reason }) => reason).join(', ');
    byReason.set(reasons, [...(byReason.get(reasons) ?? []), metadata.name]);
  }
  if (byReason.size === 0) return [];
  const lines = [...byReason].map(([reasons, names]) => {
    const [first, ...others] = names.sort();
    const more = others.length === 1 ? ' (and 1 other pod)' : ` (and ${others.length} other pods)`;
    return `${first}${others.length > 0 ? more : ''}: ${reasons}`;
  });
  const title = `existing pods in namespace "${name}" violate the new PodSecurity enforce level`;
  return [`${title} "${policyText(enforce)}"`, ...lines.sort()];
}

function warn(
  policy: LevelVersion,
  metadata: Pick<Pod['metadata'], 'annotations'>,
  spec: PodSpec,
  warnings: string[] | undefined,
): void {
  if (!warnings) return;
  const found = evaluate(policy, metadata, spec);
  if (found.length === 0) return;
  warnings.push(`would violate PodSecurity "${policyText(policy)}": ${details(found)}`);
}

function evaluate(
  { level }: LevelVersion,
  metadata: Pick<Pod['metadata'], 'annotations'>,
  spec: PodSpec,
): Violation[] {
  return level === 'privileged' ? [] : violations(level, metadata, spec);
}

function details(found: readonly Violation[]): string {
  return found.map(({ reason, detail }) => (detail ? `${reason} (${detail})` : reason)).join(', ');
}

/** Only images and new containers can change what the policy says of a pod. */
function isSameForPolicy(pod: Pod, old: Pod): boolean {
  const images = ({ spec }: Pod): string =>
    [spec.initContainers, spec.containers, spec.ephemeralContainers]
      .map((list) => (list ?? []).map(({ name, image }) => `${name}=${image}`).join())
      .join(';');
  return images(pod) === images(old);
}

function templateOf(object: KubeObject): PodTemplateSpec | undefined {
  type Holder = {
    template?: PodTemplateSpec;
    spec?: {
      template?: PodTemplateSpec;
      jobTemplate?: { spec?: { template?: PodTemplateSpec } };
    };
  };
  const { template, spec } = object as Holder;
  return template ?? spec?.template ?? spec?.jobTemplate?.spec?.template;
}
