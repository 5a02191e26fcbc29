// What authorization decides upon: who wants to do what to which resource, or on which path.
// Upstream: apiserver/pkg/authorization/authorizer/interfaces.go.
import type { UserInfo } from '../../client/transport';

export interface Attributes {
  readonly user: UserInfo;
  /** 'get', 'list', 'watch', 'create', ..., or for a path the method in lower case. */
  readonly verb: string;
  readonly isResourceRequest: boolean;
  readonly apiGroup: string;
  readonly apiVersion: string;
  readonly resource: string;
  readonly subresource: string;
  /** '' at the cluster scope and for all namespaces. */
  readonly namespace: string;
  /** '' when the request is not about one object. */
  readonly name: string;
  readonly path: string;
  /** What the field selector of a list, watch or deletecollection asks to be equal. */
  readonly fieldEquals?: Readonly<Record<string, string>>;
}

/** The answer of an authorizer; without `allowed` another may still allow it. */
export interface Decision {
  readonly allowed: boolean;
  /** '' when there is nothing to say. */
  readonly reason: string;
}

export const ALLOWED: Decision = { allowed: true, reason: '' };

/** The attributes of a request for a resource, from the few that matter. */
export function resourceAttributes(
  user: UserInfo,
  verb: string,
  some: Partial<Attributes>,
): Attributes {
  return { ...EMPTY, ...some, user, verb, isResourceRequest: true };
}

/** The attributes of a request for a path that is no resource. */
export function pathAttributes(user: UserInfo, verb: string, path: string): Attributes {
  return { ...EMPTY, user, verb, path };
}

const EMPTY = {
  isResourceRequest: false,
  apiGroup: '',
  apiVersion: '',
  resource: '',
  subresource: '',
  namespace: '',
  name: '',
  path: '',
};
