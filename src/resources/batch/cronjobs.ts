// CronJobs. Upstream: pkg/registry/batch/cronjob/strategy.go, pkg/apis/batch.
import { cronJobs } from '../../api/extension-refs';
import type { CronJob, JobSpec } from '../../api/extension-types';
import { formatLabelSelector } from '../../api/label-selector';
import { ageColumn, column, containerColumns, nameColumn, since } from '../columns';
import type { ResourceDefinition, TableColumn } from '../definition';
import { validateCronJob, validateNewCronJob } from './cronjob-validation';
import { defaultTemplateSpec } from './job-defaults';
import { warnOfJobSpec, warnOfName } from './job-warnings';
import { SELECTOR_DOC } from './jobs';

const TEMPLATE_PATH = 'spec.jobTemplate.spec';

/** The columns of a Job's template, of which a CronJob's own template is only the frame. */
const templateColumns: TableColumn<CronJob>[] = containerColumns<{ spec: JobSpec }>().map(
  (templateColumn) => ({
    ...(templateColumn as unknown as TableColumn<CronJob>),
    cell: ({ spec }, nowMs) => templateColumn.cell({ spec: templateOf(spec) }, nowMs),
  }),
);

export const cronJobDefinition: ResourceDefinition<CronJob> = {
  ref: cronJobs,
  singular: 'cronjob',
  listKind: 'CronJobList',
  shortNames: ['cj'],
  categories: ['all'],
  subresources: ['status'],
  hasGeneration: true,
  applyDefaults(cronJob) {
    cronJob.spec ??= {} as CronJob['spec'];
    const { spec } = cronJob;
    spec.concurrencyPolicy ||= 'Allow';
    spec.suspend ??= false;
    const jobSpec = { ...spec.jobTemplate?.spec } as JobSpec;
    defaultTemplateSpec(jobSpec);
    spec.jobTemplate = { metadata: {}, ...spec.jobTemplate, spec: jobSpec };
    spec.successfulJobsHistoryLimit ??= 3;
    spec.failedJobsHistoryLimit ??= 1;
    return cronJob;
  },
  prepareForCreate(cronJob) {
    cronJob.status = {};
    return cronJob;
  },
  validateCreate: validateNewCronJob,
  validateUpdate: (next, old, errors) => validateCronJob(next.spec, old.spec, errors),
  warn({ metadata, spec }, old, warnings) {
    if (!old) warnOfName(metadata.name, warnings);
    const before = old && templateOf(old.spec);
    if (spec !== old?.spec) warnOfJobSpec(templateOf(spec), before, TEMPLATE_PATH, warnings);
    if (!old || !spec.schedule.includes('TZ')) return;
    warnings.push(
      'cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see ' +
        'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details',
    );
  },
  columns: [
    nameColumn,
    column(
      'Schedule',
      'string',
      'The schedule in Cron format, see https://en.wikipedia.org/wiki/Cron.',
      ({ spec }) => spec.schedule,
    ),
    column(
      'Timezone',
      'string',
      'The time zone name for the given schedule, see ' +
        'https://en.wikipedia.org/wiki/List_of_tz_database_time_zones. If not specified, this ' +
        'will default to the time zone of the kube-controller-manager process. The set of valid ' +
        'time zone names and the time zone offset is loaded from the system-wide time zone ' +
        'database by the API server during CronJob validation and the controller manager during ' +
        'execution. If no system-wide time zone database can be found a bundled version of the ' +
        'database is used instead. If the time zone name becomes invalid during the lifetime of ' +
        'a CronJob or due to a change in host configuration, the controller will stop creating ' +
        'new new Jobs and will create a system event with the reason UnknownTimeZone. More ' +
        'information can be found in ' +
        'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#time-zones',
      ({ spec }) => spec.timeZone ?? '<none>',
    ),
    column(
      'Suspend',
      'boolean',
      'This flag tells the controller to suspend subsequent executions, it does not apply to ' +
        'already started executions.  Defaults to false.',
      ({ spec }) => (spec.suspend ? 'True' : 'False'),
    ),
    column(
      'Active',
      'integer',
      'A list of pointers to currently running jobs.',
      ({ status }) => status.active?.length ?? 0,
    ),
    column(
      'Last Schedule',
      'string',
      'Information when was the last time the job was successfully scheduled.',
      ({ status }, nowMs) =>
        status.lastScheduleTime ? since(status.lastScheduleTime, nowMs) : '<none>',
    ),
    ageColumn,
    ...templateColumns,
    column(
      'Selector',
      'string',
      SELECTOR_DOC,
      ({ spec }) => formatLabelSelector(templateOf(spec).selector),
      1,
    ),
  ],
};

function templateOf({ jobTemplate }: CronJob['spec']): JobSpec {
  return jobTemplate.spec as JobSpec;
}
