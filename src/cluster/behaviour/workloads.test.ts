import { describe, expect, it } from 'vitest';
import { deployments, machines, nodes } from '../../api/resource-ref';
import type { Pod } from '../../api/types';
import { container, deployment, requests } from './manifests';
import { Stage } from './stage';

const isReady = ({ status, metadata }: Pod): boolean =>
  !metadata.deletionTimestamp &&
  (status.conditions ?? []).some(({ type, status: is }) => type === 'Ready' && is === 'True');

describe('a Deployment', () => {
  it('of ten pods comes up pod by pod, at a pace that an eye can follow', async () => {
    const stage = new Stage({ pace: 'observable', workers: 4 });
    const spec = { containers: [container(requests('100m'))] };
    stage.act('apply web, 10 replicas', () => stage.create(deployment('web', 10, {}, spec)));
    stage.run(30);
    await expect(stage.diary()).toMatchFileSnapshot('diaries/ten-pods.txt');
    const bound = stage
      .diary()
      .match(/\S+(?=s\s+Scheduled)/g)!
      .map(Number);
    const gaps = bound.slice(1).map((at, index) => at - bound[index]);
    expect(bound).toHaveLength(10);
    expect(Math.min(...gaps)).toBeGreaterThan(0.05);
    expect(stage.pods().filter(isReady)).toHaveLength(10);
  });

  it.each([
    ['25%', '25%', 8, 8 + 2, 8 - 2],
    [1, 0, 4, 5, 4],
    [0, 1, 4, 4, 3],
    ['100%', '50%', 4, 8, 2],
  ])(
    'updates within maxSurge %s and maxUnavailable %s',
    (maxSurge, maxUnavailable, replicas, max, min) => {
      const stage = new Stage();
      const strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } };
      stage.create(deployment('web', replicas, { strategy }));
      stage.run(30);
      expect(stage.pods().filter(isReady)).toHaveLength(replicas);
      let most = 0;
      let fewest = replicas;
      stage.onPod = (pods) => {
        // As the controller counts: a pod that is leaving is no longer one of them.
        most = Math.max(most, pods.filter(({ metadata }) => !metadata.deletionTimestamp).length);
        fewest = Math.min(fewest, pods.filter(isReady).length);
      };
      const image = { spec: { containers: [container({ image: 'nginx:1.28' })] } };
      stage.change(deployments, 'web', { spec: { template: image } });
      stage.run(300);
      expect({ most, fewest }).toEqual({ most: max, fewest: min });
      const images = new Set(stage.pods().map(({ spec }) => spec.containers[0].image));
      expect([...images]).toEqual(['nginx:1.28']);
      expect(stage.pods().filter(isReady)).toHaveLength(replicas);
    },
  );

  it('is rolled over: change of mind in the midst of an update', async () => {
    const stage = new Stage();
    stage.create(deployment('web', 2));
    stage.run(30);
    const use = (image: string): void => {
      const template = { spec: { containers: [container({ image })] } };
      stage.change(deployments, 'web', { spec: { template } });
    };
    stage.act('image nginx:1.x, which is not there', () => use('nginx:1.x')).run(60);
    stage.act('back to nginx:1.27', () => use('nginx:1.27')).run(60);
    await expect(stage.diary()).toMatchFileSnapshot('diaries/rollover.txt');
  });

  it('follows its number of replicas up and down', async () => {
    const stage = new Stage();
    stage.create(deployment('web', 1));
    stage.run(20);
    const scale = (replicas: number): void =>
      stage.change(deployments, 'web', { spec: { replicas } });
    stage.act('3 replicas', () => scale(3)).run(20);
    stage.act('no replica', () => scale(0)).run(60);
    await expect(stage.diary()).toMatchFileSnapshot('diaries/scale.txt');
  });
});

describe('a DaemonSet', () => {
  it('has a pod on each machine, and on one that comes', async () => {
    const stage = new Stage({ workers: 1 });
    const labels = { app: 'log' };
    const template = { metadata: { labels }, spec: { containers: [container()] } };
    const daemonSet = {
      kind: 'DaemonSet',
      metadata: { name: 'log' },
      spec: { selector: { matchLabels: labels }, template },
    };
    stage.act('apply log', () => stage.create(daemonSet)).run(20);
    const { world } = stage.cluster;
    const { spec } = world.get(machines, '', 'n1');
    stage.act('machine n9 is added', () =>
      world.create(machines, { metadata: { name: 'n9' }, spec }),
    );
    stage.run(60);
    stage.act('node n9 is cordoned', () =>
      stage.change(nodes, 'n9', { spec: { unschedulable: true } }),
    );
    stage.run(30);
    await expect(stage.diary()).toMatchFileSnapshot('diaries/daemonset.txt');
  });
});
