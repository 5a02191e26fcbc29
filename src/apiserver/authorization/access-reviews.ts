// The reviews by which a client asks what somebody may do: answered at once, never stored.
// Upstream: pkg/registry/authorization.
import {
  localSubjectAccessReviews,
  selfSubjectAccessReviews,
  selfSubjectRulesReviews,
  subjectAccessReviews,
} from '../../api/extension-refs';
import type {
  SelfSubjectRulesReview,
  SubjectAccessReview,
  SubjectAccessReviewSpec,
} from '../../api/extension-types';
import { badRequest } from '../../api/status-error';
import type { ApiRequest, UserInfo } from '../../client/transport';
import type { ResourceDefinition } from '../../resources/definition';
import type { ServerContext } from '../context';
import { withManagedFields } from '../subresources/reviewed';
import type { SubresourceHandler } from '../subresources/subresource';
import { pathAttributes, resourceAttributes, type Attributes } from './attributes';
import { authorizerOf } from './authorizer';
import { aggregate } from './rbac-authorizer';
import { checkAccessSpec } from './review-errors';
import { userOf } from './user-of-actor';

export const accessReviewHandlers: readonly SubresourceHandler[] = [
  handler(subjectAccessReviews.key, (context, definition, request) => {
    const review = withManagedFields(context, definition, request, reviewOf(request));
    checkAccessSpec(review.spec, review, 'subject');
    return answered(context, review, subjectOf(review.spec));
  }),
  handler(localSubjectAccessReviews.key, (context, definition, request) => {
    const asked = inNamespace(reviewOf(request), request.namespace);
    const review = withManagedFields(context, definition, request, asked);
    checkAccessSpec(review.spec, review, 'local');
    return answered(context, review, subjectOf(review.spec));
  }),
  handler(selfSubjectAccessReviews.key, (context, definition, request) => {
    const review = withManagedFields(context, definition, request, reviewOf(request));
    checkAccessSpec(review.spec, review, 'self');
    return answered(context, review, userOf(request));
  }),
  handler(selfSubjectRulesReviews.key, rulesReview),
];

function handler(
  resource: string,
  create: NonNullable<SubresourceHandler['verbs']['create']>,
): SubresourceHandler {
  return { resource, subresource: '', verbs: { create } };
}

function reviewOf({ body }: ApiRequest): SubjectAccessReview {
  const review = body as SubjectAccessReview;
  return { ...review, metadata: review.metadata ?? {}, spec: review.spec ?? {} };
}

function inNamespace(review: SubjectAccessReview, namespace: string): SubjectAccessReview {
  const { namespace: given } = review.metadata;
  if (given && given !== namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  return { ...review, metadata: { ...review.metadata, namespace } };
}

function subjectOf({ user = '', uid, groups, extra }: SubjectAccessReviewSpec): UserInfo {
  return {
    username: user,
    ...(uid && { uid }),
    groups: groups ?? [],
    ...(extra && { extra: extra as unknown as UserInfo['extra'] }),
  };
}

function answered(
  context: ServerContext,
  review: SubjectAccessReview,
  user: UserInfo,
): SubjectAccessReview {
  const { allowed, reason } = authorizerOf(context).authorize(attributesFrom(review.spec, user));
  return { ...review, status: { allowed, ...(reason && { reason }) } };
}

function attributesFrom(spec: SubjectAccessReviewSpec, user: UserInfo): Attributes {
  const { resourceAttributes: asked, nonResourceAttributes: path } = spec;
  if (!asked) return pathAttributes(user, path?.verb ?? '', path?.path ?? '');
  const { group = '', version = '', resource = '', subresource = '' } = asked;
  const { namespace = '', name = '', verb = '', fieldSelector } = asked;
  const equal = fieldSelector?.requirements?.filter(
    ({ operator, values }) => operator === 'In' && values?.length === 1,
  );
  const fieldEquals = Object.fromEntries(equal?.map(({ key, values }) => [key, values![0]]) ?? []);
  const some = { apiGroup: group, apiVersion: version, resource, subresource, namespace, name };
  return resourceAttributes(user, verb, { ...some, ...(equal && { fieldEquals }) });
}

function rulesReview(
  context: ServerContext,
  _definition: ResourceDefinition,
  request: ApiRequest,
): SelfSubjectRulesReview {
  const { namespace } = (request.body as SelfSubjectRulesReview).spec ?? {};
  if (!namespace) throw badRequest('no namespace on request');
  const answer = authorizerOf(context).rulesFor(userOf(request), namespace);
  const { apiVersion, kind } = selfSubjectRulesReviews;
  const resourceRules = answer.rules
    .filter(({ resources }) => resources?.length)
    .map(({ verbs, apiGroups, resources, resourceNames }) => ({
      verbs,
      apiGroups,
      resources,
      ...(resourceNames?.length && { resourceNames }),
    }));
  const nonResourceRules = answer.rules
    .filter(({ nonResourceURLs }) => nonResourceURLs?.length)
    .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs }));
  const { problems, incomplete } = answer;
  const evaluationError = problems.length > 0 && aggregate(problems);
  const status = {
    resourceRules,
    nonResourceRules,
    incomplete,
    ...(evaluationError && { evaluationError }),
  };
  return { kind, apiVersion, metadata: {}, spec: {}, status } as unknown as SelfSubjectRulesReview;
}
