// The words of a refusal. Upstream: apiserver/pkg/endpoints/handlers/responsewriters/errors.go.
import { quote } from '../../api/field-errors';
import { forbidden, StatusError } from '../../api/status-error';
import type { Attributes } from './attributes';

/** 403 Forbidden, with the authorizer's reason when it gave one. */
export function forbiddenError(attributes: Attributes, reason: string): StatusError {
  const why = reason ? `${whatIsRefused(attributes)}: ${reason}` : whatIsRefused(attributes);
  const { isResourceRequest, apiGroup: group, resource, name } = attributes;
  if (isResourceRequest && resource) return forbidden({ group, resource }, name, why);
  return new StatusError(403, 'Forbidden', `forbidden: ${why}`, {});
}

function whatIsRefused(attributes: Attributes): string {
  const { user, verb, isResourceRequest, path, apiGroup, namespace } = attributes;
  const subject = `User ${quote(user.username)} cannot ${verb}`;
  if (!isResourceRequest) return `${subject} path ${quote(path)}`;
  const { resource, subresource } = attributes;
  const full = subresource ? `${resource}/${subresource}` : resource;
  const what = `${subject} resource ${quote(full)} in API group ${quote(apiGroup)}`;
  return namespace
    ? `${what} in the namespace ${quote(namespace)}`
    : `${what} at the cluster scope`;
}
