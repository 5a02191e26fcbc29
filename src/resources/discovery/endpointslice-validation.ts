// What EndpointSlices may hold. Upstream: pkg/apis/discovery/validation/validation.go.
import type { FieldErrors } from '../../api/field-errors';
import { isIpv4, isIpv6, nonSpecialIpErrors } from '../../api/ip';
import { dnsLabel, dnsSubdomain, inRange, labelValue } from '../../api/names';
import type { Endpoint, EndpointPort, EndpointSlice } from '../../api/types';

const ADDRESSES_MAX = 100;
const PORTS_MAX = 20000;
const ENDPOINTS_MAX = 1000;
const TOPOLOGY_MAX = 16;
const ADDRESS_TYPES = ['FQDN', 'IPv4', 'IPv6'];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

export function validateEndpointSlice(slice: EndpointSlice, errors: FieldErrors): void {
  validateAddressType(slice.addressType, errors);
  validateEndpoints(slice, errors);
  validatePorts(slice.ports ?? [], errors);
}

function validateAddressType(type: string | undefined, errors: FieldErrors): void {
  if (!type) errors.required('addressType');
  else if (!ADDRESS_TYPES.includes(type)) errors.notSupported('addressType', type, ADDRESS_TYPES);
}

function validateEndpoints({ endpoints, addressType }: EndpointSlice, errors: FieldErrors): void {
  const list = endpoints ?? [];
  if (list.length > ENDPOINTS_MAX) {
    errors.tooMany('endpoints', list.length, ENDPOINTS_MAX);
    return;
  }
  list.forEach((endpoint, index) => {
    validateAddresses(endpoint, addressType, `endpoints[${index}]`, errors);
    validateTopology(endpoint, `endpoints[${index}]`, errors);
  });
}

function validateAddresses(
  { addresses }: Endpoint,
  type: string,
  path: string,
  errors: FieldErrors,
): void {
  const list = addresses ?? [];
  if (list.length === 0) errors.required(`${path}.addresses`, 'must contain at least 1 address');
  else if (list.length > ADDRESSES_MAX)
    errors.tooMany(`${path}.addresses`, list.length, ADDRESSES_MAX);
  list.forEach((address, index) => {
    const at = `${path}.addresses[${index}]`;
    if (type === 'FQDN') errors.invalidEach(at, address, dnsSubdomain(address));
    else if (type === 'IPv4' || type === 'IPv6') {
      const isRight = type === 'IPv4' ? isIpv4(address) : isIpv6(address);
      if (!isRight) errors.invalid(at, address, `must be an ${type} address`);
      else errors.invalidEach(at, address, nonSpecialIpErrors(address));
    }
  });
}

function validateTopology(endpoint: Endpoint, path: string, errors: FieldErrors): void {
  const { nodeName, deprecatedTopology: topology, hostname, hints } = endpoint;
  if (nodeName != null) errors.invalidEach(`${path}.nodeName`, nodeName, dnsSubdomain(nodeName));
  const keys = Object.keys(topology ?? {});
  if (keys.length > TOPOLOGY_MAX) {
    errors.tooMany(`${path}.deprecatedTopology`, keys.length, TOPOLOGY_MAX);
  }
  if (hostname != null) errors.invalidEach(`${path}.hostname`, hostname, dnsLabel(hostname));
  hints?.forZones?.forEach(({ name }, index) => {
    errors.invalidEach(`${path}.hints.forZones[${index}].name`, name, labelValue(name));
  });
}

function validatePorts(ports: readonly EndpointPort[], errors: FieldErrors): void {
  if (ports.length > PORTS_MAX) {
    errors.tooMany('ports', ports.length, PORTS_MAX);
    return;
  }
  const names = new Set<string>();
  ports.forEach(({ name = '', protocol, port }, index) => {
    const at = `ports[${index}]`;
    if (name !== '') errors.invalidEach(`${at}.name`, name, dnsLabel(name));
    if (names.has(name)) errors.duplicate(`${at}.name`, name);
    names.add(name);
    if (!protocol) errors.required(`${at}.protocol`);
    else if (!PROTOCOLS.includes(protocol))
      errors.notSupported(`${at}.protocol`, protocol, PROTOCOLS);
    if (port != null) errors.invalidEach(`${at}.port`, port, inRange(port, 1, 65535));
  });
}
