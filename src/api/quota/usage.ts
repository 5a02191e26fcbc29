// What an object uses of a quota, and which of a quota's resources are about its kind. The API
// server charges with this, the quota controller counts with it.
// Upstream: pkg/quota/v1/evaluator/core, apiserver/pkg/quota/v1/generic.
import { persistentVolumeClaims, resourceClaims } from '../extension-refs';
import type { PersistentVolumeClaim, ResourceClaim, ResourceQuota } from '../extension-types';
import type { KubeObject } from '../object';
import { podLimits, podRequests } from '../pod-requests';
import { add, type Amounts, type CanonicalAmounts } from '../resource-amounts';
import { pods, services, type ResourceRef } from '../resource-ref';
import { COMPUTE, COUNTED_KINDS, QUOTA_COMPUTE } from '../resource-names';
import { parseTime } from '../time';
import type { Pod, Service } from '../types';
import { deviceUsage, isOfDevices } from './device-usage';
import { isInScopes } from './scopes';

const NATIVE = new Set<string>([...COMPUTE, 'storage']);
const CLASS_SUFFIX = '.storageclass.storage.k8s.io/';
const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';

type Kind = Pick<ResourceRef, 'key' | 'resource' | 'group'>;

/** 'count/pods', 'count/deployments.apps'. */
export function countName({ resource, group }: Kind): string {
  return group ? `count/${resource}.${group}` : `count/${resource}`;
}

/** Those of the quota's resources that objects of this kind use. */
export function resourcesOfKind(kind: Kind, names: readonly string[]): string[] {
  return names.filter((name) => name === countName(kind) || isOfKind(kind, name));
}

/** True when the quota has resources of the kind and the object is in its scopes. */
export function isCharged(quota: ResourceQuota, kind: Kind, object: KubeObject): boolean {
  const names = Object.keys(quota.status?.hard ?? {});
  return resourcesOfKind(kind, names).length > 0 && isInScopes(quota, kind.key, object);
}

/** All that the object uses, whether a quota limits it or not. */
export function usageOf(kind: Kind, object: KubeObject, nowMs: number): CanonicalAmounts {
  const count: CanonicalAmounts = { [countName(kind)]: '1' };
  if (kind.key === resourceClaims.key) return { ...count, ...deviceUsage(object as ResourceClaim) };
  if (kind.group !== '') return count;
  if (kind.key === pods.key) return podUsage(object as Pod, count, nowMs);
  if (COUNTED_KINDS.has(kind.resource)) count[kind.resource] = '1';
  if (kind.key === services.key) return { ...count, ...serviceUsage(object as Service) };
  if (kind.key === persistentVolumeClaims.key) {
    return { ...count, ...claimUsage(object as PersistentVolumeClaim) };
  }
  return count;
}

/** What a container asks for and may use, under the names that quotas have for it. */
export function computeUsage(requests: Amounts, limits: Amounts): CanonicalAmounts {
  const usage: CanonicalAmounts = { pods: '1' };
  const set = (name: string, quantity: string | number): void => {
    usage[name] = String(quantity);
  };
  for (const name of COMPUTE) {
    if (requests[name] !== undefined) {
      set(name, requests[name]);
      set(`requests.${name}`, requests[name]);
    }
    if (limits[name] !== undefined) set(`limits.${name}`, limits[name]);
  }
  for (const [name, quantity] of Object.entries(requests)) {
    if (name.startsWith('hugepages-')) set(name, quantity);
    if (!NATIVE.has(name)) set(`requests.${name}`, quantity);
  }
  return usage;
}

function podUsage(pod: Pod, count: CanonicalAmounts, nowMs: number): CanonicalAmounts {
  const { phase } = pod.status;
  if (phase === 'Failed' || phase === 'Succeeded' || isOverdue(pod, nowMs)) return count;
  return add(count, computeUsage(podRequests(pod.spec), podLimits(pod.spec)));
}

/** A pod that should have gone is not charged any longer. */
function isOverdue({ metadata }: Pod, nowMs: number): boolean {
  const { deletionTimestamp } = metadata;
  return deletionTimestamp !== undefined && nowMs > parseTime(deletionTimestamp);
}

function serviceUsage({ spec }: Service): CanonicalAmounts {
  const ports = spec.ports?.length ?? 0;
  if (spec.type === 'NodePort') return { 'services.nodeports': String(ports) };
  if (spec.type !== 'LoadBalancer') return {};
  const nodePorts = spec.allocateLoadBalancerNodePorts === false ? portsWithNode(spec) : ports;
  return { 'services.loadbalancers': '1', 'services.nodeports': String(nodePorts) };
}

function portsWithNode({ ports = [] }: Service['spec']): number {
  return ports.filter(({ nodePort }) => nodePort).length;
}

function claimUsage({ metadata, spec, status }: PersistentVolumeClaim): CanonicalAmounts {
  const className = metadata.annotations?.[CLASS_ANNOTATION] ?? spec.storageClassName ?? '';
  const usage: CanonicalAmounts = {};
  if (className) usage[`${className}${CLASS_SUFFIX}persistentvolumeclaims`] = '1';
  const asked = status?.allocatedResources?.storage ?? spec.resources?.requests?.storage;
  if (asked !== undefined) {
    usage['requests.storage'] = String(asked);
    if (className) usage[`${className}${CLASS_SUFFIX}requests.storage`] = String(asked);
  }
  return usage;
}

function isOfKind({ key, resource, group }: Kind, name: string): boolean {
  if (key === resourceClaims.key) return isOfDevices(name);
  if (group !== '') return false;
  if (COUNTED_KINDS.has(resource) && name === resource) return true;
  if (key === services.key)
    return name === 'services.nodeports' || name === 'services.loadbalancers';
  if (key === persistentVolumeClaims.key) {
    return name === 'requests.storage' || name.includes(CLASS_SUFFIX);
  }
  return key === pods.key && isOfPods(name);
}

function isOfPods(name: string): boolean {
  if (name === 'pods' || QUOTA_COMPUTE.has(name)) return true;
  if (name.startsWith('hugepages-') || name.startsWith('requests.hugepages-')) return true;
  // Devices: 'requests.example.com/gpu'; but not those of storage classes.
  return name.startsWith('requests.') && name.includes('/') && !name.includes(CLASS_SUFFIX);
}
