import { describe, expect, it } from 'vitest';
import { mergePatch, NAMESPACE, playedPair, type Actions } from '../../testing/controller-pairs';

const PATH = `/apis/batch/v1/namespaces/${NAMESPACE}/jobs/j`;

/** A Job 'j'; parts of the pod's template beside it. */
function job(spec: object = {}, metadata: object = {}, podSpec: object = {}): Actions[number] {
  const containers = [{ name: 'main', image: 'app:1' }];
  const template = { metadata, spec: { restartPolicy: 'Never', containers, ...podSpec } };
  return {
    apply: {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'j' },
      spec: { template, ...spec },
    },
  };
}

const indexed = (completions: number, spec: object = {}): object => ({
  completions,
  parallelism: completions,
  completionMode: 'Indexed',
  ...spec,
});

function failed(count: number, exitCode = 1): Actions[number] {
  return { setPods: { phase0: 'Pending', phase: 'Failed', count, exitCode } };
}

function succeeded(count: number, phase0 = 'Pending'): Actions[number] {
  return { setPods: { phase0, phase: 'Succeeded', count } };
}

const started: Actions = [{ sleepMs: 1_000 }];
const change = (body: object): Actions[number] => mergePatch(PATH, body);

const pairs: [what: string, name: string, actions: Actions][] = [
  [
    'gives up when more indexes failed than it may lose',
    'max-failed-indexes',
    [
      job(indexed(3, { backoffLimitPerIndex: 0, maxFailedIndexes: 1 })),
      ...started,
      failed(1),
      { snapshot: 'one index failed' },
      failed(1),
      { snapshot: 'two indexes failed' },
    ],
  ],
  [
    'tries a failed index again, in its own pace, until its own limit',
    'backoff-per-index',
    [
      job(indexed(2, { backoffLimitPerIndex: 1 })),
      ...started,
      failed(1),
      { snapshot: 'waiting' },
      { sleepMs: 10_000 },
      { snapshot: 'again' },
      failed(1),
      { snapshot: 'lost' },
    ],
  ],
  [
    'ends the rest once its success policy is met',
    'success-policy',
    [
      job(indexed(3, { successPolicy: { rules: [{ succeededIndexes: '0' }] } })),
      ...started,
      succeeded(1),
      { snapshot: 'met' },
    ],
  ],
  [
    'fails an index at once when the policy of failures says so',
    'fail-index',
    [
      job(
        indexed(2, {
          backoffLimitPerIndex: 5,
          podFailurePolicy: {
            rules: [{ action: 'FailIndex', onExitCodes: { operator: 'In', values: [13] } }],
          },
        }),
      ),
      ...started,
      failed(1, 13),
      { snapshot: 'index failed' },
      succeeded(1),
      { snapshot: 'the other one done' },
    ],
  ],
  [
    'without completions makes no more pods after the first success',
    'work-queue',
    [
      job({ parallelism: 3 }),
      ...started,
      succeeded(1),
      { snapshot: 'one done' },
      succeeded(2),
      { snapshot: 'all done' },
    ],
  ],
  [
    'shrinks with its parallelism where it is elastic',
    'elastic',
    [
      job(indexed(3)),
      ...started,
      change({ spec: { completions: 1, parallelism: 1 } }),
      { snapshot: 'shrunk' },
      succeeded(1),
      { snapshot: 'done' },
    ],
  ],
  [
    'that somebody else manages is left alone',
    'managed-by',
    [job({ managedBy: 'example.com/other' }), { snapshot: 'left alone' }],
  ],
  [
    'past its deadline announces its failure before its pods have gone',
    'deadline',
    [
      job({ activeDeadlineSeconds: 5 }),
      { sleepMs: 2_000 },
      { snapshot: 'young' },
      { sleepMs: 6_000 },
      { snapshot: 'old' },
    ],
  ],
  [
    'waits in suspense and starts with the template as changed meanwhile',
    'suspended-template',
    [
      job({ suspend: true }),
      { snapshot: 'suspended' },
      change({ spec: { suspend: false, template: { spec: { nodeSelector: { disk: 'fast' } } } } }),
      { snapshot: 'resumed' },
    ],
  ],
  [
    'with a selector of its own adopts a pod and lets it go with its label',
    'adopt-and-release',
    [
      {
        apply: {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: 'orphan', labels: { app: 'j' } },
          spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'app:1' }] },
        },
      },
      job(
        { manualSelector: true, selector: { matchLabels: { app: 'j' } } },
        { labels: { app: 'j' } },
      ),
      { snapshot: 'adopted' },
      mergePatch(`/api/v1/namespaces/${NAMESPACE}/pods/orphan`, {
        metadata: { labels: { app: 'other' } },
      }),
      { snapshot: 'released' },
    ],
  ],
];

describe('a Job', () => {
  it.each(pairs)('%s', async (_, name, actions) => {
    const text = playedPair(actions, ['Job', 'Pod']);
    await expect(text).toMatchFileSnapshot(`pairs/${name}.yaml`);
  });
});
