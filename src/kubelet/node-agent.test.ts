import { expect, test } from 'vitest';
import { leases, nodes } from '../api/resource-ref';
import type { Lease, Node } from '../api/types';
import { createWholeCluster } from '../cluster/whole-cluster';
import { TestNode } from '../testing/test-node';

function nodeOf(machine: TestNode): Node {
  return machine.client.get(nodes, '', 'n1');
}

function readyOf(machine: TestNode): (string | undefined)[] {
  const ready = nodeOf(machine).status.conditions!.find(({ type }) => type === 'Ready')!;
  return [ready.status, ready.reason, ready.message];
}

test('a kubelet registers its Node as the real one does', () => {
  const { metadata, spec, status } = nodeOf(new TestNode());
  expect(metadata.labels).toEqual({
    'beta.kubernetes.io/arch': 'amd64',
    'beta.kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64',
    'kubernetes.io/hostname': 'n1',
    'kubernetes.io/os': 'linux',
    'topology.kubernetes.io/zone': 'zone-a',
  });
  expect(spec.podCIDR).toBe('10.244.1.0/24');
  expect(status.addresses).toEqual([
    { type: 'InternalIP', address: '10.0.0.11' },
    { type: 'Hostname', address: 'n1' },
  ]);
  expect(status.capacity).toEqual({
    cpu: '2',
    'ephemeral-storage': '40Gi',
    'hugepages-1Gi': '0',
    'hugepages-2Mi': '0',
    memory: '4Gi',
    pods: '110',
  });
  expect(status.allocatable).toMatchObject({
    'ephemeral-storage': '38654705664',
    memory: '3996Mi',
  });
  expect(status.nodeInfo).toMatchObject({ kubeletVersion: 'v1.36.0', bootID: 'boot-1' });
});

test('a control plane is labelled and tainted', () => {
  const { metadata, spec } = nodeOf(new TestNode({ role: 'control-plane' }));
  expect(metadata.labels).toMatchObject({ 'node-role.kubernetes.io/control-plane': '' });
  expect(spec.taints).toContainEqual({
    key: 'node-role.kubernetes.io/control-plane',
    effect: 'NoSchedule',
  });
});

test('it is ready when it has looked around, and said so', () => {
  const machine = new TestNode();
  expect(readyOf(machine)).toEqual(['True', 'KubeletReady', 'kubelet is posting ready status']);
  expect(machine.events('n1')).toEqual([
    '1 Normal Starting Starting kubelet.',
    '1 Normal NodeHasSufficientMemory Node n1 status is now: NodeHasSufficientMemory',
    '1 Normal NodeHasNoDiskPressure Node n1 status is now: NodeHasNoDiskPressure',
    '1 Normal NodeHasSufficientPID Node n1 status is now: NodeHasSufficientPID',
    '1 Normal NodeAllocatableEnforced Updated Node Allocatable limit across pods',
    '1 Normal NodeReady Node n1 status is now: NodeReady',
  ]);
});

test('without a pod range it waits for the controller manager to give it one', () => {
  const machine = new TestNode({ podCIDR: undefined });
  expect(readyOf(machine)).toEqual([
    'False',
    'KubeletNotReady',
    'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady ' +
      'message:Network plugin returns error: cni plugin not initialized',
  ]);
  machine.client.patch(nodes, '', 'n1', { spec: { podCIDR: '10.244.7.0/24' } });
  machine.run(1);
  expect(readyOf(machine)[0]).toBe('True');
  machine.create(pod('web'));
  machine.run(10);
  expect(machine.pod('web').status.podIP).toBe('10.244.7.2');
});

test('its Lease belongs to the Node and is renewed every ten seconds', () => {
  const machine = new TestNode();
  const lease = (): Lease => machine.client.get(leases, 'kube-node-lease', 'n1');
  const { uid } = nodeOf(machine).metadata;
  const first = lease();
  expect(first.metadata.ownerReferences).toEqual([
    { apiVersion: 'v1', kind: 'Node', name: 'n1', uid },
  ]);
  expect(first.spec).toMatchObject({ holderIdentity: 'n1', leaseDurationSeconds: 40 });
  const times = new Set<string>();
  for (let second = 0; second < 60; second++) {
    machine.run(1);
    times.add(lease().spec.renewTime!);
  }
  expect(times.size).toBe(7);
});

test('an idle node writes its status every five minutes, a changed one within ten seconds', () => {
  const machine = new TestNode();
  const before = nodeOf(machine);
  machine.run(290);
  expect(nodeOf(machine)).toBe(before);
  machine.run(60);
  expect(nodeOf(machine)).not.toBe(before);
  machine.create(pod('web'));
  machine.run(20);
  expect(nodeOf(machine).status.images).toEqual([
    {
      names: [
        expect.stringMatching(/^docker.io\/library\/nginx@sha256:/),
        'docker.io/library/nginx:1.27',
      ],
      sizeBytes: 71_818_943,
    },
  ]);
});

test('what others put into the capacity of a Node stays, and can be had within ten seconds', () => {
  const cluster = createWholeCluster({ seed: 1, workers: 1 });
  cluster.boot();
  const resources = () => {
    const { capacity, allocatable } = cluster.client.get(nodes, '', 'n1').status;
    return [capacity, allocatable].map(
      (amounts) => (amounts as never)['example.com/fish'] as string,
    );
  };
  const node = cluster.client.get(nodes, '', 'n1');
  const capacity = { ...node.status.capacity, 'example.com/fish': '5' };
  cluster.client.updateStatus(nodes, { ...node, status: { ...node.status, capacity } } as never);
  cluster.clock.runFor(11_000);
  expect(resources()).toEqual(['5', '5']);
  cluster.clock.runFor(600_000);
  expect(resources()).toEqual(['5', '5']);
  cluster.client.patch(
    nodes,
    '',
    'n1',
    { status: { capacity: { 'example.com/fish': null } } },
    {
      subresource: 'status',
      patchType: 'merge',
    },
  );
  cluster.clock.runFor(11_000);
  expect(resources()).toEqual([undefined, undefined]);
});

test('a Node that somebody deleted comes back only with a new kubelet', () => {
  const machine = new TestNode();
  machine.client.delete(nodes, '', 'n1');
  machine.run(400);
  expect(() => nodeOf(machine)).toThrow('nodes "n1" not found');
  machine.restartKubelet();
  machine.run(5);
  expect(readyOf(machine)[0]).toBe('True');
});

test('a node that was given up says that it is back soon after it can', () => {
  const machine = new TestNode();
  machine.link.setCut(true);
  machine.run(20);
  const node = nodeOf(machine);
  const conditions = node.status.conditions!.map((each) => ({ ...each, status: 'Unknown' }));
  machine.client.updateStatus(nodes, { ...node, status: { ...node.status, conditions } });
  machine.link.setCut(false);
  machine.run(16);
  expect(readyOf(machine)[0]).toBe('True');
  expect(machine.events('n1')).toContain('2 Normal NodeReady Node n1 status is now: NodeReady');
});

test('a machine that was rebooted says so', () => {
  const machine = new TestNode();
  machine.powerOff();
  machine.run(5);
  machine.boot();
  machine.run(5);
  expect(machine.events('n1')).toContain(
    '1 Warning Rebooted Node n1 has been rebooted, boot id: boot-2',
  );
});

function pod(name: string) {
  const containers = [{ name: 'main', image: 'nginx:1.27' }];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: { nodeName: 'n1', containers },
  };
}
