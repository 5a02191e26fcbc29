import { beforeEach, describe, expect, it, test } from 'vitest';
import { deployments, machines, nodes, pods, services } from '../api/resource-ref';
import { createCluster, type Cluster } from '../cluster/cluster';
import type { SceneDelta, SceneNode, ScenePod, SceneService } from './scene';
import { storyTeller } from './story-teller';

/** What a page holds after the deltas it has had. */
class Mirror {
  readonly nodes = new Map<string, SceneNode>();
  readonly pods = new Map<string, ScenePod>();
  readonly services = new Map<string, SceneService>();

  apply(delta: SceneDelta): void {
    if (delta.reset) for (const map of [this.nodes, this.pods, this.services]) map.clear();
    for (const node of delta.nodes) this.nodes.set(node.name, node);
    for (const pod of delta.pods) this.pods.set(pod.key, pod);
    for (const service of delta.services) this.services.set(service.key, service);
    for (const name of delta.removedNodes) this.nodes.delete(name);
    for (const key of delta.removedPods) this.pods.delete(key);
    for (const key of delta.removedServices) this.services.delete(key);
  }

  state(): object {
    const sorted = <T>(map: Map<string, T>): T[] =>
      [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
    return { nodes: sorted(this.nodes), pods: sorted(this.pods), services: sorted(this.services) };
  }
}

let cluster: Cluster;
let mirror: Mirror;

beforeEach(() => {
  cluster = createCluster({ seed: 1, pace: 'observable', workers: 2 });
  cluster.boot();
  mirror = new Mirror();
  mirror.apply(cluster.observer.flush());
});

function run(ms: number, stepMs = 500): SceneDelta[] {
  const deltas: SceneDelta[] = [];
  for (let passed = 0; passed < ms; passed += stepMs) {
    cluster.clock.runFor(stepMs);
    const delta = cluster.observer.flush();
    mirror.apply(delta);
    deltas.push(delta);
  }
  return deltas;
}

function deploy(replicas: number): void {
  const labels = { app: 'web' };
  const template = {
    metadata: { labels },
    spec: { containers: [{ name: 'main', image: 'nginx:1.27' }] },
  };
  const spec = { replicas, selector: { matchLabels: labels }, template };
  cluster.client.create(deployments, {
    metadata: { name: 'web', namespace: 'default' },
    spec,
  } as never);
}

function createPod(name: string, spec: object = {}): void {
  const containers = [{ name: 'main', image: 'nginx:1.27' }];
  const metadata = { name, namespace: 'default' };
  cluster.client.create(pods, { metadata, spec: { containers, ...spec } } as never);
}

function expose(): void {
  const spec = { selector: { app: 'web' }, ports: [{ port: 80 }] };
  const metadata = { name: 'web', namespace: 'default' };
  cluster.client.create(services, { metadata, spec } as never);
}

/** Names of all that a delta speaks of, but for the motion. */
function touched(delta: SceneDelta): string[] {
  return [
    ...delta.nodes.map(({ name }) => name),
    ...delta.pods.map(({ key }) => key),
    ...delta.services.map(({ key }) => key),
    ...delta.removedNodes,
    ...delta.removedPods,
    ...delta.removedServices,
  ].sort();
}

describe('the deltas add up to the picture', () => {
  const whole = (): object => {
    const fresh = new Mirror();
    cluster.observer.startOver();
    fresh.apply(cluster.observer.flush());
    return fresh.state();
  };

  it('at the start', () => {
    expect(mirror.state()).toEqual(whole());
  });

  it('after a life of deployments, services, faults and deletions', () => {
    deploy(4);
    expose();
    run(10_000);
    expect(mirror.state()).toEqual(whole());
    cluster.world.patch(machines, '', 'n1', { spec: { power: 'Off' } }, { patchType: 'merge' });
    cluster.client.patch(nodes, '', 'n2', { spec: { unschedulable: true } });
    run(60_000);
    expect(mirror.state()).toEqual(whole());
    run(360_000, 5000);
    cluster.client.delete(services, 'default', 'web');
    cluster.client.delete(deployments, 'default', 'web');
    cluster.world.delete(machines, '', 'n1');
    cluster.client.delete(nodes, '', 'n1');
    run(60_000);
    expect(mirror.state()).toEqual(whole());
    expect([...mirror.nodes.keys()].sort()).toEqual(['m1', 'n2']);
    expect([...mirror.pods.keys()].filter((key) => key.startsWith('default/'))).toEqual([]);
    expect([...mirror.services.keys()].sort()).toEqual([
      'default/kubernetes',
      'kube-system/kube-dns',
    ]);
  });

  it('when the API server was away in between', () => {
    deploy(2);
    run(3000);
    cluster.crashComponent('kube-apiserver');
    run(60_000);
    expect(mirror.state()).toEqual(whole());
  });
});

describe('a delta touches only what changed', () => {
  it('which is nothing while nothing happens but heartbeats', () => {
    run(30_000);
    const deltas = run(60_000);
    expect(new Set(deltas.flatMap(touched))).toEqual(new Set(['m1', 'n1', 'n2']));
    expect(deltas.flatMap((delta) => delta.pods)).toEqual([]);
  });

  it('which is one pod, and its node once it is bound', () => {
    cluster.clock.runFor(1);
    cluster.observer.flush();
    createPod('lone');
    cluster.clock.runFor(0);
    expect(touched(cluster.observer.flush())).toEqual(['default/lone']);
    const names = new Set(run(5000).flatMap((delta) => delta.pods.map(({ key }) => key)));
    expect(names).toEqual(new Set(['default/lone']));
    expect(mirror.pods.get('default/lone')).toMatchObject({ look: 'running', title: ['lone', ''] });
    const { node } = mirror.pods.get('default/lone')!;
    expect(mirror.nodes.get(node)!.podCount).toBeGreaterThan(1);
  });

  it('and is empty when it is asked again at once', () => {
    deploy(2);
    run(10_000);
    const delta = cluster.observer.flush();
    expect(touched(delta)).toEqual([]);
    expect(cluster.observer.hasNews(delta)).toBe(false);
    expect([delta.components, delta.controllers, delta.apiLines]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('the picture of', () => {
  const looks = (): string[] =>
    run(8000, 100)
      .flatMap((delta) => delta.pods)
      .filter(({ name }) => name === 'lone')
      .map(({ look }) => look)
      .filter((look, index, all) => look !== all[index - 1]);

  it('a pod goes from pending to running, and shows its pull meanwhile', () => {
    createPod('lone');
    const deltas = run(8000, 100).flatMap((delta) => delta.pods);
    const pulled = deltas.filter(({ pull }) => pull);
    expect(pulled.length).toBeGreaterThan(0);
    expect(pulled.every(({ look }) => look === 'creating')).toBe(true);
    expect(pulled[0].pull!.endMs).toBeGreaterThan(pulled[0].pull!.startMs);
    const seen = deltas.map(({ look }) => look);
    expect([...new Set(seen)]).toEqual(['pending', 'creating', 'running']);
  });

  it('a pod that has no place stays pending, with its reason', () => {
    createPod('lone', { nodeSelector: { disk: 'ssd' } });
    expect(looks()).toEqual(['pending']);
    expect(mirror.pods.get('default/lone')).toMatchObject({ reason: 'Unschedulable', node: '' });
  });

  it('a lost node: its pods are not known any longer, until it is back', () => {
    createPod('lone', { nodeName: 'n1', tolerations: [{ operator: 'Exists' }] });
    run(8000);
    const power = (state: 'On' | 'Off'): unknown =>
      cluster.world.patch(machines, '', 'n1', { spec: { power: state } }, { patchType: 'merge' });
    power('Off');
    run(1000);
    expect(mirror.nodes.get('n1')).toMatchObject({ power: 'Off', ready: 'Ready' });
    run(50_000);
    expect(mirror.nodes.get('n1')).toMatchObject({ ready: 'Unknown', power: 'Off' });
    expect(mirror.pods.get('default/lone')!.look).toBe('unknown');
    power('On');
    run(60_000);
    expect(mirror.nodes.get('n1')).toMatchObject({ ready: 'Ready', power: 'On', taints: [] });
    expect(mirror.pods.get('default/lone')).toMatchObject({ look: 'running', restarts: 1 });
  });

  it('a Deployment: its pods share a colour, those of the old revision are told apart', () => {
    deploy(2);
    run(10_000);
    const image = { spec: { containers: [{ name: 'main', image: 'nginx:1.28' }] } };
    const body = { spec: { template: image } };
    cluster.client.patch(deployments, 'default', 'web', body, { patchType: 'merge' });
    run(3000, 100);
    const owners = [...mirror.pods.values()].filter(({ owner }) => owner?.name === 'web');
    expect(new Set(owners.map(({ owner }) => owner!.hue)).size).toBe(1);
    expect(owners.map(({ owner }) => owner!.current).sort()).toEqual([false, false, true]);
    expect(mirror.pods.get('kube-system/etcd-m1')!.owner).toMatchObject({ kind: 'Node', hue: 6 });
  });

  it('a service counts its endpoints as they turn ready', () => {
    deploy(3);
    expose();
    run(500, 100);
    expect(mirror.services.get('default/web')).toMatchObject({ ready: 0 });
    run(15_000);
    expect(mirror.services.get('default/web')).toMatchObject({ ready: 3, total: 3 });
  });

  it('the control plane says which programs run', () => {
    cluster.crashComponent('kube-scheduler');
    const stopped = run(200, 100).find(({ components }) => components)!;
    const scheduler = (delta: SceneDelta) =>
      delta.components!.find(({ name }) => name === 'kube-scheduler')!;
    const state = (delta: SceneDelta): string => scheduler(delta).state;
    expect(state(stopped)).toBe('stopped');
    expect(scheduler(stopped).sinceMs).toBe(stopped.atMs);
    expect(stopped.components!.filter(({ sinceMs }) => sinceMs !== undefined)).toHaveLength(1);
    const started = run(60_000).filter(({ components }) => components);
    expect(state(started.at(-1)!)).toBe('running');
    expect(
      started.at(-1)!.components!.every(({ leader, name }) => leader || name === 'kube-apiserver'),
    ).toBe(true);
  });
});

test('motion is left out when it is not asked for, what has happened is told', () => {
  cluster.tellWith(storyTeller);
  createPod('lone');
  cluster.clock.runFor(5000);
  const { messages, stories, pods: changed } = cluster.observer.flush(false);
  expect(messages).toEqual([]);
  expect(stories.map(({ rule }) => rule)).toContain('podReady');
  expect(changed.map(({ key }) => key)).toEqual(['default/lone']);
});

test('a story that is told late tells what has gone by', () => {
  createPod('lone');
  run(5000);
  cluster.tellWith(storyTeller);
  const [delta] = run(500);
  expect(delta!.stories.map(({ rule, id }) => [id, rule])).toEqual([
    [1, 'youCreate'],
    [2, 'podBound'],
    [3, 'podReady'],
  ]);
});

test('messages travel for as long as calls and watch events take', () => {
  createPod('lone');
  const lasting = new Map<string, number>();
  for (const { messages } of run(2000, 100)) {
    for (const { look, durationMs } of messages) lasting.set(look, durationMs);
  }
  expect(lasting.get('request')).toBe(20);
});

test('the newest three requests are told, and how many there are a second', () => {
  for (const name of ['a', 'b', 'c', 'd']) createPod(name);
  const { apiLines, gauges } = cluster.observer.flush();
  expect(apiLines!.map(({ verb, path, code }) => `${verb} ${path} ${code}`)).toEqual([
    'POST pods/b 201',
    'POST pods/c 201',
    'POST pods/d 201',
  ]);
  expect(gauges.requestsPerSecond).toBeGreaterThanOrEqual(4);
  expect(gauges.objectCount).toBe(cluster.store.objectCount);
});
