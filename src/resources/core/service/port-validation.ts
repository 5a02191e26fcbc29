// The ports of a Service. Upstream: validateServicePort in pkg/apis/core/validation/validation.go.
import type { FieldErrors } from '../../../api/field-errors';
import { dnsLabel, portName, portNumber, qualifiedName } from '../../../api/names';
import type { Service, ServicePort } from '../../../api/types';

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

export function validatePorts({ spec }: Service, errors: FieldErrors): void {
  const ports = spec.ports ?? [];
  const names = new Set<string>();
  ports.forEach((port, index) => {
    validatePort(port, ports.length > 1, names, `spec.ports[${index}]`, errors);
  });
  if (spec.type === 'ClusterIP') {
    ports.forEach(({ nodePort }, index) => {
      const why = "may not be used when `type` is 'ClusterIP'";
      if (nodePort) errors.forbidden(`spec.ports[${index}].nodePort`, why);
    });
  }
  const nodePorts = new Set<string>();
  ports.forEach(({ protocol, nodePort }, index) => {
    if (!nodePort) return;
    const key = `${protocol}/${nodePort}`;
    if (nodePorts.has(key)) errors.duplicate(`spec.ports[${index}].nodePort`, nodePort);
    nodePorts.add(key);
  });
  const seen = new Set<string>();
  ports.forEach(({ protocol, port }, index) => {
    const key = `${protocol}/${port}`;
    if (seen.has(key)) errors.duplicate(`spec.ports[${index}]`, goPort(protocol, port));
    seen.add(key);
  });
}

/** A port number from 1, or the name of a container's port. */
export function validatePortNumberOrName(
  port: number | string | undefined,
  path: string,
  errors: FieldErrors,
): void {
  if (typeof port === 'string') errors.invalidEach(path, port, portName(port));
  else errors.invalidEach(path, port ?? 0, portNumber(port ?? 0));
}

function validatePort(
  { name, port, protocol, targetPort, appProtocol }: ServicePort,
  requireName: boolean,
  names: Set<string>,
  path: string,
  errors: FieldErrors,
): void {
  if (name) {
    errors.invalidEach(`${path}.name`, name, dnsLabel(name));
    if (names.has(name)) errors.duplicate(`${path}.name`, name);
    names.add(name);
  } else if (requireName) errors.required(`${path}.name`);
  errors.invalidEach(`${path}.port`, port ?? 0, portNumber(port ?? 0));
  if (!protocol) errors.required(`${path}.protocol`);
  else if (!PROTOCOLS.includes(protocol))
    errors.notSupported(`${path}.protocol`, protocol, PROTOCOLS);
  validatePortNumberOrName(targetPort, `${path}.targetPort`, errors);
  if (appProtocol != null) {
    errors.invalidEach(`${path}.appProtocol`, appProtocol, qualifiedName(appProtocol));
  }
}

/** The server prints its internal type, of which it filled in two fields. */
function goPort(protocol: string | undefined, port: number): object {
  return {
    Name: '',
    Protocol: protocol,
    AppProtocol: null,
    Port: port,
    TargetPort: 0,
    NodePort: 0,
  };
}
