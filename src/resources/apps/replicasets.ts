// ReplicaSets. Upstream: pkg/registry/apps/replicaset/strategy.go, pkg/apis/apps.
import { formatLabelSelector } from '../../api/label-selector';
import { replicaSets } from '../../api/resource-ref';
import type { ReplicaSet } from '../../api/types';
import { ageColumn, column, containerColumns, nameColumn } from '../columns';
import { defaultTemplate } from '../core/pod/pod-spec-defaults';
import type { ResourceDefinition } from '../definition';
import { warnOfTemplate } from './template-warnings';
import { validateReplicaSet, validateReplicaSetUpdate } from './replicaset-validation';
import { validateReplicaStatus } from './status-validation';
import { SCALE } from './scale';

export const replicaSetDefinition: ResourceDefinition<ReplicaSet> = {
  ref: replicaSets,
  singular: 'replicaset',
  listKind: 'ReplicaSetList',
  shortNames: ['rs'],
  categories: ['all'],
  subresources: ['scale', 'status'],
  subresourceDetails: { scale: SCALE },
  hasGeneration: true,
  applyDefaults(replicaSet) {
    replicaSet.spec ??= {} as ReplicaSet['spec'];
    const { spec } = replicaSet;
    spec.replicas ??= 1;
    spec.template = defaultTemplate(spec.template ?? {}) as typeof spec.template;
    return replicaSet;
  },
  prepareForCreate(replicaSet) {
    replicaSet.status = { replicas: 0 };
    return replicaSet;
  },
  validate: validateReplicaSet,
  validateUpdate: validateReplicaSetUpdate,
  validateStatusUpdate: (object, _old, errors) => validateReplicaStatus(object, errors),
  warn: ({ spec }, old, warnings) => warnOfTemplate(spec.template, old?.spec.template, warnings),
  columns: [
    nameColumn,
    column(
      'Desired',
      'integer',
      'Replicas is the number of desired pods. This is a pointer to distinguish between ' +
        'explicit zero and unspecified. Defaults to 1. More info: ' +
        'https://kubernetes.io/docs/concepts/workloads/controllers/replicaset',
      ({ spec }) => spec.replicas ?? 0,
    ),
    column(
      'Current',
      'integer',
      'Replicas is the most recently observed number of non-terminating pods. More info: ' +
        'https://kubernetes.io/docs/concepts/workloads/controllers/replicaset',
      ({ status }) => status.replicas,
    ),
    column(
      'Ready',
      'integer',
      'The number of non-terminating pods targeted by this ReplicaSet with a Ready Condition.',
      ({ status }) => status.readyReplicas ?? 0,
    ),
    ageColumn,
    ...containerColumns<ReplicaSet>(),
    column(
      'Selector',
      'string',
      'Selector is a label query over pods that should match the replica count. Label keys ' +
        'and values that must match in order to be controlled by this replica set. It must ' +
        "match the pod template's labels. More info: " +
        'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selec' +
        'tors',
      ({ spec }) => formatLabelSelector(spec.selector),
      1,
    ),
  ],
};
