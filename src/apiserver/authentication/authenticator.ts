// Who sends a request, by its bearer token: one of the fixed tokens, one for joining, or a service
// account's, bound or out of a Secret. Client certificates are the host's affair, who holds the
// connection.
// Where the real one differs: tokens are checked by signing their claims again.
// Upstream: pkg/kubeapiserver/authenticator, pkg/serviceaccount/jwt.go.
import { quoteList } from '../authorization/rule-cover';
import type { TokenKey } from '../../api/cluster-keys';
import type { UserInfo } from '../../client/transport';
import type { ServerContext } from '../context';
import { bootstrapUser } from './bootstrap-tokens';
import { isSignedBy, readClaims, type Claims } from './jwt';
import {
  ISSUER,
  LEGACY_ISSUER,
  TokenError,
  userOfBoundClaims,
  userOfLegacyClaims,
} from './service-account-claims';
import { standInTokenKey } from './stand-in-token-key';

declare module '../context' {
  interface Services {
    authenticator?: Authenticator;
  }
}

export const AUTHENTICATED = 'system:authenticated';
const INVALID = 'invalid bearer token';

export interface Authenticated {
  readonly user: UserInfo;
  /** Those of the asked audiences that the token is for. */
  readonly audiences: readonly string[];
}

export class Authenticator {
  /** Tokens that never change, with their users: the administrator's. */
  staticTokens: ReadonlyMap<string, UserInfo> = new Map();
  tokenKey: TokenKey = standInTokenKey;

  constructor(private readonly context: ServerContext) {}

  /** Throws TokenError with the words of a TokenReview when nobody is known by this token. */
  authenticate(token: string, audiences: readonly string[] = [ISSUER]): Authenticated {
    const { store, sim } = this.context;
    const fixed = this.staticTokens.get(token) ?? bootstrapUser(token, store, sim.clock.activityMs);
    if (fixed) return { user: withAuthenticated(fixed), audiences };
    const claims = readClaims(token);
    const issuer = claims?.iss;
    if (!claims || (issuer !== ISSUER && issuer !== LEGACY_ISSUER)) throw new TokenError(INVALID);
    try {
      if (!isSignedBy(token, this.tokenKey)) {
        throw new TokenError('go-jose/go-jose: error in cryptographic primitive');
      }
      const agreed = agreedAudiences(claims, audiences);
      return { user: withAuthenticated(this.userOf(claims, token)), audiences: agreed };
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      throw new TokenError(`[${INVALID}, ${error.message}]`);
    }
  }

  private userOf(claims: Claims, token: string): UserInfo {
    const { store, sim } = this.context;
    return claims.iss === LEGACY_ISSUER
      ? userOfLegacyClaims(claims, token, store)
      : userOfBoundClaims(claims, store, sim.clock.activityMs);
  }
}

/** The server's authenticator; made when first asked for. */
export function authenticatorOf(context: ServerContext): Authenticator {
  return (context.services.authenticator ??= new Authenticator(context));
}

/** Adds the group that everybody who is known is in. */
export function withAuthenticated(user: UserInfo): UserInfo {
  const { groups = [] } = user;
  return groups.includes(AUTHENTICATED) ? user : { ...user, groups: [...groups, AUTHENTICATED] };
}

function agreedAudiences({ aud }: Claims, asked: readonly string[]): readonly string[] {
  // Tokens out of Secrets are for the API server alone, without saying so.
  const own = Array.isArray(aud) ? (aud as string[]) : typeof aud === 'string' ? [aud] : [ISSUER];
  const agreed = own.filter((audience) => asked.includes(audience));
  if (agreed.length > 0) return agreed;
  const [is, wants] = [quoteList(own), quoteList(asked)];
  throw new TokenError(`token audiences ${is} is invalid for the target audiences ${wants}`);
}
