// Upstream: pkg/apis/batch/v1/defaults.go.
import type { IPodFailurePolicyRule } from 'kubernetes-models/batch/v1/PodFailurePolicyRule';
import type { JobSpec } from '../../api/extension-types';
import type { PodTemplateSpec } from '../../api/types';
import { defaultTemplate } from '../core/pod/pod-spec-defaults';
import { fill, mapShared } from '../fill';

const INT32_MAX = 2147483647;
const BACKOFF_LIMIT = 6;

/** The spec of a Job, which gets defaults that the spec of a template of Jobs does not. */
export function defaultJobSpec(spec: JobSpec): void {
  defaultTemplateSpec(spec);
  if (spec.completions == null && spec.parallelism == null) spec.completions = 1;
  spec.parallelism ??= 1;
  spec.backoffLimit ??= spec.backoffLimitPerIndex == null ? BACKOFF_LIMIT : INT32_MAX;
  spec.completionMode ??= 'NonIndexed';
  spec.suspend ??= false;
  spec.podReplacementPolicy ??= spec.podFailurePolicy ? 'Failed' : 'TerminatingOrFailed';
  spec.manualSelector ??= false;
}

/** What the spec of a template of Jobs gets, too. */
export function defaultTemplateSpec(spec: JobSpec): void {
  spec.template = defaultTemplate(
    (spec.template ?? {}) as PodTemplateSpec,
  ) as unknown as JobSpec['template'];
  const policy = spec.podFailurePolicy;
  if (!policy?.rules) return;
  const rules = mapShared(policy.rules, withStatus);
  if (rules !== policy.rules) spec.podFailurePolicy = { ...policy, rules };
}

function withStatus(rule: IPodFailurePolicyRule): IPodFailurePolicyRule {
  const patterns = rule.onPodConditions;
  if (!patterns) return rule;
  const onPodConditions = mapShared(patterns, (pattern) =>
    fill(pattern.status ? pattern : { ...pattern, status: undefined as never }, { status: 'True' }),
  );
  return onPodConditions === patterns ? rule : { ...rule, onPodConditions };
}
