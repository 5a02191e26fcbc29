// Which changes of a Service its load balancer has to follow, and the Events that say so.
// Upstream: k8s.io/cloud-provider/controllers/service/controller.go, needsUpdate.
import { deepEqual } from '../../api/deep-equal';
import type { Service } from '../../api/types';
import type { EventRecorder } from '../../client/event-recorder';

export const FINALIZER = 'service.kubernetes.io/load-balancer-cleanup';

/** A class names somebody else than the cloud of the cluster. */
export function wantsLoadBalancer({ spec }: Service): boolean {
  return spec.type === 'LoadBalancer' && spec.loadBalancerClass == null;
}

/** The Service has what it should no longer have. */
export function needsCleanup({ metadata, spec }: Service): boolean {
  if (!metadata.finalizers?.includes(FINALIZER)) return false;
  return metadata.deletionTimestamp !== undefined || spec.type !== 'LoadBalancer';
}

/** Fields whose change is told: [reason, what is said of a value]. */
const TOLD: readonly (readonly [reason: string, field: keyof Service['spec'], empty: string])[] = [
  ['LoadBalancerSourceRanges', 'loadBalancerSourceRanges', '[]'],
  ['LoadbalancerIP', 'loadBalancerIP', ''],
  ['ExternalTrafficPolicy', 'externalTrafficPolicy', ''],
  ['HealthCheckNodePort', 'healthCheckNodePort', '0'],
];
const QUIET = ['ports', 'sessionAffinity', 'sessionAffinityConfig'] as const;

/** Whether the load balancer has to be looked at again; tells why. */
export function needsUpdate(old: Service, service: Service, recorder: EventRecorder): boolean {
  const tell = (reason: string, message: string): true => {
    recorder.event(service, 'Normal', reason, message);
    return true;
  };
  const wants = wantsLoadBalancer(service);
  if (wants !== wantsLoadBalancer(old)) {
    return tell('Type', `${old.spec.type} -> ${service.spec.type}`);
  }
  if (!wants) return false;
  if (QUIET.some((field) => !deepEqual(old.spec[field], service.spec[field]))) return true;
  for (const [reason, field, empty] of TOLD) {
    const [before, after] = [old.spec[field], service.spec[field]];
    if (deepEqual(before, after)) continue;
    return tell(reason, `${said(before, empty)} -> ${said(after, empty)}`);
  }
  const before = old.spec.externalIPs ?? [];
  const after = service.spec.externalIPs ?? [];
  if (before.length !== after.length) {
    return tell('ExternalIP', `Count: ${before.length} -> ${after.length}`);
  }
  const added = after.find((address, index) => address !== before[index]);
  if (added !== undefined) return tell('ExternalIP', `Added: ${added}`);
  if (!deepEqual(old.metadata.annotations, service.metadata.annotations)) return true;
  if (old.metadata.uid === service.metadata.uid) return false;
  return tell('UID', `${old.metadata.uid} -> ${service.metadata.uid}`);
}

function said(value: unknown, empty: string): string {
  if (value === undefined || value === null) return empty;
  return Array.isArray(value) ? `[${value.join(' ')}]` : String(value as string | number);
}
