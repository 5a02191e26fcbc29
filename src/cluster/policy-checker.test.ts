import { beforeEach, expect, test } from 'vitest';
import type { Cluster } from './cluster';
import { createWholeCluster } from './whole-cluster';

const POLICIES = '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies';
const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const CONFUSED = "object.spec.replicas > '1'";

let cluster: Cluster;
beforeEach(() => {
  cluster = createWholeCluster({ seed: 1, preset: 'kubeadm' });
  cluster.clock.runFor(60_000);
});

function send(method: string, path: string, body?: unknown): Record<string, unknown> {
  const headers = { 'content-type': 'application/json' };
  const text = body === undefined ? undefined : JSON.stringify(body);
  const answer = cluster.handle({ method, path, headers, body: text });
  expect(answer.status, answer.body).toBeLessThan(300);
  cluster.clock.runFor(2000);
  return JSON.parse(answer.body) as Record<string, unknown>;
}

function statusOf(
  spec: object,
  rule: readonly [string, string, string] = ['apps', 'v1', 'deployments'],
) {
  const [apiGroups, apiVersions, resources] = rule.map((each) => each.split(','));
  const resourceRules = [{ operations: ['CREATE'], apiGroups, apiVersions, resources }];
  const matchConstraints = { resourceRules };
  send('POST', POLICIES, { metadata: { name: 'p' }, spec: { matchConstraints, ...spec } });
  return send('GET', `${POLICIES}/p`).status;
}

const deployment = (text: string): string => `apps/v1, Kind=Deployment: ${text}`;
const NO_OVERLOAD = `ERROR: <input>:1:22: found no matching overload for '_>_' applied to '(int, string)'
 | ${CONFUSED}
 | .....................^`;

test('a policy whose expressions fit has been checked and is not warned of', () => {
  const variables = [{ name: 'replicas', expression: 'object.spec.replicas' }];
  const fitting = [
    { expression: 'variables.replicas > 1 && object.metadata.uid != ""' },
    { expression: 'object.spec.template.spec.containers.all(c, c.image.contains(":"))' },
    { expression: 'has(object.spec.strategy.rollingUpdate) || oldObject == null' },
  ];
  expect(statusOf({ variables, validations: fitting })).toEqual({
    observedGeneration: 1,
    typeChecking: {},
  });
});

test('each expression that does not fit is warned of, as is its message', () => {
  const messageExpression = "'got ' + object.spec.replicas";
  expect(statusOf({ validations: [{ expression: CONFUSED, messageExpression }] })).toEqual({
    observedGeneration: 1,
    typeChecking: {
      expressionWarnings: [
        { fieldRef: 'spec.validations[0].expression', warning: deployment(NO_OVERLOAD) },
        {
          fieldRef: 'spec.validations[0].messageExpression',
          warning: deployment(
            "ERROR: <input>:1:8: found no matching overload for '_+_' applied to '(string, int)'\n" +
              ` | ${messageExpression}\n | .......^`,
          ),
        },
      ],
    },
  });
});

test('what is wrong for several kinds is said of each', () => {
  const rule = ['apps', 'v1', 'replicasets,deployments,deployments/status,*/scale'] as const;
  const { typeChecking } = statusOf({ validations: [{ expression: CONFUSED }] }, rule) as never;
  expect(typeChecking).toEqual({
    expressionWarnings: [
      {
        fieldRef: 'spec.validations[0].expression',
        warning: `${deployment(NO_OVERLOAD)}\napps/v1, Kind=ReplicaSet: ${NO_OVERLOAD}`,
      },
    ],
  });
});

test.each([
  ['of any group', ['*', 'v1', 'deployments']],
  ['of any version', ['apps', '*', 'deployments']],
  ['of any resource', ['apps', 'v1', '*']],
  ['that nobody serves', ['example.com', 'v1', 'things']],
] as const)('kinds %s are not checked', (_what, rule) => {
  expect(statusOf({ validations: [{ expression: CONFUSED }] }, rule)).toEqual({
    observedGeneration: 1,
    typeChecking: {},
  });
});

test('custom resources are checked by the schema of their version', () => {
  const replicas = { type: 'object', properties: { replicas: { type: 'integer' } } };
  const openAPIV3Schema = { type: 'object', properties: { spec: replicas } };
  send('POST', CRDS, {
    metadata: { name: 'crontabs.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'crontabs', kind: 'CronTab' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema } }],
    },
  });
  const validations = [
    { expression: 'object.spec.replicas > 1 && object.metadata.uid == "a"' },
    { expression: 'object.spec.maxRetries < 10' },
  ];
  expect(statusOf({ validations }, ['example.com', 'v1', 'crontabs'])).toEqual({
    observedGeneration: 1,
    typeChecking: {
      expressionWarnings: [
        {
          fieldRef: 'spec.validations[1].expression',
          warning:
            "example.com/v1, Kind=CronTab: ERROR: <input>:1:12: undefined field 'maxRetries'\n" +
            ' | object.spec.maxRetries < 10\n | ...........^',
        },
      ],
    },
  });
});

test('a changed policy is checked anew', () => {
  statusOf({ validations: [{ expression: CONFUSED }] });
  const policy = send('GET', `${POLICIES}/p`) as { spec: object };
  const validations = [{ expression: 'object.spec.replicas > 1' }];
  send('PUT', `${POLICIES}/p`, { ...policy, spec: { ...policy.spec, validations } });
  expect(send('GET', `${POLICIES}/p`).status).toEqual({ observedGeneration: 2, typeChecking: {} });
});
