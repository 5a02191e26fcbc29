import { expect, test } from 'vitest';
import { apiServices, horizontalPodAutoscalers } from '../../api/extension-refs';
import type { HorizontalPodAutoscaler } from '../../api/extension-types';
import { deployments, events, pods, services } from '../../api/resource-ref';
import type { Cluster } from '../../cluster/cluster';
import { createWholeCluster } from '../../cluster/whole-cluster';
import { workloadSpec } from '../../testing/controller-fixtures';

const IMAGE = 'registry.k8s.io/hpa-example';

/** The walkthrough of the documentation, with the load from its start. */
function startWalkthrough(spec: object = {}): Cluster {
  const cluster = createWholeCluster({ seed: 1, workers: 2 });
  cluster.boot();
  const { client } = cluster;
  const resources = { limits: { cpu: '500m' }, requests: { cpu: '200m' } };
  const containers = [{ name: 'php-apache', image: IMAGE, resources }];
  const metadata = { name: 'php-apache', namespace: 'default' };
  client.create(deployments, {
    metadata,
    spec: workloadSpec('php', {
      template: { metadata: { labels: { app: 'php' } }, spec: { containers } },
    }),
  });
  client.create(services, {
    metadata,
    spec: { selector: { app: 'php' }, ports: [{ port: 80 }] },
  } as never);
  client.create(horizontalPodAutoscalers, {
    metadata,
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'php-apache' },
      minReplicas: 1,
      maxReplicas: 10,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } },
        },
      ],
      ...spec,
    },
  } as never);
  return cluster;
}

function startLoad({ client }: Cluster): void {
  const script = 'while sleep 0.01; do wget -q -O- http://php-apache; done';
  client.create(pods, {
    metadata: { name: 'load-generator', namespace: 'default' },
    spec: {
      containers: [{ name: 'main', image: 'busybox:1.28', command: ['/bin/sh', '-c', script] }],
    },
  } as never);
}

const autoscaler = ({ client }: Cluster): HorizontalPodAutoscaler =>
  client.get(horizontalPodAutoscalers, 'default', 'php-apache');

function replicasOver(cluster: Cluster, minutes: number): number[] {
  const seen: number[] = [];
  for (let second = 0; second < minutes * 60; second++) {
    cluster.clock.runFor(1000);
    const { replicas = 0 } = cluster.client.get(deployments, 'default', 'php-apache').spec;
    if (replicas !== seen.at(-1)) seen.push(replicas);
  }
  return seen;
}

const told = ({ client }: Cluster): string[] =>
  client
    .list(events, 'default')
    .items.filter(({ involvedObject }) => involvedObject.kind === 'HorizontalPodAutoscaler')
    .map(({ reason, message }) => `${reason}: ${message}`);

function conditions(cluster: Cluster): string[] {
  const { conditions: all = [] } = autoscaler(cluster).status;
  return all.map(({ type, status, reason }) => `${type} ${status} ${reason}`);
}

test('load raises the replicas step by step, and quiet lowers them after five minutes', () => {
  const cluster = startWalkthrough();
  expect(replicasOver(cluster, 3)).toEqual([1]);
  expect(conditions(cluster)).toEqual([
    'AbleToScale True ScaleDownStabilized',
    'ScalingActive True ValidMetricFound',
    'ScalingLimited False DesiredWithinRange',
  ]);
  startLoad(cluster);
  expect(replicasOver(cluster, 6)).toEqual([1, 4, 5, 6]);
  cluster.client.delete(pods, 'default', 'load-generator', { gracePeriodSeconds: 0 });
  expect(replicasOver(cluster, 4)).toEqual([6]);
  expect(conditions(cluster)[0]).toBe('AbleToScale True ScaleDownStabilized');
  expect(replicasOver(cluster, 3)).toEqual([6, 1]);
  expect(told(cluster)).toContain(
    'SuccessfulRescale: New size: 1; reason: All metrics below target',
  );
});

test('policies bound how fast a target grows', () => {
  const policies = [{ type: 'Pods', value: 1, periodSeconds: 60 }];
  const cluster = startWalkthrough({ behavior: { scaleUp: { policies } } });
  cluster.clock.runFor(120_000);
  startLoad(cluster);
  expect(replicasOver(cluster, 4)).toEqual([1, 2, 3, 4, 5]);
  expect(conditions(cluster)).toContain('ScalingLimited True ScaleUpLimit');
});

test('the bounds hold without any metric', () => {
  const cluster = startWalkthrough({ minReplicas: 3 });
  cluster.clock.runFor(20_000);
  expect(cluster.client.get(deployments, 'default', 'php-apache').spec.replicas).toBe(3);
  expect(told(cluster)).toEqual([
    'SuccessfulRescale: New size: 3; reason: Current number of replicas below Spec.MinReplicas',
  ]);
});

test('a target that is not there, or of no known kind, is told of', () => {
  const kind = { apiVersion: 'apps/v1', kind: 'Fish', name: 'x' };
  const cluster = startWalkthrough({ scaleTargetRef: kind });
  cluster.clock.runFor(20_000);
  expect(told(cluster)).toEqual(['FailedGetScale: no matches for kind "Fish" in group "apps"']);
  expect(conditions(cluster)).toEqual(['AbleToScale False FailedGetScale']);
});

test('two autoscalers of the same pods both stand still', () => {
  const cluster = startWalkthrough();
  const { metadata, spec } = autoscaler(cluster);
  cluster.client.create(horizontalPodAutoscalers, {
    metadata: { name: 'rival', namespace: metadata.namespace },
    spec,
  });
  cluster.clock.runFor(60_000);
  expect(conditions(cluster)).toContain('ScalingActive False AmbiguousSelector');
  expect(told(cluster)).toContain(
    'AmbiguousSelector: pods by selector app=php are controlled by multiple HPAs: ' +
      '[{php-apache default} {rival default}]',
  );
});

test('without its APIService there is no metrics API', () => {
  const cluster = startWalkthrough();
  const top = (): number =>
    cluster.handle({ method: 'GET', path: '/apis/metrics.k8s.io/v1beta1/nodes' }).status;
  expect(top()).toBe(200);
  cluster.client.delete(apiServices as never, '', 'v1beta1.metrics.k8s.io');
  expect(top()).toBe(404);
  cluster.clock.runFor(60_000);
  expect(told(cluster)).toContain(
    'FailedGetResourceMetric: failed to get cpu utilization: unable to get metrics for resource ' +
      'cpu: unable to fetch metrics from resource metrics API: the server could not find the ' +
      'requested resource (get pods.metrics.k8s.io)',
  );
});
