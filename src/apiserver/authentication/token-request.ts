// serviceaccounts/token: a token for a time, for audiences, and bound to a pod, secret or node when
// asked. Upstream: pkg/registry/core/serviceaccount/storage/token.go.
import { FieldErrors } from '../../api/field-errors';
import type { KubeObject } from '../../api/object';
import { nodes, pods, resourceRef, secrets, serviceAccounts } from '../../api/resource-ref';
import { badRequest, conflict, notFound } from '../../api/status-error';
import { formatTime } from '../../api/time';
import type { Pod, ServiceAccount } from '../../api/types';
import type { ApiRequest } from '../../client/transport';
import type { ResourceDefinition } from '../../resources/definition';
import { reviewDefinition } from '../../resources/review-definition';
import { admitPart } from '../admission/chain';
import type { ServerContext } from '../context';
import { withManagedFields } from '../subresources/reviewed';
import type { SubresourceHandler } from '../subresources/subresource';
import { authenticatorOf } from './authenticator';
import { signToken } from './jwt';
import { boundClaims, ISSUER, type Binding } from './service-account-claims';

interface TokenRequest extends KubeObject {
  spec?: {
    audiences?: string[] | null;
    expirationSeconds?: number | null;
    boundObjectRef?: BoundObjectReference | null;
  };
}

interface BoundObjectReference {
  kind?: string;
  apiVersion?: string;
  name?: string;
  uid?: string;
}

const KIND = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest' };
const tokenRequests = reviewDefinition(
  resourceRef<TokenRequest>(KIND.apiVersion, 'tokenrequests', KIND.kind),
  'tokenrequest',
) as unknown as ResourceDefinition;
const DEFAULT_SECONDS = 3600;
const SHORTEST_SECONDS = 600;
const LONGEST_SECONDS = 2 ** 32;
/** What pods are given: it lives on for a year, so that those who never read it anew go on. */
const POD_SECONDS = 3607;
const EXTENDED_SECONDS = 365 * 24 * 3600;

export const tokenRequestHandler: SubresourceHandler = {
  resource: serviceAccounts.key,
  subresource: 'token',
  verbs: { create: (context, _definition, request) => requestToken(context, request) },
};

function requestToken(context: ServerContext, request: ApiRequest): TokenRequest {
  const { namespace, name } = request;
  const body = admitted(context, request);
  checkIdentity(body, namespace, name);
  const account = context.store.get(serviceAccounts.key, namespace, name);
  if (!account) throw notFound(serviceAccounts, name);
  const { audiences, expirationSeconds, boundObjectRef } = body.spec ?? {};
  const seconds = expirationSeconds ?? DEFAULT_SECONDS;
  checkSeconds(seconds);
  const asked = audiences?.length ? audiences : [ISSUER];
  const binding = boundObjectRef ? bindingOf(context, request, boundObjectRef) : {};
  const nowMs = Math.floor(context.sim.clock.activityMs / 1000) * 1000;
  const isExtended = binding.pod !== undefined && seconds === POD_SECONDS && asked.includes(ISSUER);
  const claims = boundClaims(
    account as ServiceAccount,
    binding,
    asked,
    nowMs,
    isExtended ? { expiration: EXTENDED_SECONDS, warnAfter: seconds } : { expiration: seconds },
    context.random.uuid(),
  );
  const token = signToken(claims, authenticatorOf(context).tokenKey);
  const expirationTimestamp = formatTime(nowMs + seconds * 1000);
  const metadata = { name, namespace, creationTimestamp: formatTime(nowMs) };
  const managed = withManagedFields(context, tokenRequests, request, body);
  return {
    ...KIND,
    metadata: { ...managed.metadata, ...metadata },
    spec: { audiences: asked, expirationSeconds: seconds, boundObjectRef: boundObjectRef ?? null },
    status: { token, expirationTimestamp },
  } as TokenRequest;
}

function admitted(context: ServerContext, request: ApiRequest): TokenRequest {
  const given = request.body as TokenRequest;
  const asked = { ...given, metadata: given.metadata ?? {} };
  return admitPart(context, { ref: serviceAccounts }, request, 'CREATE', asked);
}

function checkIdentity({ metadata }: TokenRequest, namespace: string, name: string): void {
  const errors = new FieldErrors();
  if (metadata?.name && metadata.name !== name) {
    const why = 'must match the service account name if specified';
    errors.invalid('metadata.name', metadata.name, why);
  } else if (metadata?.namespace && metadata.namespace !== namespace) {
    const why = 'must match the service account namespace if specified';
    errors.invalid('metadata.namespace', metadata.namespace, why);
  }
  errors.throwIfAny(KIND.kind, 'authentication.k8s.io', name);
}

function checkSeconds(seconds: number): void {
  const errors = new FieldErrors();
  const path = 'spec.expirationSeconds';
  if (seconds < SHORTEST_SECONDS) {
    errors.invalid(path, seconds, 'may not specify a duration less than 10 minutes');
  }
  if (seconds > LONGEST_SECONDS) {
    errors.invalid(path, seconds, 'may not specify a duration larger than 2^32 seconds');
  }
  errors.throwIfAny(KIND.kind, 'authentication.k8s.io', '');
}

function bindingOf(
  context: ServerContext,
  { namespace, name: accountName }: ApiRequest,
  reference: BoundObjectReference,
): Binding {
  const { kind = '', apiVersion = '', name = '' } = reference;
  const isCore = !apiVersion.includes('/');
  const find = (table: string, place: string, resource: string): KubeObject => {
    const found = context.store.get(table, place, name);
    if (!found) throw notFound({ group: '', resource }, name);
    checkUid(reference, found);
    return found;
  };
  if (isCore && kind === 'Pod') {
    const pod = context.store.get(pods.key, namespace, name) as Pod | undefined;
    if (pod && pod.spec.serviceAccountName !== accountName) {
      throw badRequest(
        `cannot bind token for serviceaccount "${accountName}" to pod running with different ` +
          'serviceaccount name.',
      );
    }
    find(pods.key, namespace, 'pods');
    return { pod: pod!, ...nodeOf(context, pod!) };
  }
  if (isCore && kind === 'Node') return { node: find(nodes.key, '', 'nodes') };
  if (isCore && kind === 'Secret') {
    return { secret: find(secrets.key, namespace, 'secrets') as Binding['secret'] };
  }
  const [group, version] = isCore ? ['', apiVersion] : apiVersion.split('/');
  throw badRequest(`cannot bind token to object of type ${group}/${version}, Kind=${kind}`);
}

/** A pod's token tells its node too; a node that is not there any more by its name alone. */
function nodeOf({ store }: ServerContext, { spec: { nodeName } }: Pod): Binding {
  if (!nodeName) return {};
  const gone = { metadata: { name: nodeName } } as KubeObject;
  return { node: store.get(nodes.key, '', nodeName) ?? gone };
}

function checkUid({ kind = '', name = '', uid }: BoundObjectReference, found: KubeObject): void {
  if (!uid || uid === found.metadata.uid) return;
  const why =
    `the UID in the bound object reference (${uid}) does not match the UID in record. ` +
    'The object might have been deleted and then recreated';
  throw conflict({ group: '', resource: kind }, name, why);
}
