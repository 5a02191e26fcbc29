import { describe, expect, it } from 'vitest';
import { deployments, machines, pods } from '../../api/resource-ref';
import type { Cluster } from '../../cluster/cluster';
import { Cursor } from '../../cluster/past/cursor';
import { Recorder } from '../../cluster/past/recorder';
import { createWholeCluster } from '../../cluster/whole-cluster';
import type { TimelineDelta } from '../protocol';
import { Lanes } from './lanes';
import { sumUp } from './skipped';

const labels = { app: 'web' };

function web(image: string, command?: string[]) {
  const containers = [{ name: 'main', image, ...(command && { command }) }];
  return {
    replicas: 1,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers } },
  };
}

/** What a timeline is told of a cluster to which something is done. */
function timelineOf(act: (cluster: Cluster) => void): { delta: TimelineDelta; recorder: Recorder } {
  const cluster = createWholeCluster({ seed: 1, pace: 'observable' });
  cluster.boot();
  const recorder = new Recorder(cluster);
  const lanes = new Lanes(cluster.observer, new Cursor(cluster, recorder), recorder.fromMs);
  act(cluster);
  for (let at = recorder.first; at < recorder.end; at++) {
    const entry = recorder.entry(at);
    lanes.write(entry.table.name, entry, recorder.timeOf(at));
  }
  return { delta: lanes.take(recorder.fromMs, Infinity)!, recorder };
}

function applyWeb({ client, clock }: Cluster, spec: object): void {
  client.create(deployments, { metadata: { name: 'web', namespace: 'default' }, spec } as never);
  clock.runFor(60_000);
}

describe('the lane of a pod', () => {
  it('goes through its phases, under its Deployment', () => {
    const { delta } = timelineOf((cluster) => applyWeb(cluster, web('nginx:1.27')));
    const [lane, ...others] = delta.pods.filter(({ namespace }) => namespace === 'default');
    expect(others).toEqual([]);
    expect(lane.owner).toEqual({ kind: 'Deployment', name: 'web' });
    expect(lane.spans.map(({ look }) => look)).toEqual(['pending', 'creating', 'running']);
    expect(lane.endMs).toBeUndefined();
  });

  it('tells of restarts with their cause', () => {
    const crash = web('busybox:1.36', ['sh', '-c', 'sleep 1; exit 3']);
    const { delta } = timelineOf((cluster) => applyWeb(cluster, crash));
    const lane = delta.pods.find(({ namespace }) => namespace === 'default')!;
    expect(lane.restarts.length).toBeGreaterThan(1);
    expect(lane.restarts[0]).toMatchObject({ container: 'main', reason: 'Error', exitCode: 3 });
    expect(lane.spans.map(({ look }) => look)).toContain('crashLoop');
  });

  it('ends when the pod is gone', () => {
    const { delta } = timelineOf((cluster) => {
      applyWeb(cluster, web('nginx:1.27'));
      cluster.client.patch(
        deployments,
        'default',
        'web',
        { spec: { replicas: 0 } },
        { patchType: 'merge' },
      );
      cluster.clock.runFor(60_000);
      expect(cluster.store.list(pods.key, 'default')).toEqual([]);
    });
    const lane = delta.pods.find(({ namespace }) => namespace === 'default')!;
    expect(lane.spans.at(-1)?.look).toBe('terminating');
    expect(lane.endMs).toBeGreaterThan(lane.spans.at(-1)!.fromMs);
  });
});

describe('a machine without power', () => {
  it('is lost in the lane of its node, with its pods, and is a mark', () => {
    const { delta, recorder } = timelineOf((cluster) => {
      applyWeb(cluster, web('nginx:1.27'));
      for (const name of ['n1', 'n2', 'n3', 'n4']) {
        cluster.world.patch(machines, '', name, { spec: { power: 'Off' } }, { patchType: 'merge' });
      }
      cluster.clock.runFor(60_000);
    });
    const node = delta.nodes.find(({ name }) => name === 'n1')!;
    expect(node.spans.map(({ state, power }) => [state, power])).toEqual([
      ['Ready', 'On'],
      ['Ready', 'Off'],
      ['Unknown', 'Off'],
    ]);
    const pod = delta.pods.find(({ namespace }) => namespace === 'default')!;
    expect(pod.spans.at(-1)?.look).toBe('unknown');
    const lost = delta.marks.filter(({ kind }) => kind === 'nodeLost');
    expect(lost.map(({ text }) => text).sort()).toEqual(['n1', 'n2', 'n3', 'n4']);
    expect(sumUp(recorder.entries)).toMatchObject({ podsCreated: 1, nodesLost: 4 });
  });
});

describe('a rollout', () => {
  it('has a lane with its revisions and marks where it begins and is done', () => {
    const { delta, recorder } = timelineOf((cluster) => {
      applyWeb(cluster, web('nginx:1.27'));
      const template = web('nginx:1.28').template;
      cluster.client.patch(
        deployments,
        'default',
        'web',
        { spec: { template } },
        { patchType: 'merge' },
      );
      cluster.clock.runFor(60_000);
    });
    const lane = delta.rollouts.find(({ name }) => name === 'web')!;
    const revisions = lane.spans.map(({ revision }) => revision).filter(Boolean);
    expect([...new Set(revisions)]).toEqual(['1', '2']);
    expect(lane.spans.at(-1)).toMatchObject({
      state: 'done',
      revision: '2',
      updated: 1,
      wanted: 1,
    });
    const marks = delta.marks.filter(({ text }) => text === 'web');
    expect(marks.map(({ kind, about }) => [kind, about])).toEqual([
      ['rolloutDone', '1'],
      ['rollout', '2'],
      ['rolloutDone', '2'],
    ]);
    expect(sumUp(recorder.entries)).toMatchObject({
      rolloutsDone: 2,
      podsCreated: 2,
      podsDeleted: 1,
    });
  });
});
