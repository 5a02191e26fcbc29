// The resources that Kubernetes knows itself. Upstream: pkg/apis/core/helper/helpers.go.

/** What containers ask for. */
export const COMPUTE = ['cpu', 'memory', 'ephemeral-storage'] as const;

/** What quotas limit of the sums that pods ask for. */
export const QUOTA_COMPUTE: ReadonlySet<string> = new Set([
  ...COMPUTE,
  ...COMPUTE.map((name) => `requests.${name}`),
  ...COMPUTE.map((name) => `limits.${name}`),
]);

/** Kinds besides pods whose plain name counts their objects, as 'count/<name>' does for all. */
export const COUNTED_KINDS: ReadonlySet<string> = new Set([
  'services',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
]);

/** What comes in whole numbers. */
export const COUNTED: ReadonlySet<string> = new Set([
  'pods',
  ...COUNTED_KINDS,
  'services.nodeports',
  'services.loadbalancers',
]);

/** All that a quota may limit under a plain name. */
export const QUOTA_RESOURCES: ReadonlySet<string> = new Set([
  ...QUOTA_COMPUTE,
  'requests.storage',
  ...COUNTED,
]);
