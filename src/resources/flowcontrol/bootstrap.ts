// The flow schemas and priority levels that every API server has.
// Upstream: apiserver/pkg/apis/flowcontrol/bootstrap/default.go.
import type { Draft } from '../../api/object';
import type { FlowSchema, PriorityLevelConfiguration } from '../../api/extension-types';

type Level = Draft<PriorityLevelConfiguration>;
type Schema = Draft<FlowSchema>;
type Rule = NonNullable<FlowSchema['spec']['rules']>[number];
type Subject = Rule['subjects'][number];
type ResourceRule = NonNullable<Rule['resourceRules']>[number];

const KEPT_CURRENT = { 'apf.kubernetes.io/autoupdate-spec': 'true' };
const EVERYTHING: Pick<Rule, 'resourceRules' | 'nonResourceRules'> = {
  resourceRules: [resourceRule('*', '*', '*', ['*'], true)],
  nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
};

export function bootstrapPriorityLevels(): Level[] {
  return [
    level('exempt', {
      type: 'Exempt',
      exempt: { nominalConcurrencyShares: 0, lendablePercent: 0 },
    }),
    limited('catch-all', 5, 0),
    limited('system', 30, 33, [64, 6]),
    limited('node-high', 40, 25, [64, 6]),
    limited('leader-election', 10, 0, [16, 4]),
    limited('workload-high', 40, 50, [128, 6]),
    limited('workload-low', 100, 90, [128, 6]),
    limited('global-default', 20, 50, [128, 6]),
  ];
}

/** `since`: when they were found to be whole, an RFC 3339 time. */
export function bootstrapFlowSchemas(since: string): Schema[] {
  const managers = [user('system:kube-controller-manager'), user('system:kube-scheduler')];
  const lock = ['get', 'create', 'update'];
  return [
    schema('exempt', 'exempt', 1, '', { subjects: [group('system:masters')], ...EVERYTHING }),
    schema('probes', 'exempt', 2, '', {
      subjects: [group('system:unauthenticated'), group('system:authenticated')],
      nonResourceRules: [{ verbs: ['get'], nonResourceURLs: ['/healthz', '/readyz', '/livez'] }],
    }),
    schema('system-leader-election', 'leader-election', 100, 'ByUser', {
      subjects: [...managers, account('*')],
      resourceRules: [resourceRule(lock, 'coordination.k8s.io', 'leases', ['*'])],
    }),
    schema('endpoint-controller', 'workload-high', 150, 'ByUser', {
      subjects: [
        managers[0],
        account('endpoint-controller'),
        account('endpointslicemirroring-controller'),
      ],
      resourceRules: [resourceRule(lock, '', 'endpoints', ['*'])],
    }),
    schema('workload-leader-election', 'leader-election', 200, 'ByUser', {
      subjects: [account('*')],
      resourceRules: [resourceRule(lock, 'coordination.k8s.io', 'leases', ['*'])],
    }),
    schema('system-node-high', 'node-high', 400, 'ByUser', {
      subjects: [group('system:nodes')],
      resourceRules: [
        { ...resourceRule('*', '', 'nodes', [], true), resources: ['nodes', 'nodes/status'] },
        resourceRule('*', 'coordination.k8s.io', 'leases', ['*']),
      ],
    }),
    schema('system-nodes', 'system', 500, 'ByUser', {
      subjects: [group('system:nodes')],
      ...EVERYTHING,
    }),
    schema('kube-controller-manager', 'workload-high', 800, 'ByNamespace', {
      subjects: [managers[0]],
      ...EVERYTHING,
    }),
    schema('kube-scheduler', 'workload-high', 800, 'ByNamespace', {
      subjects: [managers[1]],
      ...EVERYTHING,
    }),
    schema('kube-system-service-accounts', 'workload-high', 900, 'ByNamespace', {
      subjects: [account('*')],
      ...EVERYTHING,
    }),
    schema('service-accounts', 'workload-low', 9000, 'ByUser', {
      subjects: [group('system:serviceaccounts')],
      ...EVERYTHING,
    }),
    schema('global-default', 'global-default', 9900, 'ByUser', {
      subjects: [group('system:unauthenticated'), group('system:authenticated')],
      ...EVERYTHING,
    }),
    schema('catch-all', 'catch-all', 10_000, 'ByUser', {
      subjects: [group('system:unauthenticated'), group('system:authenticated')],
      ...EVERYTHING,
    }),
  ].map((each) => ({ ...each, status: { conditions: [notDangling(each, since)] } }) as Schema);
}

function level(name: string, spec: PriorityLevelConfiguration['spec']): Level {
  const metadata = { name, annotations: KEPT_CURRENT, generation: 1 };
  return { metadata, spec, status: {} } as Level;
}

function limited(
  name: string,
  nominalConcurrencyShares: number,
  lendablePercent: number,
  queues?: readonly [number, number],
): Level {
  const queuing = queues && { queues: queues[0], handSize: queues[1], queueLengthLimit: 50 };
  const limitResponse = queuing ? { type: 'Queue', queuing } : { type: 'Reject' };
  return level(name, {
    type: 'Limited',
    limited: { nominalConcurrencyShares, limitResponse, lendablePercent },
  });
}

function schema(
  name: string,
  priorityLevel: string,
  matchingPrecedence: number,
  method: string,
  rule: Rule,
): Schema {
  return {
    metadata: { name, annotations: KEPT_CURRENT, generation: 1 },
    spec: {
      priorityLevelConfiguration: { name: priorityLevel },
      matchingPrecedence,
      ...(method && { distinguisherMethod: { type: method } }),
      rules: [rule],
    },
  } as Schema;
}

function notDangling({ spec }: Schema, lastTransitionTime: string): object {
  const { name } = spec!.priorityLevelConfiguration!;
  const message =
    'This FlowSchema references the PriorityLevelConfiguration object named ' +
    `"${name}" and it exists`;
  return { type: 'Dangling', status: 'False', lastTransitionTime, reason: 'Found', message };
}

function resourceRule(
  verbs: readonly string[] | '*',
  apiGroup: string,
  resource: string,
  namespaces: readonly string[],
  clusterScope = false,
): ResourceRule {
  return {
    verbs: verbs === '*' ? ['*'] : [...verbs],
    apiGroups: [apiGroup],
    resources: [resource],
    ...(clusterScope && { clusterScope }),
    ...(namespaces.length > 0 && { namespaces: [...namespaces] }),
  };
}

function user(name: string): Subject {
  return { kind: 'User', user: { name } };
}

function group(name: string): Subject {
  return { kind: 'Group', group: { name } };
}

function account(name: string): Subject {
  return { kind: 'ServiceAccount', serviceAccount: { namespace: 'kube-system', name } };
}
