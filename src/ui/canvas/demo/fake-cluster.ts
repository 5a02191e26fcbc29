// An invented cluster for the demo page: the reference picture, an idle one, or a rollout of many pods.
import type {
  PodLook,
  SceneDelta,
  SceneMessage,
  SceneNode,
  ScenePod,
  SceneService,
  SceneStory,
} from '../../../scene/scene';

export interface FakeOptions {
  scene: string;
  nodes: number;
  pods: number;
  nowMs: () => number;
}

const gi = 1024 ** 3;
const letters = 'bcdfghjklmnpqrstvwxz2456789';

export class FakeCluster {
  private seed = 7;
  private id = 1;
  private readonly nodes = new Map<string, SceneNode>();
  private readonly pods = new Map<string, ScenePod>();
  private readonly services = new Map<string, SceneService>();
  private dirty = new Set<string>();
  private gone: string[] = [];
  private nodesDirty = new Set<string>();
  private messages: SceneMessage[] = [];
  private stories: SceneStory[] = [];
  private ticks = 0;

  constructor(private readonly options: FakeOptions) {
    this.addNode('m1', 'zone-a', 2000, 4, true);
    for (let i = 1; i <= options.nodes; i++) {
      const big = i % 4 === 0;
      this.addNode(`n${i}`, `zone-${'abca'[(i - 1) % 4]}`, big ? 4000 : 2000, big ? 8 : 4, false);
    }
    for (const name of ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler']) {
      this.addPod(name, 'm1', 'm1', { namespace: 'kube-system', hue: 6, kind: 'Node' });
    }
    for (const node of this.nodes.keys()) {
      this.addPod('kube-proxy', this.suffix(), node, { namespace: 'kube-system', hue: 6 });
    }
    this.addPod('coredns', this.suffix(), 'n1', { namespace: 'kube-system', hue: 6 });
    this.addPod('coredns', this.suffix(), 'n2', { namespace: 'kube-system', hue: 6 });
    this.addService('default', 'kubernetes', '10.96.0.1', 1, 1, 6);
    this.addService('kube-system', 'kube-dns', '10.96.0.10', 2, 2, 6);
    if (options.scene === 'main') this.mainScene();
    if (options.scene === 'rollout') this.fill();
  }

  first(): SceneDelta {
    return {
      ...this.tick(),
      reset: true,
      nodes: [...this.nodes.values()],
      pods: [...this.pods.values()],
    };
  }

  tick(): SceneDelta {
    this.ticks++;
    this.traffic();
    if (this.options.scene === 'rollout') this.rollout();
    const busy = this.ticks % 12 < 4;
    const delta: SceneDelta = {
      atMs: this.options.nowMs(),
      reset: false,
      nodes: [...this.nodesDirty].map((it) => this.nodes.get(it)!),
      pods: [...this.dirty].map((it) => this.pods.get(it)!).filter(Boolean),
      services: this.ticks === 1 ? [...this.services.values()] : [],
      removedNodes: [],
      removedPods: this.gone,
      removedServices: [],
      gauges: {
        revision: 1284 + this.ticks,
        objectCount: 300,
        databaseBytes: 3_100_000,
        requestsPerSecond: 38,
        watchCount: 212,
        schedulerActive: 1,
        schedulerBackoff: 1,
        schedulerUnschedulable: 0,
      },
      messages: this.messages,
      stories: this.stories,
    };
    if (this.ticks === 1) {
      delta.components = [
        'kube-apiserver',
        'etcd',
        'kube-scheduler',
        'kube-controller-manager',
      ].map((name) => ({ name, machine: 'm1', state: 'running', leader: true }));
    }
    delta.controllers = [
      'deployment',
      'replicaset',
      'endpointslice',
      'node-lifecycle',
      'daemonset',
      'job',
      'namespace',
      'serviceaccount',
      'garbage-collector',
      'pod-gc',
      'cronjob',
      'statefulset',
    ].map((name, i) => ({
      name,
      queue: name === 'replicaset' ? 1 : name === 'endpointslice' && busy ? 2 : i === 3 ? 4 : 0,
      busy: name === 'replicaset' && busy,
    }));
    if (this.ticks % 6 === 1) {
      delta.apiLines = [
        { id: this.id++, verb: 'PUT', path: 'leases/n1', code: 200 },
        { id: this.id++, verb: 'PATCH', path: 'replicasets/web-7d9f/status', code: 200 },
        { id: this.id++, verb: 'POST', path: 'pods', code: 201 },
      ];
    }
    this.messages = [];
    this.stories = [];
    this.gone = [];
    this.dirty = new Set();
    this.nodesDirty = new Set();
    return delta;
  }

