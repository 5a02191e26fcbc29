// The reviews about who somebody is: of a token, and of oneself.
// Upstream: pkg/registry/authentication/{tokenreview,selfsubjectreview}.
import { selfSubjectReviews, tokenReviews } from '../../api/extension-refs';
import type { SelfSubjectReview, TokenReview, TokenReviewStatus } from '../../api/extension-types';
import { badRequest } from '../../api/status-error';
import { formatTime } from '../../api/time';
import type { ApiRequest, UserInfo } from '../../client/transport';
import type { ResourceDefinition } from '../../resources/definition';
import { userOf } from '../authorization/user-of-actor';
import type { ServerContext } from '../context';
import { withManagedFields } from '../subresources/reviewed';
import type { SubresourceHandler } from '../subresources/subresource';
import { authenticatorOf } from './authenticator';
import { TokenError } from './service-account-claims';

export const identityReviewHandlers: readonly SubresourceHandler[] = [
  {
    resource: tokenReviews.key,
    subresource: '',
    verbs: { create: reviewToken },
  },
  {
    resource: selfSubjectReviews.key,
    subresource: '',
    verbs: { create: reviewSelf },
  },
];

function reviewToken(
  context: ServerContext,
  definition: ResourceDefinition,
  request: ApiRequest,
): TokenReview {
  const body = request.body as TokenReview;
  const asked = { ...body, metadata: body.metadata ?? {} };
  const review = withManagedFields(context, definition, request, asked);
  const { token, audiences } = review.spec ?? {};
  if (!token) throw badRequest('token is required for TokenReview in authentication');
  const status = statusOf(context, token, audiences?.length ? audiences : undefined);
  return { ...review, status };
}

function statusOf(
  context: ServerContext,
  token: string,
  audiences: readonly string[] | undefined,
): TokenReviewStatus {
  try {
    const known = authenticatorOf(context).authenticate(token, audiences);
    const user = userInfo(known.user) as TokenReviewStatus['user'];
    return { authenticated: true, user, audiences: [...known.audiences] };
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    return { user: {}, error: error.message };
  }
}

function reviewSelf(
  { sim }: ServerContext,
  _definition: ResourceDefinition,
  request: ApiRequest,
): SelfSubjectReview {
  const { apiVersion, kind } = selfSubjectReviews;
  const metadata = { creationTimestamp: formatTime(sim.clock.activityMs) };
  const status = { userInfo: userInfo(userOf(request)) };
  return { kind, apiVersion, metadata, status } as unknown as SelfSubjectReview;
}

function userInfo({ username, uid, groups, extra }: UserInfo): object {
  return {
    username,
    ...(uid && { uid }),
    ...(groups?.length && { groups }),
    ...(extra && Object.keys(extra).length > 0 && { extra }),
  };
}
