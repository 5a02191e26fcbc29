// Jobs. Deleting one leaves its pods, unless the client asks otherwise, as kubectl does.
// Upstream: pkg/registry/batch/job/{strategy.go,storage/storage.go}, pkg/apis/batch.
import { humanDuration } from '../../api/duration';
import { jobs } from '../../api/extension-refs';
import type { Job } from '../../api/extension-types';
import { formatLabelSelector } from '../../api/label-selector';
import { parseTime } from '../../api/time';
import { ageColumn, column, containerColumns, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';
import { generateSelector } from './generated-selector';
import { isConditionTrue } from '../../api/job-conditions';
import { defaultJobSpec } from './job-defaults';
import { validateJobStatus } from './job-status-validation';
import { validateJobUpdate } from './job-update-validation';
import { validateJob } from './job-validation';
import { warnOfJobSpec, warnOfName } from './job-warnings';

export const SELECTOR_DOC =
  'A label query over pods that should match the pod count. Normally, the system sets this ' +
  'field for you. More info: ' +
  'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors';

export const jobDefinition: ResourceDefinition<Job> = {
  ref: jobs,
  singular: 'job',
  listKind: 'JobList',
  categories: ['all'],
  subresources: ['status'],
  selectableFields: { 'status.successful': ({ status }) => String(status.succeeded ?? 0) },
  hasGeneration: true,
  defaultPropagation: 'Orphan',
  applyDefaults(job) {
    job.spec ??= {} as Job['spec'];
    defaultJobSpec(job.spec);
    return withTemplateLabels(job);
  },
  prepareForCreate(job) {
    const areInherited = job.metadata.labels === job.spec.template.metadata?.labels;
    if (!job.spec.manualSelector) generateSelector(job);
    if (areInherited) delete job.metadata.labels;
    job.status = {};
    return withTemplateLabels(job);
  },
  prepareForUpdate: withTemplateLabels,
  prepareForStatusUpdate: withTemplateLabels,
  validate: validateJob,
  validateUpdate: validateJobUpdate,
  validateStatusUpdate: validateJobStatus,
  warn({ metadata, spec }, old, warnings) {
    if (!old) warnOfName(metadata.name, warnings);
    if (spec !== old?.spec) warnOfJobSpec(spec, old?.spec, 'spec', warnings);
  },
  warnOfDelete({ propagationPolicy }, warnings) {
    if (propagationPolicy) return;
    warnings.push(
      'child pods are preserved by default when jobs are deleted; set ' +
        'propagationPolicy=Background to remove them or set propagationPolicy=Orphan to ' +
        'suppress this warning',
    );
  },
  columns: [
    nameColumn,
    column('Status', 'string', 'Status of the job.', statusOf),
    column(
      'Completions',
      'string',
      'The number of pods which reached phase Succeeded. The value increases monotonically for ' +
        'a given spec. However, it may decrease in reaction to scale down of elastic indexed jobs.',
      completionsOf,
    ),
    column('Duration', 'string', 'Time required to complete the job.', durationOf),
    ageColumn,
    ...containerColumns<Job>(),
    column('Selector', 'string', SELECTOR_DOC, ({ spec }) => formatLabelSelector(spec.selector), 1),
  ],
};

/** A Job without labels of its own has those of its pods. */
function withTemplateLabels(job: Job): Job {
  const labels = job.spec.template.metadata?.labels as Record<string, string> | undefined;
  if (labels && Object.keys(job.metadata.labels ?? {}).length === 0) job.metadata.labels = labels;
  return job;
}

function statusOf({ metadata, status }: Job): string {
  if (isConditionTrue(status, 'Complete')) return 'Complete';
  if (isConditionTrue(status, 'Failed')) return 'Failed';
  if (metadata.deletionTimestamp) return 'Terminating';
  if (isConditionTrue(status, 'Suspended')) return 'Suspended';
  return isConditionTrue(status, 'FailureTarget') ? 'FailureTarget' : 'Running';
}

function completionsOf({ spec, status }: Job): string {
  const { completions, parallelism = 0 } = spec;
  const succeeded = status.succeeded ?? 0;
  if (completions != null) return `${succeeded}/${completions}`;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function durationOf({ status }: Job, nowMs: number): string {
  const { startTime, completionTime } = status;
  if (!startTime) return '';
  const endMs = completionTime ? parseTime(completionTime) : nowMs;
  return humanDuration(endMs - parseTime(startTime));
}
