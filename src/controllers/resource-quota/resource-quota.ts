// The quota controller: counts what a namespace uses and writes it into the status of its quotas.
// The API server charges what is created; what ends is found here. Invariants: without a quota it
// watches nothing but quotas; a quota is counted when it changes, when something of its namespace
// goes or stops using, and every five minutes.
// Upstream: pkg/controller/resourcequota.
import { persistentVolumeClaims, resourceQuotas } from '../../api/extension-refs';
import type { ResourceQuota } from '../../api/extension-types';
import { objectKey, type KubeObject } from '../../api/object';
import { resourcesOfKind, usageOf } from '../../api/quota/usage';
import { isInScopes } from '../../api/quota/scopes';
import { add, canonical, equalAmounts, mask, type Amounts } from '../../api/resource-amounts';
import { pods, services, type ResourceRef } from '../../api/resource-ref';
import { isNotFound } from '../../api/status-error';
import type { Pod } from '../../api/types';
import type { Informer } from '../../client/informer';
import type { Controller, ControllerContext } from '../controller';

const RESYNC_MS = 300_000;
const SYNC_POLL_MS = 10;
const BY_NAMESPACE = 'namespace';

export const resourceQuotaController: Controller = {
  name: 'resource-quota',
  eventSource: 'resource-quota-controller',
  workers: 5,
  start(context) {
    const loop = new ResourceQuotaLoop(context);
    return { reconcile: (key) => loop.reconcile(key) };
  },
};

class ResourceQuotaLoop {
  private readonly quotas: Informer<ResourceQuota>;
  /** Informers of the kinds that some quota is about, by resource key. */
  private readonly counted = new Map<
    string,
    { ref: ResourceRef; informer: Informer<KubeObject> }
  >();

  constructor(private readonly context: ControllerContext) {
    this.quotas = context.watch(resourceQuotas, {
      added: (quota) => this.quotaChanged(quota),
      updated: (quota, old) => {
        if (!equalAmounts((quota.spec.hard ?? {}) as Amounts, (old.spec.hard ?? {}) as Amounts)) {
          this.quotaChanged(quota);
        }
      },
    });
    this.quotas.addIndex(BY_NAMESPACE, ({ metadata }) => [metadata.namespace ?? '']);
    context.scope.every(RESYNC_MS, () => {
      for (const quota of this.quotas.items.values()) context.enqueue(objectKey(quota));
    });
  }

  reconcile(key: string): number | void {
    const quota = this.quotas.get(key);
    if (!quota) return;
    for (const { informer } of this.counted.values()) if (!informer.hasSynced) return SYNC_POLL_MS;
    const hard = canonical((quota.spec.hard ?? {}) as Amounts);
    const used = this.countAll(quota, Object.keys(hard));
    const { status } = quota;
    const isSame =
      status.used !== undefined &&
      equalAmounts((status.hard ?? {}) as Amounts, hard) &&
      equalAmounts((status.used ?? {}) as Amounts, used);
    if (isSame) return;
    try {
      this.context.client.updateStatus(resourceQuotas, { ...quota, status: { hard, used } });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  private quotaChanged(quota: ResourceQuota): void {
    this.follow(quota);
    this.context.enqueue(objectKey(quota));
  }

  /** Watches the kinds that the quota is about. */
  private follow({ spec }: ResourceQuota): void {
    const names = Object.keys(spec.hard ?? {});
    for (const ref of this.context.client.resources()) {
      if (!ref.namespaced || this.counted.has(ref.key)) continue;
      if (resourcesOfKind(ref, names).length === 0) continue;
      const informer = this.context.watch(ref, {
        updated: (object, old) => {
          if (usesLess(ref, object, old)) this.recount(object);
        },
        deleted: (object) => this.recount(object),
      });
      informer.addIndex(BY_NAMESPACE, ({ metadata }) => [metadata.namespace ?? '']);
      this.counted.set(ref.key, { ref, informer });
    }
  }

  private recount({ metadata }: KubeObject): void {
    for (const quota of this.quotas.byIndex(BY_NAMESPACE, metadata.namespace ?? '')) {
      this.context.enqueue(objectKey(quota));
    }
  }

  /** What the namespace uses of each of the names; zero where nothing does. */
  private countAll(quota: ResourceQuota, names: readonly string[]): Record<string, string> {
    const nowMs = this.context.sim.clock.nowMs;
    const wanted = new Set(names);
    let used: Record<string, string> = Object.fromEntries(names.map((name) => [name, '0']));
    for (const { ref, informer } of this.counted.values()) {
      const own = new Set(resourcesOfKind(ref, names));
      if (own.size === 0) continue;
      const objects = [...informer.byIndex(BY_NAMESPACE, quota.metadata.namespace ?? '')];
      for (const object of objects) {
        if (!isInScopes(quota, ref.key, object)) continue;
        used = add(used, mask(usageOf(ref, object, nowMs), own));
      }
    }
    return mask(used, wanted);
  }
}

/** True when an update may have freed something. */
function usesLess(ref: ResourceRef, object: KubeObject, old: KubeObject): boolean {
  if (ref.key === pods.key) {
    const [after, before] = [(object as Pod).status.phase, (old as Pod).status.phase];
    return after !== before && (after === 'Failed' || after === 'Succeeded');
  }
  return ref.key === services.key || ref.key === persistentVolumeClaims.key;
}
