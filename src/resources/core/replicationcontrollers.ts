// ReplicationControllers, what ReplicaSets grew out of: the selector is a plain map, and what is
// left out of it and of the labels comes from the template.
// Upstream: pkg/registry/core/replicationcontroller/strategy.go, pkg/apis/core.
import { replicationControllers } from '../../api/extension-refs';
import type { ReplicationController } from '../../api/extension-types';
import { dnsLabel } from '../../api/names';
import type { PodTemplateSpec } from '../../api/types';
import { SCALE } from '../apps/scale';
import { warnOfTemplate } from '../apps/template-warnings';
import { ageColumn, column, containerColumns, formatLabels, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';
import { defaultTemplate } from './pod/pod-spec-defaults';
import { validateReplicationController } from './replicationcontroller-validation';
import { validateReplicaStatus } from '../apps/status-validation';

type Spec = ReplicationController['spec'];

const SURPRISING_NAME =
  'metadata.name: this is used in Pod names and hostnames, which can result in surprising ' +
  'behavior; a DNS label is recommended: ';

export const replicationControllerDefinition: ResourceDefinition<ReplicationController> = {
  ref: replicationControllers,
  singular: 'replicationcontroller',
  listKind: 'ReplicationControllerList',
  shortNames: ['rc'],
  categories: ['all'],
  subresources: ['scale', 'status'],
  subresourceDetails: { scale: SCALE },
  selectableFields: { 'status.replicas': ({ status }) => String(status.replicas) },
  hasGeneration: true,
  defaultPropagation: 'Orphan',
  applyDefaults(controller) {
    controller.spec ??= {} as Spec;
    const { spec, metadata } = controller;
    spec.replicas ??= 1;
    if (!spec.template) return controller;
    spec.template = defaultTemplate(spec.template as PodTemplateSpec) as Spec['template'];
    const labels = spec.template!.metadata?.labels;
    if (!labels) return controller;
    if (isEmpty(spec.selector)) spec.selector = labels;
    if (isEmpty(metadata.labels)) metadata.labels = labels;
    return controller;
  },
  prepareForCreate(controller) {
    controller.status = { replicas: 0 };
    return controller;
  },
  validate: validateReplicationController,
  validateStatusUpdate: (next, _old, errors) => validateReplicaStatus(next, errors),
  warn({ metadata, spec }, old, warnings) {
    const problems = old ? [] : dnsLabel(metadata.name);
    if (problems.length > 0) warnings.push(`${SURPRISING_NAME}[${problems.join(' ')}]`);
    const template = spec.template as PodTemplateSpec;
    warnOfTemplate(template, old?.spec.template as PodTemplateSpec | undefined, warnings);
  },
  columns: [
    nameColumn,
    column(
      'Desired',
      'integer',
      'Replicas is the number of desired replicas. This is a pointer to distinguish between ' +
        'explicit zero and unspecified. Defaults to 1. More info: ' +
        'https://kubernetes.io/docs/concepts/workloads/controllers/replicationcontroller#what-' +
        'is-a-replicationcontroller',
      ({ spec }) => spec.replicas ?? 0,
    ),
    column(
      'Current',
      'integer',
      'Replicas is the most recently observed number of replicas. More info: ' +
        'https://kubernetes.io/docs/concepts/workloads/controllers/replicationcontroller#what-' +
        'is-a-replicationcontroller',
      ({ status }) => status.replicas,
    ),
    column(
      'Ready',
      'integer',
      'The number of ready replicas for this replication controller.',
      ({ status }) => status.readyReplicas ?? 0,
    ),
    ageColumn,
    ...containerColumns<ReplicationController>(),
    column(
      'Selector',
      'string',
      'Selector is a label query over pods that should match the Replicas count. If Selector is ' +
        'empty, it is defaulted to the labels present on the Pod template. Label keys and ' +
        'values that must match in order to be controlled by this replication controller, if ' +
        'empty defaulted to labels on Pod template. More info: ' +
        'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selec' +
        'tors',
      ({ spec }) => formatLabels(spec.selector),
      1,
    ),
  ],
};

function isEmpty(labels: object | undefined): boolean {
  return !labels || Object.keys(labels).length === 0;
}
