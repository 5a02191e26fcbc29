// Upstream: validateContainerPorts in pkg/apis/core/validation/validation.go.
import { acceptOnce } from '../../accept-once';
import { portName, portNumber } from '../../../api/names';
import type { ContainerPort } from '../../../api/types';

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

/** The ports that a container declares: names are unique within it. */
export const validatePorts = acceptOnce<ContainerPort[]>((ports, path, errors) => {
  const names = new Set<string>();
  ports.forEach(({ name, containerPort, hostPort, protocol }, index) => {
    const at = `${path}[${index}]`;
    if (name) {
      const problems = portName(name);
      errors.invalidEach(`${at}.name`, name, problems);
      if (problems.length === 0 && names.has(name)) errors.duplicate(`${at}.name`, name);
      names.add(name);
    }
    if (!containerPort) errors.required(`${at}.containerPort`);
    else errors.invalidEach(`${at}.containerPort`, containerPort, portNumber(containerPort));
    if (hostPort) errors.invalidEach(`${at}.hostPort`, hostPort, portNumber(hostPort));
    if (!protocol) errors.required(`${at}.protocol`);
    else if (!PROTOCOLS.includes(protocol)) {
      errors.notSupported(`${at}.protocol`, protocol, PROTOCOLS);
    }
  });
});
