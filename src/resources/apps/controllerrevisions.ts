// ControllerRevisions: a workload's template as it once was, kept for going back. Only its number
// may change. Upstream: pkg/registry/apps/controllerrevision/strategy.go, pkg/apis/apps/validation.
import { deepEqual } from '../../api/deep-equal';
import { controllerRevisions } from '../../api/extension-refs';
import type { ControllerRevision } from '../../api/extension-types';
import { controllerOf } from '../../api/object';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';
import { validateNonNegative } from './template-validation';

export const controllerRevisionDefinition: ResourceDefinition<ControllerRevision> = {
  ref: controllerRevisions,
  singular: 'controllerrevision',
  listKind: 'ControllerRevisionList',
  validate({ data, revision }, errors) {
    if (data === undefined || data === null) errors.required('data', 'data is mandatory');
    validateNonNegative(revision, 'revision', errors);
  },
  validateUpdate({ data }, old, errors) {
    if (!deepEqual(data, old.data)) errors.invalid('data', data, 'field is immutable');
  },
  columns: [
    nameColumn,
    column('Controller', 'string', 'Controller of the object', ownerText),
    column(
      'Revision',
      'string',
      'revision indicates the revision of the state represented by Data.',
      ({ revision }) => revision,
    ),
    ageColumn,
  ],
};

/** 'statefulset.apps/db', '<none>' without a controller. */
function ownerText(revision: ControllerRevision): string {
  const owner = controllerOf(revision);
  if (!owner) return '<none>';
  const slash = owner.apiVersion.indexOf('/');
  const group = slash < 0 ? '' : '.' + owner.apiVersion.slice(0, slash);
  return `${owner.kind.toLowerCase()}${group}/${owner.name}`;
}
