import { beforeEach, expect, test } from 'vitest';
import { decodeBase64 } from '../../api/base64';
import { secrets, serviceAccounts } from '../../api/resource-ref';
import type { Secret, ServiceAccount } from '../../api/types';
import { startCluster, type ControllerCluster } from '../../testing/controllers';
import { serviceAccountTokenController } from './secret-tokens';

const TYPE = 'kubernetes.io/service-account-token';
const UID = 'kubernetes.io/service-account.uid';

let cluster: ControllerCluster;
beforeEach(() => {
  const controller = serviceAccountTokenController({
    rootCertificate: 'ROOT',
    legacyToken: ({ metadata }, secretName) => `token of ${metadata.name} in ${secretName}`,
  });
  cluster = startCluster({ extension: [controller] });
});

function makeAccount(name: string): ServiceAccount {
  return cluster.client.create(serviceAccounts, {
    metadata: { name, namespace: 'default' },
  } as never);
}

function makeSecret(account: string, extra: { uid?: string; data?: object } = {}): void {
  const annotations = {
    'kubernetes.io/service-account.name': account,
    ...(extra.uid && { [UID]: extra.uid }),
  };
  cluster.client.create(secrets, {
    metadata: { name: 's', namespace: 'default', annotations },
    type: TYPE,
    ...(extra.data && { data: extra.data }),
  } as never);
}

function secret(): Secret | undefined {
  cluster.sim.clock.runFor(2000);
  return cluster.client.list(secrets, 'default').items[0];
}

function textsOf(data: Secret['data']): Record<string, string> {
  const pairs = Object.entries(data ?? {}).map(([key, text]) => [key, decodeBase64(text)]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

test('a Secret gets the token, the certificate, the namespace and whose it is', () => {
  const { uid } = makeAccount('robot').metadata;
  makeSecret('robot');
  const made = secret()!;
  expect(textsOf(made.data)).toEqual({
    'ca.crt': 'ROOT',
    namespace: 'default',
    token: 'token of robot in s',
  });
  expect(made.metadata.annotations?.[UID]).toBe(uid);
});

test('its account need not be there when it is made, if it comes at once', () => {
  makeSecret('robot');
  makeAccount('robot');
  expect(textsOf(secret()!.data).token).toBe('token of robot in s');
});

test('a Secret of nobody goes', () => {
  makeSecret('nobody');
  expect(secret()).toBeUndefined();
});

test('a Secret goes with its account', () => {
  makeAccount('robot');
  makeSecret('robot');
  expect(secret()).toBeDefined();
  cluster.client.delete(serviceAccounts, 'default', 'robot');
  expect(secret()).toBeUndefined();
});

test('a Secret of an earlier account of that name goes', () => {
  makeAccount('robot');
  makeSecret('robot', { uid: 'another' });
  expect(secret()).toBeUndefined();
});

test('what somebody takes out comes back, and a token that is there stays', () => {
  makeAccount('robot');
  makeSecret('robot', { data: { token: 'bWluZQ==' } });
  expect(textsOf(secret()!.data).token).toBe('mine');
  cluster.client.patch(secrets, 'default', 's', { data: { 'ca.crt': null } } as never);
  expect(textsOf(secret()!.data)['ca.crt']).toBe('ROOT');
});

test('other Secrets are not its business', () => {
  const annotations = { 'kubernetes.io/service-account.name': 'nobody' };
  cluster.client.create(secrets, {
    metadata: { name: 's', namespace: 'default', annotations },
    type: 'Opaque',
  } as never);
  expect(secret()!.data).toBeUndefined();
});
