import { describe, expect, it } from 'vitest';
import {
  horizontalPodAutoscalers,
  jobs,
  persistentVolumeClaims,
  statefulSets,
} from '../api/extension-refs';
import type { KubeObject } from '../api/object';
import { deployments, machines, nodes, pods, priorityClasses, services } from '../api/resource-ref';
import type { ResourceRef } from '../api/resource-ref';
import type { Cluster } from '../cluster/cluster';
import { createWholeCluster } from '../cluster/whole-cluster';
import { stories as words } from '../i18n/en/stories';
import type { SceneStory } from './scene';

const labels = { app: 'web' };
const selector = { matchLabels: labels };

interface Case {
  name: string;
  preset?: 'ha';
  /** What is there before anybody looks. */
  given?: (cluster: Cluster) => void;
  act: (cluster: Cluster) => void;
  /** Whose stories are compared, of those within `forMs`. */
  rules: readonly SceneStory['rule'][];
  forMs: number;
  /** 'tone: sentence' and, after it, its chain of causes. */
  told: readonly string[];
}

const cases: Case[] = [
  {
    name: 'an autoscaler, and what comes of it',
    given: (cluster) => create(cluster, deployments, 'web', { selector, template: template() }),
    act: (cluster) => {
      create(cluster, horizontalPodAutoscalers, 'web', autoscaler('web'));
    },
    rules: ['autoscaled', 'replicaSetScaled', 'podCreated'],
    forMs: 40_000,
    told: [
      'plain: HorizontalPodAutoscaler **web** sees Current number of replicas below ' +
        'Spec.MinReplicas → wants 2 pods | you created HorizontalPodAutoscaler web',
      'plain: Deployment **web** scales ReplicaSet **web-#** → from 1 to 2 | ' +
        'you created HorizontalPodAutoscaler web > ReplicaSet web-#',
      'plain: ReplicaSet **web-#** wants 2 pods → creates **web-#-*** | ' +
        'you created HorizontalPodAutoscaler web > ReplicaSet web-# > Pod *',
    ],
  },
  {
    name: 'an autoscaler that cannot measure',
    act: (cluster) => create(cluster, horizontalPodAutoscalers, 'blind', autoscaler('none')),
    rules: ['autoscalerBlind'],
    forMs: 30_000,
    told: [
      'warn: HorizontalPodAutoscaler **blind** cannot measure → ' +
        'deployments/scale.apps "none" not found | you created HorizontalPodAutoscaler blind',
    ],
  },
  {
    name: 'a volume that is provisioned, bound and let go',
    act: (cluster) => {
      create(cluster, persistentVolumeClaims, 'data', claim());
      create(cluster, pods, 'db', template({}, volume({ claimName: 'data' })).spec);
      cluster.clock.after(20_000, () => cluster.client.delete(pods, 'default', 'db'));
      cluster.clock.after(21_000, () => {
        cluster.client.delete(persistentVolumeClaims, 'default', 'data');
      });
    },
    rules: ['volumeProvisioned', 'claimBound', 'volumeReleased', 'podBound'],
    forMs: 80_000,
    told: [
      'good: PersistentVolumeClaim **data** needs a volume → **pvc-#** is provisioned | ' +
        'you created PersistentVolumeClaim data',
      'good: PersistentVolumeClaim **data** is bound → it has volume **pvc-#** | ' +
        'you created PersistentVolumeClaim data',
      'plain: Pod **db** fits → the scheduler binds it to **n2** | you created Pod db',
      'plain: Volume **pvc-#** is claimed no more → it is deleted | ' +
        'you deleted PersistentVolumeClaim data > PersistentVolume pvc-#',
    ],
  },
  {
    name: 'a claim that waits',
    act: (cluster) => {
      create(cluster, persistentVolumeClaims, 'lost', claim({ storageClassName: 'none' }));
    },
    rules: ['claimWaits'],
    forMs: 20_000,
    told: [
      'warn: PersistentVolumeClaim **lost** waits → storageclass.storage.k8s.io "none" not found' +
        ' | you created PersistentVolumeClaim lost',
    ],
  },
  {
    name: 'a volume that cannot be mounted',
    act: (cluster) => {
      const volumes = [{ name: 'data', configMap: { name: 'none' } }];
      const spec = { ...template({}, volume({ claimName: 'x' })).spec, volumes };
      create(cluster, pods, 'alone', spec);
    },
    rules: ['volumeNotMounted'],
    forMs: 20_000,
    told: [
      'warn: Pod **alone** lacks a volume → MountVolume.SetUp failed for volume "data" : ' +
        'configmap "none" not found | you created Pod alone',
    ],
  },
  {
    name: 'the claims of a StatefulSet, whose pods keep their numbers',
    act: (cluster) => {
      const volumeClaimTemplates = [{ metadata: { name: 'data' }, spec: claim() }];
      const spec = { replicas: 2, serviceName: 'db', selector, template: template() };
      create(cluster, statefulSets, 'db', { ...spec, volumeClaimTemplates });
    },
    rules: ['statefulPodCreated', 'claimWaits'],
    forMs: 20_000,
    told: [
      'plain: StatefulSet **db** goes in order, 1 of 2 → creates **db-0** | ' +
        'you created StatefulSet db > Pod db-0',
      'plain: PersistentVolumeClaim **data-db-0** waits → waiting for first consumer to be ' +
        'created before binding | you created StatefulSet db > PersistentVolumeClaim data-db-0',
      'plain: StatefulSet **db** goes in order, 2 of 2 → creates **db-1** | ' +
        'you created StatefulSet db > Pod db-0 > Pod db-1',
      'plain: PersistentVolumeClaim **data-db-1** waits → waiting for first consumer to be ' +
        'created before binding | ' +
        'you created StatefulSet db > Pod db-0 > PersistentVolumeClaim data-db-1',
    ],
  },
  {
    name: 'preemption, which goes back to who made the greater pod',
    given: (cluster) => {
      cluster.client.create(priorityClasses, { metadata: { name: 'high' }, value: 1000 } as never);
      const big = template({ resources: { requests: { cpu: '1500m' } } });
      create(cluster, deployments, 'low', { replicas: 2, selector, template: big });
    },
    act: (cluster) => {
      const container = { resources: { requests: { cpu: '1500m' } } };
      create(cluster, pods, 'vip', template(container, { priorityClassName: 'high' }).spec);
    },
    rules: ['podPreempted', 'podCreated'],
    forMs: 10_000,
    told: [
      'warn: A pod that matters more needs n1 → Pod **low-#-*** makes way | ' +
        'you created Pod vip > Pod *',
      'plain: ReplicaSet **low-#** wants 2 pods → creates **low-#-*** | ' +
        'you created Pod vip > Pod *',
    ],
  },
  {
    name: 'a container that takes more memory than it may',
    act: (cluster) => {
      const command = ['stress', '--vm', '1', '--vm-bytes', '250M', '--vm-hang', '1'];
      const resources = { limits: { memory: '100Mi' } };
      const hog = { image: 'polinux/stress:1.0.4', command, resources };
      create(cluster, pods, 'hog', template(hog).spec);
    },
    rules: ['podOutOfMemory', 'podCrashLoop'],
    forMs: 20_000,
    told: [
      'bad: Container main of Pod **hog** takes more memory than its limit → OOMKilled | ' +
        'you created Pod hog',
      'bad: Pod **hog** keeps crashing (OOMKilled), 1 restart → ' +
        'the kubelet waits longer each time | you created Pod hog',
    ],
  },
  {
    name: 'probes that fail',
    act: (cluster) => {
      const probe = { httpGet: { port: 9999 }, periodSeconds: 2, failureThreshold: 2 };
      const probed = template({ readinessProbe: probe, livenessProbe: probe });
      create(cluster, pods, 'ill', probed.spec);
    },
    rules: ['probeFailed', 'probeKills'],
    forMs: 20_000,
    told: [
      'warn: The liveness probe of Pod **ill** fails → Get "http://<ip>:9999/": dial tcp ' +
        '<ip>:9999: connect: connection refused | you created Pod ill',
      'warn: The readiness probe of Pod **ill** fails → Get "http://<ip>:9999/": dial tcp ' +
        '<ip>:9999: connect: connection refused | you created Pod ill',
      'bad: Pod **ill** has failed its probe too often → ' +
        'Container main failed liveness probe, will be restarted | you created Pod ill',
    ],
  },
  {
    name: 'a disk that is full',
    given: (cluster) => {
      const spec = { replicas: 1, selector, template: template({}, at('n1')) };
      create(cluster, deployments, 'web', spec);
    },
    act: (cluster) => change(cluster, 'n1', { disk: { filledPercent: 97 } }),
    rules: ['youFillDisk', 'nodePressure', 'podPressureEvicted'],
    forMs: 60_000,
    told: [
      'bad: You fill the disk of **n1** → its kubelet must evict pods | you filled the disk of n1',
      'bad: Node **n1** runs short of disk → its kubelet evicts pods | ' +
        'you filled the disk of n1 > Node n1',
      'bad: **n1** runs short and evicts Pod **web-#-*** → The node was low on resource: ' +
        'ephemeral-storage. … | you filled the disk of n1 > Node n1 > Pod *',
    ],
  },
  {
    name: 'a Job that gives up, and one that runs out of time',
    act: (cluster) => {
      const failing = template(
        { image: 'busybox', command: ['false'] },
        { restartPolicy: 'Never' },
      );
      create(cluster, jobs, 'bad', { backoffLimit: 0, template: failing });
      const idle = template({}, { restartPolicy: 'Never' });
      create(cluster, jobs, 'slow', { activeDeadlineSeconds: 10, template: idle });
    },
    rules: ['jobFailed', 'podFailed', 'podSurplus'],
    forMs: 60_000,
    told: [
      'bad: Pod **bad-*** has failed → Error | you created Job bad > Pod *',
      'bad: Job **bad** gives up → Job has reached the specified backoff limit | ' +
        'you created Job bad',
      'plain: Job **slow** is over → deletes **slow-*** | you created Job slow > Pod *',
      'bad: Job **slow** gives up → Job was active longer than specified deadline | ' +
        'you created Job slow',
    ],
  },
  {
    name: 'a rollout that gets nowhere',
    act: (cluster) => {
      const typo = template({ image: 'nginx:1.x' });
      const spec = { progressDeadlineSeconds: 20, selector, template: typo };
      create(cluster, deployments, 'web', spec);
    },
    rules: ['rolloutStuck'],
    forMs: 60_000,
    told: [
      'bad: Deployment **web** makes no progress → its rollout counts as failed | ' +
        'you created Deployment web',
    ],
  },
  {
    name: 'a Node that is deleted, with the pods on it',
    given: (cluster) => {
      const spec = { replicas: 1, selector, template: template({}, at('n2')) };
      create(cluster, deployments, 'web', spec);
    },
    act: (cluster) => cluster.client.delete(nodes, '', 'n2'),
    rules: ['youDelete', 'nodeRemoved', 'podOrphaned'],
    forMs: 90_000,
    told: [
      'plain: You delete Node **n2** → the API server removes it | you deleted Node n2',
      'warn: Node **n2** is deleted → its pods are cleared away | you deleted Node n2',
      'warn: Node **n2** is gone → its pod **web-#-*** is cleared away | ' +
        'you deleted Node n2 > Pod *',
    ],
  },
  {
    name: 'a machine that joins',
    act: (cluster) => {
      const { spec } = cluster.world.get(machines, '', 'n1');
      cluster.world.create(machines, { metadata: { name: 'n9' }, spec } as never);
    },
    rules: ['youAdd', 'nodeJoined', 'daemonPodCreated'],
    forMs: 30_000,
    told: [
      'good: You add **n9** → it boots and joins | you added n9',
      'good: The kubelet on **n9** joins → it registers its Node | you added n9 > Node n9',
      'plain: DaemonSet **kube-proxy** finds a node without its pod → creates **kube-proxy-*** | ' +
        'you added n9 > Node n9 > Pod *',
    ],
  },
  {
    name: 'leaders, when the machine of one of three is lost',
    preset: 'ha',
    act: (cluster) => change(cluster, 'm1', { power: 'Off' }),
    rules: ['programStopped', 'leaderChanged'],
    forMs: 60_000,
    told: [
      'bad: **kube-apiserver** on m1 has stopped → 2 others go on | ' +
        'you powered m1 off > kube-apiserver',
      'bad: **etcd** on m1 has stopped → its copy of the data is missing | ' +
        'you powered m1 off > etcd',
      'bad: **kube-scheduler** on m1 has stopped → 2 others go on | ' +
        'you powered m1 off > kube-scheduler',
      'bad: **kube-controller-manager** on m1 has stopped → 2 others go on | ' +
        'you powered m1 off > kube-controller-manager',
      'plain: **kube-scheduler** on m2 becomes leader → it does the work | ' +
        'you powered m1 off > kube-scheduler > Lease kube-scheduler',
      'plain: **kube-controller-manager** on m3 becomes leader → it does the work | ' +
        'you powered m1 off > kube-controller-manager > Lease kube-controller-manager',
    ],
  },
  {
    name: 'a Service by what it had before',
    given: (cluster) => {
      create(cluster, services, 'web', { selector: labels, ports: [{ port: 80 }] });
      create(cluster, deployments, 'web', { replicas: 2, selector, template: template() });
    },
    act: (cluster) => {
      const scale = { spec: { replicas: 1 } };
      cluster.client.patch(deployments, 'default', 'web', scale, { patchType: 'merge' });
    },
    rules: ['endpointsChanged'],
    forMs: 10_000,
    told: [
      'plain: Service **web** loses 1 endpoint → sends to 1 of 2 | ' +
        'you changed Deployment web > ReplicaSet web-# > Pod * > Service web',
    ],
  },
];

