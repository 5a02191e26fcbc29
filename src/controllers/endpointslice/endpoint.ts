// One pod as an endpoint of a slice, and the ports under which it serves there.
// Upstream: staging/src/k8s.io/endpointslice/utils.go.
import type { Endpoint, EndpointPort, Node, Pod, Service } from '../../api/types';
import { endpointHostname, targetPortOn } from '../endpoint-pods';
import { isPodReady } from '../pod-status';

const ZONE_LABEL = 'topology.kubernetes.io/zone';

export function podToEndpoint(pod: Pod, service: Service, node: Node | undefined): Endpoint {
  const serving = isPodReady(pod);
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  const ready = service.spec.publishNotReadyAddresses === true || (serving && !terminating);
  const { namespace, name, uid } = pod.metadata;
  const endpoint: Endpoint = {
    addresses: [pod.status.podIP!],
    conditions: { ready, serving, terminating },
    targetRef: { kind: 'Pod', namespace, name, uid },
  };
  const hostname = endpointHostname(pod, service);
  const zone = node?.metadata.labels?.[ZONE_LABEL];
  if (hostname) endpoint.hostname = hostname;
  if (pod.spec.nodeName) endpoint.nodeName = pod.spec.nodeName;
  if (zone) endpoint.zone = zone;
  return endpoint;
}

/** The ports of the Service as this pod serves them; a port that it does not have is left out. */
export function endpointPorts(pod: Pod, { spec }: Service): EndpointPort[] {
  const ports: EndpointPort[] = [];
  for (const servicePort of spec.ports ?? []) {
    const port = targetPortOn(pod, servicePort);
    if (port === undefined) continue;
    const { name = '', protocol = 'TCP', appProtocol } = servicePort;
    ports.push({ name, protocol, port, ...(appProtocol ? { appProtocol } : {}) });
  }
  return ports;
}
