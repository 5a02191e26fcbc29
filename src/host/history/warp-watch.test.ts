import { describe, expect, it, test } from 'vitest';
import { deployments, machines } from '../../api/resource-ref';
import type { Cluster } from '../../cluster/cluster';
import { Recorder } from '../../cluster/past/recorder';
import { createWholeCluster } from '../../cluster/whole-cluster';
import type { WarpTarget } from '../protocol';
import { comingTargets, watchFor } from './warp-watch';

const labels = { app: 'web' };

function booted(): Cluster {
  const cluster = createWholeCluster({ seed: 1, pace: 'observable' });
  cluster.boot();
  // What the boot leaves behind is still written down.
  cluster.clock.runFor(120_000);
  return cluster;
}

function apply({ client }: Cluster, container: object): void {
  const template = { metadata: { labels }, spec: { containers: [{ name: 'main', ...container }] } };
  const spec = { replicas: 2, selector: { matchLabels: labels }, template };
  client.create(deployments, { metadata: { name: 'web', namespace: 'default' }, spec } as never);
}

function powerOff({ world }: Cluster, name: string): void {
  world.patch(machines, '', name, { spec: { power: 'Off' } }, { patchType: 'merge' });
}

/** Runs until the target comes; virtual seconds until then. */
function secondsTo(target: WarpTarget, cluster: Cluster): number {
  const recorder = new Recorder(cluster);
  const isIt = watchFor(target, cluster);
  const fromMs = cluster.clock.nowMs;
  const found: unknown[] = [];
  recorder.onWrite = (entry) => void (isIt(entry) && found.push(entry));
  while (found.length === 0 && cluster.clock.nowMs < fromMs + 3_600_000) cluster.clock.step();
  return Math.round((cluster.clock.nowMs - fromMs) / 1_000);
}

test('in a cluster at rest only any change may come', () => {
  expect(comingTargets(booted())).toEqual(['change']);
});

describe('a Deployment that starts', () => {
  it('brings a node for its pods, an image, readiness and the end of its rollout, in that order', () => {
    const cluster = booted();
    apply(cluster, { image: 'nginx:1.27' });
    expect(comingTargets(cluster)).toEqual(['change', 'rollout']);
    while (!comingTargets(cluster).includes('scheduled')) cluster.clock.step();
    expect(comingTargets(cluster)).toEqual(
      expect.arrayContaining(['change', 'scheduled', 'ready', 'rollout']),
    );
    expect(secondsTo('scheduled', cluster)).toBeLessThan(2);
    cluster.clock.runFor(500);
    expect(comingTargets(cluster)).toContain('pulled');
    expect(secondsTo('pulled', cluster)).toBeLessThan(10);
    expect(secondsTo('ready', cluster)).toBeLessThan(10);
    expect(secondsTo('rollout', cluster)).toBeLessThan(5);
    expect(comingTargets(cluster)).toEqual(['change']);
  });
});

describe('a container that ends again and again', () => {
  it('brings restarts', () => {
    const cluster = booted();
    apply(cluster, { image: 'busybox:1.36', command: ['sh', '-c', 'exit 1'] });
    cluster.clock.runFor(30_000);
    expect(comingTargets(cluster)).toContain('restart');
    expect(secondsTo('restart', cluster)).toBeLessThan(60);
  });
});

describe('a machine that loses its power', () => {
  it('brings the loss of its node after 40 seconds, and evictions 300 after that', () => {
    const cluster = booted();
    apply(cluster, { image: 'nginx:1.27' });
    cluster.clock.runFor(30_000);
    for (const name of ['n1', 'n2']) powerOff(cluster, name);
    expect(comingTargets(cluster)).toEqual(expect.arrayContaining(['node', 'eviction']));
    const lostS = secondsTo('node', cluster);
    expect(lostS).toBeGreaterThan(30);
    expect(lostS).toBeLessThan(60);
    const evictedS = secondsTo('eviction', cluster);
    expect(evictedS).toBeGreaterThan(290);
    expect(evictedS).toBeLessThan(320);
  });
});
