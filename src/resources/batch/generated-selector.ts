// The selector and labels that tie a Job's pods to it, unless its author takes care of that.
// Upstream: generateSelector in pkg/registry/batch/job/strategy.go.
import type { Job } from '../../api/extension-types';
import type { ObjectMeta } from '../../api/object';

export const CONTROLLER_UID = 'batch.kubernetes.io/controller-uid';
export const JOB_NAME = 'batch.kubernetes.io/job-name';

/** The labels of a Job's pods; each comes under the name that it had before, too. */
export function generatedLabels({ name, uid }: ObjectMeta): Record<string, string> {
  return { [CONTROLLER_UID]: uid, [JOB_NAME]: name, 'controller-uid': uid, 'job-name': name };
}

/** Adds what is missing; what is there and wrong is for validation to refuse. */
export function generateSelector(job: Job): void {
  const { spec, metadata } = job;
  const { template, selector } = spec;
  const labels = { ...generatedLabels(metadata), ...template.metadata?.labels };
  spec.template = { ...template, metadata: { ...template.metadata, labels } };
  const matchLabels = { [CONTROLLER_UID]: metadata.uid, ...selector?.matchLabels };
  spec.selector = { ...selector, matchLabels };
}
