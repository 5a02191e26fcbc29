// StatefulSets. Upstream: pkg/registry/apps/statefulset/strategy.go, pkg/apis/apps.
// spec.updateStrategy.rollingUpdate.maxUnavailable is dropped: its feature was on in 1.35, has been
// off since 1.35.4 for a regression (kubernetes/kubernetes#137904), and comes back with 1.37.
import { statefulSets } from '../../api/extension-refs';
import type { StatefulSet } from '../../api/extension-types';
import type { PodTemplateSpec } from '../../api/types';
import { ageColumn, column, containerColumns, nameColumn } from '../columns';
import { defaultClaimSpec } from '../core/persistentvolumeclaims';
import { defaultTemplate } from '../core/pod/pod-spec-defaults';
import type { ResourceDefinition } from '../definition';
import { fill, mapShared, replace } from '../fill';
import { SCALE } from './scale';
import {
  validateStatefulSet,
  validateStatefulSetStatusUpdate,
  validateStatefulSetUpdate,
} from './statefulset-validation';
import { warnOfTemplate } from './template-warnings';

type Spec = StatefulSet['spec'];
type Strategy = NonNullable<Spec['updateStrategy']>;
type ClaimTemplate = NonNullable<Spec['volumeClaimTemplates']>[number];

const NO_STATUS = Object.freeze({ replicas: 0, availableReplicas: 0 });
const PENDING = Object.freeze({ phase: 'Pending' as const });
const NEGATIVE_LIMIT =
  'spec.revisionHistoryLimit: a negative value retains all historical revisions; ' +
  'a value >= 0 is recommended';

export const statefulSetDefinition: ResourceDefinition<StatefulSet> = {
  ref: statefulSets,
  singular: 'statefulset',
  listKind: 'StatefulSetList',
  shortNames: ['sts'],
  categories: ['all'],
  subresources: ['scale', 'status'],
  subresourceDetails: { scale: SCALE },
  nameFormat: 'dns-label',
  hasGeneration: true,
  applyDefaults(statefulSet) {
    statefulSet.spec ??= {} as Spec;
    const { spec } = statefulSet;
    spec.replicas ??= 1;
    spec.template = defaultTemplate((spec.template ?? {}) as PodTemplateSpec) as Spec['template'];
    spec.podManagementPolicy ??= 'OrderedReady';
    spec.updateStrategy = defaultStrategy(spec.updateStrategy ?? {});
    spec.revisionHistoryLimit ??= 10;
    spec.persistentVolumeClaimRetentionPolicy = fill(
      spec.persistentVolumeClaimRetentionPolicy ?? {},
      { whenDeleted: 'Retain', whenScaled: 'Retain' },
    );
    if (spec.volumeClaimTemplates) {
      spec.volumeClaimTemplates = mapShared(spec.volumeClaimTemplates, defaultClaim);
    }
    return statefulSet;
  },
  prepareForCreate(statefulSet) {
    statefulSet.status = NO_STATUS;
    return withoutMaxUnavailable(statefulSet);
  },
  prepareForUpdate: withoutMaxUnavailable,
  validate: validateStatefulSet,
  validateUpdate: validateStatefulSetUpdate,
  validateStatusUpdate: validateStatefulSetStatusUpdate,
  warn({ spec }, old, warnings) {
    const template = spec.template as PodTemplateSpec;
    warnOfTemplate(template, old?.spec.template as PodTemplateSpec | undefined, warnings);
    if ((spec.revisionHistoryLimit ?? 0) < 0) warnings.push(NEGATIVE_LIMIT);
  },
  columns: [
    nameColumn,
    column(
      'Ready',
      'string',
      'Number of the pod with ready state',
      ({ spec, status }) => `${status.readyReplicas ?? 0}/${spec.replicas ?? 0}`,
    ),
    ageColumn,
    ...containerColumns<StatefulSet>(),
  ],
};

/** Only who leaves the type out as well gets an empty rollingUpdate to be filled. */
function defaultStrategy(strategy: Strategy): Strategy {
  const isBare = strategy.type === undefined || strategy.type === null;
  const next = isBare ? fill(strategy, { type: 'RollingUpdate', rollingUpdate: {} }) : strategy;
  if (next.type !== 'RollingUpdate' || !next.rollingUpdate) return next;
  return replace(next, 'rollingUpdate', fill(next.rollingUpdate, { partition: 0 }));
}

/** A template shows as the claim that it makes, kind and first phase included. */
function defaultClaim(claim: ClaimTemplate): ClaimTemplate {
  const whole = fill(claim, {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    spec: {},
    status: PENDING,
  });
  const named = replace(whole, 'spec', defaultClaimSpec(whole.spec!));
  return replace(named, 'status', fill(named.status!, PENDING));
}

function withoutMaxUnavailable(statefulSet: StatefulSet): StatefulSet {
  const { updateStrategy } = statefulSet.spec;
  if (updateStrategy?.rollingUpdate?.maxUnavailable === undefined) return statefulSet;
  const { maxUnavailable: _dropped, ...rollingUpdate } = updateStrategy.rollingUpdate;
  const spec = { ...statefulSet.spec, updateStrategy: { ...updateStrategy, rollingUpdate } };
  return { ...statefulSet, spec };
}
