import { describe, expect, it } from 'vitest';
import { pods } from '../../api/resource-ref';
import type { Node } from '../../api/types';
import { deployment, pod } from './manifests';
import { Stage } from './stage';

/** Seconds after the start at which a diary's line that matches stands. */
function secondsOf(stage: Stage, line: RegExp): number[] {
  const lines = stage.diary().split('\n');
  return lines.filter((each) => line.test(each)).map((each) => Number.parseFloat(each));
}

describe('a machine', () => {
  it('without power: not ready after 40 s, pods leave after 300 s, and come to rest when it is back', async () => {
    const stage = new Stage();
    stage.create(deployment('web', 2));
    stage.run(30);
    const { nodeName } = stage.pods()[0].spec;
    const running = (): number =>
      [...stage.cluster.machineRoom.runningPods()].filter(({ machine }) => machine === nodeName)
        .length;
    expect(running()).toBeGreaterThan(1);
    stage.act('power off', () => stage.power(nodeName!, 'Off')).run(420);
    expect(running()).toBe(0);
    stage.act('power on', () => stage.power(nodeName!, 'On')).run(60);
    await expect(stage.diary()).toMatchFileSnapshot('diaries/power-off.txt');
    const [lost] = secondsOf(stage, /node n\d: Ready=Unknown/);
    expect(lost - 30).toBeGreaterThanOrEqual(40 - 10);
    expect(lost - 30).toBeLessThanOrEqual(50);
    const [evicted] = secondsOf(stage, /TaintManagerEviction pod web/);
    expect(evicted - lost).toBeGreaterThanOrEqual(300);
    expect(evicted - lost).toBeLessThanOrEqual(306);
    // Of the Deployment's pods none is left where it was; kube-proxy runs again.
    const uids = new Set(stage.pods().map(({ metadata }) => metadata.uid));
    const orphans = [...stage.cluster.machineRoom.runningPods()].filter(
      ({ machine, uid }) => machine === nodeName && uids.has(uid),
    );
    expect(orphans).toEqual([]);
    expect(running()).toBeGreaterThan(0);
  });

  it('without a cable for a minute: its pods run on, and nothing moves', async () => {
    const stage = new Stage();
    stage.create(pod('web', { nodeName: 'n1' }));
    stage.run(20);
    const [before] = stage.pods();
    stage.act('cut n1', () => stage.network('n1', 'Cut')).run(60);
    const runs = [...stage.cluster.machineRoom.runningPods()];
    expect(runs.map(({ uid }) => uid)).toContain(before.metadata.uid);
    stage.act('connect n1', () => stage.network('n1', 'Connected')).run(60);
    await expect(stage.diary()).toMatchFileSnapshot('diaries/network-cut.txt');
    const { containerStatuses } = stage.pods()[0].status;
    expect(containerStatuses).toEqual(before.status.containerStatuses);
  });

  it('cut off for long: its pods are replaced elsewhere, and killed when it hears of that', () => {
    const stage = new Stage();
    stage.create(deployment('web', 1));
    stage.run(20);
    const [{ metadata, spec }] = stage.pods();
    const isRunning = (): boolean =>
      [...stage.cluster.machineRoom.runningPods()].some(({ uid }) => uid === metadata.uid);
    stage.network(spec.nodeName!, 'Cut');
    stage.run(400);
    expect(isRunning()).toBe(true);
    const phases = stage
      .pods()
      .map((each) => [each.spec.nodeName, Boolean(each.metadata.deletionTimestamp)]);
    expect(phases.sort()).toEqual([
      ['n1', spec.nodeName === 'n1'],
      ['n2', spec.nodeName === 'n2'],
    ]);
    stage.network(spec.nodeName!, 'Connected');
    stage.run(60);
    expect(isRunning()).toBe(false);
    expect(stage.pods()).toHaveLength(1);
  });

  it('of the control plane off and on: pods run on meanwhile, nothing is lost', async () => {
    const stage = new Stage();
    stage.create(deployment('web', 2));
    stage.run(30);
    const before = stage.pods();
    stage.act('m1 off', () => stage.power('m1', 'Off')).run(120);
    expect(stage.pods()).toEqual(before);
    const running = [...stage.cluster.machineRoom.runningPods()].map(({ uid }) => uid);
    for (const { metadata } of before) expect(running).toContain(metadata.uid);
    stage.act('m1 on', () => stage.power('m1', 'On')).run(120);
    await expect(stage.diary()).toMatchFileSnapshot('diaries/control-plane-off.txt');
    const restarts = stage.pods().map(({ status }) => status.containerStatuses![0].restartCount);
    expect(restarts).toEqual([0, 0]);
    const found = stage.cluster.store.list('nodes') as Node[];
    expect(
      found.every(({ spec }) => !spec.taints?.some(({ key }) => key.includes('unreachable'))),
    ).toBe(true);
  });
});

describe('static pods', () => {
  it('have mirrors that come back when they are deleted, while the programs run on', () => {
    const stage = new Stage();
    const mirrors = (): string[] =>
      stage
        .pods('kube-system')
        .filter(({ metadata }) => metadata.annotations?.['kubernetes.io/config.mirror'])
        .map(
          ({ metadata, status }) =>
            `${metadata.name} ${status.containerStatuses?.[0].restartCount}`,
        );
    const before = mirrors();
    expect(before).toEqual([
      'etcd-m1 0',
      'kube-apiserver-m1 0',
      'kube-controller-manager-m1 0',
      'kube-scheduler-m1 0',
    ]);
    const uid = stage.pods('kube-system').find(({ metadata }) => metadata.name === 'etcd-m1')!
      .metadata.uid;
    stage.cluster.client.delete(pods, 'kube-system', 'etcd-m1');
    stage.run(60);
    expect(mirrors()).toEqual(before);
    const after = stage.pods('kube-system').find(({ metadata }) => metadata.name === 'etcd-m1')!;
    expect(after.metadata.uid).not.toBe(uid);
  });
});
