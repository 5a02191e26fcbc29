// Deployments. Upstream: pkg/registry/apps/deployment/strategy.go, pkg/apis/apps.
import { selectorFromLabelSelector } from '../../api/label-selector';
import { deepEqual } from '../../api/deep-equal';
import { deployments } from '../../api/resource-ref';
import type { Deployment } from '../../api/types';
import { ageColumn, column, containerColumns, nameColumn } from '../columns';
import { defaultTemplate } from '../core/pod/pod-spec-defaults';
import type { ResourceDefinition } from '../definition';
import { warnOfTemplate } from './template-warnings';
import { fill, replace } from '../fill';
import {
  validateDeployment,
  validateDeploymentStatus,
  validateDeploymentUpdate,
} from './deployment-validation';
import { SCALE } from './scale';

type Strategy = NonNullable<Deployment['spec']['strategy']>;

export const deploymentDefinition: ResourceDefinition<Deployment> = {
  ref: deployments,
  singular: 'deployment',
  listKind: 'DeploymentList',
  shortNames: ['deploy'],
  categories: ['all'],
  subresources: ['scale', 'status'],
  subresourceDetails: { scale: SCALE },
  hasGeneration: true,
  applyDefaults(deployment) {
    deployment.spec ??= {} as Deployment['spec'];
    const { spec } = deployment;
    spec.replicas ??= 1;
    spec.template = defaultTemplate(spec.template ?? {}) as typeof spec.template;
    spec.strategy = defaultStrategy(spec.strategy ?? {});
    spec.revisionHistoryLimit ??= 10;
    spec.progressDeadlineSeconds ??= 600;
    return deployment;
  },
  prepareForCreate(deployment) {
    deployment.status = {};
    return deployment;
  },
  /** Annotations count as a change of what is wanted: a rollback reads its revision there. */
  prepareForUpdate(deployment, old) {
    if (!deepEqual(deployment.metadata.annotations, old.metadata.annotations)) {
      deployment.metadata.generation = (old.metadata.generation ?? 0) + 1;
    }
    return deployment;
  },
  prepareForStatusUpdate(deployment, old) {
    const { labels } = old.metadata;
    if (labels) deployment.metadata.labels = labels;
    else delete deployment.metadata.labels;
    return deployment;
  },
  validate: validateDeployment,
  validateUpdate: validateDeploymentUpdate,
  validateStatusUpdate: (object, _old, errors) => validateDeploymentStatus(object, errors),
  warn: ({ spec }, old, warnings) => warnOfTemplate(spec.template, old?.spec.template, warnings),
  columns: [
    nameColumn,
    column(
      'Ready',
      'string',
      'Number of the pod with ready state',
      ({ spec, status }) => `${status.readyReplicas ?? 0}/${spec.replicas ?? 0}`,
    ),
    column(
      'Up-to-date',
      'string',
      'Total number of non-terminating pods targeted by this deployment that have the ' +
        'desired template spec.',
      ({ status }) => status.updatedReplicas ?? 0,
    ),
    column(
      'Available',
      'string',
      'Total number of available non-terminating pods (ready for at least minReadySeconds) ' +
        'targeted by this deployment.',
      ({ status }) => status.availableReplicas ?? 0,
    ),
    ageColumn,
    ...containerColumns<Deployment>(),
    column(
      'Selector',
      'string',
      'Label selector for pods. Existing ReplicaSets whose pods are selected by this will ' +
        "be the ones affected by this deployment. It must match the pod template's labels.",
      ({ spec }) => selectorFromLabelSelector(spec.selector).toString(),
      1,
    ),
  ],
};

function defaultStrategy(strategy: Strategy): Strategy {
  const next = fill(strategy, { type: 'RollingUpdate' });
  if (next.type !== 'RollingUpdate') return next;
  const rollingUpdate = fill(next.rollingUpdate ?? {}, { maxUnavailable: '25%', maxSurge: '25%' });
  return replace(next, 'rollingUpdate', rollingUpdate);
}