  power(machine: string, power: 'On' | 'Off'): void {
    const ready = power === 'Off' ? 'Unknown' : 'Ready';
    this.patchNode(machine, { power, ready, heartbeatMs: this.options.nowMs() });
    this.tell(
      `Machine **${machine}** loses power → its heartbeats stop`,
      'Node',
      '',
      machine,
      'bad',
    );
  }

  cable(machine: string, network: 'Cut' | 'Connected'): void {
    this.patchNode(machine, { network });
  }

  private random(): number {
    this.seed = (this.seed * 1103515245 + 12345) & 0x7fffffff;
    return this.seed / 0x7fffffff;
  }

  private suffix(): string {
    let text = '';
    for (let i = 0; i < 5; i++) text += letters[Math.floor(this.random() * letters.length)];
    return text;
  }

  private addNode(name: string, zone: string, cpu: number, mem: number, master: boolean): void {
    this.nodes.set(name, {
      name,
      machine: name,
      power: 'On',
      network: 'Connected',
      registered: true,
      ready: 'Ready',
      roles: master ? ['control-plane'] : [],
      zone,
      cordoned: false,
      taints: [],
      cpu: { requested: 200 + Math.round(this.random() * cpu * 0.6), allocatable: cpu },
      memory: { requested: (0.3 + this.random() * 0.4) * mem * gi, allocatable: mem * gi },
      podCount: 4,
      maxPods: 110,
      imageCount: 9 + Math.floor(this.random() * 7),
      runtime: 'containerd://2.1.4',
      kubeletVersion: 'v1.36.4',
      heartbeatMs: this.options.nowMs() - 2000,
    });
  }

  private patchNode(name: string, change: Partial<SceneNode>): void {
    this.nodes.set(name, { ...this.nodes.get(name)!, ...change });
    this.nodesDirty.add(name);
  }

  private addPod(
    stem: string,
    suffix: string,
    node: string,
    more: Partial<ScenePod> & { hue?: number; kind?: string; current?: boolean; app?: string },
  ): ScenePod {
    const namespace = more.namespace ?? 'default';
    const name = `${stem}-${suffix}`;
    const { hue = 1, kind = 'Deployment', current = true, app = stem, ...rest } = more;
    const pod: ScenePod = {
      key: `${namespace}/${name}`,
      uid: `u${this.id++}`,
      namespace,
      name,
      title: suffix ? [stem, suffix === 'm1' ? '' : `-${suffix}`] : [stem, ''],
      node,
      look: 'running',
      ready: 1,
      total: 1,
      containers: ['running'],
      restarts: 0,
      owner: { kind, name: app, hue, current },
      createdMs: this.options.nowMs(),
      mirror: kind === 'Node',
      ...rest,
    };
    this.pods.set(pod.key, pod);
    this.dirty.add(pod.key);
    return pod;
  }

  private addService(
    namespace: string,
    name: string,
    ip: string,
    ready: number,
    total: number,
    hue: number,
  ) {
    const key = `${namespace}/${name}`;
    this.services.set(key, {
      key,
      namespace,
      name,
      type: 'ClusterIP',
      clusterIP: ip,
      ports: ['80/TCP'],
      ready,
      total,
      hue,
    });
  }

