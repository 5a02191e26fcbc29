import { expect, test } from 'vitest';
import { nodes, pods } from '../api/resource-ref';
import type { Pod } from '../api/types';
import { TestNode } from '../testing/test-node';
import type { StaticPodManifest } from './context';

const manifest: StaticPodManifest = {
  metadata: { name: 'web', namespace: 'kube-system', labels: { tier: 'edge' } },
  spec: { containers: [{ name: 'main', image: 'nginx:1.27' }], hostNetwork: true },
};

function mirrorOf(machine: TestNode): Pod {
  return machine.client.get(pods, 'kube-system', 'web-n1');
}

test('a static pod runs, and a mirror of it stands in the API', () => {
  const machine = new TestNode({ staticPods: [manifest] });
  machine.run(10);
  const { metadata, spec, status } = mirrorOf(machine);
  const hash = metadata.annotations!['kubernetes.io/config.hash'];
  expect(hash).toMatch(/^[0-9a-f]{32}$/);
  expect(metadata.annotations).toEqual({
    'kubernetes.io/config.hash': hash,
    'kubernetes.io/config.mirror': hash,
    'kubernetes.io/config.seen': '2026-01-01T00:00:00.000000000Z',
    'kubernetes.io/config.source': 'file',
  });
  const { uid } = machine.client.get(nodes, '', 'n1').metadata;
  expect(metadata.ownerReferences).toEqual([
    { apiVersion: 'v1', kind: 'Node', name: 'n1', uid, controller: true },
  ]);
  expect(spec.tolerations).toContainEqual({ effect: 'NoExecute', operator: 'Exists' });
  expect(status).toMatchObject({ phase: 'Running', podIP: '10.0.0.11' });
});

test('a mirror that is deleted is made anew, and the containers run on', () => {
  const machine = new TestNode({ staticPods: [manifest] });
  machine.run(10);
  const before = mirrorOf(machine);
  machine.client.delete(pods, 'kube-system', 'web-n1');
  machine.run(10);
  const after = mirrorOf(machine);
  expect(after.metadata.uid).not.toBe(before.metadata.uid);
  expect(after.status.containerStatuses).toEqual(before.status.containerStatuses);
  expect(after.metadata.deletionTimestamp).toBeUndefined();
});

test('the mirror of an older manifest is replaced', () => {
  const machine = new TestNode();
  const annotations = { 'kubernetes.io/config.mirror': 'old' };
  const { uid } = machine.client.get(nodes, '', 'n1').metadata;
  const owner = { apiVersion: 'v1', kind: 'Node', name: 'n1', uid, controller: true };
  machine.create({
    kind: 'Pod',
    metadata: {
      name: 'web-n1',
      namespace: 'kube-system',
      annotations,
      ownerReferences: [owner],
    },
    spec: { ...manifest.spec, nodeName: 'n1' },
  } as never);
  machine.run(5);
  expect(() => mirrorOf(machine)).toThrow('not found');
});

test('static pods run while the API server cannot be reached', () => {
  const machine = new TestNode({ staticPods: [manifest] });
  machine.run(10);
  machine.link.setCut(true);
  machine.powerOff();
  machine.boot();
  machine.run(30);
  const running = [...machine.runtime.sandboxes.values()].flatMap(({ containers }) =>
    containers.filter(({ state }) => state === 'Running'),
  );
  expect(running.map(({ name, attempt }) => [name, attempt])).toEqual([['main', 1]]);
  machine.link.setCut(false);
  machine.run(30);
  expect(mirrorOf(machine).status.containerStatuses![0]).toMatchObject({
    restartCount: 1,
    ready: true,
  });
});

test('a kubelet that restarts finds its static pods running, and probes them again', () => {
  const readinessProbe = { tcpSocket: { port: 80 } };
  const containers = [{ ...manifest.spec.containers[0], readinessProbe }];
  const probed = { ...manifest, spec: { ...manifest.spec, containers } };
  const machine = new TestNode({ staticPods: [probed] });
  machine.run(10);
  const before = mirrorOf(machine);
  machine.restartKubelet();
  machine.run(30);
  const after = mirrorOf(machine);
  expect(after.status.startTime).toBe(before.status.startTime);
  expect(after.status.containerStatuses).toEqual(before.status.containerStatuses);
});
