import { beforeAll, describe, expect, it } from 'vitest';
import { podDisruptionBudgets } from '../../api/extension-refs';
import { complaints, complaintsText } from '../../testing/complaints';
import { startCluster, type ControllerCluster } from '../../testing/controllers';

let cluster: ControllerCluster;
beforeAll(() => {
  cluster = startCluster();
});

function request(verb: string, body: unknown, subresource = ''): never {
  const name = verb === 'create' ? '' : 'b';
  const options = { dryRun: true };
  const place = { ref: podDisruptionBudgets, namespace: 'default', name, subresource };
  return { actor: 'test', verb, body, options, ...place } as never;
}

const metadata = { name: 'b', namespace: 'default' };

const CREATED: Record<string, object> = {
  'nothing at all': {},
  'a count': { minAvailable: 1 },
  'a share': { maxUnavailable: '25%' },
  'both kinds': { minAvailable: 1, maxUnavailable: '25%' },
  'negative counts': { minAvailable: -1 },
  'a share of more than all': { maxUnavailable: '101%' },
  'no share': { maxUnavailable: 'some' },
  'a share without a sign': { minAvailable: '10' },
  'a bad selector': {
    selector: {
      matchLabels: { '-a': 'b', c: 'd e' },
      matchExpressions: [{ key: 'k', operator: 'In' }],
    },
  },
  'an empty requirement': { selector: { matchExpressions: [{}] } },
  'an unknown policy': { unhealthyPodEvictionPolicy: 'Sometimes' },
  'a known policy': { unhealthyPodEvictionPolicy: 'AlwaysAllow' },
};

const counts = { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 };
const condition = {
  type: 'DisruptionAllowed',
  status: 'True',
  reason: 'SufficientPods',
  message: '',
  lastTransitionTime: '2026-01-01T00:00:00Z',
};

const REPORTED: Record<string, object> = {
  counts,
  'negative counts': {
    disruptionsAllowed: -1,
    currentHealthy: -1,
    desiredHealthy: -1,
    expectedPods: -1,
  },
  'a condition': { ...counts, conditions: [condition] },
  'a condition twice': { ...counts, conditions: [condition, condition] },
  'an empty condition': { ...counts, conditions: [{}] },
  'a condition with bad parts': {
    ...counts,
    conditions: [
      { ...condition, type: 'not a type', status: 'Yes', reason: '-', observedGeneration: -1 },
    ],
  },
};

function report(status: object): string[] {
  const { client } = cluster;
  const made = client.create(podDisruptionBudgets, { metadata, spec: {} } as never);
  const body = { ...made, status };
  const found = complaints(() => cluster.server.request(request('update', body, 'status')));
  client.delete(podDisruptionBudgets, 'default', 'b');
  return found;
}

describe('what the server says', () => {
  it('to new budgets', async () => {
    const text = complaintsText(CREATED, (spec) =>
      complaints(() => cluster.server.request(request('create', { metadata, spec }))),
    );
    await expect(text).toMatchFileSnapshot('fixtures/budgets-created.txt');
  });

  it('to what is reported of budgets', async () => {
    const text = complaintsText(REPORTED, report);
    await expect(text).toMatchFileSnapshot('fixtures/budgets-reported.txt');
  });
});
