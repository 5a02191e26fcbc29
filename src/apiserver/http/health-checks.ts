// The health checks of kube-apiserver 1.36 with aggregator, in the order in which it tells them.
// Upstream: pkg/controlplane/apiserver/server.go, apiserver/pkg/server/healthz.go.

const HOOKS = [
  'start-apiserver-admission-initializer',
  'generic-apiserver-start-informers',
  'priority-and-fairness-config-consumer',
  'priority-and-fairness-filter',
  'storage-object-count-tracker-hook',
  'start-apiextensions-informers',
  'start-apiextensions-controllers',
  'crd-informer-synced',
  'start-system-namespaces-controller',
  'start-cluster-authentication-info-controller',
  'start-kube-apiserver-identity-lease-controller',
  'start-kube-apiserver-identity-lease-garbage-collector',
  'start-legacy-token-tracking-controller',
  'start-service-ip-repair-controllers',
  'rbac/bootstrap-roles',
  'scheduling/bootstrap-system-priority-classes',
  'priority-and-fairness-config-producer',
  'bootstrap-controller',
  'start-kubernetes-service-cidr-controller',
  'aggregator-reload-proxy-client-cert',
  'start-kube-aggregator-informers',
  'apiservice-status-local-available-controller',
  'apiservice-status-remote-available-controller',
  'apiservice-registration-controller',
  'apiservice-discovery-controller',
  'kube-apiserver-autoregistration',
].map((name) => `poststarthook/${name}`);
const LAST_HOOKS = [
  'autoregister-completion',
  'poststarthook/apiservice-openapi-controller',
  'poststarthook/apiservice-openapiv3-controller',
];
const LIVE = ['ping', 'log', 'etcd', ...HOOKS, ...LAST_HOOKS];

/** Checks by page. */
export const HEALTH_PAGES: Readonly<Record<string, readonly string[]>> = {
  '/healthz': LIVE,
  '/livez': LIVE,
  '/readyz': [
    'ping',
    'log',
    'etcd',
    'etcd-readiness',
    'informer-sync',
    ...HOOKS,
    ...LAST_HOOKS,
    'shutdown',
  ],
};
