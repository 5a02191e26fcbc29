import type { PodTemplateSpec } from '../../api/types';
import { warnOfPod } from '../core/pod/warnings';

/** Advice about a workload's template, given when it is new or has changed. */
export function warnOfTemplate(
  template: PodTemplateSpec | undefined,
  old: PodTemplateSpec | undefined,
  warnings: string[],
): void {
  if (template?.spec && template !== old)
    warnOfPod(template.spec, template, 'spec.template.', warnings);
}
