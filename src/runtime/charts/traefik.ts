// What the charts of k3s for Traefik make: its own kinds, and the Ingress controller behind a
// Service of type LoadBalancer with the default IngressClass.
// Upstream: github.com/k3s-io/k3s-charts, charts/{traefik,traefik-crd}.
import { customResourceDefinitions, ingressClasses } from '../../api/extension-refs';
import type { Draft, KubeObject } from '../../api/object';
import { deployments, serviceAccounts, services, type ResourceRef } from '../../api/resource-ref';
import type { ChartObject } from '../programs/helm-install';

const NAMESPACE = 'kube-system';
const SELECTOR = {
  'app.kubernetes.io/instance': 'traefik-kube-system',
  'app.kubernetes.io/name': 'traefik',
};
const LABELS = {
  ...SELECTOR,
  'app.kubernetes.io/managed-by': 'Helm',
  'helm.sh/chart': 'traefik-39.0.201_up39.0.2',
};
const RELEASE = {
  'meta.helm.sh/release-name': 'traefik',
  'meta.helm.sh/release-namespace': NAMESPACE,
};

export const traefikChart: readonly ChartObject[] = [
  object(serviceAccounts, { automountServiceAccountToken: false }),
  object(deployments, {
    spec: {
      replicas: 1,
      selector: { matchLabels: SELECTOR },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      template: { metadata: { labels: LABELS, annotations: scraped() }, spec: podSpec() },
    },
  }),
  object(services, {
    spec: {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Cluster',
      ipFamilyPolicy: 'PreferDualStack',
      selector: SELECTOR,
      ports: [
        { name: 'web', port: 80, protocol: 'TCP', targetPort: 'web' },
        { name: 'websecure', port: 443, protocol: 'TCP', targetPort: 'websecure' },
      ],
    },
  }),
  [
    ingressClasses as unknown as ResourceRef,
    {
      metadata: {
        name: 'traefik',
        labels: LABELS,
        annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true', ...RELEASE },
      },
      spec: { controller: 'traefik.io/ingress-controller' },
    } as Draft<KubeObject>,
  ],
];

function object<T extends KubeObject>(ref: ResourceRef<T>, rest: object): ChartObject {
  const metadata = {
    name: 'traefik',
    namespace: NAMESPACE,
    labels: LABELS,
    annotations: RELEASE,
  };
  return [ref as unknown as ResourceRef, { metadata, ...rest } as Draft<KubeObject>];
}

function scraped(): Record<string, string> {
  return {
    'prometheus.io/path': '/metrics',
    'prometheus.io/port': '9100',
    'prometheus.io/scrape': 'true',
  };
}

function podSpec(): object {
  const probe = { httpGet: { path: '/ping', port: 8080, scheme: 'HTTP' }, timeoutSeconds: 2 };
  const port = (name: string, containerPort: number) => ({ name, containerPort, protocol: 'TCP' });
  const exists = { operator: 'Exists', effect: 'NoSchedule' };
  return {
    serviceAccountName: 'traefik',
    automountServiceAccountToken: true,
    priorityClassName: 'system-cluster-critical',
    terminationGracePeriodSeconds: 60,
    tolerations: [
      { key: 'CriticalAddonsOnly', operator: 'Exists' },
      { key: 'node-role.kubernetes.io/control-plane', ...exists },
      { key: 'node-role.kubernetes.io/master', ...exists },
    ],
    containers: [
      {
        name: 'traefik',
        image: 'rancher/mirrored-library-traefik:3.6.10',
        imagePullPolicy: 'IfNotPresent',
        args: [
          '--entryPoints.metrics.address=:9100/tcp',
          '--entryPoints.traefik.address=:8080/tcp',
          '--entryPoints.web.address=:8000/tcp',
          '--entryPoints.websecure.address=:8443/tcp',
          '--api.dashboard=true',
          '--ping=true',
          '--metrics.prometheus=true',
          '--providers.kubernetescrd',
          '--providers.kubernetesingress',
          '--providers.kubernetesingress.ingressendpoint.publishedservice=kube-system/traefik',
          '--entryPoints.websecure.http.tls=true',
          '--log.level=INFO',
        ],
        ports: [
          port('metrics', 9100),
          port('traefik', 8080),
          port('web', 8000),
          port('websecure', 8443),
        ],
        readinessProbe: { ...probe, initialDelaySeconds: 2, failureThreshold: 1 },
        livenessProbe: { ...probe, initialDelaySeconds: 2 },
        volumeMounts: [{ name: 'data', mountPath: '/data' }],
      },
    ],
    volumes: [{ name: 'data', emptyDir: {} }],
  };
}

/** Kinds of Traefik's own group, by their plural. */
const KINDS = {
  ingressroutes: 'IngressRoute',
  ingressroutetcps: 'IngressRouteTCP',
  ingressrouteudps: 'IngressRouteUDP',
  middlewares: 'Middleware',
  middlewaretcps: 'MiddlewareTCP',
  serverstransports: 'ServersTransport',
  serverstransporttcps: 'ServersTransportTCP',
  tlsoptions: 'TLSOption',
  tlsstores: 'TLSStore',
  traefikservices: 'TraefikService',
} as const;

export const traefikCrdChart: readonly ChartObject[] = Object.entries(KINDS).map(
  ([plural, kind]): ChartObject => [
    customResourceDefinitions as unknown as ResourceRef,
    {
      metadata: { name: `${plural}.traefik.io` },
      spec: {
        group: 'traefik.io',
        scope: 'Namespaced',
        names: { kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase() },
        versions: [
          {
            name: 'v1alpha1',
            served: true,
            storage: true,
            schema: {
              openAPIV3Schema: {
                type: 'object',
                'x-kubernetes-preserve-unknown-fields': true,
              },
            },
          },
        ],
      },
    } as Draft<KubeObject>,
  ],
);
