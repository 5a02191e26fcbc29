import { beforeEach, describe, expect, it } from 'vitest';
import { podDisruptionBudgets } from '../../api/extension-refs';
import { pods } from '../../api/resource-ref';
import { StatusError } from '../../api/status-error';
import type { Pod } from '../../api/types';
import type { PodDisruptionBudget } from '../../api/extension-types';
import { createPod } from '../../testing/controller-fixtures';
import { startCluster, type ControllerCluster } from '../../testing/controllers';

let cluster: ControllerCluster;
beforeEach(() => {
  cluster = startCluster();
  // The namespace gets its account; then no time passes, so that nobody counts budgets.
  cluster.sim.clock.runFor(1_000);
});

const VIOLATION = "Cannot evict pod as it would violate the pod's disruption budget.";

/** A pod of that phase, ready or not. */
function pod(name: string, status: object = { phase: 'Running' }, isReady = true): Pod {
  const made = createPod(cluster, name, { labels: { app: 'web' }, nodeName: 'n1' });
  const condition = { type: 'Ready', status: isReady ? 'True' : 'False' };
  const body = { status: { ...status, conditions: [condition] } };
  cluster.client.patch(pods, 'default', name, body, { subresource: 'status' });
  return made;
}

function budget(status: object, name = 'web', spec: object = { minAvailable: 1 }): void {
  cluster.client.create(podDisruptionBudgets, {
    metadata: { name, namespace: 'default' },
    spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
  } as never);
  const body = { status: { observedGeneration: 1, ...status } };
  const options = { subresource: 'status', patchType: 'merge' } as const;
  cluster.client.patch(podDisruptionBudgets, 'default', name, body, options);
}

const counts = (
  disruptionsAllowed: number,
  currentHealthy = 2,
  desiredHealthy = 1,
  expectedPods = 2,
): object => ({ disruptionsAllowed, currentHealthy, desiredHealthy, expectedPods });

/** What the server says to an eviction: 'Success', or the error. */
function evict(name: string, eviction: object = {}, options: object = {}): unknown {
  try {
    const answer = cluster.server.request({
      actor: 'test',
      verb: 'create',
      ref: pods,
      subresource: 'eviction',
      namespace: 'default',
      name,
      body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name }, ...eviction },
      options,
    } as never);
    return (answer as { status: string }).status;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    const { code, reason, message, details } = error;
    return { code, reason, message, details };
  }
}

const found = (name: string): Pod | undefined =>
  cluster.client.list(pods, 'default').items.find(({ metadata }) => metadata.name === name);
const budgetNow = (): PodDisruptionBudget =>
  cluster.client.get(podDisruptionBudgets, 'default', 'web');
const isLeaving = (name: string): boolean =>
  found(name)?.metadata.deletionTimestamp !== undefined || found(name) === undefined;

