// DaemonSets. The annotation deprecated.daemonset.template.generation counts the templates so far.
// Upstream: pkg/registry/apps/daemonset/strategy.go, pkg/apis/apps.
import { deepEqual } from '../../api/deep-equal';
import { formatLabelSelector } from '../../api/label-selector';
import { daemonSets } from '../../api/resource-ref';
import type { DaemonSet } from '../../api/types';
import { ageColumn, column, containerColumns, formatLabels, nameColumn } from '../columns';
import { defaultTemplate } from '../core/pod/pod-spec-defaults';
import type { ResourceDefinition } from '../definition';
import { warnOfTemplate } from './template-warnings';
import { fill, replace } from '../fill';
import {
  validateDaemonSet,
  validateDaemonSetStatus,
  validateDaemonSetUpdate,
} from './daemonset-validation';

type Strategy = NonNullable<DaemonSet['spec']['updateStrategy']>;

const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';
const NO_STATUS: DaemonSet['status'] = Object.freeze({
  currentNumberScheduled: 0,
  numberMisscheduled: 0,
  desiredNumberScheduled: 0,
  numberReady: 0,
});

export const daemonSetDefinition: ResourceDefinition<DaemonSet> = {
  ref: daemonSets,
  singular: 'daemonset',
  listKind: 'DaemonSetList',
  shortNames: ['ds'],
  categories: ['all'],
  subresources: ['status'],
  hasGeneration: true,
  applyDefaults(daemonSet) {
    daemonSet.spec ??= {} as DaemonSet['spec'];
    const { spec } = daemonSet;
    spec.template = defaultTemplate(spec.template ?? {}) as typeof spec.template;
    spec.updateStrategy = defaultStrategy(spec.updateStrategy ?? {});
    spec.revisionHistoryLimit ??= 10;
    return daemonSet;
  },
  prepareForCreate(daemonSet) {
    daemonSet.status = NO_STATUS;
    return withTemplateGeneration(daemonSet, 1);
  },
  prepareForUpdate(daemonSet, old) {
    const before = Number(old.metadata.annotations?.[TEMPLATE_GENERATION] ?? 0);
    const isSame = deepEqual(daemonSet.spec.template, old.spec.template);
    return withTemplateGeneration(daemonSet, isSame ? before : before + 1);
  },
  validate: validateDaemonSet,
  validateUpdate: validateDaemonSetUpdate,
  validateStatusUpdate: (object, _old, errors) => validateDaemonSetStatus(object, errors),
  warn: ({ spec }, old, warnings) => warnOfTemplate(spec.template, old?.spec.template, warnings),
  columns: [
    nameColumn,
    column(
      'Desired',
      'integer',
      'The total number of nodes that should be running the daemon pod (including nodes ' +
        'correctly running the daemon pod). More info: ' +
        'https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/',
      ({ status }) => status.desiredNumberScheduled,
    ),
    column(
      'Current',
      'integer',
      'The number of nodes that are running at least 1 daemon pod and are supposed to run ' +
        'the daemon pod. More info: ' +
        'https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/',
      ({ status }) => status.currentNumberScheduled,
    ),
    column(
      'Ready',
      'integer',
      'numberReady is the number of nodes that should be running the daemon pod and have one ' +
        'or more of the daemon pod running with a Ready Condition.',
      ({ status }) => status.numberReady,
    ),
    column(
      'Up-to-date',
      'integer',
      'The total number of nodes that are running updated daemon pod',
      ({ status }) => status.updatedNumberScheduled ?? 0,
    ),
    column(
      'Available',
      'integer',
      'The number of nodes that should be running the daemon pod and have one or more of the ' +
        'daemon pod running and available (ready for at least spec.minReadySeconds)',
      ({ status }) => status.numberAvailable ?? 0,
    ),
    column(
      'Node Selector',
      'string',
      'NodeSelector is a selector which must be true for the pod to fit on a node. Selector ' +
        "which must match a node's labels for the pod to be scheduled on that node. More " +
        'info: https://kubernetes.io/docs/concepts/configuration/assign-pod-node/',
      ({ spec }) => formatLabels(spec.template.spec?.nodeSelector),
    ),
    ageColumn,
    ...containerColumns<DaemonSet>(),
    column(
      'Selector',
      'string',
      'A label query over pods that are managed by the daemon set. Must match in order to ' +
        "be controlled. It must match the pod template's labels. More info: " +
        'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selec' +
        'tors',
      ({ spec }) => formatLabelSelector(spec.selector),
      1,
    ),
  ],
};

function defaultStrategy(strategy: Strategy): Strategy {
  const next = fill(strategy, { type: 'RollingUpdate' });
  if (next.type !== 'RollingUpdate') return next;
  const rollingUpdate = fill(next.rollingUpdate ?? {}, { maxUnavailable: 1, maxSurge: 0 });
  return replace(next, 'rollingUpdate', rollingUpdate);
}

function withTemplateGeneration(daemonSet: DaemonSet, generation: number): DaemonSet {
  const { metadata } = daemonSet;
  const text = String(generation);
  if (metadata.annotations?.[TEMPLATE_GENERATION] !== text) {
    metadata.annotations = { ...metadata.annotations, [TEMPLATE_GENERATION]: text };
  }
  return daemonSet;
}
