import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { deployments, machines, pods } from '../api/resource-ref';
import type { Cluster } from '../cluster/cluster';
import { createWholeCluster } from '../cluster/whole-cluster';
import { stories as words } from '../i18n/en/stories';
import type { SceneStory } from './scene';

let cluster: Cluster;

beforeAll(() => {
  cluster = createWholeCluster({ seed: 1, pace: 'observable', workers: 2 });
  cluster.boot();
  cluster.observer.flush();
});

afterAll(() => {
  cluster = undefined!;
});

function stories(act: () => void, ms: number): SceneStory[] {
  act();
  const told: SceneStory[] = [];
  for (let passed = 0; passed < ms; passed += 200) {
    cluster.clock.runFor(200);
    told.push(...cluster.observer.flush().stories);
  }
  return told;
}

/** Sentences, with generated parts of names masked and repeats left out. */
function told(act: () => void, ms: number): string[] {
  return [...new Set(stories(act, ms).map((story) => `${story.tone}: ${masked(sentence(story))}`))];
}

function sentence({ rule, parts }: SceneStory): string {
  return (words.rules[rule].says as (parts: object) => string)(parts);
}

function masked(text: string): string {
  return text
    .replace(/-[0-9a-f]{6,10}(?=[\s*-]|$)/g, '-#')
    .replace(/(-#|proxy)-[a-z0-9]{5}\b/g, '$1-*');
}

function deployment(name: string, image: string, replicas: number, cpu = '100m'): never {
  const labels = { app: name };
  const containers = [{ name: 'main', image, resources: { requests: { cpu } } }];
  const template = { metadata: { labels }, spec: { containers } };
  const spec = { replicas, selector: { matchLabels: labels }, template };
  return { metadata: { name, namespace: 'default' }, spec } as never;
}

function create(...args: Parameters<typeof deployment>): void {
  cluster.client.create(deployments, deployment(...args));
}

function change(name: string, spec: object): void {
  cluster.client.patch(deployments, 'default', name, { spec }, { patchType: 'merge' });
}

function power(name: string, state: 'On' | 'Off'): void {
  const body = { spec: { power: state } };
  cluster.world.patch(machines, '', name, body, { patchType: 'merge' });
}

describe('the story tells, in order,', () => {
  it('how a Deployment comes to run', () => {
    expect(told(() => create('web', 'nginx:1.27', 1), 10_000)).toEqual([
      'plain: You create Deployment **web** → the API server stores it',
      'plain: Deployment **web** has a new pod template → creates ReplicaSet **web-#**',
      'plain: ReplicaSet **web-#** wants 1 pod → creates **web-#-***',
      'plain: Pod **web-#-*** fits → the scheduler binds it to **n1**',
      'plain: The kubelet on **n1** takes **web-#-*** → pulls its image',
      'good: Pod **web-#-*** is ready → Services may send to it',
      'good: Deployment **web** is rolled out → ReplicaSet **web-#** has 1 ready pod',
    ]);
  });

  it('a rolling update', () => {
    const image = { containers: [{ name: 'main', image: 'nginx:1.28' }] };
    expect(told(() => change('web', { template: { spec: image } }), 20_000)).toEqual([
      'plain: You change Deployment **web** → the API server stores it',
      'plain: Deployment **web** has a new pod template → creates ReplicaSet **web-#**',
      'plain: ReplicaSet **web-#** wants 1 pod → creates **web-#-***',
      'plain: Pod **web-#-*** fits → the scheduler binds it to **n2**',
      'plain: The kubelet on **n2** takes **web-#-*** → pulls its image',
      'good: Pod **web-#-*** is ready → Services may send to it',
      'plain: Deployment **web** scales ReplicaSet **web-#** → from 1 to 0',
      'plain: ReplicaSet **web-#** has a pod too many → deletes **web-#-***',
      'good: Deployment **web** is rolled out → ReplicaSet **web-#** has 1 ready pod',
      'plain: The kubelet on **n1** has stopped **web-#-*** → it is gone',
    ]);
  });

  it('a change of scale', () => {
    expect(told(() => change('web', { replicas: 2 }), 10_000).slice(0, 3)).toEqual([
      'plain: You change Deployment **web** → the API server stores it',
      'plain: Deployment **web** scales ReplicaSet **web-#** → from 1 to 2',
      'plain: ReplicaSet **web-#** wants 2 pods → creates **web-#-***',
    ]);
  });

  it('why a pod has no place', () => {
    expect(told(() => create('big', 'nginx:1.27', 1, '64'), 5000).at(-1)).toBe(
      'warn: Pod **big-#-*** fits nowhere, 0/3 nodes are available: ' +
        '1 node(s) had untolerated taint(s), 2 Insufficient cpu → it waits and is tried again',
    );
  });

  it('that an image is not there', () => {
    expect(told(() => create('typo', 'nginx:1.x', 1), 20_000).slice(-2)).toEqual([
      'bad: Pod **typo-#-*** cannot start → ErrImagePull',
      'bad: Pod **typo-#-*** cannot start → ImagePullBackOff',
    ]);
    cluster.client.delete(deployments, 'default', 'typo');
    cluster.client.delete(deployments, 'default', 'big');
  });

  it('that a node is lost and its pods go elsewhere', () => {
    change('web', { replicas: 1 });
    stories(() => {}, 60_000);
    const node = (cluster.client.list(pods, 'default').items[0].spec.nodeName ?? '') as 'n1' | 'n2';
    const other = node === 'n1' ? 'n2' : 'n1';
    const about = (line: string): boolean => line.includes('web') || line.includes(`**${node}**`);
    const lost = told(() => power(node, 'Off'), 360_000);
    expect(lost.filter(about)).toEqual([
      `bad: You cut the power of **${node}** → kubelet and containers stop`,
      `bad: Node **${node}** sends no heartbeat → it counts as NotReady`,
      'warn: Pod **web-#-*** is not ready any more → Services stop sending to it',
      `bad: Node **${node}** is unreachable → tainted, its pods leave in 300 s`,
      `warn: Pod **web-#-*** does not tolerate ${node} any longer → it is evicted`,
      'plain: ReplicaSet **web-#** wants 1 pod → creates **web-#-***',
      `plain: Pod **web-#-*** fits → the scheduler binds it to **${other}**`,
      `plain: The kubelet on **${other}** takes **web-#-*** → starts it: the image is there`,
      'good: Pod **web-#-*** is ready → Services may send to it',
    ]);
    const back = told(() => power(node, 'On'), 60_000);
    expect(back.filter(about)).toEqual([
      `good: You switch **${node}** on → it boots, its kubelet rejoins`,
      `warn: Node **${node}** has rebooted → its containers start anew`,
      `plain: The kubelet on **${node}** has stopped **web-#-*** → it is gone`,
      `plain: The kubelet on **${node}** has stopped **coredns-#-*** → it is gone`,
      `good: Node **${node}** is heard again → it is Ready`,
    ]);
  });

  it('a deletion, down to the pods', () => {
    expect(told(() => cluster.client.delete(deployments, 'default', 'web'), 40_000)).toEqual([
      'plain: You delete Deployment **web** → the API server removes it',
      'plain: Deployment **web** is gone → its ReplicaSet **web-#** goes too',
      'plain: ReplicaSet **web-#** is gone → its pod **web-#-*** goes too',
      'plain: The kubelet on **n1** has stopped **web-#-*** → it is gone',
    ]);
  });
});

test('each sentence carries the chain of causes from the act of the person', () => {
  const chains = stories(() => create('api', 'nginx:1.28', 1), 10_000).map(({ chain }) =>
    chain.map(({ kind, namespace }) => `${kind} ${namespace}`),
  );
  const act = ['Deployment default'];
  const replicaSet = [...act, 'ReplicaSet default'];
  const pod = [...replicaSet, 'Pod default'];
  expect(chains).toEqual([act, replicaSet, pod, pod, pod, pod, [...act, ...act]]);
});

test('what is lost with a node goes back to who cut its power', () => {
  const told = stories(() => power('n1', 'Off'), 60_000);
  const pod = told.find(({ rule }) => rule === 'podUnready')!;
  expect(pod.root).toBe(told[0]!.id);
  expect(pod.chain.map(({ kind, act }) => [kind, act])).toEqual([
    ['Machine', 'youPowerOff'],
    ['Node', undefined],
    ['Pod', undefined],
  ]);
  stories(() => power('n1', 'On'), 60_000);
});

test('what the API server refuses the person is told, what is routine is not', () => {
  const refused = told(() => {
    expect(() => create('api', 'nginx:1.28', 1)).toThrow('already exists');
  }, 30_000);
  expect(refused).toEqual([
    'bad: The API server refuses to create Deployment **api** → ' +
      'it has changed meanwhile, or is there already (409)',
  ]);
});

test('what no write leads to goes back to the act that made its object', () => {
  const told = stories(() => create('typo', 'nginx:1.x', 1), 20_000);
  const trouble = told.filter(({ tone }) => tone === 'bad').at(-1)!;
  expect(trouble.root).toBe(told[0]!.id);
  expect(trouble.chain.map(({ kind, act }) => [kind, act])).toEqual([
    ['Deployment', 'youCreate'],
    ['ReplicaSet', undefined],
    ['Pod', undefined],
  ]);
});
