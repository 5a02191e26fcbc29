// The token controller: a Secret of type service-account-token gets its account's token, the
// cluster's CA and its namespace, and goes when the account is not there or is another one by now.
// Upstream: pkg/controller/serviceaccount/tokens_controller.go.
import { encodeBase64 } from '../../api/base64';
import { isNotFound } from '../../api/status-error';
import { secrets, serviceAccounts } from '../../api/resource-ref';
import type { Secret, ServiceAccount } from '../../api/types';
import type { Informer } from '../../client/informer';
import type { Controller, ControllerContext } from '../controller';

const TYPE = 'kubernetes.io/service-account-token';
const NAME = 'kubernetes.io/service-account.name';
const UID = 'kubernetes.io/service-account.uid';

/** What of the cluster goes into a Secret. */
export interface TokenParts {
  /** PEM of the cluster's certificate authority. */
  readonly rootCertificate: string;
  /** A token without an end that lives in the Secret of this name. */
  legacyToken(account: ServiceAccount, secretName: string): string;
}

export function serviceAccountTokenController(parts: TokenParts): Controller {
  return {
    name: 'serviceaccount-token',
    eventSource: 'serviceaccount-token-controller',
    workers: 5,
    start(context) {
      const known = context.watch(
        secrets,
        {
          added: enqueueSecret(context),
          updated: enqueueSecret(context),
          deleted: (secret) => forget(context, accounts, secret),
        },
        { fieldSelector: `type=${TYPE}` },
      );
      known.addIndex('account', (secret) => [accountKey(secret)]);
      const enqueueTokens = ({ metadata }: ServiceAccount): void => {
        const { namespace, name } = metadata;
        for (const secret of known.byIndex('account', `${namespace}/${name}`)) {
          context.enqueue(`${namespace}/${secret.metadata.name}`);
        }
      };
      const accounts = context.watch(serviceAccounts, {
        added: enqueueTokens,
        deleted: enqueueTokens,
      });
      return { reconcile: (key) => reconcile(context, parts, known, accounts, key) };
    },
  };
}

function enqueueSecret(context: ControllerContext): (secret: Secret) => void {
  return ({ metadata }) => context.enqueue(`${metadata.namespace}/${metadata.name}`);
}

function accountKey({ metadata }: Secret): string {
  return `${metadata.namespace}/${metadata.annotations?.[NAME] ?? ''}`;
}

function reconcile(
  { client }: ControllerContext,
  parts: TokenParts,
  known: Informer<Secret>,
  accounts: Informer<ServiceAccount>,
  key: string,
): void {
  const secret = known.get(key);
  if (!secret) return;
  const { namespace = '', name, uid, annotations } = secret.metadata;
  const account = accounts.get(accountKey(secret)) ?? liveAccount(client, secret);
  const wantedUid = annotations?.[UID];
  if (!account || (wantedUid && wantedUid !== account.metadata.uid)) {
    client.delete(secrets, namespace, name, { preconditions: { uid } });
    return;
  }
  const filled = withToken(secret, account, parts);
  if (filled !== secret) client.update(secrets, filled);
}

/** Takes a Secret that has gone off its account's list. */
function forget(
  { client }: ControllerContext,
  accounts: Informer<ServiceAccount>,
  secret: Secret,
): void {
  const account = accounts.get(accountKey(secret));
  const { name, annotations } = secret.metadata;
  const uid = annotations?.[UID];
  const isListed = account?.secrets?.some((each) => each.name === name);
  if (!account || !isListed || (uid && uid !== account.metadata.uid)) return;
  const left = account.secrets!.filter((each) => each.name !== name);
  client.update(serviceAccounts, { ...account, secrets: left.length > 0 ? left : undefined });
}

/** The cache may be behind: before a Secret is deleted the server is asked. */
function liveAccount(
  client: ControllerContext['client'],
  { metadata }: Secret,
): ServiceAccount | undefined {
  const name = metadata.annotations?.[NAME] ?? '';
  try {
    return client.get(serviceAccounts, metadata.namespace ?? '', name);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    return undefined;
  }
}

function withToken(secret: Secret, account: ServiceAccount, parts: TokenParts): Secret {
  const { namespace = '', name, annotations } = secret.metadata;
  const data = secret.data ?? {};
  const certificate = encodeBase64(parts.rootCertificate);
  if (data['ca.crt'] === certificate && data.namespace && data.token) return secret;
  const home = data.namespace || encodeBase64(namespace);
  const token = data.token || encodeBase64(parts.legacyToken(account, name));
  const { uid, name: accountName } = account.metadata;
  return {
    ...secret,
    metadata: {
      ...secret.metadata,
      annotations: { ...annotations, [NAME]: accountName, [UID]: uid },
    },
    data: { ...data, 'ca.crt': certificate, namespace: home, token },
  };
}
