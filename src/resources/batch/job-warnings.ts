// Advice about Jobs and templates of Jobs. Upstream: pkg/api/job/warnings.go.
import type { JobSpec } from '../../api/extension-types';
import { dnsLabel } from '../../api/names';
import type { PodTemplateSpec } from '../../api/types';
import { warnOfPod } from '../core/pod/warnings';

const COMPLETIONS_SOFT_MAX = 100_000;
const PARALLELISM_SOFT_MAX = 10_000;

/** `path` is where the spec stands: 'spec', or that of a CronJob's template. */
export function warnOfJobSpec(
  { completionMode, completions = 0, parallelism = 0, template }: JobSpec,
  old: JobSpec | undefined,
  path: string,
  warnings: string[],
): void {
  const isHuge = completions > COMPLETIONS_SOFT_MAX && parallelism > PARALLELISM_SOFT_MAX;
  if (completionMode === 'Indexed' && isHuge) {
    warnings.push(
      `${path}: In Indexed Jobs with a number of completions higher than 10^5 and a parallelism ` +
        'higher than 10^4, Kubernetes might not be able to track completedIndexes when a big ' +
        'number of indexes fail',
    );
  }
  if (!template?.spec || template === old?.template) return;
  warnOfPod(template.spec, template as PodTemplateSpec, `${path}.template.`, warnings);
}

/** Names that are no DNS labels make odd hostnames. */
export function warnOfName(name: string, warnings: string[]): void {
  const problems = dnsLabel(name);
  if (problems.length === 0) return;
  warnings.push(
    'metadata.name: this is used in Pod names and hostnames, which can result in surprising ' +
      `behavior; a DNS label is recommended: [${problems.join(' ')}]`,
  );
}
