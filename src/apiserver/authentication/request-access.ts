// The door of the HTTP front: who asks, as whom, and may they. The plain port is an
// administrator's, as kubectl proxy makes it, unless a request brings a token of its own; on the
// secure port a client is known by its certificate, its token, or not at all.
// Upstream: apiserver/pkg/endpoints/filters/{authentication,authorization}.go.
import { ADMINISTRATOR } from '../../api/administrator';
import { StatusError } from '../../api/status-error';
import type { UserInfo } from '../../client/transport';
import { authorizerOf, isPrivileged } from '../authorization/authorizer';
import { forbiddenError } from '../authorization/forbidden';
import { attributesOf } from '../authorization/request-info';
import type { ServerContext } from '../context';
import type { HttpRequest, RequestAccess } from '../http/http';
import { authenticatorOf, withAuthenticated } from './authenticator';
import { ANONYMOUS, impersonatedUser, UNAUTHENTICATED, type Headers } from './impersonation';
import { TokenError } from './service-account-claims';

const NOBODY: UserInfo = Object.freeze({
  username: ANONYMOUS,
  groups: Object.freeze([UNAUTHENTICATED]),
});

export function requestAccess(context: ServerContext): RequestAccess {
  return {
    admit(request, headers) {
      const known = authenticated(context, request, headers);
      const authorizer = authorizerOf(context);
      const user = impersonatedUser(known, headers, authorizer, request.path);
      if (isPrivileged(user)) return user;
      const attributes = attributesOf(user, request.method, request.path);
      const { allowed, reason } = authorizer.authorize(attributes);
      if (!allowed) throw forbiddenError(attributes, reason);
      return user;
    },
  };
}

function authenticated(
  context: ServerContext,
  { caller }: HttpRequest,
  headers: Headers,
): UserInfo {
  if (caller?.user) return withAuthenticated(caller.user);
  const { authorization } = headers;
  const token = /^bearer +(\S+)\s*$/i.exec(String(authorization ?? ''))?.[1];
  if (token === undefined) return caller ? NOBODY : ADMINISTRATOR;
  try {
    return authenticatorOf(context).authenticate(token).user;
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    throw new StatusError(401, 'Unauthorized', 'Unauthorized');
  }
}
