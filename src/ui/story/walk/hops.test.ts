import { beforeEach, describe, expect, it } from 'vitest';
import { cronJobs, jobs, resourceQuotas, statefulSets } from '../../../api/extension-refs';
import type { KubeObject } from '../../../api/object';
import { daemonSets, deployments, pods, services } from '../../../api/resource-ref';
import type { ResourceRef } from '../../../api/resource-ref';
import type { Cluster } from '../../../cluster/cluster';
import { createWholeCluster } from '../../../cluster/whole-cluster';
import type { SceneMessage } from '../../../scene/scene';
import { createSceneStore, nextScene } from '../../state/scene-store';
import { HopFinder, isWorkload } from './hop-finder';
import { isEnd } from './hops';
import type { Hop } from './hops';

const STEP_MS = 40;
const labels = { app: 'web' };
const selector = { matchLabels: labels };

let cluster: Cluster;

function start(options: { preset?: string; workers?: number }): void {
  cluster = createWholeCluster({ seed: 1, pace: 'observable', ...options });
  cluster.boot();
  cluster.sim.tracesDeliveries = true;
  cluster.observer.flush();
}

beforeEach(() => start({ workers: 2 }));

/** The hops of a walk behind what an act makes, to its end. */
function walk(act: () => void, { motion = true, stepMs = STEP_MS } = {}): Hop[] {
  let scene = nextScene(createSceneStore().getState(), cluster.observer.flush());
  const finder = new HopFinder(scene.stories.at(-1)?.id ?? 0, () => true);
  const hops: Hop[] = [];
  act();
  const untilMs = cluster.clock.nowMs + 30 * 3_600_000;
  while (!isEnd(hops.at(-1)) && cluster.clock.nowMs < untilMs) {
    const was = scene;
    scene = nextScene(was, cluster.observer.flush(motion));
    hops.push(...finder.take(scene, was), ...finder.wait(scene.atMs));
    cluster.clock.runFor(stepMs);
  }
  return hops;
}

const kinds = (hops: readonly Hop[]) => hops.map(({ kind }) => kind).join(' ');

function create<T extends KubeObject>(ref: ResourceRef<T>, name: string, spec: object) {
  return () => {
    const object = { metadata: { name, namespace: 'default' }, spec };
    cluster.client.create(ref, object as never);
  };
}

function podSpec(container: object = {}, more: object = {}) {
  return { containers: [{ name: 'main', image: 'nginx:1.27', ...container }], ...more };
}

function template(container: object = {}, more: object = {}) {
  return { metadata: { labels }, spec: podSpec(container, more) };
}

const API = 'sent authn authz admission validation stored';
const NODE = 'schedulerTold filtered scored bound kubeletTold';
const RUN = 'started ready';