describe('an eviction', () => {
  it('takes a disruption off the budget, names the pod in it and marks the pod', () => {
    budget(counts(1));
    pod('p');
    expect(evict('p')).toBe('Success');
    const { status } = budgetNow();
    expect(status.disruptionsAllowed).toBe(0);
    expect(Object.keys(status.disruptedPods!)).toEqual(['p']);
    expect(status.conditions).toMatchObject([
      { type: 'DisruptionAllowed', status: 'False', reason: 'InsufficientPods' },
    ]);
    expect(found('p')!.status.conditions).toMatchObject([
      { type: 'Ready' },
      {
        type: 'DisruptionTarget',
        status: 'True',
        reason: 'EvictionByEvictionAPI',
        message: 'Eviction API: evicting',
      },
    ]);
    expect(isLeaving('p')).toBe(true);
  });

  it.each([
    [
      'that nothing is left of',
      counts(0, 1, 1),
      [
        {
          reason: 'DisruptionBudget',
          message: 'The disruption budget web needs 1 healthy pods and has 1 currently',
        },
      ],
      429,
      VIOLATION,
      undefined,
    ],
    [
      'that was not counted since it changed',
      { observedGeneration: 0, ...counts(1) },
      [
        {
          reason: 'DisruptionBudget',
          message: 'The disruption budget web is still being processed by the server.',
        },
      ],
      429,
      VIOLATION,
      10,
    ],
    [
      'that could not be counted',
      {
        ...counts(0, 1, 0, 0),
        conditions: [
          {
            type: 'DisruptionAllowed',
            status: 'False',
            reason: 'SyncFailed',
            message: 'no scale',
            lastTransitionTime: '2026-01-01T00:00:00Z',
          },
        ],
      },
      [
        {
          reason: 'DisruptionBudget',
          message:
            'The disruption budget web does not allow evicting pods currently because it failed sync: no scale',
        },
      ],
      429,
      VIOLATION,
      undefined,
    ],
  ])('is refused by a budget %s', (_, status, causes, code, message, retryAfterSeconds) => {
    budget(status);
    pod('p');
    const { kind, group, name, ...details } = (evict('p') as { details: Record<string, unknown> })
      .details;
    expect([kind, group, name]).toEqual([undefined, undefined, undefined]);
    expect(evict('p')).toMatchObject({ code, reason: 'TooManyRequests', message });
    expect(details).toEqual(retryAfterSeconds ? { causes, retryAfterSeconds } : { causes });
    expect(isLeaving('p')).toBe(false);
  });

  it('is not decided by two budgets', () => {
    budget(counts(1));
    budget(counts(1), 'other');
    pod('p');
    expect(evict('p')).toEqual({
      code: 500,
      reason: '',
      message:
        'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
      details: undefined,
    });
  });

  it.each(['Pending', 'Succeeded', 'Failed'])('of a pod that is %s needs no leave', (phase) => {
    budget(counts(0));
    pod('p', { phase }, false);
    expect(evict('p')).toBe('Success');
    expect(isLeaving('p')).toBe(true);
  });

  it.each([
    ['enough others are healthy', counts(0, 1, 1), {}, true],
    ['too few others are healthy', counts(0, 0, 1), {}, false],
    ['none is needed', counts(0, 0, 0), {}, false],
    [
      'the policy always allows it',
      counts(0, 0, 1),
      { unhealthyPodEvictionPolicy: 'AlwaysAllow' },
      true,
    ],
    [
      'the policy wants healthy others',
      counts(0, 0, 1),
      { unhealthyPodEvictionPolicy: 'IfHealthyBudget' },
      false,
    ],
  ])('of a pod that is not ready, where %s', (_, status, spec, isAllowed) => {
    budget(status, 'web', { minAvailable: 1, ...spec });
    pod('p', { phase: 'Running' }, false);
    expect(evict('p') === 'Success').toBe(isAllowed);
    expect(isLeaving('p')).toBe(isAllowed);
    expect(budgetNow().status.disruptedPods).toBeUndefined();
  });

  it.each([
    ['in the request', {}, { dryRun: true }],
    ['in the options of the deletion', { deleteOptions: { dryRun: ['All'] } }, {}],
  ])('that is only tried, %s, changes nothing', (_, eviction, options) => {
    budget(counts(1));
    pod('p');
    expect(evict('p', eviction, options)).toBe('Success');
    expect(isLeaving('p')).toBe(false);
    expect(budgetNow().status).toMatchObject(counts(1));
  });

  it.each([
    ['its version', { resourceVersion: '1' }],
    ['its uid', { uid: 'other' }],
  ])('of a pod with another than %s is a conflict', (_, preconditions) => {
    pod('p');
    expect(evict('p', { deleteOptions: { preconditions } })).toMatchObject({ code: 409 });
    expect(isLeaving('p')).toBe(false);
  });

  it('with the version and uid that the pod has is done, with the grace asked for', () => {
    pod('p');
    const { uid, resourceVersion } = found('p')!.metadata;
    const preconditions = { uid, resourceVersion };
    const deleteOptions = { preconditions, gracePeriodSeconds: 7 };
    expect(evict('p', { deleteOptions })).toBe('Success');
    expect(found('p')!.metadata.deletionGracePeriodSeconds).toBe(7);
  });

  it.each([
    [
      'of another name',
      'p',
      { metadata: { name: 'q' } },
      400,
      'name in URL does not match name in Eviction object',
    ],
    ['of no pod', 'none', {}, 404, 'pods "none" not found'],
  ])('%s fails', (_, name, eviction, code, message) => {
    pod('p');
    expect(evict(name, eviction)).toMatchObject({ code, message });
  });
});
