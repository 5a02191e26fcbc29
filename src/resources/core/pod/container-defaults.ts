// Defaults of containers: those of every container, and those that only a Pod's get.
// Upstream: pkg/apis/core/v1/defaults.go.
import type { Container, ContainerPort, EnvVar, Probe } from '../../../api/types';
import { fill, mapShared, once, replace } from '../../fill';
import { canonicalResources } from '../../canonical-resources';

const NO_RESOURCES = Object.freeze({});
const PROBE_DEFAULTS: Partial<Probe> = {
  timeoutSeconds: 1,
  periodSeconds: 10,
  successThreshold: 1,
  failureThreshold: 3,
};
const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const HANDLERS = ['postStart', 'preStop'] as const;

/** A container as templates hold it. */
export const defaultContainer = once((container: Container): Container => {
  let next = fill(container, {
    resources: NO_RESOURCES,
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: pullPolicy(container.image ?? ''),
  });
  next = replace(next, 'resources', canonicalResources(next.resources!));
  if (next.ports) next = replace(next, 'ports', mapShared(next.ports, defaultPort));
  if (next.env) next = replace(next, 'env', mapShared(next.env, defaultEnv));
  for (const probe of PROBES) {
    if (next[probe]) next = replace(next, probe, defaultProbe(next[probe]));
  }
  if (next.lifecycle) next = replace(next, 'lifecycle', defaultLifecycle(next.lifecycle));
  return next;
});

/** What a container in a Pod gets besides: requests where only limits are given. */
export const podContainer = once((container: Container): Container => {
  const next = defaultContainer(container);
  const { limits, requests } = next.resources!;
  const missing = limits && Object.keys(limits).filter((name) => requests?.[name] === undefined);
  if (!missing || missing.length === 0) return next;
  const filled = { ...requests };
  for (const name of missing) filled[name] = limits[name];
  return { ...next, resources: { ...next.resources, requests: filled } };
});

/** On the host's network a container's ports are the host's. */
export function hostNetworkContainer(container: Container): Container {
  if (!container.ports) return container;
  const ports = mapShared(container.ports, (port) => {
    return port.hostPort ? port : { ...port, hostPort: port.containerPort };
  });
  return replace(container, 'ports', ports);
}

/** Always for ':latest' and for no tag at all, IfNotPresent for what is pinned. */
export function pullPolicy(image: string): 'Always' | 'IfNotPresent' {
  const at = image.indexOf('@');
  const name = at < 0 ? image : image.slice(0, at);
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1);
  const tag = colon < 0 ? '' : name.slice(colon + 1);
  if (tag === 'latest') return 'Always';
  return tag === '' && at < 0 && image !== '' ? 'Always' : 'IfNotPresent';
}

function defaultPort(port: ContainerPort): ContainerPort {
  return fill(port, { protocol: 'TCP' });
}

function defaultEnv(variable: EnvVar): EnvVar {
  const source = variable.valueFrom;
  if (!source) return variable;
  let next = source;
  if (next.fieldRef) next = replace(next, 'fieldRef', fill(next.fieldRef, { apiVersion: 'v1' }));
  if (next.resourceFieldRef) {
    next = replace(next, 'resourceFieldRef', fill(next.resourceFieldRef, { divisor: '0' }));
  }
  return replace(variable, 'valueFrom', next);
}

function defaultProbe(probe: Probe): Probe {
  let next = fill(probe, PROBE_DEFAULTS);
  if (next.httpGet) next = replace(next, 'httpGet', defaultHttpGet(next.httpGet));
  if (next.grpc) next = replace(next, 'grpc', fill(next.grpc, { service: '' }));
  return next;
}

type HttpGet = NonNullable<Probe['httpGet']>;
type Lifecycle = NonNullable<Container['lifecycle']>;

function defaultHttpGet(action: HttpGet): HttpGet {
  const next = fill(action, { path: '/', scheme: 'HTTP' });
  return next.path === '' ? { ...next, path: '/' } : next;
}

function defaultLifecycle(lifecycle: Lifecycle): Lifecycle {
  let next = lifecycle;
  for (const name of HANDLERS) {
    const handler = next[name];
    if (!handler?.httpGet) continue;
    next = replace(next, name, replace(handler, 'httpGet', defaultHttpGet(handler.httpGet)));
  }
  return next;
}
