// A request as the variables of expressions: object, oldObject, request, namespaceObject and
// authorizer. Upstream: apiserver/pkg/admission/plugin/cel/{activation,condition}.go.
import type { KubeObject } from '../../../api/object';
import { namespaces } from '../../../api/resource-ref';
import type { Variables } from '../../../cel/evaluator';
import { fromJson } from '../../../cel/json-values';
import {
  authorizerValue,
  resourceCheckValue,
  type AuthorizationAnswer,
  type AuthorizationQuestion,
} from '../../../cel/library/authorizer';
import { DYN } from '../../../cel/types';
import type { CelValue } from '../../../cel/values';
import {
  NAMESPACE_TYPE,
  REQUEST_TYPE,
} from '../../../resources/admissionregistration/policy-expressions';
import { pathAttributes, resourceAttributes } from '../../authorization/attributes';
import { authorizerOf } from '../../authorization/authorizer';
import { userOf } from '../../authorization/user-of-actor';
import type { AdmissionRequest } from '../chain';

/** Each value is made when an expression first reads it. */
export function requestVariables(object: KubeObject, request: AdmissionRequest): Variables {
  const { operation, old, ref, subresource, namespace, name } = request;
  const isDelete = operation === 'DELETE';
  const lazy = (json: () => unknown, type = DYN): (() => CelValue) => {
    let value: CelValue | undefined;
    return () => (value ??= fromJson(json(), type));
  };
  const authorize = (question: AuthorizationQuestion): AuthorizationAnswer =>
    answerOf(question, request);
  return {
    object: lazy(() => (isDelete ? null : object)),
    oldObject: lazy(() => old ?? null),
    request: lazy(() => admissionReviewRequest(object, request), REQUEST_TYPE),
    namespaceObject: lazy(() => namespaceOf(request), NAMESPACE_TYPE),
    authorizer: () => authorizerValue(authorize),
    'authorizer.requestResource': () =>
      resourceCheckValue(authorize, {
        group: ref.group,
        resource: ref.resource,
        subresource,
        namespace,
        name: name || object.metadata.name,
      }),
  };
}

/** What a webhook would be sent, without the objects. */
function admissionReviewRequest(object: KubeObject, request: AdmissionRequest): object {
  const { ref, subresource, namespace, name, operation } = request;
  const { group, version, resource } = ref;
  const kind = kindOf(object, request);
  const { username, uid, groups = [], extra } = userOf(request.request);
  return {
    kind,
    resource: { group, version, resource },
    subResource: subresource,
    requestKind: kind,
    requestResource: { group, version, resource },
    requestSubResource: subresource,
    name: name || object.metadata.name,
    namespace,
    operation,
    userInfo: { username, ...(uid && { uid }), groups, ...(extra && { extra }) },
    dryRun: request.request.options.dryRun === true,
    options: null,
  };
}

/** Of a subresource in a shape of its own, such as a Scale, that shape. */
function kindOf({ apiVersion, kind }: KubeObject, { ref, subresource }: AdmissionRequest): object {
  if (!subresource || subresource === 'status' || !apiVersion) {
    return { group: ref.group, version: ref.version, kind: ref.kind };
  }
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  return { group, version, kind };
}

function namespaceOf({ ref, namespace, store }: AdmissionRequest): object | null {
  if (!ref.namespaced) return null;
  return store.get(namespaces.key, '', namespace) ?? null;
}

function answerOf(
  { serviceAccount, path, verb, ...question }: AuthorizationQuestion,
  { context, request }: AdmissionRequest,
): AuthorizationAnswer {
  const [home, account] = serviceAccount?.split('/') ?? [];
  const user =
    serviceAccount === undefined
      ? userOf(request)
      : {
          username: `system:serviceaccount:${home}:${account}`,
          groups: [
            'system:serviceaccounts',
            `system:serviceaccounts:${home}`,
            'system:authenticated',
          ],
        };
  const { group: apiGroup = '', resource, subresource, namespace, name } = question;
  const some = { apiGroup, resource, subresource, namespace, name };
  const attributes =
    path === undefined ? resourceAttributes(user, verb, some) : pathAttributes(user, verb, path);
  const { allowed, reason } = authorizerOf(context).authorize(attributes);
  return { allowed, reason };
}
