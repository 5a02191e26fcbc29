// Controllers that people install: what the pods of their manifests do to Ingresses while they run.
import { beforeEach, describe, expect, test } from 'vitest';
import {
  ingressClasses,
  ingresses,
  jobs,
  validatingWebhookConfigurations,
} from '../../api/extension-refs';
import type { Ingress } from '../../api/extension-types';
import {
  deployments,
  events,
  leases,
  machines,
  namespaces,
  pods,
  secrets,
  services,
  serviceAccounts,
  type ResourceRef,
} from '../../api/resource-ref';
import type { Pod } from '../../api/types';
import type { Cluster } from '../../cluster/cluster';
import { createWholeCluster, restoreWholeCluster } from '../../cluster/whole-cluster';

const SPACE = 'ingress-nginx';
const LABELS = {
  'app.kubernetes.io/name': 'ingress-nginx',
  'app.kubernetes.io/component': 'controller',
};

let cluster: Cluster;
const seconds = (count: number): void => cluster.clock.runFor(count * 1000);

function make(ref: ResourceRef<never>, metadata: object, rest: object = {}): void {
  cluster.client.create(ref, { metadata, ...rest } as never);
}

function controllerPod(args: readonly string[], image: string): object {
  const container = {
    name: 'controller',
    image,
    args,
    env: [
      { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
    ],
    readinessProbe: { httpGet: { path: '/healthz', port: 10254 }, periodSeconds: 1 },
  };
  return { serviceAccountName: 'ingress-nginx', containers: [container] };
}

const NGINX = 'registry.k8s.io/ingress-nginx/controller:v1.15.1@sha256:' + '5'.repeat(64);

/** The part of ingress-nginx's deploy.yaml that matters here. */
function install(flags: readonly string[], replicas = 1, type = 'NodePort'): void {
  const metadata = { name: 'ingress-nginx-controller', namespace: SPACE };
  make(namespaces as never, { name: SPACE });
  make(serviceAccounts as never, { name: 'ingress-nginx', namespace: SPACE });
  make(
    ingressClasses as never,
    { name: 'nginx' },
    { spec: { controller: 'k8s.io/ingress-nginx' } },
  );
  const ports = [{ name: 'http', port: 80 }];
  make(services as never, metadata, { spec: { type, selector: LABELS, ports } });
  const args = ['/nginx-ingress-controller', '--election-id=ingress-nginx-leader', ...flags];
  make(deployments as never, metadata, {
    spec: {
      replicas,
      selector: { matchLabels: LABELS },
      template: { metadata: { labels: LABELS }, spec: controllerPod(args, NGINX) },
    },
  });
}

function expose(
  name: string,
  spec: object = { ingressClassName: 'nginx' },
  more: object = {},
): void {
  const backend = { service: { name: 'web', port: { number: 80 } } };
  const http = { paths: [{ path: '/', pathType: 'Prefix', backend }] };
  const metadata = { name, namespace: 'default', ...more };
  make(ingresses as never, metadata, { spec: { rules: [{ http }], ...spec } });
}

function addressesOf(name: string): object[] {
  const { status } = cluster.client.get(ingresses, 'default', name) as Ingress;
  return (status.loadBalancer?.ingress ?? []) as object[];
}

function controllers(): Pod[] {
  return cluster.client.list(pods, SPACE).items;
}

function toldOf(name: string): string[] {
  const all = cluster.client.list(events, 'default').items;
  return all
    .filter(({ involvedObject }) => involvedObject.name === name)
    .map(({ reason, message, source }) => `${source?.component} ${reason}: ${message}`);
}

beforeEach(() => {
  cluster = createWholeCluster({ seed: 1, workers: 2 });
  cluster.boot();
});

describe('ingress-nginx', () => {
  const PUBLISH = '--publish-service=$(POD_NAMESPACE)/ingress-nginx-controller';

  test('writes the address of its Service within a minute, as the one that leads', () => {
    install([PUBLISH]);
    expose('web');
    seconds(20);
    expect(addressesOf('web')).toEqual([]);
    seconds(70);
    const { spec } = cluster.client.get(services, SPACE, 'ingress-nginx-controller');
    expect(addressesOf('web')).toEqual([{ ip: spec.clusterIP }]);
    const lease = cluster.client.get(leases, SPACE, 'ingress-nginx-leader');
    expect(lease.spec.holderIdentity).toBe(controllers()[0].metadata.name);
    expect(toldOf('web')[0]).toBe('nginx-ingress-controller Sync: Scheduled for sync');
  });

  test('waits for the load balancer of its Service, where nobody gives it one', () => {
    install([PUBLISH], 1, 'LoadBalancer');
    expose('web');
    seconds(120);
    expect(addressesOf('web')).toEqual([]);
    const status = { loadBalancer: { ingress: [{ ip: '192.0.2.7' }] } };
    const options = { patchType: 'merge', subresource: 'status' } as const;
    cluster.client.patch(services, SPACE, 'ingress-nginx-controller', { status }, options);
    seconds(61);
    expect(addressesOf('web')).toEqual([{ ip: '192.0.2.7' }]);
  });

  test('without a Service it names the machines of its pods, or what it was told', () => {
    install([]);
    expose('web');
    seconds(90);
    expect(addressesOf('web')).toEqual([{ ip: controllers()[0].status.hostIP }]);
  });

  test('publishes what it was told', () => {
    install(['--publish-status-address=localhost,192.0.2.9']);
    expose('web');
    seconds(90);
    expect(addressesOf('web')).toEqual([{ ip: '192.0.2.9' }, { hostname: 'localhost' }]);
  });

  test('cares for its own classes only', () => {
    install(['--publish-status-address=192.0.2.9']);
    make(ingressClasses as never, { name: 'other' }, { spec: { controller: 'example.com/x' } });
    expose('other', { ingressClassName: 'other' });
    expose('none', {});
    expose('old', {}, { annotations: { 'kubernetes.io/ingress.class': 'nginx' } });
    seconds(90);
    const given = ['other', 'none', 'old'].map((name) => addressesOf(name).length);
    expect(given).toEqual([0, 0, 1]);
    expect(toldOf('other')).toEqual([]);
  });

  test('takes the address away when its last pod ends, not when it is killed', () => {
    install(['--publish-status-address=192.0.2.9']);
    expose('web');
    seconds(90);
    const [{ spec }] = controllers();
    cluster.world.patch(
      machines,
      '',
      spec.nodeName!,
      { spec: { power: 'Off' } },
      { patchType: 'merge' },
    );
    seconds(30);
    expect(addressesOf('web')).toHaveLength(1);
    cluster.world.patch(
      machines,
      '',
      spec.nodeName!,
      { spec: { power: 'On' } },
      { patchType: 'merge' },
    );
    seconds(120);
    const scale = { spec: { replicas: 0 } };
    cluster.client.patch(deployments, SPACE, 'ingress-nginx-controller', scale);
    seconds(20);
    expect(addressesOf('web')).toEqual([]);
    expose('late');
    seconds(120);
    expect(addressesOf('late')).toEqual([]);
  });

  test('another replica goes on', () => {
    install(['--publish-status-address=192.0.2.9'], 2);
    seconds(60);
    const leader = cluster.client.get(leases, SPACE, 'ingress-nginx-leader').spec.holderIdentity!;
    cluster.client.delete(pods, SPACE, leader);
    expose('web');
    seconds(140);
    expect(addressesOf('web')).toHaveLength(1);
    const now = cluster.client.get(leases, SPACE, 'ingress-nginx-leader').spec.holderIdentity;
    expect(now).not.toBe(leader);
  });

  test('its webhook refuses what nobody would check, and lets pass what its pod has seen', () => {
    const name = 'ingress-nginx-admission';
    const job = (mode: string, args: string[]): void => {
      const container = {
        name: mode,
        image: 'registry.k8s.io/ingress-nginx/kube-webhook-certgen:v1.6.5@sha256:' + '4'.repeat(64),
        args: [mode, ...args, '--namespace=$(POD_NAMESPACE)', `--secret-name=${name}`],
        env: [
          { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
        ],
      };
      const spec = { restartPolicy: 'OnFailure', containers: [container] };
      make(
        jobs as never,
        { name: `${name}-${mode}`, namespace: SPACE },
        {
          spec: { template: { spec } },
        },
      );
    };
    install(['--publish-status-address=192.0.2.9', '--validating-webhook=:8443']);
    make(
      services as never,
      { name: 'ingress-nginx-controller-admission', namespace: SPACE },
      {
        spec: { selector: LABELS, ports: [{ name: 'https-webhook', port: 443, targetPort: 8443 }] },
      },
    );
    const rule = {
      apiGroups: ['networking.k8s.io'],
      apiVersions: ['v1'],
      operations: ['CREATE', 'UPDATE'],
      resources: ['ingresses'],
    };
    const service = { name: 'ingress-nginx-controller-admission', namespace: SPACE };
    make(
      validatingWebhookConfigurations as never,
      { name },
      {
        webhooks: [
          {
            name: 'validate.nginx.ingress.kubernetes.io',
            admissionReviewVersions: ['v1'],
            clientConfig: { service: { ...service, path: '/networking/v1/ingresses' } },
            failurePolicy: 'Fail',
            matchPolicy: 'Equivalent',
            rules: [rule],
            sideEffects: 'None',
          },
        ],
      },
    );
    expect(() => expose('early')).toThrow(
      'Internal error occurred: failed calling webhook "validate.nginx.ingress.kubernetes.io"',
    );
    job('create', ['--host=ingress-nginx-controller-admission']);
    job('patch', [`--webhook-name=${name}`, '--patch-mutating=false']);
    seconds(60);
    const secret = cluster.client.get(secrets, SPACE, name);
    expect(Object.keys(secret.data ?? {})).toEqual(['ca', 'cert', 'key']);
    const { webhooks } = cluster.client.get(validatingWebhookConfigurations, '', name);
    expect(webhooks![0].clientConfig.caBundle).toBe(secret.data!.ca);
    expose('web');
    seconds(90);
    expect(addressesOf('web')).toHaveLength(1);
    const scale = { spec: { replicas: 0 } };
    cluster.client.patch(deployments, SPACE, 'ingress-nginx-controller', scale);
    seconds(10);
    expect(() => expose('late')).toThrow('failed calling webhook');
  });

  test('goes on in a cluster that was saved and loaded', () => {
    install(['--publish-status-address=192.0.2.9']);
    seconds(90);
    cluster = restoreWholeCluster(structuredClone(cluster.save()));
    expose('web');
    seconds(150);
    expect(addressesOf('web')).toHaveLength(1);
  });
});

test('traefik writes as soon as its Service has an address, and loses none when it dies', () => {
  const image = 'traefik:v3.6';
  make(namespaces as never, { name: SPACE });
  make(serviceAccounts as never, { name: 'ingress-nginx', namespace: SPACE });
  make(
    services as never,
    { name: 'traefik', namespace: SPACE },
    {
      spec: { type: 'LoadBalancer', selector: LABELS, ports: [{ port: 80 }] },
    },
  );
  const published = '--providers.kubernetesIngress.ingressEndpoint.publishedService';
  const spec = controllerPod([`${published}=${SPACE}/traefik`], image) as { containers: object[] };
  const [{ readinessProbe: _none, ...container }] = spec.containers as [Record<string, unknown>];
  make(
    pods as never,
    { name: 'traefik', namespace: SPACE, labels: LABELS },
    {
      spec: { ...spec, containers: [container] },
    },
  );
  expose('web', {});
  seconds(20);
  expect(addressesOf('web')).toEqual([]);
  const status = { loadBalancer: { ingress: [{ hostname: 'lb.example.com' }] } };
  const options = { patchType: 'merge', subresource: 'status' } as const;
  cluster.client.patch(services, SPACE, 'traefik', { status }, options);
  seconds(1);
  expect(addressesOf('web')).toEqual([{ hostname: 'lb.example.com' }]);
  cluster.client.delete(pods, SPACE, 'traefik');
  seconds(40);
  expect(addressesOf('web')).toHaveLength(1);
});

test('the controller of HAProxy publishes the address of a Service within the cluster', () => {
  make(namespaces as never, { name: SPACE });
  make(serviceAccounts as never, { name: 'ingress-nginx', namespace: SPACE });
  make(
    services as never,
    { name: 'haproxy', namespace: SPACE },
    {
      spec: { selector: LABELS, ports: [{ port: 80 }] },
    },
  );
  const controller = 'haproxy.org/ingress-controller/haproxy';
  make(ingressClasses as never, { name: 'haproxy' }, { spec: { controller } });
  const args = ['--ingress.class=haproxy', `--publish-service=${SPACE}/haproxy`];
  const spec = controllerPod(args, 'haproxytech/kubernetes-ingress:3.2') as {
    containers: object[];
  };
  const [{ readinessProbe: _none, ...container }] = spec.containers as [Record<string, unknown>];
  make(
    pods as never,
    { name: 'haproxy', namespace: SPACE },
    {
      spec: { ...spec, containers: [container] },
    },
  );
  expose('web', { ingressClassName: 'haproxy' });
  expose('none', {});
  seconds(30);
  const { clusterIP } = cluster.client.get(services, SPACE, 'haproxy').spec;
  expect([addressesOf('web'), addressesOf('none')]).toEqual([[{ ip: clusterIP }], []]);
});
