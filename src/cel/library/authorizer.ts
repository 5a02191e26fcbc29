// `authorizer`: questions to the cluster's authorizer from within an expression.
// Upstream: apiserver/pkg/cel/library/authz.go.
import { dnsLabel, dnsSubdomain } from '../../api/names';
import type { Library } from '../overload';
import { CelError, OpaqueValue } from '../values';

const PREFIX = 'kubernetes.authorization.';
const AUTHORIZER = `${PREFIX}Authorizer`;
const PATH = `${PREFIX}PathCheck`;
const GROUP = `${PREFIX}GroupCheck`;
const RESOURCE = `${PREFIX}ResourceCheck`;
const DECISION = `${PREFIX}Decision`;

/** What is asked: either a path or a resource, with a verb. */
export interface AuthorizationQuestion {
  readonly verb: string;
  readonly path?: string;
  readonly group?: string;
  readonly resource?: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly fieldSelector?: string;
  readonly labelSelector?: string;
  /** Asks for this service account ('namespace/name') and not for who makes the request. */
  readonly serviceAccount?: string;
}

export interface AuthorizationAnswer {
  readonly allowed: boolean;
  readonly reason: string;
  readonly error?: string;
}

export type Authorize = (question: AuthorizationQuestion) => AuthorizationAnswer;

interface Asking {
  readonly authorize: Authorize;
  readonly question: Omit<AuthorizationQuestion, 'verb'>;
}

/** The value of the variable `authorizer`. */
export function authorizerValue(authorize: Authorize): OpaqueValue {
  return new OpaqueValue(AUTHORIZER, { authorize, question: {} } satisfies Asking);
}

/** The value of `authorizer.requestResource`. */
export function resourceCheckValue(
  authorize: Authorize,
  question: Omit<AuthorizationQuestion, 'verb'>,
): OpaqueValue {
  return new OpaqueValue(RESOURCE, { authorize, question } satisfies Asking);
}

function refine(
  id: string,
  from: string,
  to: string,
  field: keyof AuthorizationQuestion,
  isRequired = false,
) {
  const run = ({ content }: OpaqueValue, text: string): OpaqueValue => {
    if (isRequired && text.trim() === '') throw new CelError(`${field} must not be empty`);
    const { authorize, question } = content as Asking;
    return new OpaqueValue(to, { authorize, question: { ...question, [field]: text } });
  };
  return [[id, `${from}.(string) -> ${to}`, run]] as const;
}

function check(id: string, from: string) {
  const run = ({ content }: OpaqueValue, verb: string): OpaqueValue => {
    const { authorize, question } = content as Asking;
    return new OpaqueValue(DECISION, authorize({ ...question, verb }));
  };
  return [id, `${from}.(string) -> ${DECISION}`, run] as const;
}

const answer = ({ content }: OpaqueValue): AuthorizationAnswer => content as AuthorizationAnswer;

export const authorizerLibrary: Library = {
  path: refine('authorizer_path', AUTHORIZER, PATH, 'path', true),
  group: refine('authorizer_group', AUTHORIZER, GROUP, 'group'),
  resource: refine('groupcheck_resource', GROUP, RESOURCE, 'resource', true),
  subresource: refine('resourcecheck_subresource', RESOURCE, RESOURCE, 'subresource'),
  namespace: refine('resourcecheck_namespace', RESOURCE, RESOURCE, 'namespace'),
  name: refine('resourcecheck_name', RESOURCE, RESOURCE, 'name'),
  fieldSelector: refine('authorizer_fieldselector', RESOURCE, RESOURCE, 'fieldSelector'),
  labelSelector: refine('authorizer_labelselector', RESOURCE, RESOURCE, 'labelSelector'),
  serviceAccount: [
    [
      'authorizer_serviceaccount',
      `${AUTHORIZER}.(string, string) -> ${AUTHORIZER}`,
      forServiceAccount,
    ],
  ],
  check: [check('pathcheck_check', PATH), check('resourcecheck_check', RESOURCE)],
  allowed: [
    ['decision_allowed', `${DECISION}.() -> bool`, (value: OpaqueValue) => answer(value).allowed],
  ],
  reason: [
    ['decision_reason', `${DECISION}.() -> string`, (value: OpaqueValue) => answer(value).reason],
  ],
  errored: [
    [
      'decision_errored',
      `${DECISION}.() -> bool`,
      (value: OpaqueValue) => answer(value).error !== undefined,
    ],
  ],
  error: [
    [
      'decision_error',
      `${DECISION}.() -> string`,
      (value: OpaqueValue) => answer(value).error ?? '',
    ],
  ],
};

function forServiceAccount({ content }: OpaqueValue, namespace: string, name: string): OpaqueValue {
  if (dnsSubdomain(name).length > 0) throw new CelError('Invalid service account name');
  if (dnsLabel(namespace).length > 0) throw new CelError('Invalid service account namespace');
  const { authorize, question } = content as Asking;
  const serviceAccount = `${namespace}/${name}`;
  return new OpaqueValue(AUTHORIZER, { authorize, question: { ...question, serviceAccount } });
}