  private mainScene(): void {
    const now = this.options.nowMs();
    const look = (look: PodLook, more: Partial<ScenePod> = {}) => ({ look, ...more });
    this.addPod('web', 'x2k4q', 'n1', {});
    this.addPod('web', 'd4wjs', 'n1', { look: 'terminating', current: false });
    this.addPod('api', '7bq2f', 'n1', {
      hue: 2,
      ready: 2,
      total: 2,
      containers: ['running', 'running'],
    });
    this.addPod('redis', '0', 'n1', {
      hue: 3,
      ready: 2,
      total: 2,
      containers: ['running', 'sidecar'],
    });
    this.addPod('web', '9hbzt', 'n2', {
      ...look('creating', { ready: 0, containers: ['waiting'] }),
      pull: { startMs: now - 3000, endMs: now + 6000 },
    });
    this.addPod('web', '8v6rn', 'n2', { current: false });
    this.addPod('api', 'm4k9z', 'n2', {
      hue: 2,
      look: 'notReady',
      ready: 1,
      total: 2,
      containers: ['running', 'running'],
    });
    this.addPod('cart', '5jw8d', 'n2', {
      hue: 4,
      look: 'crashLoop',
      ready: 0,
      containers: ['error'],
      restarts: 4,
      reason: 'CrashLoopBackOff',
    });
    this.addPod('web', 'zq9lh', 'n3', {
      look: 'terminating',
      current: false,
      containers: ['waiting'],
    });
    this.addPod('redis', '1', 'n3', {
      hue: 3,
      containers: ['running', 'sidecar'],
      ready: 2,
      total: 2,
    });
    this.addPod('api', 'c8tnd', 'n3', {
      hue: 2,
      containers: ['running', 'running'],
      ready: 2,
      total: 2,
    });
    this.addPod('web', 't7kcx', 'n4', { look: 'terminating', current: false });
    this.addPod('report', '28', 'n4', {
      hue: 5,
      look: 'succeeded',
      ready: 0,
      containers: ['done'],
    });
    this.addPod('nginx-frontend', 'w6f2p', 'n4', { hue: 4 });
    this.addPod('web', 'mq7lp', '', { look: 'pending', ready: 0, containers: ['waiting'] });
    this.addPod('train', '0', '', {
      hue: 5,
      look: 'pending',
      ready: 0,
      total: 2,
      containers: ['waiting', 'waiting'],
      reason: 'Unschedulable',
    });
    this.addService('default', 'web', '10.96.12.7', 3, 5, 1);
    this.addService('default', 'api', '10.96.40.2', 2, 3, 2);
    this.addService('default', 'redis', 'None', 1, 2, 3);
    this.patchNode('n2', { cpu: { requested: 1900, allocatable: 2000 } });
    this.patchNode('n3', { power: 'Off', ready: 'NotReady', heartbeatMs: now - 54_000 });
    this.patchNode('n4', {
      cpu: { requested: 1400, allocatable: 4000 },
      memory: { requested: 2.6 * gi, allocatable: 8 * gi },
    });
    this.tell(
      'ReplicaSet **web-7d9f** wants 3 pods and has 2 → creates one',
      'Pod',
      'default',
      'web-mq7lp',
      'plain',
    );
  }

  private fill(): void {
    const apps = ['web', 'api', 'cart', 'search', 'nginx'];
    for (let i = 0; i < this.options.pods; i++) {
      const app = apps[i % apps.length]!;
      const node = `n${1 + (i % this.options.nodes)}`;
      this.addPod(app, this.suffix(), node, { hue: 1 + (i % 5), current: false });
    }
  }

