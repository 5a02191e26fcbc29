// Objects that tests of controllers make: small, and complete where controllers look.
import { nodes, pods } from '../api/resource-ref';
import { formatTime } from '../api/time';
import type { Pod } from '../api/types';
import type { ControllerCluster } from './controllers';

/** A workload's template with one container. */
export function podTemplate(app: string, image = 'app:1'): never {
  const containers = [{ name: 'main', image }];
  return { metadata: { labels: { app } }, spec: { containers } } as never;
}

/** The spec of a workload of that name. */
export function workloadSpec(app: string, extra: object = {}): never {
  const selector = { matchLabels: { app } };
  return { selector, template: podTemplate(app), ...extra } as never;
}

/** A bare pod, on a node if one is named. */
export function createPod(
  { client }: ControllerCluster,
  name: string,
  extra: {
    labels?: Record<string, string>;
    nodeName?: string;
    spec?: object;
    metadata?: object;
  } = {},
): Pod {
  const { labels, nodeName, spec, metadata } = extra;
  return client.create(pods, {
    metadata: { name, namespace: 'default', labels, ...metadata },
    spec: { containers: [{ name: 'main', image: 'app:1' }], nodeName, ...spec } as never,
  });
}

/** What a kubelet says of a pod that runs. */
export function setReady(
  { client, sim }: ControllerCluster,
  { metadata }: Pod,
  status: 'True' | 'False' = 'True',
  podIP = '10.244.7.1',
): void {
  const lastTransitionTime = formatTime(sim.clock.nowMs);
  const conditions = [{ type: 'Ready', status, lastTransitionTime }];
  const body = { status: { phase: 'Running', podIP, podIPs: [{ ip: podIP }], conditions } };
  client.patch(pods, metadata.namespace!, metadata.name, body, { subresource: 'status' });
}

/** Makes every pod of the namespace that is not ready so. */
export function setAllReady(cluster: ControllerCluster, namespace = 'default'): void {
  let address = 0;
  for (const pod of cluster.client.list(pods, namespace).items) {
    address++;
    const isReady = pod.status.conditions?.some(
      ({ type, status }) => type === 'Ready' && status === 'True',
    );
    if (!isReady && !pod.metadata.deletionTimestamp) {
      setReady(cluster, pod, 'True', `10.244.${address >> 8}.${address & 255}`);
    }
  }
}

/** A node that has posted its status; posted again, it is a sign of life. */
export function postNode(
  { client, sim }: ControllerCluster,
  name: string,
  ready: 'True' | 'False' = 'True',
  labels: Record<string, string> = {},
): void {
  const time = formatTime(sim.clock.nowMs);
  const known = client.list(nodes).items.find(({ metadata }) => metadata.name === name);
  if (!known) {
    const all = { 'kubernetes.io/hostname': name, ...labels };
    client.create(nodes, { metadata: { name, labels: all }, spec: {} });
  }
  const conditions = [
    { type: 'Ready', status: ready, lastHeartbeatTime: time, lastTransitionTime: time },
  ];
  const status = { capacity: { cpu: '2', memory: '4Gi', pods: '110' }, conditions };
  client.patch(nodes, '', name, { status }, { subresource: 'status' });
}
