// Whether the server behind an APIService can be reached, in the words of the aggregator.
// Where the real one differs: it asks the server; here no pod answers as an API server, so that
// the last check never passes.
// Upstream: kube-aggregator/pkg/controllers/status/remote, apiserver/pkg/util/proxy.
import type { APIService } from '../../api/extension-types';
import { endpointSlices, services } from '../../api/resource-ref';
import type { EndpointSlice, Service } from '../../api/types';
import type { Store } from '../../store/store';

export interface Verdict {
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
}

type Backend = NonNullable<APIService['spec']['service']>;

const LOCAL: Verdict = {
  status: 'True',
  reason: 'Local',
  message: 'Local APIServices are always available',
};
const SERVICE_NAME = 'kubernetes.io/service-name';

/** What its condition Available says. */
export function availabilityOf({ spec }: APIService, store: Store): Verdict {
  const { service: backend } = spec;
  if (!backend) return LOCAL;
  const { name = '', namespace = '', port = 443 } = backend;
  const at = `service/${name} in ${JSON.stringify(namespace)}`;
  const service = store.get(services.key, namespace, name) as Service | undefined;
  if (!service) return refuse('ServiceNotFound', `${at} is not present`);
  if (service.spec.type === 'ClusterIP') {
    const found = service.spec.ports?.find((each) => each.port === port);
    if (!found) return refuse('ServicePortError', `${at} is not listening on port ${port}`);
    const lack = lackOfEndpoints(backend, found.name ?? '', at, store);
    if (lack) return lack;
  }
  return refuse('FailedDiscoveryCheck', whyUnreachable(spec, service, port));
}

function refuse(reason: string, message: string): Verdict {
  return { status: 'False', reason, message };
}

function lackOfEndpoints(
  { name = '', namespace = '' }: Backend,
  portName: string,
  at: string,
  store: Store,
): Verdict | undefined {
  const all = store.list(endpointSlices.key, namespace) as EndpointSlice[];
  const slices = all.filter(({ metadata }) => metadata.labels?.[SERVICE_NAME] === name);
  if (slices.length === 0) {
    return refuse('EndpointsNotFound', `cannot find endpointslices for ${at}`);
  }
  const isActive = ({ endpoints, ports }: EndpointSlice): boolean =>
    (endpoints ?? []).some(({ conditions }) => conditions?.ready !== false) &&
    (ports ?? []).some((port) => (port.name ?? '') === portName && port.port != null);
  if (slices.some(isActive)) return undefined;
  const named = `have no addresses with port name ${JSON.stringify(portName)}`;
  return refuse('MissingEndpoints', `endpointslices for ${at} ${named}`);
}

function whyUnreachable(
  { group, version = '' }: APIService['spec'],
  { spec }: Service,
  port: number,
): string {
  const isExternal = spec.type === 'ExternalName';
  const host = (isExternal ? spec.externalName : spec.clusterIP) ?? '';
  if (host === 'None') return 'cannot route to service with ClusterIP "None"';
  if (!isExternal && !spec.ports?.some((each) => each.port === port)) {
    return `no service port ${port} found for service`;
  }
  const path = group ? `/apis/${group}/${version}` : `/api/${version}`;
  const url = `https://${host.includes(':') ? `[${host}]` : host}:${port}${path}`;
  const dial = isExternal
    ? `tcp: lookup ${host}: no such host`
    : `tcp ${host}:${port}: connect: connection refused`;
  return `failing or missing response from ${url}: Get "${url}": dial ${dial}`;
}
