import { expect, test } from 'vitest';
import { createWholeCluster } from '../../../cluster/whole-cluster';

const LABELS = { app: 'web' };
const TEMPLATE = {
  metadata: { labels: LABELS },
  spec: { containers: [{ name: 'main', image: 'nginx:1.27' }] },
};

const STATEFUL_SET = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  spec: { replicas: 1, selector: { matchLabels: LABELS }, template: TEMPLATE },
};
const REPLICATION_CONTROLLER = {
  apiVersion: 'v1',
  kind: 'ReplicationController',
  spec: { replicas: 1, selector: LABELS, template: TEMPLATE },
};
/** Of no kind whose pods are spread. */
const JOB = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  spec: {
    template: { ...TEMPLATE, spec: { ...TEMPLATE.spec, restartPolicy: 'Never' } },
  },
};

test.each<[string, string, object, boolean]>([
  ['/apis/apps/v1', 'statefulsets', STATEFUL_SET, true],
  ['/api/v1', 'replicationcontrollers', REPLICATION_CONTROLLER, true],
  ['/apis/batch/v1', 'jobs', JOB, false],
])(
  'pods of %s/%s have a score of their spreading where their owner counts',
  (base, resource, object, isSpread) => {
    const cluster = createWholeCluster({ seed: 1, workers: 2 });
    cluster.boot();
    const body = JSON.stringify({ ...object, metadata: { name: 'web' } });
    const headers = { 'content-type': 'application/json' };
    const path = `${base}/namespaces/default/${resource}`;
    expect(cluster.handle({ method: 'POST', path, headers, body }).status).toBe(201);
    cluster.clock.runFor(5_000);
    const list = JSON.parse(
      cluster.handle({ method: 'GET', path: '/api/v1/namespaces/default/pods', headers: {} }).body,
    ) as { items: { metadata: { name: string } }[] };
    const [{ metadata }] = list.items;
    const { scores } = cluster.whyScheduled('default', metadata.name)!;
    expect(scores.some(({ plugin }) => plugin === 'PodTopologySpread')).toBe(isSpread);
  },
);
