// What a pod finds when it asks the network: names of Services as the cluster's DNS tells them, and
// whether somebody answers at an address. What does not belong to the cluster is the internet's and
// is there.
// Where the real one differs: no packets are sent; kube-proxy and CoreDNS are taken to know what
// the API server stored.
import { endpointSlices, pods, services } from '../api/resource-ref';
import type { EndpointSlice, Pod, Service } from '../api/types';
import type { NetworkQuestion } from '../runtime/shell/questions';
import type { Store } from '../store/store';

const ADDRESS = /^\d+\.\d+\.\d+\.\d+$/;
const SERVICE_LABEL = 'kubernetes.io/service-name';

type Endpoint = NonNullable<EndpointSlice['endpoints']>[number];

/** Whether what is asked from a pod of that namespace is there. */
export function answerOfNetwork(
  store: Store,
  { host, port }: NetworkQuestion,
  namespace: string,
): boolean {
  if (ADDRESS.test(host)) return answersAt(store, host, port);
  if (!isDnsThere(store)) return false;
  const labels = host
    .replace(/\.$/, '')
    .replace(/\.svc(?:\.cluster\.local)?$/, '')
    .split('.');
  for (const at of [0, 1]) {
    if (labels.length <= at) break;
    const [name, place = namespace] = labels.slice(at);
    const service = store.get(services.key, place, name) as Service | undefined;
    if (service) return isBehind(store, service, port, at === 1 ? labels[0] : undefined);
  }
  return labels.length > 1 && !/\.svc\b|\.cluster\.local\.?$/.test(host);
}

function isBehind(
  store: Store,
  service: Service,
  port: number,
  hostname: string | undefined,
): boolean {
  const { spec } = service;
  if (spec.type === 'ExternalName') return true;
  const isHeadless = spec.clusterIP === 'None';
  if (!isHeadless && port === 0) return hostname === undefined;
  if (!isHeadless && !spec.ports?.some((each) => each.port === port)) return false;
  return endpointsOf(store, service).some(
    (endpoint) => hostname === undefined || endpoint.hostname === hostname,
  );
}

/** Those that are told to clients. */
function endpointsOf(store: Store, { metadata, spec }: Service): Endpoint[] {
  return (store.list(endpointSlices.key, metadata.namespace) as EndpointSlice[])
    .filter((slice) => slice.metadata.labels?.[SERVICE_LABEL] === metadata.name)
    .flatMap(({ endpoints = [] }) => endpoints ?? [])
    .filter(
      ({ conditions }) => conditions?.ready !== false || spec.publishNotReadyAddresses === true,
    );
}

function answersAt(store: Store, address: string, port: number): boolean {
  const all = store.list(services.key) as Service[];
  const service = all.find(({ spec }) => spec.clusterIP === address);
  if (service) return isBehind(store, service, port, undefined);
  const isOwn = /^10\.(?:96|244)\./.test(address);
  if (!isOwn) return true;
  return (store.list(pods.key) as Pod[]).some(
    ({ status }) => status.podIP === address && status.phase === 'Running',
  );
}

/** Without an add-on for it, names are somebody else's affair. */
function isDnsThere(store: Store): boolean {
  const dns = store.get(services.key, 'kube-system', 'kube-dns') as Service | undefined;
  return dns === undefined || endpointsOf(store, dns).length > 0;
}
