// What pods and Services look like from the side of endpoints: which pods count, which ports they
// serve, and when they last changed. Upstream: endpointslice/util, pkg/controller/util/endpoint.
import type { Pod, Service, ServicePort } from '../api/types';
import { podCondition } from './pod-status';

export const HEADLESS_LABEL = 'service.kubernetes.io/headless';
export const TRIGGER_TIME = 'endpoints.kubernetes.io/last-change-trigger-time';

/** A pod takes part when it has an address and may still run; terminating ones if asked for. */
export function belongsInEndpoints(pod: Pod, withTerminating: boolean): boolean {
  const { phase, podIP } = pod.status;
  if (!podIP || phase === 'Failed' || phase === 'Succeeded') return false;
  return withTerminating || !pod.metadata.deletionTimestamp;
}

export function isHeadless({ spec }: Service): boolean {
  return spec.clusterIP === 'None';
}

/** The hostname by which the pod is known under a headless Service, if it has one. */
export function endpointHostname(pod: Pod, { metadata }: Service): string | undefined {
  const { hostname, subdomain } = pod.spec;
  const isMember = subdomain === metadata.name && pod.metadata.namespace === metadata.namespace;
  return hostname && isMember ? hostname : undefined;
}

/** The number that a Service port means on this pod; undefined when it names none of its ports. */
export function targetPortOn(pod: Pod, port: ServicePort): number | undefined {
  const { targetPort } = port;
  if (typeof targetPort === 'number') return targetPort;
  if (!targetPort) return port.port;
  const protocol = port.protocol ?? 'TCP';
  const { containers, initContainers = [] } = pod.spec;
  const restartable = initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always');
  for (const container of [...containers, ...restartable]) {
    for (const { name, containerPort, protocol: served = 'TCP' } of container.ports ?? []) {
      if (name === targetPort && served === protocol) return containerPort;
    }
  }
  return undefined;
}

/** When the pod last became ready or unready, for the annotation on what that led to. */
export function triggerTimeOf(pod: Pod): string | undefined {
  return podCondition(pod, 'Ready')?.lastTransitionTime;
}
