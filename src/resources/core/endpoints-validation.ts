// What Endpoints may hold. Upstream: ValidateEndpoints in pkg/apis/core/validation/validation.go.
import type { FieldErrors } from '../../api/field-errors';
import { ipErrors, nonSpecialIpErrors } from '../../api/ip';
import { dnsLabel, dnsSubdomain, inRange } from '../../api/names';
import type { EndpointAddress, EndpointSubset, Endpoints } from '../../api/types';

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const NOT_AN_IP = ['must be a valid IP address'];

export function validateEndpoints({ subsets = [] }: Endpoints, errors: FieldErrors): void {
  subsets.forEach((subset, index) => validateSubset(subset, `subsets[${index}]`, errors));
}

function validateSubset(subset: EndpointSubset, path: string, errors: FieldErrors): void {
  const { addresses = [], notReadyAddresses = [], ports = [] } = subset;
  if (addresses.length === 0 && notReadyAddresses.length === 0) {
    errors.required(path, 'must specify `addresses` or `notReadyAddresses`');
  }
  addresses.forEach((address, index) => {
    validateAddress(address, `${path}.addresses[${index}]`, errors);
  });
  notReadyAddresses.forEach((address, index) => {
    validateAddress(address, `${path}.notReadyAddresses[${index}]`, errors);
  });
  ports.forEach((port, index) => {
    const at = `${path}.ports[${index}]`;
    if (!port.name) {
      if (ports.length > 1) errors.required(`${at}.name`);
    } else errors.invalidEach(`${at}.name`, port.name, dnsLabel(port.name));
    errors.invalidEach(`${at}.port`, port.port, inRange(port.port, 1, 65535));
    if (!port.protocol) errors.required(`${at}.protocol`);
    else if (!PROTOCOLS.includes(port.protocol)) {
      errors.notSupported(`${at}.protocol`, port.protocol, PROTOCOLS);
    }
  });
}

function validateAddress(address: EndpointAddress, path: string, errors: FieldErrors): void {
  const problems = ipErrors(address.ip);
  errors.invalidEach(`${path}.ip`, address.ip, problems);
  if (address.hostname) {
    errors.invalidEach(`${path}.hostname`, address.hostname, dnsLabel(address.hostname));
  }
  if (address.nodeName) {
    errors.invalidEach(`${path}.nodeName`, address.nodeName, dnsSubdomain(address.nodeName));
  }
  const special = problems.length > 0 ? NOT_AN_IP : nonSpecialIpErrors(address.ip);
  errors.invalidEach(`${path}.ip`, address.ip, special);
}