describe('the story tells, with what led to it, of', () => {
  it.each(cases)('$name', ({ preset, given, act, rules, forMs, told }) => {
    const cluster = createWholeCluster({
      seed: 3,
      pace: 'observable',
      ...(preset ? { preset } : { workers: 2 }),
    });
    cluster.boot();
    cluster.observer.flush();
    cluster.clock.runFor(30_000);
    given?.(cluster);
    for (let passed = 0; passed < 30_000; passed += 200) {
      cluster.clock.runFor(200);
      cluster.observer.flush();
    }
    act(cluster);
    const lines: string[] = [];
    for (let passed = 0; passed < forMs; passed += 200) {
      cluster.clock.runFor(200);
      for (const story of cluster.observer.flush().stories) {
        if (rules.includes(story.rule)) lines.push(lineOf(story));
      }
    }
    expect([...new Set(lines)]).toEqual(told);
  });
});

/** As the page words it, with what is generated masked. */
function lineOf({ rule, parts, tone, chain }: SceneStory): string {
  const sentence = (words.rules[rule].says as (parts: object) => string)(parts);
  const links = chain.filter(({ kind, name }, i) => {
    const before = chain[i - 1];
    return before?.kind !== kind || before.name !== name;
  });
  const texts = links.map(({ act, text }) => (act ? words.acts[act](text) : text));
  return masked(`${tone}: ${sentence} | ${texts.join(' > ')}`);
}

