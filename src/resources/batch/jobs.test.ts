import { beforeAll, describe, expect, it } from 'vitest';
import { jobs } from '../../api/extension-refs';
import { complaints, complaintsText } from '../../testing/complaints';
import { startCluster, type ControllerCluster } from '../../testing/controllers';

let cluster: ControllerCluster;
beforeAll(() => {
  cluster = startCluster();
  cluster.sim.clock.runFor(1_000);
});

const containers = [{ name: 'main', image: 'app:1' }];
const template = { spec: { restartPolicy: 'Never', containers } };
const OPTIONS = { dryRun: true } as const;

function job(spec: object = {}): never {
  return { metadata: { name: 'j', namespace: 'default' }, spec: { template, ...spec } } as never;
}

const create = (spec: object): string[] =>
  complaints(() => cluster.server.request(request('create', job(spec))));

function request(verb: string, body: unknown, subresource = ''): never {
  const place = { ref: jobs, namespace: 'default', name: verb === 'create' ? '' : 'j' };
  return { actor: 'test', verb, subresource, body, options: OPTIONS, ...place } as never;
}

const indexed = { completionMode: 'Indexed', completions: 3, parallelism: 3 };
const rule = (extra: object): object => ({ podFailurePolicy: { rules: [extra] } });
const exitCodes = (values: number[], extra: object = {}): object => ({
  action: 'FailJob',
  onExitCodes: { operator: 'In', values, ...extra },
});

const CREATED: Record<string, object> = {
  plain: {},
  'negative numbers': {
    completions: -1,
    parallelism: -1,
    backoffLimit: -1,
    activeDeadlineSeconds: -1,
    ttlSecondsAfterFinished: -1,
  },
  'restart policy Always': { template: { spec: { containers, restartPolicy: 'Always' } } },
  'no restart policy': { template: { spec: { containers } } },
  'a selector of its own without manualSelector': { selector: { matchLabels: { a: 'b' } } },
  'manualSelector without a selector': { manualSelector: true },
  'manualSelector that does not match': {
    manualSelector: true,
    selector: { matchLabels: { a: 'b' } },
  },
  'unknown completionMode': { completionMode: 'Sorted' },
  'Indexed without completions': { completionMode: 'Indexed' },
  'Indexed with very many': {
    completionMode: 'Indexed',
    completions: 200_000,
    parallelism: 200_000,
  },
  'backoffLimitPerIndex without indexes': { backoffLimitPerIndex: 1 },
  'maxFailedIndexes without backoffLimitPerIndex': { ...indexed, maxFailedIndexes: 1 },
  'maxFailedIndexes above completions': {
    ...indexed,
    backoffLimitPerIndex: 1,
    maxFailedIndexes: 4,
  },
  'negative limits of indexes': { ...indexed, backoffLimitPerIndex: -1, maxFailedIndexes: -1 },
  'managedBy that is no name': { managedBy: 'nobody' },
  'managedBy that is too long': { managedBy: 'example.com/' + 'x'.repeat(63) },
  'unknown podReplacementPolicy': { podReplacementPolicy: 'Never' },
  'podFailurePolicy with OnFailure': {
    ...rule(exitCodes([1])),
    template: { spec: { containers, restartPolicy: 'OnFailure' } },
  },
  'podFailurePolicy with podReplacementPolicy TerminatingOrFailed': {
    ...rule(exitCodes([1])),
    podReplacementPolicy: 'TerminatingOrFailed',
  },
  'rule without requirements': rule({ action: 'FailJob' }),
  'rule with both requirements': rule({
    ...exitCodes([1]),
    onPodConditions: [{ type: 'Ready', status: 'True' }],
  }),
  'rule without an action': rule({ onExitCodes: { operator: 'In', values: [1] } }),
  'rule with an unknown action': rule({ ...exitCodes([1]), action: 'Panic' }),
  'FailIndex without backoffLimitPerIndex': rule({ ...exitCodes([1]), action: 'FailIndex' }),
  'exit code 0 among those that fail': rule(exitCodes([0, 1])),
  'exit codes out of order and twice': rule(exitCodes([3, 1, 1])),
  'no exit codes': rule(exitCodes([])),
  'absent exit codes': rule({ action: 'Count', onExitCodes: { operator: 'NotIn' } }),
  'exit codes of an unknown container': rule(exitCodes([1], { containerName: 'other' })),
  'unknown operator': rule(exitCodes([1], { operator: 'Is' })),
  'conditions with bad parts': rule({
    action: 'Ignore',
    onPodConditions: [{ type: '-x', status: 'Maybe' }],
  }),
  'successPolicy without indexes': { successPolicy: { rules: [{ succeededCount: 1 }] } },
  'successPolicy without rules': { ...indexed, successPolicy: { rules: [] } },
  'successPolicy with an empty rule': { ...indexed, successPolicy: { rules: [{}] } },
  'successPolicy with bad indexes': {
    ...indexed,
    successPolicy: { rules: [{ succeededIndexes: '2-1' }, { succeededIndexes: 'x' }] },
  },
  'successPolicy with indexes out of reach': {
    ...indexed,
    successPolicy: { rules: [{ succeededIndexes: '0-3' }] },
  },
  'successPolicy with too high a count': {
    ...indexed,
    successPolicy: { rules: [{ succeededCount: 4 }, { succeededIndexes: '0', succeededCount: 2 }] },
  },
};

const SELECTED = {
  manualSelector: true,
  selector: { matchLabels: { app: 'j' } },
  template: { ...template, metadata: { labels: { app: 'j' } } },
};

