import { beforeEach, describe, expect, it } from 'vitest';
import type { ResourceRef } from '../api/resource-ref';
import { machines, namespaces, pods } from '../api/resource-ref';
import {
  cronJobs,
  jobs,
  podDisruptionBudgets,
  resourceQuotas,
  statefulSets,
} from '../api/extension-refs';
import type { KubeObject } from '../api/object';
import { daemonSets, deployments, nodes, replicaSets, services } from '../api/resource-ref';
import type { Cluster } from '../cluster/cluster';
import { createWholeCluster } from '../cluster/whole-cluster';
import { stories as words } from '../i18n/en/stories';
import type { SceneStory } from './scene';

let cluster: Cluster;

beforeEach(() => {
  cluster = createWholeCluster({ seed: 3, pace: 'observable', workers: 2 });
  cluster.boot();
  cluster.observer.flush();
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

/** Sentences with the generated parts of names masked, each once. */
function told(act: () => void, ms: number): string[] {
  const lines = stories(act, ms).map(
    ({ rule, parts, tone }) =>
      `${tone}: ${masked((words.rules[rule].says as (parts: object) => string)(parts))}`,
  );
  return [...new Set(lines)];
}

function masked(text: string): string {
  return text
    .replace(/-[0-9a-f]{6,10}(?=[\s*-]|$)/g, '-#')
    .replace(/\b(web|logs|once|often-\d+)(-#)?-[a-z0-9]{5}\b/g, '$1$2-*')
    .replace(/often-\d+/g, 'often-#');
}

function create<T extends KubeObject>(ref: ResourceRef<T>, name: string, spec: object): void {
  const metadata = ref.namespaced ? { name, namespace: 'default' } : { name };
  cluster.client.create(ref, { metadata, spec } as never);
}

const labels = { app: 'web' };
const selector = { matchLabels: labels };

function template(container: object = {}, spec: object = {}) {
  const main = { name: 'main', image: 'nginx:1.27', ...container };
  return { metadata: { labels }, spec: { containers: [main], ...spec } };
}

describe('the story tells', () => {
  it('that a StatefulSet goes in order', () => {
    const lines = told(() => {
      create(statefulSets, 'db', {
        replicas: 2,
        serviceName: 'db',
        selector,
        template: template(),
      });
    }, 20_000);
    expect(lines.filter((line) => line.includes('StatefulSet'))).toEqual([
      'plain: You create StatefulSet **db** → the API server stores it',
      'plain: StatefulSet **db** goes in order, 1 of 2 → creates **db-0**',
      'plain: StatefulSet **db** goes in order, 2 of 2 → creates **db-1**',
    ]);
  });

  it('that a DaemonSet fills each node', () => {
    const lines = told(() => create(daemonSets, 'logs', { selector, template: template() }), 3_000);
    expect(lines).toContain(
      'plain: DaemonSet **logs** finds a node without its pod → creates **logs-***',
    );
  });

  it('how a Job ends', () => {
    const done = template({ image: 'busybox', command: ['true'] }, { restartPolicy: 'Never' });
    const lines = told(() => create(jobs, 'once', { template: done }), 30_000);
    expect(lines).toContain('plain: Job **once** has 0 of 1 done → creates **once-***');
    expect(lines.slice(-2)).toEqual([
      'good: The containers of Pod **once-*** have done their work → it is complete',
      'good: All pods of Job **once** have succeeded → it is complete',
    ]);
  });

  it('when a CronJob is due', () => {
    const jobTemplate = {
      spec: {
        template: template({ image: 'busybox', command: ['true'] }, { restartPolicy: 'Never' }),
      },
    };
    const lines = told(() => {
      create(cronJobs, 'often', { schedule: '* * * * *', jobTemplate });
    }, 70_000);
    expect(lines).toContain('plain: CronJob **often** is due → creates Job **often-#**');
  });

  it('which Services gain and lose endpoints', () => {
    const lines = told(() => {
      create(services, 'web', { selector: labels, ports: [{ port: 80 }] });
      create(deployments, 'web', { replicas: 1, selector, template: template() });
    }, 15_000);
    expect(lines).toContain('good: Service **web** gains 1 endpoint → sends to 1 of 1');
    const lost = told(() => {
      const scale = { spec: { replicas: 0 } };
      cluster.client.patch(deployments, 'default', 'web', scale, { patchType: 'merge' });
    }, 5_000);
    expect(lost).toContain('warn: Service **web** loses 1 endpoint → it has nobody to send to');
  });

  it('that a budget keeps a pod', () => {
    create(deployments, 'web', { replicas: 1, selector, template: template() });
    create(podDisruptionBudgets, 'web', { minAvailable: 1, selector });
    stories(() => undefined, 15_000);
    const [pod] = cluster.client.list(pods, 'default').items;
    const lines = told(() => {
      expect(() => cluster.client.evict('default', pod!.metadata.name)).toThrow('disruption');
    }, 1_000);
    expect(lines).toEqual([
      'warn: A PodDisruptionBudget needs Pod **web-#-*** → it may not be evicted now',
    ]);
  });

  it('that a quota keeps a controller from making pods', () => {
    create(resourceQuotas, 'none', { hard: { pods: '0' } });
    stories(() => undefined, 2_000);
    const lines = told(() => {
      create(replicaSets, 'web', { replicas: 1, selector, template: template() });
    }, 3_000);
    expect(lines.at(-1)).toMatch(
      /^bad: ReplicaSet \*\*web\*\* may not create a pod → .*exceeded quota/,
    );
  });

  it('that a namespace takes all along', () => {
    cluster.client.create(namespaces, { metadata: { name: 'team' } } as never);
    stories(() => undefined, 2_000);
    const metadata = { name: 'alone', namespace: 'team' };
    cluster.client.create(pods, { metadata, spec: template().spec } as never);
    stories(() => undefined, 5_000);
    const lines = told(() => cluster.client.delete(namespaces, '', 'team'), 60_000);
    expect(lines).toEqual(
      expect.arrayContaining([
        'warn: Namespace **team** ends → all that is in it is deleted',
        'plain: Namespace **team** is empty → it is gone',
      ]),
    );
  });

  it('what a person does to nodes and programs', () => {
    const patch = (spec: object) => () =>
      cluster.world.patch(machines, '', 'm1', { spec }, { patchType: 'merge' });
    const unschedulable = (is: boolean) => () =>
      cluster.client.patch(
        nodes,
        '',
        'n1',
        { spec: { unschedulable: is || null } },
        { patchType: 'merge' },
      );
    expect(told(unschedulable(true), 200)).toEqual([
      'plain: You cordon **n1** → it takes no new pods, those on it stay',
    ]);
    expect(told(unschedulable(false), 200)).toEqual([
      'plain: You uncordon **n1** → it takes new pods again',
    ]);
    const stopped = told(patch({ programs: { 'kube-scheduler': { state: 'Stopped' } } }), 40_000);
    expect(stopped.slice(0, 2)).toEqual([
      'bad: You stop **kube-scheduler** on m1 → its container ends',
      'bad: **kube-scheduler** on m1 has stopped → new pods stay Pending, the others run on',
    ]);
  });

  it('that etcd has lost its majority, and has it back', () => {
    cluster = createWholeCluster({ seed: 3, pace: 'observable', preset: 'ha' });
    cluster.boot();
    cluster.observer.flush();
    const power = (name: string, state: 'On' | 'Off') =>
      cluster.world.patch(machines, '', name, { spec: { power: state } }, { patchType: 'merge' });
    const lines = told(() => {
      power('m2', 'Off');
      power('m3', 'Off');
    }, 3_000);
    expect(lines).toContain('bad: etcd has 1 of 3 members → no majority, nothing can be written');
    expect(told(() => power('m2', 'On'), 120_000)).toContain(
      'good: etcd has 2 of 3 members again → it takes writes',
    );
  });
});
