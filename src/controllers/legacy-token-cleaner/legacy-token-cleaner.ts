// The cleaner of old tokens: once a day it marks the Secrets that accounts were given automatically
// (before 1.24) and that nobody has used for a year, and deletes those marked for a year.
// Upstream: pkg/controller/serviceaccount/legacy_serviceaccount_token_cleaner.go.
import { secretNames } from '../../api/pod-references';
import { configMaps, pods, secrets, serviceAccounts } from '../../api/resource-ref';
import { isNotFound } from '../../api/status-error';
import { formatTime, parseTime } from '../../api/time';
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
    round();
    return { reconcile: () => cleanOldTokens(client, sim.clock.activityMs) };
  },
};

/** One round. */
export function cleanOldTokens(client: Client, nowMs: number): void {
  const since = trackedSince(client);
  // The day on which it began does not count.
  if (Number.isNaN(since) || nowMs < since + DAY_MS + YEAR_MS) return;
  const yearAgo = dateOf(nowMs - YEAR_MS);
  for (const secret of client.list(secrets).items) {
    if (secret.type === TYPE && isOld(secret, nowMs) && isGiven(client, secret)) {
      treat(client, secret, yearAgo, dateOf(nowMs));
    }
  }
}

/** Made more than a year ago, and not used for as long; what was never used has no label. */
function isOld({ metadata }: Secret, nowMs: number): boolean {
  const { creationTimestamp, deletionTimestamp, labels } = metadata;
  if (deletionTimestamp || parseTime(creationTimestamp) >= nowMs - YEAR_MS) return false;
  const lastUsed = labels?.[LAST_USED];
  return lastUsed === undefined || (isDate(lastUsed) && lastUsed < dateOf(nowMs - YEAR_MS));
}

/** Whether its account lists it, as it did when Secrets were made unasked, and no pod uses it. */
function isGiven(client: Client, { metadata }: Secret): boolean {
  const { namespace = '', name, annotations } = metadata;
  const account = found(() =>
    client.get(
      serviceAccounts,
      namespace,
      annotations?.['kubernetes.io/service-account.name'] ?? '',
    ),
  );
  const uid = annotations?.['kubernetes.io/service-account.uid'];
  if (!account || (uid && uid !== account.metadata.uid)) return false;
  if (!account.secrets?.some((each) => each.name === name)) return false;
  const all = client.list(pods, namespace).items;
  return !all.some((pod) => secretNames(pod.spec).includes(name));
}

function treat(client: Client, { metadata }: Secret, yearAgo: string, today: string): void {
  const { namespace = '', name, labels, resourceVersion } = metadata;
  const invalidSince = labels?.[INVALID_SINCE] ?? '';
  if (!isDate(invalidSince)) {
    client.patch(secrets, namespace, name, { metadata: { labels: { [INVALID_SINCE]: today } } });
  } else if (invalidSince < yearAgo) {
    found(() => client.delete(secrets, namespace, name, { preconditions: { resourceVersion } }));
  }
}

/** NaN while it is not known. */
function trackedSince(client: Client): number {
  const since = found(() => client.get(configMaps, 'kube-system', TRACKING))?.data?.since;
  return since && isDate(since) ? parseTime(`${since}T00:00:00Z`) : Number.NaN;
}

function found<T>(get: () => T): T | undefined {
  try {
    return get();
  } catch (error) {
    if (!isNotFound(error)) throw error;
    return undefined;
  }
}

function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(parseTime(`${text}T00:00:00Z`));
}

function dateOf(ms: number): string {
  return formatTime(ms).slice(0, 10);
}
