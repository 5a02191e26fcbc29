// Nodes. Upstream: pkg/registry/core/node/strategy.go, pkg/apis/core/v1/defaults.go.
import { nodes } from '../../api/resource-ref';
import type { Node } from '../../api/types';
import { canonicalResourceList } from '../canonical-resources';
import type { ResourceDefinition } from '../definition';
import { nodeColumns } from './node-columns';
import { validateNode, validateNodeStatus, validateNodeUpdate } from './node-validation';

const NO_DAEMONS = Object.freeze({ kubeletEndpoint: Object.freeze({ Port: 0 }) });
const NO_INFO = Object.freeze({
  machineID: '',
  systemUUID: '',
  bootID: '',
  kernelVersion: '',
  osImage: '',
  containerRuntimeVersion: '',
  kubeletVersion: '',
  kubeProxyVersion: '',
  operatingSystem: '',
  architecture: '',
});

export const nodeDefinition: ResourceDefinition<Node> = {
  ref: nodes,
  singular: 'node',
  listKind: 'NodeList',
  shortNames: ['no'],
  subresources: ['status'],
  selectableFields: { 'spec.unschedulable': ({ spec }) => String(spec.unschedulable ?? false) },
  applyDefaults: defaultNode,
  prepareForStatusUpdate: defaultNode,
  validate: validateNode,
  validateUpdate: validateNodeUpdate,
  validateStatusUpdate: (node, _old, errors) => validateNodeStatus(node, errors),
  columns: nodeColumns,
};

function defaultNode(node: Node): Node {
  node.spec ??= {};
  node.status ??= {};
  const { spec, status } = node;
  if (Object.isFrozen(status)) return node;
  if (!Object.isFrozen(spec)) {
    if (spec.podCIDR && !spec.podCIDRs?.length) spec.podCIDRs = [spec.podCIDR];
    else if (!spec.podCIDR && spec.podCIDRs?.length) spec.podCIDR = spec.podCIDRs[0];
  }
  if (status.capacity) status.capacity = canonicalResourceList(status.capacity);
  if (status.allocatable) status.allocatable = canonicalResourceList(status.allocatable);
  else if (status.capacity) status.allocatable = status.capacity;
  status.daemonEndpoints ??= NO_DAEMONS;
  status.nodeInfo ??= NO_INFO;
  return node;
}