describe('the walk behind', () => {
  it('a Deployment goes from the request to the Service', () => {
    create(services, 'web', { selector: labels, ports: [{ port: 80 }] })();
    const hops = walk(create(deployments, 'web', { replicas: 2, selector, template: template() }));
    expect(kinds(hops)).toBe(
      `${API} controllerTold replicaSetMade podMade ${NODE} pulls ${RUN} endpoints done`,
    );
    const [pod] = new Set(hops.flatMap(({ parts }) => parts.pod ?? []));
    expect(pod).toMatch(/^web-[0-9a-f]+-\w{5}$/);
    expect(hops.at(-2)!.parts).toMatchObject({ service: 'web', ready: 1 });
    const times = hops.map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('a new revision of a Deployment goes through a new ReplicaSet', () => {
    create(deployments, 'web', { replicas: 1, selector, template: template() })();
    cluster.clock.runFor(20_000);
    const spec = { template: { spec: podSpec({ image: 'nginx:1.28' }) } };
    const hops = walk(() => {
      cluster.client.patch(deployments, 'default', 'web', { spec }, { patchType: 'merge' });
    });
    expect(kinds(hops)).toBe(
      `${API} controllerTold replicaSetMade podMade ${NODE} pulls ${RUN} done`,
    );
  });

  it('a bare Pod has no controller', () => {
    const hops = walk(create(pods, 'alone', podSpec()));
    expect(kinds(hops)).toBe(`${API} ${NODE} pulls ${RUN} done`);
  });

  it('a Pod that names its node meets no scheduler', () => {
    const hops = walk(create(pods, 'alone', podSpec({}, { nodeName: 'n1' })));
    expect(kinds(hops)).toBe(`${API} kubeletTold pulls ${RUN} done`);
  });

  it('a StatefulSet claims a volume first', () => {
    const volumeClaimTemplates = [
      {
        metadata: { name: 'data' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
    ];
    const spec = { serviceName: 'db', selector, template: template(), volumeClaimTemplates };
    const hops = walk(create(statefulSets, 'db', spec));
    expect(kinds(hops)).toBe(`${API} controllerTold claimMade podMade ${NODE} pulls ${RUN} done`);
    expect(hops.at(-1)!.parts.pod).toBe('db-0');
  });

  it('a DaemonSet follows the pod of one node', () => {
    const hops = walk(create(daemonSets, 'logs', { selector, template: template() }));
    expect(kinds(hops)).toBe(`${API} controllerTold podMade ${NODE} pulls ${RUN} done`);
  });

  it('a Job ends with its work', () => {
    const work = template({ image: 'busybox', command: ['true'] }, { restartPolicy: 'Never' });
    const hops = walk(create(jobs, 'once', { template: work }));
    expect(kinds(hops)).toBe(`${API} controllerTold podMade ${NODE} pulls started done`);
  });

  const often = (more: object = {}) => ({
    schedule: '*/5 * * * *',
    jobTemplate: { spec: { template: template({}, { restartPolicy: 'Never' }) } },
    ...more,
  });

  it('a CronJob waits for its time, and goes on with its Job', () => {
    const hops = walk(create(cronJobs, 'often', often()));
    expect(kinds(hops)).toBe(`${API} controllerTold due jobMade podMade ${NODE} pulls ${RUN} done`);
  });

  it('a CronJob that is suspended says so in the end', () => {
    // It waits a day, for which a cluster needs no machines.
    start({ preset: 'empty' });
    const hops = walk(create(cronJobs, 'often', often({ suspend: true })), { stepMs: 60_000 });
    expect(kinds(hops)).toBe(`${API} controllerTold due noJob`);
  });

  it('what is refused ends where it is refused', () => {
    const hops = walk(() => {
      expect(create(pods, 'Not_A_Name', podSpec())).toThrow('Invalid value');
    });
    expect(kinds(hops)).toBe('sent authn authz admission refused');
    expect(hops.at(-1)).toMatchObject({ parts: { code: 422 }, place: { stage: 'check' } });
  });

  it('what a quota forbids ends at admission', () => {
    create(resourceQuotas, 'none', { hard: { pods: '0' } })();
    cluster.clock.runFor(2_000);
    const hops = walk(() => {
      expect(create(pods, 'alone', podSpec())).toThrow('exceeded quota');
    });
    expect(kinds(hops)).toBe('sent authn authz refused');
    expect(hops.at(-1)).toMatchObject({ parts: { code: 403 }, place: { stage: 'admit' } });
  });

  it('a controller that may make no pod says why', () => {
    create(resourceQuotas, 'none', { hard: { pods: '0' } })();
    cluster.clock.runFor(2_000);
    const hops = walk(create(deployments, 'web', { selector, template: template() }));
    expect(kinds(hops)).toBe(`${API} controllerTold replicaSetMade podRefused noPod`);
    expect(hops.at(-1)!.parts.reason).toContain('exceeded quota: none');
  });

  it('what wants no pods makes none', () => {
    const hops = walk(create(deployments, 'web', { replicas: 0, selector, template: template() }));
    expect(kinds(hops)).toBe(`${API} controllerTold replicaSetMade noPod`);
  });

  it('a pod without room stays Pending, and why', () => {
    const big = podSpec({ resources: { requests: { cpu: '64' } } });
    const hops = walk(create(pods, 'big', big));
    expect(kinds(hops)).toBe(`${API} schedulerTold noNode stays`);
    expect(hops.at(-1)!.parts).toMatchObject({
      pod: 'big',
      node: '',
      reason: '0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu',
    });
  });

  it('a pod with gates is left alone', () => {
    const hops = walk(create(pods, 'gated', podSpec({}, { schedulingGates: [{ name: 'a.b/c' }] })));
    expect(kinds(hops)).toBe(`${API} gated stays`);
  });

  it('an image that is not there ends the way', () => {
    const hops = walk(create(pods, 'typo', podSpec({ image: 'nginx:1.x' })));
    expect(kinds(hops)).toBe(`${API} ${NODE} pulls failed stays`);
    expect(hops.at(-1)!.parts).toMatchObject({ node: expect.any(String) as string });
  });

  it('a pod that is deleted is gone', () => {
    let isDeleted = false;
    const hops = walk(() => {
      create(pods, 'alone', podSpec({}, { schedulingGates: [{ name: 'a.b/c' }] }))();
      cluster.clock.after(5_000, () => {
        cluster.client.delete(pods, 'default', 'alone', { gracePeriodSeconds: 0 } as never);
        isDeleted = true;
      });
    });
    expect(isDeleted).toBe(true);
    expect(kinds(hops)).toBe(`${API} gated gone`);
  });

  it('needs a stored write: a trial and what makes no pods begin nothing', () => {
    const finder = new HopFinder(0, () => false);
    const scene = nextScene(createSceneStore().getState(), cluster.observer.flush());
    const trial = { look: 'request', from: 'you', to: 'kube-apiserver', verb: 'create', code: 201 };
    const of = (resource: string) => ({ id: 4, resource, name: 'web', ...trial }) as SceneMessage;
    expect(isWorkload(of('deployments.apps'))).toBe(true);
    expect(isWorkload(of('configmaps'))).toBe(false);
    expect(isWorkload({ ...of('pods'), verb: 'get' })).toBe(false);
    expect(isWorkload({ ...of('pods'), from: 'kube-scheduler' })).toBe(false);
    const messages = [of('deployments.apps')];
    expect(finder.take({ ...scene, messages }, scene)).toEqual([]);
    expect(finder.hasBegun).toBe(false);
    const refused = [{ ...of('pods'), code: 422 }];
    expect(finder.take({ ...scene, messages: refused }, scene)).toEqual([]);
  });
});

describe('without messages, as after a run ahead,', () => {
  it('the story tells the way', () => {
    let scene = nextScene(createSceneStore().getState(), cluster.observer.flush());
    const finder = new HopFinder(scene.stories.at(-1)?.id ?? 0, () => true);
    create(deployments, 'web', { selector, template: template() })();
    let was = scene;
    scene = nextScene(was, cluster.observer.flush());
    const hops = [...finder.take(scene, was)];
    for (let turn = 0; turn < 200; turn++) {
      cluster.clock.runFor(100);
      was = scene;
      scene = nextScene(was, cluster.observer.flush(false));
      hops.push(...finder.take(scene, was));
    }
    expect(kinds(hops)).toBe(
      `${API} replicaSetMade podMade filtered scored bound kubeletTold pulls started ready`,
    );
  });
});

describe('in a cluster of more than 60 nodes', () => {
  it('the hops of watches are told to who follows', () => {
    cluster = createWholeCluster({ seed: 1, pace: 'observable', workers: 70 });
    cluster.boot();
    cluster.sim.tracesDeliveries = true;
    cluster.observer.isFollowed = true;
    const hops = walk(create(deployments, 'web', { replicas: 3, selector, template: template() }));
    expect(kinds(hops)).toBe(
      `${API} controllerTold replicaSetMade podMade ${NODE} pulls ${RUN} done`,
    );
  });
});
