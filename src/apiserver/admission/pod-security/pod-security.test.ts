import { beforeEach, describe, expect, test } from 'vitest';
import type { Cluster } from '../../../cluster/cluster';
import { createWholeCluster } from '../../../cluster/whole-cluster';

const FINE = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};
let cluster: Cluster;

beforeEach(() => {
  cluster = createWholeCluster({ seed: 1, preset: 'empty' });
  cluster.clock.runFor(1000);
});

function post(path: string, body: object): { status: number; message: string; warnings: string } {
  const answer = cluster.handle({
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { message = '' } = JSON.parse(answer.body) as { message?: string };
  return { status: answer.status, message, warnings: answer.headers.Warning ?? '' };
}

function namespace(labels: Record<string, string>): ReturnType<typeof post> {
  const prefixed = Object.fromEntries(
    Object.entries(labels).map(([key, value]) => [`pod-security.kubernetes.io/${key}`, value]),
  );
  const made = post('/api/v1/namespaces', { metadata: { name: 'guarded', labels: prefixed } });
  cluster.clock.runFor(1000);
  return made;
}

function pod(name: string, spec: object, container: object = {}): ReturnType<typeof post> {
  return post('/api/v1/namespaces/guarded/pods', {
    metadata: { name },
    spec: { containers: [{ name: 'main', image: 'nginx', ...container }], ...spec },
  });
}

describe('a namespace that enforces', () => {
  test('restricted refuses a plain pod and says all that it would have to set', () => {
    namespace({ enforce: 'restricted' });
    expect(pod('plain', {})).toEqual({
      status: 403,
      message:
        'pods "plain" is forbidden: violates PodSecurity "restricted:latest": ' +
        'allowPrivilegeEscalation != false (container "main" must set ' +
        'securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container ' +
        '"main" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or ' +
        'container "main" must set securityContext.runAsNonRoot=true), seccompProfile (pod or ' +
        'container "main" must set securityContext.seccompProfile.type to "RuntimeDefault" or ' +
        '"Localhost")',
      warnings: '',
    });
    expect(pod('careful', {}, { securityContext: FINE }).status).toBe(201);
  });

  test.each([
    [
      'host namespaces',
      { hostNetwork: true, hostPID: true },
      {},
      'host namespaces (hostNetwork=true, hostPID=true)',
    ],
    [
      'a privileged container',
      {},
      { securityContext: { privileged: true } },
      'privileged (container "main" must not set securityContext.privileged=true)',
    ],
    [
      'a host path',
      { volumes: [{ name: 'etc', hostPath: { path: '/etc' } }] },
      {},
      'hostPath volumes (volume "etc")',
    ],
    [
      'a host port',
      {},
      { ports: [{ containerPort: 80, hostPort: 80 }] },
      'hostPort (container "main" uses hostPort 80)',
    ],
    [
      'capabilities',
      {},
      { securityContext: { capabilities: { add: ['SYS_ADMIN', 'NET_ADMIN'] } } },
      'non-default capabilities (container "main" must not include "NET_ADMIN", "SYS_ADMIN" in securityContext.capabilities.add)',
    ],
    [
      'no seccomp',
      { securityContext: { seccompProfile: { type: 'Unconfined' } } },
      {},
      'seccompProfile (pod must not set securityContext.seccompProfile.type to "Unconfined")',
    ],
    [
      'a sysctl of the host',
      { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } },
      {},
      'forbidden sysctl (kernel.msgmax)',
    ],
  ])('baseline refuses %s', (_what, spec, container, words) => {
    namespace({ enforce: 'baseline' });
    expect(pod('bad', spec, container).message).toBe(
      `pods "bad" is forbidden: violates PodSecurity "baseline:latest": ${words}`,
    );
    expect(pod('plain', {}).status).toBe(201);
  });
});

test('a namespace that only warns takes the pod, and warns of templates too', () => {
  namespace({ warn: 'baseline', 'warn-version': 'v1.36' });
  const words =
    'would violate PodSecurity \\"baseline:v1.36\\": host namespaces (hostNetwork=true)';
  expect(pod('loud', { hostNetwork: true })).toEqual({
    status: 201,
    message: '',
    warnings: `299 - "${words}"`,
  });
  const template = {
    metadata: { labels: { app: 'web' } },
    spec: { hostNetwork: true, containers: [{ name: 'main', image: 'nginx' }] },
  };
  const made = post('/apis/apps/v1/namespaces/guarded/deployments', {
    metadata: { name: 'web' },
    spec: { selector: { matchLabels: { app: 'web' } }, template },
  });
  expect([made.status, made.warnings]).toEqual([201, `299 - "${words}"`]);
});

test('labels that name no level are refused', () => {
  expect(namespace({ enforce: 'strict' })).toEqual({
    status: 422,
    message:
      'Namespace "guarded" is invalid: metadata.labels[pod-security.kubernetes.io/enforce]: ' +
      'Invalid value: "strict": must be one of privileged, baseline, restricted',
    warnings: '',
  });
});

test('a namespace that becomes stricter is told which of its pods would not pass', () => {
  namespace({});
  pod('a', {});
  pod('b', { hostNetwork: true });
  const body = JSON.stringify({
    metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } },
  });
  const answer = cluster.handle({
    method: 'PATCH',
    path: '/api/v1/namespaces/guarded',
    headers: { 'content-type': 'application/merge-patch+json' },
    body,
  });
  expect(answer.headers.Warning).toBe(
    '299 - "existing pods in namespace \\"guarded\\" violate the new PodSecurity enforce level ' +
      '\\"baseline:latest\\"", 299 - "b: host namespaces"',
  );
});
