// NetworkPolicies. Upstream: pkg/registry/networking/networkpolicy/strategy.go,
// pkg/apis/networking/{v1/defaults.go,validation/validation.go}.
import type { INetworkPolicyPeer } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicyPeer';
import type { INetworkPolicyPort } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicyPort';
import { networkPolicies } from '../../api/extension-refs';
import type { NetworkPolicy } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { cidrErrors } from '../../api/ip';
import { isStrictlyWithin } from '../../api/ip-range';
import { formatLabelSelector } from '../../api/label-selector';
import { portName, portNumber } from '../../api/names';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';
import { validateLabelSelector } from '../label-selector-validation';

const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];
const TYPES = ['Ingress', 'Egress'];

export const networkPolicyDefinition: ResourceDefinition<NetworkPolicy> = {
  ref: networkPolicies,
  singular: 'networkpolicy',
  listKind: 'NetworkPolicyList',
  shortNames: ['netpol'],
  hasGeneration: true,
  applyDefaults(policy) {
    policy.spec ??= {} as NetworkPolicy['spec'];
    const { spec } = policy;
    spec.podSelector ??= {};
    if (!spec.policyTypes?.length) {
      spec.policyTypes = spec.egress?.length ? ['Ingress', 'Egress'] : ['Ingress'];
    }
    if (spec.ingress) spec.ingress = spec.ingress.map((rule) => withProtocols(rule));
    if (spec.egress) spec.egress = spec.egress.map((rule) => withProtocols(rule));
    return policy;
  },
  validate: validateNetworkPolicy,
  columns: [
    nameColumn,
    column(
      'Pod-Selector',
      'string',
      'podSelector selects the pods to which this NetworkPolicy object applies. The array of ' +
        'rules is applied to any pods selected by this field. An empty selector matches all pods ' +
        "in the policy's namespace. Multiple network policies can select the same set of pods. " +
        'In this case, the ingress rules for each are combined additively. This field is ' +
        'optional. If it is not specified, it defaults to an empty selector.',
      ({ spec }) => formatLabelSelector(spec.podSelector),
    ),
    ageColumn,
  ],
};

/** Ports without a protocol are of TCP; a rule that says all is kept as it is. */
function withProtocols<T extends { ports?: INetworkPolicyPort[] }>(rule: T): T {
  if (!rule.ports?.some(({ protocol }) => protocol == null)) return rule;
  return { ...rule, ports: rule.ports.map((port) => ({ protocol: 'TCP', ...port })) };
}

function validateNetworkPolicy({ spec }: NetworkPolicy, errors: FieldErrors): void {
  validateLabelSelector(spec.podSelector, 'spec.podSelector', errors);
  spec.ingress?.forEach(({ ports, from }, index) => {
    validateRule(ports, from, `spec.ingress[${index}]`, 'from', errors);
  });
  spec.egress?.forEach(({ ports, to }, index) => {
    validateRule(ports, to, `spec.egress[${index}]`, 'to', errors);
  });
  const types = spec.policyTypes ?? [];
  if (types.length > 2) {
    errors.invalid('spec.policyTypes', types, 'may not specify more than two policyTypes');
    return;
  }
  types.forEach((type, index) => {
    if (!TYPES.includes(type)) errors.notSupported(`spec.policyTypes[${index}]`, type, TYPES);
  });
}

function validateRule(
  ports: INetworkPolicyPort[] | undefined,
  peers: INetworkPolicyPeer[] | undefined,
  path: string,
  direction: 'from' | 'to',
  errors: FieldErrors,
): void {
  ports?.forEach((port, index) => validatePort(port, `${path}.ports[${index}]`, errors));
  peers?.forEach((peer, index) => validatePeer(peer, `${path}.${direction}[${index}]`, errors));
}

function validatePort(
  { protocol, port, endPort }: INetworkPolicyPort,
  path: string,
  errors: FieldErrors,
): void {
  if (protocol != null && !PROTOCOLS.includes(protocol)) {
    errors.notSupported(`${path}.protocol`, protocol, PROTOCOLS);
  }
  if (port == null) {
    if (endPort != null) {
      errors.invalid(
        `${path}.endPort`,
        endPort,
        'may not be specified when `port` is not specified',
      );
    }
  } else if (typeof port === 'number') {
    errors.invalidEach(`${path}.port`, port, portNumber(port));
    if (endPort != null) {
      if (endPort < port) {
        errors.invalid(`${path}.endPort`, port, 'must be greater than or equal to `port`');
      }
      errors.invalidEach(`${path}.endPort`, endPort, portNumber(endPort));
    }
  } else {
    if (endPort != null) {
      errors.invalid(`${path}.endPort`, endPort, 'may not be specified when `port` is non-numeric');
    }
    errors.invalidEach(`${path}.port`, port, portName(port));
  }
}

function validatePeer(
  { podSelector, namespaceSelector, ipBlock }: INetworkPolicyPeer,
  path: string,
  errors: FieldErrors,
): void {
  let peers = 0;
  if (podSelector) {
    peers++;
    validateLabelSelector(podSelector, `${path}.podSelector`, errors);
  }
  if (namespaceSelector) {
    peers++;
    validateLabelSelector(namespaceSelector, `${path}.namespaceSelector`, errors);
  }
  if (ipBlock) {
    peers++;
    validateBlock(ipBlock, `${path}.ipBlock`, errors);
  }
  if (peers === 0) errors.required(path, 'must specify a peer');
  else if (peers > 1 && ipBlock) {
    errors.forbidden(path, 'may not specify both ipBlock and another peer');
  }
}

function validateBlock(
  { cidr, except = [] }: NonNullable<INetworkPolicyPeer['ipBlock']>,
  path: string,
  errors: FieldErrors,
): void {
  if (!cidr) {
    errors.required(`${path}.cidr`);
    return;
  }
  const wrong = cidrErrors(cidr);
  errors.invalidEach(`${path}.cidr`, cidr, wrong);
  if (wrong.length > 0) return;
  except.forEach((hole, index) => {
    const at = `${path}.except[${index}]`;
    const wrongHole = cidrErrors(hole);
    errors.invalidEach(at, hole, wrongHole);
    if (wrongHole.length > 0) return;
    if (!isStrictlyWithin(hole, cidr)) {
      errors.invalid(at, hole, 'must be a strict subset of `cidr`');
    }
  });
}
