import { describe, expect, it } from 'vitest';
import { deployments, leases } from '../../api/resource-ref';
import type { Pod } from '../../api/types';
import { deployment } from './manifests';
import { Stage } from './stage';

function isReady({ status }: Pod): boolean {
  return (status.conditions ?? []).some(
    ({ type, status: is }) => type === 'Ready' && is === 'True',
  );
}

function restartsOf(stage: Stage, name: string): number {
  const found = stage.pods('kube-system').find(({ metadata }) => metadata.name === `${name}-m1`)!;
  return found.status.containerStatuses![0].restartCount;
}

describe('a program of the control plane that dies is started again by its kubelet:', () => {
  it.each([
    // What is left undone while it is away.
    ['kube-scheduler', { pods: 3, bound: 0 }],
    ['kube-controller-manager', { pods: 0, bound: 0 }],
  ])('%s', (name, meanwhile) => {
    const stage = new Stage();
    const holder = (): string =>
      stage.cluster.client.get(leases, 'kube-system', name).spec.holderIdentity!;
    const before = holder();
    stage.cluster.crashComponent(name);
    stage.create(deployment('web', 3));
    stage.cluster.clock.runFor(200);
    const found = stage.pods();
    const bound = found.filter(({ spec }) => spec.nodeName).length;
    expect({ pods: found.length, bound }).toEqual(meanwhile);
    stage.run(60);
    expect(stage.pods().filter(isReady)).toHaveLength(3);
    expect(restartsOf(stage, name)).toBe(1);
    // It is another process, so it had to wait for the lease of the one before.
    expect(holder()).not.toBe(before);
    expect(holder().startsWith('m1_')).toBe(true);
  });
});

describe('while there is no API', () => {
  it.each(['kube-apiserver', 'etcd'])(
    'because %s died, pods run on and nothing changes',
    (name) => {
      const stage = new Stage();
      stage.create(deployment('web', 2));
      stage.run(30);
      const { cluster } = stage;
      const before = stage.pods();
      const { revision } = cluster.store;
      cluster.crashComponent(name);
      cluster.clock.runFor(300);
      const response = cluster.handle({ method: 'GET', path: '/api/v1/pods', headers: {} });
      expect(response.status).toBe(503);
      expect(() => cluster.client.get(deployments, 'default', 'web')).toThrow('connection refused');
      expect(cluster.store.revision).toBe(revision);
      const running = [...cluster.machineRoom.runningPods()].map(({ uid }) => uid);
      for (const { metadata } of before) expect(running).toContain(metadata.uid);
      stage.run(60);
      expect(stage.pods().map(({ status }) => status.containerStatuses![0])).toEqual(
        before.map(({ status }) => status.containerStatuses![0]),
      );
      expect(restartsOf(stage, name)).toBe(1);
    },
  );

  it('what is lost meanwhile is made good when it is back', () => {
    const stage = new Stage();
    stage.create(deployment('web', 4));
    stage.run(30);
    stage.power('m1', 'Off');
    stage.run(5);
    const lost = stage.pods()[0].spec.nodeName!;
    stage.power(lost, 'Off');
    stage.run(600);
    expect(stage.pods().filter(isReady)).toHaveLength(4);
    stage.power('m1', 'On');
    stage.run(420);
    const alive = stage.pods().filter(({ metadata }) => !metadata.deletionTimestamp);
    expect(alive.map(({ spec }) => spec.nodeName)).not.toContain(lost);
    expect(alive.filter(isReady)).toHaveLength(4);
    stage.power(lost, 'On');
    stage.run(60);
    expect(stage.pods()).toHaveLength(4);
  });
});
