import { expect, test } from 'vitest';
import { events, pods } from '../api/resource-ref';
import type { Pod } from '../api/types';
import { createWholeCluster } from '../cluster/whole-cluster';
import { forbiddenSysctl } from './sysctls';

function podWith(sysctls: readonly string[], spec: object = {}): Pod {
  const securityContext = { sysctls: sysctls.map((name) => ({ name, value: '1' })) };
  const containers = [{ name: 'main', image: 'nginx:1.27' }];
  return { metadata: { name: 'p' }, spec: { containers, securityContext, ...spec } } as never;
}

test.each<[string, Pod, string | undefined]>([
  ['none', podWith([]), undefined],
  ['safe ones', podWith(['kernel.shm_rmid_forced', 'net.ipv4.tcp_rmem']), undefined],
  ['a safe one written with slashes', podWith(['kernel/shm_rmid_forced']), undefined],
  ['one of the node', podWith(['kernel.msgmax']), '"kernel.msgmax" not allowlisted'],
  [
    'a safe one before one that is not',
    podWith(['net.ipv4.tcp_syncookies', 'vm/swappiness']),
    '"vm.swappiness" not allowlisted',
  ],
  [
    'a name with a dot in one of its parts',
    podWith(['net/ipv4/conf/eth0.1/forwarding']),
    '"net.ipv4.conf.eth0/1.forwarding" not allowlisted',
  ],
  [
    'one of the network that is the host’s',
    podWith(['net.ipv4.tcp_syncookies'], { hostNetwork: true }),
    '"net.ipv4.tcp_syncookies" not allowed with host net enabled',
  ],
  [
    'one of the IPC that is the host’s',
    podWith(['kernel.shm_rmid_forced'], { hostIPC: true }),
    '"kernel.shm_rmid_forced" not allowed with host ipc enabled',
  ],
  [
    'one of the network beside the host’s IPC',
    podWith(['net.ipv4.tcp_syncookies'], { hostIPC: true }),
    undefined,
  ],
])('a pod that sets %s', (_, pod, problem) => {
  const refusal = problem && { reason: 'SysctlForbidden', message: `forbidden sysctl: ${problem}` };
  expect(forbiddenSysctl(pod)).toEqual(refusal);
});

test('a pod that is refused for it has failed before anything of it started', () => {
  const cluster = createWholeCluster({ seed: 1, workers: 1 });
  cluster.boot();
  const { metadata, spec } = podWith(['kernel.msgmax']);
  cluster.client.create(pods, { metadata: { ...metadata, namespace: 'default' }, spec });
  cluster.clock.runFor(5_000);
  expect(cluster.client.get(pods, 'default', 'p').status).toMatchObject({
    phase: 'Failed',
    reason: 'SysctlForbidden',
    message: 'Pod was rejected: forbidden sysctl: "kernel.msgmax" not allowlisted',
  });
  const told = cluster.client.list(events, 'default').items;
  expect(told.map(({ type, reason, message }) => `${type} ${reason} ${message}`)).toContain(
    'Warning SysctlForbidden forbidden sysctl: "kernel.msgmax" not allowlisted',
  );
});

test('what a kubelet was told to allow is allowed', () => {
  const pod = podWith(['net.ipv4.ip_forward']);
  expect(forbiddenSysctl(pod)?.reason).toBe('SysctlForbidden');
  expect(forbiddenSysctl(pod, ['net.ipv4.ip_forward'])).toBeUndefined();
});