function masked(text: string): string {
  return text
    .replace(/pvc-[0-9a-f-]{36}/g, 'pvc-#')
    .replace(/\d+\.\d+\.\d+\.\d+/g, '<ip>')
    .replace(/(?<=ephemeral-storage\. )[^|]*(?= \|)/, '…')
    .replace(/-[0-9a-f]{6,10}(?=[\s*-]|$)/g, '-#')
    .replace(/(-#|proxy|bad|slow)-[a-z0-9]{5}\b/g, '$1-*')
    .replace(/Pod [bcdfghjklmnpqrstvwxz2456789]{5}(?= >|$)/g, 'Pod *');
}

function create<T extends KubeObject>(
  cluster: Cluster,
  ref: ResourceRef<T>,
  name: string,
  spec: object,
): void {
  cluster.client.create(ref, { metadata: { name, namespace: 'default' }, spec } as never);
}

function change(cluster: Cluster, machine: string, spec: object): void {
  cluster.world.patch(machines, '', machine, { spec }, { patchType: 'merge' });
}

function template(container: object = {}, spec: object = {}) {
  const main = { name: 'main', image: 'nginx:1.27', ...container };
  return { metadata: { labels }, spec: { containers: [main], ...spec } };
}

function volume(persistentVolumeClaim: object) {
  const mounts = [{ name: 'data', mountPath: '/data' }];
  const containers = [{ name: 'main', image: 'nginx:1.27', volumeMounts: mounts }];
  return { containers, volumes: [{ name: 'data', persistentVolumeClaim }] };
}

function claim(more: object = {}) {
  const resources = { requests: { storage: '1Gi' } };
  return { accessModes: ['ReadWriteOnce'], resources, ...more };
}

function at(node: string) {
  return { nodeSelector: { 'kubernetes.io/hostname': node } };
}

function autoscaler(name: string) {
  const target = { type: 'Utilization', averageUtilization: 50 };
  return {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
    minReplicas: 2,
    maxReplicas: 4,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }],
  };
}