  /** Replaces a few old pods each tick; when all are new, starts over. */
  private rollout(): void {
    const pods = [...this.pods.values()].filter((it) => it.namespace === 'default');
    const now = this.options.nowMs();
    const perTick = Math.max(1, Math.round(this.options.pods / 100));
    for (const pod of pods) {
      if (pod.look === 'pending' && now - pod.createdMs > 300) {
        this.put({
          ...pod,
          node: `n${1 + Math.floor(this.random() * this.options.nodes)}`,
          look: 'creating',
          containers: ['waiting'],
          pull: { startMs: now, endMs: now + 1500 },
        });
        this.send('kube-scheduler', 'kube-apiserver', 'request', pod);
      } else if (pod.look === 'creating' && now - pod.createdMs > 2000) {
        this.put({ ...pod, look: 'running', ready: 1, containers: ['running'], pull: undefined });
        this.send(`node:${pod.node}`, 'kube-apiserver', 'request', pod);
      } else if (pod.look === 'terminating' && now - pod.createdMs > 1200) {
        this.pods.delete(pod.key);
        this.gone.push(pod.key);
      }
    }
    const old = pods.filter((it) => it.look === 'running' && it.owner?.current === false);
    for (const pod of old.slice(0, perTick)) {
      this.put({ ...pod, look: 'terminating', createdMs: now });
      const made = this.addPod(pod.title[0], this.suffix(), '', {
        hue: pod.owner?.hue ?? 1,
        look: 'pending',
        ready: 0,
        containers: ['waiting'],
      });
      this.send('kube-controller-manager', 'kube-apiserver', 'request', made);
      this.send('kube-apiserver', `node:${pod.node}`, 'watch', pod);
      this.tell(
        `ReplicaSet **${pod.title[0]}** wants 3 pods and has 2 → creates **${made.name}**`,
        'Pod',
        'default',
        made.name,
        'plain',
      );
    }
    if (old.length === 0)
      for (const pod of pods) this.put({ ...pod, owner: { ...pod.owner!, current: false } });
  }

  private put(pod: ScenePod): void {
    this.pods.set(pod.key, pod);
    this.dirty.add(pod.key);
  }

  private traffic(): void {
    if (this.options.scene === 'still') return;
    const nodes = [...this.nodes.values()].filter((it) => it.name !== 'm1');
    const node = nodes[this.ticks % nodes.length]!;
    if (this.ticks % 8 === 0 && node.power === 'On') {
      this.patchNode(node.name, { heartbeatMs: this.options.nowMs() });
      this.send(`node:${node.name}`, 'kube-apiserver', 'heartbeat');
    }
    const turn = this.ticks % 24;
    if (turn === 0) this.send('you', 'kube-apiserver', 'request');
    if (turn === 5) this.send('kube-apiserver', 'etcd', 'request');
    if (turn === 9) this.send('kube-apiserver', 'kube-scheduler', 'watch');
    if (turn === 12) this.send('kube-apiserver', 'kube-controller-manager', 'answer');
    if (turn === 15 && node.power === 'On')
      this.send('kube-apiserver', `node:${node.name}`, 'watch');
  }

  private send(from: string, to: string, look: SceneMessage['look'], pod?: ScenePod): void {
    this.messages.push({
      id: this.id++,
      look,
      from: from as SceneMessage['from'],
      to: to as SceneMessage['to'],
      atMs: this.options.nowMs(),
      durationMs: 900,
      verb: 'create',
      resource: 'pods',
      namespace: pod?.namespace ?? 'default',
      name: pod?.name ?? 'web-mq7lp',
      code: 201,
    });
  }

  private tell(
    text: string,
    kind: string,
    namespace: string,
    name: string,
    tone: SceneStory['tone'],
  ): void {
    const link = (kind: string, name: string, text: string) => ({ kind, namespace, name, text });
    const about = { ...link(kind, name, `${kind} ${name}`) };
    this.stories.push({
      id: this.id++,
      atMs: this.options.nowMs(),
      text,
      tone,
      about,
      chain: [
        link('', '', 'you: apply web.yaml'),
        link('Deployment', 'web', 'Deployment web'),
        link('ReplicaSet', 'web-7d9f', 'ReplicaSet web-7d9f'),
        about,
      ],
    });
  }
}
