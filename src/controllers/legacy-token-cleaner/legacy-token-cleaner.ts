// The cleaner of old tokens: once a day it marks the Secrets that accounts were given automatically
// (before 1.24) and that nobody has used for a year, and deletes those marked for a year.
// Upstream: pkg/controller/serviceaccount/legacy_serviceaccount_token_cleaner.go.
import { configMaps, pods, secrets, serviceAccounts } from '../../api/resource-ref';
import { isNotFound } from '../../api/status-error';
import { formatTime } from '../../api/time';
import type { Secret } from '../../api/types';
import type { Client } from '../../client/client';
import type { Controller } from '../controller';

const DAY_MS = 24 * 3_600_000;
const YEAR_MS = 365 * DAY_MS;
const TYPE = 'kubernetes.io/service-account-token';
const TRACKING = 'kube-apiserver-legacy-service-account-token-tracking';
const LAST_USED = 'kubernetes.io/legacy-token-last-used';
const INVALID_SINCE = 'kubernetes.io/legacy-token-invalid-since';

export const legacyServiceAccountTokenCleaner: Controller = {
  name: 'legacy-serviceaccount-token-cleaner',
  eventSource: 'legacy-service-account-token-cleaner',
  workers: 1,
  start({ client, sim, scope, enqueue }) {
    const round = (): void => {
      enqueue('round');
      scope.after(DAY_MS, round);
    };
    scope.after(DAY_MS, round);
    return { reconcile: () => cleanOldTokens(client, sim.clock.activityMs) };
  },
};

/** One round. */
export function cleanOldTokens(client: Client, nowMs: number): void {
  const yearAgo = formatTime(nowMs - YEAR_MS).slice(0, 10);
  const since = trackedSince(client);
  if (since === undefined || since > yearAgo) return;
  for (const account of client.list(serviceAccounts).items) {
    const namespace = account.metadata.namespace ?? '';
    for (const { name = '' } of account.secrets ?? []) {
      const secret = find(client, namespace, name);
      if (secret?.type !== TYPE || isMounted(client, namespace, name)) continue;
      treat(client, secret, yearAgo, formatTime(nowMs).slice(0, 10));
    }
  }
}

function treat(client: Client, secret: Secret, yearAgo: string, today: string): void {
  const { namespace = '', name, labels, creationTimestamp } = secret.metadata;
  const invalidSince = labels?.[INVALID_SINCE];
  if (invalidSince !== undefined) {
    if (invalidSince <= yearAgo) client.delete(secrets, namespace, name);
    return;
  }
  const lastUsed = labels?.[LAST_USED] ?? creationTimestamp.slice(0, 10);
  if (lastUsed > yearAgo) return;
  client.patch(secrets, namespace, name, { metadata: { labels: { [INVALID_SINCE]: today } } });
}

function trackedSince(client: Client): string | undefined {
  try {
    return client.get(configMaps, 'kube-system', TRACKING).data?.since;
  } catch (error) {
    if (!isNotFound(error)) throw error;
    return undefined;
  }
}

function find(client: Client, namespace: string, name: string): Secret | undefined {
  try {
    return client.get(secrets, namespace, name);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    return undefined;
  }
}

function isMounted(client: Client, namespace: string, name: string): boolean {
  return client
    .list(pods, namespace)
    .items.some(({ spec }) => spec.volumes?.some(({ secret }) => secret?.secretName === name));
}
