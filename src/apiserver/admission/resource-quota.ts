// ResourceQuota: charges what a write would use to the quotas that concern it, or refuses it. The
// charge is stored with the write, in the quota's status; the quota controller corrects it later.
// Upstream: apiserver/pkg/admission/plugin/resourcequota/controller.go.
import { resourceQuotas } from '../../api/extension-refs';
import type { ResourceQuota } from '../../api/extension-types';
import type { KubeObject } from '../../api/object';
import { computeUsage, isCharged, resourcesOfKind, usageOf } from '../../api/quota/usage';
import {
  add,
  amountsText,
  exceeding,
  mask,
  subtract,
  type Amounts,
  type CanonicalAmounts,
} from '../../api/resource-amounts';
import { parseQuantity } from '../../api/quantity';
import { pods, services, type ResourceRef } from '../../api/resource-ref';
import { persistentVolumeClaims } from '../../api/extension-refs';
import { forbidden } from '../../api/status-error';
import type { Container, Pod } from '../../api/types';
import { nextVersion } from '../metadata';
import type { AdmissionRequest, AdmissionStep } from './chain';

/** A container must say these when a quota is about them. */
const MUST_BE_SAID = new Set([
  'cpu',
  'memory',
  'requests.cpu',
  'requests.memory',
  'limits.cpu',
  'limits.memory',
]);
/** What an update can make use more. */
const CHARGED_ON_UPDATE = new Set<string>([services.key, persistentVolumeClaims.key]);
const NOT_CHARGED = new Set(['events', 'events.events.k8s.io', 'namespaces']);

export const resourceQuota: AdmissionStep = {
  name: 'ResourceQuota',
  operations: ['CREATE', 'UPDATE'],
  resources: '*',
  subresources: ['', 'resize'],
  validate(object: KubeObject, request: AdmissionRequest): void {
    const { ref, store, namespace, operation, subresource } = request;
    if (namespace === '' || store.count(resourceQuotas.key) === 0) return;
    if (NOT_CHARGED.has(ref.key)) return;
    const isResize = ref.key === pods.key && subresource === 'resize';
    if (operation === 'UPDATE' && !isResize && !CHARGED_ON_UPDATE.has(ref.key)) return;
    const quotas = store.list(resourceQuotas.key, namespace) as ResourceQuota[];
    if (quotas.length > 0) charge(quotas, object, request);
  },
};

function charge(
  quotas: readonly ResourceQuota[],
  object: KubeObject,
  { ref, old, store, request, context }: AdmissionRequest,
): void {
  const nowMs = context.sim.clock.activityMs;
  const refuse = (why: string): never => {
    throw forbidden(ref, object.metadata.name || (object.metadata.generateName ?? ''), why);
  };
  const concerned = quotas.filter((quota) => isCharged(quota, ref, object));
  for (const quota of concerned) {
    const problem = problemOf(quota, ref, object);
    if (problem) refuse(problem);
  }
  const usage = usageOf(ref, object, nowMs);
  const negative = Object.keys(usage).filter((name) => parseQuantity(usage[name]) < 0);
  if (negative.length > 0) {
    refuse(`quota usage is negative for resource(s): ${negative.sort().join(',')}`);
  }
  const increase = old ? aboveZero(subtract(usage, usageOf(ref, old, nowMs))) : usage;
  const charged: [ResourceQuota, CanonicalAmounts][] = [];
  for (const quota of concerned) {
    // An object that comes into the scopes of a quota is charged whole.
    const delta = aboveZero(old && isCharged(quota, ref, old) ? increase : usage);
    const used = newUsage(quota, delta, refuse);
    if (used) charged.push([quota, used]);
  }
  if (request.options.dryRun) return;
  for (const [quota, used] of charged) {
    const next = nextVersion(quota) as ResourceQuota;
    next.status = { ...quota.status, used };
    store.update(resourceQuotas.key, next, quota);
  }
}

function problemOf(quota: ResourceQuota, ref: ResourceRef, object: KubeObject): string | undefined {
  const { name } = quota.metadata;
  const restricted = resourcesOfKind(ref, Object.keys(quota.status?.hard ?? {}));
  const missing = ref.key === pods.key ? missingWords(restricted, object as Pod) : '';
  if (missing) return `failed quota: ${name}: must specify ${missing}`;
  const used = quota.status?.used ?? {};
  if (restricted.every((resource) => resource in used)) return undefined;
  return `status unknown for quota: ${name}, resources: ${[...restricted].sort().join(',')}`;
}

/** What containers leave unsaid: 'limits.cpu for: a,b; requests.cpu for: a'. */
function missingWords(restricted: readonly string[], { spec }: Pod): string {
  const required = restricted.filter((name) => MUST_BE_SAID.has(name)).sort();
  const containers = [...spec.containers, ...(spec.initContainers ?? [])];
  const lines = required.flatMap((name) => {
    const silent = containers.filter((container) => !says(container, name));
    if (silent.length === 0) return [];
    const names = [...new Set(silent.map((container) => container.name))].sort();
    return [`${name} for: ${names.join(',')}`];
  });
  return lines.join('; ');
}

function says({ resources }: Container, name: string): boolean {
  const usage = computeUsage(resources?.requests ?? {}, resources?.limits ?? {});
  return usage[name] !== undefined;
}

function newUsage(
  { metadata, status }: ResourceQuota,
  delta: Amounts,
  refuse: (why: string) => never,
): CanonicalAmounts | undefined {
  const hard = (status.hard ?? {}) as Amounts;
  const requested = mask(delta, new Set(Object.keys(hard)));
  if (Object.keys(requested).length === 0) return undefined;
  const used = (status.used ?? {}) as Amounts;
  const sum = add(used, requested);
  const exceeded = new Set(exceeding(mask(sum, new Set(Object.keys(requested))), hard));
  if (exceeded.size > 0) {
    const [asked, before, limit] = [requested, used, hard].map((amounts) =>
      amountsText(mask(amounts, exceeded)),
    );
    refuse(
      `exceeded quota: ${metadata.name}, requested: ${asked}, used: ${before}, limited: ${limit}`,
    );
  }
  return sum;
}

function aboveZero(amounts: Amounts): Amounts {
  return Object.fromEntries(
    Object.entries(amounts).filter(([, quantity]) => parseQuantity(quantity) > 0),
  );
}