const CHANGED: Record<string, [from: object, to: object]> = {
  parallelism: [{}, { parallelism: 5 }],
  backoffLimit: [{}, { backoffLimit: 5 }],
  activeDeadlineSeconds: [{}, { activeDeadlineSeconds: 5 }],
  suspend: [{}, { suspend: true }],
  ttlSecondsAfterFinished: [{}, { ttlSecondsAfterFinished: 5 }],
  completions: [{}, { completions: 5 }],
  'completions of an elastic Job': [indexed, { completions: 5, parallelism: 5 }],
  'completions apart from parallelism': [indexed, { completions: 5 }],
  completionMode: [indexed, { completionMode: 'NonIndexed' }],
  podFailurePolicy: [rule(exitCodes([1])), rule(exitCodes([2]))],
  successPolicy: [indexed, { successPolicy: { rules: [{ succeededCount: 1 }] } }],
  backoffLimitPerIndex: [{ ...indexed, backoffLimitPerIndex: 1 }, { backoffLimitPerIndex: 2 }],
  managedBy: [{}, { managedBy: 'example.com/x' }],
  podReplacementPolicy: [{}, { podReplacementPolicy: 'Failed' }],
  selector: [SELECTED, { selector: { matchLabels: { app: 'k' } } }],
  image: [SELECTED, { template: templateWith({}, [{ name: 'main', image: 'app:2' }]) }],
  'image of a suspended Job': [
    { ...SELECTED, suspend: true },
    { template: templateWith({}, [{ name: 'main', image: 'app:2' }]) },
  ],
  nodeSelector: [SELECTED, { template: templateWith({ nodeSelector: { a: 'b' } }) }],
  'nodeSelector of a suspended Job': [
    { ...SELECTED, suspend: true },
    { template: templateWith({ nodeSelector: { a: 'b' } }) },
  ],
  'tolerations and gates of a suspended Job': [
    { ...SELECTED, suspend: true },
    {
      template: templateWith({
        tolerations: [{ key: 'a', operator: 'Exists' }],
        schedulingGates: [{ name: 'example.com/gate' }],
      }),
    },
  ],
  'labels and annotations of the template of a suspended Job': [
    { ...SELECTED, suspend: true },
    {
      template: {
        ...template,
        metadata: { labels: { app: 'j', more: 'x' }, annotations: { note: 'y' } },
      },
    },
  ],
  'resources of a suspended Job': [
    { ...SELECTED, suspend: true },
    {
      template: templateWith({}, [
        { name: 'main', image: 'app:1', resources: { requests: { cpu: '1' } } },
      ]),
    },
  ],
};

function templateWith(spec: object, own: object[] = containers): object {
  return {
    metadata: { labels: { app: 'j' } },
    spec: { ...template.spec, ...spec, containers: own },
  };
}

function change(from: object, to: object): string[] {
  const { client } = cluster;
  client.create(jobs, job(from));
  const old = client.get(jobs, 'default', 'j');
  const { selector, template: made } = old.spec as never;
  const spec = { ...old.spec, selector, template: made, ...to };
  const found = complaints(() => cluster.server.request(request('update', { ...old, spec })));
  client.delete(jobs, 'default', 'j', { propagationPolicy: 'Background' });
  return found;
}

const past = '2026-01-01T00:00:00Z';
const done = { type: 'Complete', status: 'True', lastTransitionTime: past, lastProbeTime: past };
const met = { ...done, type: 'SuccessCriteriaMet' };
const failed = { ...done, type: 'Failed' };
const doomed = { ...done, type: 'FailureTarget' };

const REPORTED: Record<string, object> = {
  'a start': { startTime: past, active: 1 },
  'negative counts': { active: -1, succeeded: -1, failed: -1, ready: -1, terminating: -1 },
  'more ready than active': { active: 1, ready: 2 },
  'both ends': { startTime: past, completionTime: past, conditions: [met, done, doomed, failed] },
  'an end without being announced': { startTime: past, completionTime: past, conditions: [done] },
  'a failure without being announced': { startTime: past, conditions: [failed] },
  'an end without a time': { startTime: past, conditions: [met, done], succeeded: 1 },
  'a time without an end': { startTime: past, completionTime: past },
  'an end with active pods': {
    startTime: past,
    completionTime: past,
    active: 1,
    conditions: [met, done],
  },
  'an end before its start': {
    startTime: '2026-01-02T00:00:00Z',
    completionTime: past,
    conditions: [met, done],
    succeeded: 1,
  },
  'indexes without being indexed': { completedIndexes: '0', failedIndexes: '1' },
  'the same pod on both lists': {
    startTime: past,
    active: 1,
    uncountedTerminatedPods: { succeeded: ['a', 'a'], failed: ['a', ''] },
  },
};

function report(status: object): string[] {
  const { client } = cluster;
  client.create(jobs, job({ suspend: false, managedBy: 'example.com/x' }));
  const old = client.get(jobs, 'default', 'j');
  const body = { ...old, status };
  const found = complaints(() => cluster.server.request(request('update', body, 'status')));
  client.delete(jobs, 'default', 'j', { propagationPolicy: 'Background' });
  return found;
}

describe('what the server says', () => {
  it('to new Jobs', async () => {
    const text = complaintsText(CREATED, create);
    await expect(text).toMatchFileSnapshot('fixtures/jobs-created.txt');
  });

  it('to changes of Jobs', async () => {
    const text = complaintsText(CHANGED, ([from, to]) => change(from, to));
    await expect(text).toMatchFileSnapshot('fixtures/jobs-changed.txt');
  });

  it('to what others report of Jobs', async () => {
    const text = complaintsText(REPORTED, report);
    await expect(text).toMatchFileSnapshot('fixtures/jobs-reported.txt');
  });
});
