import { beforeEach, expect, test } from 'vitest';
import { configMaps, secrets, serviceAccounts } from '../../api/resource-ref';
import type { Secret } from '../../api/types';
import { createPod } from '../../testing/controller-fixtures';
import { startCluster, type ControllerCluster } from '../../testing/controllers';
import { cleanOldTokens, legacyServiceAccountTokenCleaner } from './legacy-token-cleaner';

const LAST_USED = 'kubernetes.io/legacy-token-last-used';
const INVALID_SINCE = 'kubernetes.io/legacy-token-invalid-since';
const DAY_MS = 24 * 3_600_000;

let cluster: ControllerCluster;
beforeEach(() => {
  cluster = startCluster({ extension: [legacyServiceAccountTokenCleaner] });
});

function trackedSince(since: string): void {
  const name = 'kube-apiserver-legacy-service-account-token-tracking';
  cluster.client.create(configMaps, {
    metadata: { name, namespace: 'kube-system' },
    data: { since },
  } as never);
}

/** The account names the Secret, as it did when Secrets were made automatically. */
function makeToken(labels: Record<string, string>, isNamed = true): void {
  const annotations = { 'kubernetes.io/service-account.name': 'robot' };
  cluster.client.create(serviceAccounts, {
    metadata: { name: 'robot', namespace: 'default' },
    ...(isNamed && { secrets: [{ name: 't' }] }),
  } as never);
  cluster.client.create(secrets, {
    metadata: { name: 't', namespace: 'default', annotations, labels },
    type: 'kubernetes.io/service-account-token',
  } as never);
}

function afterARound(): Secret | undefined {
  cleanOldTokens(cluster.client, cluster.sim.clock.nowMs + 400 * DAY_MS);
  return cluster.client.list(secrets, 'default').items[0];
}

const LONG_AGO = '2001-01-01';

test('what nobody has used for a year is marked, with the day', () => {
  trackedSince(LONG_AGO);
  makeToken({ [LAST_USED]: LONG_AGO });
  expect(afterARound()!.metadata.labels?.[INVALID_SINCE]).toMatch(/^\d{4}-\d\d-\d\d$/);
});

test('what is marked for a year goes', () => {
  trackedSince(LONG_AGO);
  makeToken({ [LAST_USED]: LONG_AGO, [INVALID_SINCE]: LONG_AGO });
  expect(afterARound()).toBeUndefined();
});

test('what was never used is marked too', () => {
  trackedSince(LONG_AGO);
  makeToken({});
  expect(afterARound()!.metadata.labels).toHaveProperty([INVALID_SINCE]);
});

test('what is young is left alone', () => {
  trackedSince(LONG_AGO);
  makeToken({ [LAST_USED]: LONG_AGO, [INVALID_SINCE]: LONG_AGO });
  cleanOldTokens(cluster.client, cluster.sim.clock.nowMs);
  expect(cluster.client.list(secrets, 'default').items).toHaveLength(1);
});

test.each([
  ['tracking is not on', undefined],
  ['tracking is younger than a year', '2999-01-01'],
])('nothing happens while %s', (_, since) => {
  if (since) trackedSince(since);
  makeToken({ [LAST_USED]: LONG_AGO, [INVALID_SINCE]: LONG_AGO });
  expect(afterARound()).toBeDefined();
});

test('a token that somebody made is theirs', () => {
  trackedSince(LONG_AGO);
  makeToken({ [LAST_USED]: LONG_AGO, [INVALID_SINCE]: LONG_AGO }, false);
  expect(afterARound()).toBeDefined();
});

test('a token that a pod mounts stays', () => {
  trackedSince(LONG_AGO);
  makeToken({ [LAST_USED]: LONG_AGO, [INVALID_SINCE]: LONG_AGO });
  createPod(cluster, 'p', {
    spec: { serviceAccountName: 'robot', volumes: [{ name: 'v', secret: { secretName: 't' } }] },
  });
  expect(afterARound()).toBeDefined();
});
