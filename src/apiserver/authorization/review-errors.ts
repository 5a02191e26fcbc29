// What is wrong with reviews. The real server validates them without their kind at hand, so that
// its words begin with a dot. Upstream: pkg/apis/authorization/validation/validation.go.
import type { SubjectAccessReviewSpec } from '../../api/extension-types';
import { FieldErrors, invalidError } from '../../api/field-errors';
import type { KubeObject } from '../../api/object';
import { without } from '../../api/without';
import { StatusError } from '../../api/status-error';

/** Throws 422 when the spec of an access review is not complete and clear. */
export function checkAccessSpec(
  spec: SubjectAccessReviewSpec,
  review: KubeObject,
  kind: 'self' | 'subject' | 'local',
): void {
  const errors = new FieldErrors();
  const { resourceAttributes: resource, nonResourceAttributes: path } = spec;
  if (resource && path) {
    const why = 'cannot be specified in combination with resourceAttributes';
    errors.invalid('spec.nonResourceAttributes', path, why);
  }
  if (!resource && !path) {
    const why = 'exactly one of nonResourceAttributes or resourceAttributes must be specified';
    errors.invalid('spec.resourceAttributes', null, why);
  }
  if (kind !== 'self' && !spec.user && !spec.groups?.length) {
    errors.invalid('spec.user', '', 'at least one of user or group must be specified');
  }
  for (const name of ['fieldSelector', 'labelSelector'] as const) {
    checkSelector(resource?.[name], `spec.resourceAttributes.${name}`, errors);
  }
  checkMetadata(review, kind, errors);
  if (kind === 'local') checkLocal(spec, review.metadata.namespace ?? '', errors);
  throwUnnamed(errors);
}

function checkMetadata(
  { metadata }: KubeObject,
  kind: 'self' | 'subject' | 'local',
  errors: FieldErrors,
): void {
  const { namespace, ...given } = metadata ?? {};
  const rest = without(given, 'managedFields', 'creationTimestamp');
  const isEmpty = Object.values(rest).every((value) => !value);
  if (kind === 'local') {
    if (!isEmpty) errors.invalid('metadata', rest, 'must be empty except for namespace');
  } else if (!isEmpty || namespace) {
    errors.invalid('metadata', { ...rest, ...(namespace && { namespace }) }, 'must be empty');
  }
}

function checkLocal(spec: SubjectAccessReviewSpec, namespace: string, errors: FieldErrors): void {
  const { resourceAttributes: resource, nonResourceAttributes: path } = spec;
  if (resource && (resource.namespace ?? '') !== namespace) {
    const field = 'spec.resourceAttributes.namespace';
    errors.invalid(field, resource.namespace ?? '', 'must match metadata.namespace');
  }
  if (path) {
    errors.invalid('spec.nonResourceAttributes', path, 'disallowed on this kind of request');
  }
}

function checkSelector(
  selector: { rawSelector?: string; requirements?: readonly unknown[] } | undefined,
  path: string,
  errors: FieldErrors,
): void {
  if (!selector) return;
  const { rawSelector = '', requirements = [] } = selector;
  if (rawSelector && requirements.length > 0) {
    const why = 'may not specified at the same time as requirements';
    errors.invalid(`${path}.rawSelector`, rawSelector, why);
  } else if (!rawSelector && requirements.length === 0) {
    const why = `when ${path} is specified, requirements or rawSelector is required`;
    errors.required(`${path}.requirements`, why);
  }
}

function throwUnnamed(errors: FieldErrors): void {
  if (errors.isEmpty) return;
  const { message, details } = invalidError('', 'authorization.k8s.io', '', errors.causes);
  throw new StatusError(422, 'Invalid', message, without(details ?? {}, 'kind'));
}
