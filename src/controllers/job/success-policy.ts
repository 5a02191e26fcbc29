// Whether enough of an Indexed Job has succeeded. Upstream: pkg/controller/job/success_policy.go.
import type { Job } from '../../api/extension-types';
import { countIndexes, countShared, parseIndexes, type Intervals } from './index-intervals';

/** Which rule is met, in words; undefined when none is. */
export function metSuccessRule({ spec }: Job, succeeded: Intervals): string | undefined {
  if (!spec.successPolicy || succeeded.length === 0) return undefined;
  const index = spec.successPolicy.rules.findIndex(({ succeededIndexes, succeededCount }) => {
    if (succeededIndexes == null) {
      return succeededCount != null && countIndexes(succeeded) >= succeededCount;
    }
    const required = parseIndexes(succeededIndexes, spec.completions!);
    if (required.length === 0) return false;
    const shared = countShared(required, succeeded);
    return (
      shared === countIndexes(required) || (succeededCount != null && shared >= succeededCount)
    );
  });
  return index < 0 ? undefined : `Matched rules at index ${index}`;
}
