// What a Job's pod failure policy says of a failed pod.
// Upstream: pkg/controller/job/pod_failure_policy.go.
import type { IPodFailurePolicyOnExitCodesRequirement } from 'kubernetes-models/batch/v1/PodFailurePolicyOnExitCodesRequirement';
import type { IPodFailurePolicyRule } from 'kubernetes-models/batch/v1/PodFailurePolicyRule';
import type { Job } from '../../api/extension-types';
import type { ContainerStatus, Pod } from '../../api/types';

export interface Verdict {
  /** Why the whole Job fails, if it does. */
  failure?: string;
  /** Counts towards backoffLimit. */
  counts: boolean;
  failsIndex: boolean;
}

const COUNTED: Verdict = Object.freeze({ counts: true, failsIndex: false });
const IGNORED: Verdict = Object.freeze({ counts: false, failsIndex: false });
const FAILS_INDEX: Verdict = Object.freeze({ counts: true, failsIndex: true });

/** The verdict of the first rule that matches; without one the failure counts. */
export function judgeFailure({ spec }: Job, pod: Pod): Verdict {
  const rules = spec.podFailurePolicy?.rules ?? [];
  for (const [index, rule] of rules.entries()) {
    const what = matchOf(rule, pod);
    if (what === undefined) continue;
    switch (rule.action) {
      case 'Ignore':
        return IGNORED;
      case 'FailIndex':
        return FAILS_INDEX;
      case 'FailJob': {
        const failure = `${what} matching FailJob rule at index ${index}`;
        return { failure, counts: true, failsIndex: false };
      }
      default:
        return COUNTED;
    }
  }
  return COUNTED;
}

/** What of the pod matches the rule, in words; undefined when nothing does. */
function matchOf(rule: IPodFailurePolicyRule, { metadata, status }: Pod): string | undefined {
  const { onExitCodes, onPodConditions } = rule;
  const pod = `${metadata.namespace}/${metadata.name}`;
  if (onExitCodes) {
    const statuses = [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])];
    const match = statuses.find((container) => matchesExitCode(container, onExitCodes));
    const code = match?.state!.terminated!.exitCode;
    return match && `Container ${match.name} for pod ${pod} failed with exit code ${code}`;
  }
  const condition = status.conditions?.find((each) =>
    onPodConditions?.some(
      (pattern) => pattern.type === each.type && pattern.status === each.status,
    ),
  );
  return condition && `Pod ${pod} has condition ${condition.type}`;
}

function matchesExitCode(
  { name, state }: ContainerStatus,
  { containerName, operator, values }: IPodFailurePolicyOnExitCodesRequirement,
): boolean {
  const code = state?.terminated?.exitCode;
  if (!code || (containerName != null && containerName !== name)) return false;
  return values.includes(code) === (operator === 'In');
}
