// What kubelets may do: those of group system:nodes called 'system:node:<name>'. Secrets, config
// maps and volumes only as pods on the node need them, leases and pods only their own, and beyond
// that what the role system:node lists.
// Upstream: plugin/pkg/auth/authorizer/node/node_authorizer.go.
import {
  csiNodes,
  persistentVolumeClaims,
  persistentVolumes,
  resourceClaims,
  resourceSlices,
  volumeAttachments,
} from '../../api/extension-refs';
import { quote } from '../../api/field-errors';
import { configMaps, leases, nodes, pods, secrets, serviceAccounts } from '../../api/resource-ref';
import type { UserInfo } from '../../client/transport';
import type { Store } from '../../store/store';
import { ALLOWED, type Attributes, type Decision } from './attributes';
import { nodeRules } from './bootstrap/bootstrap-policy';
import { NodeGraph } from './node-graph';
import { ruleAllows } from './rule-allows';

const NODE_PREFIX = 'system:node:';
/** Neither yes nor no. */
export const NO_OPINION: Decision = { allowed: false, reason: '' };
const LEASE_NAMESPACE = 'kube-node-lease';
const READS = ['get', 'list', 'watch'];
const OWN_OBJECT_VERBS = ['get', 'create', 'update', 'patch', 'delete'];

/** The node that a user is; '' for a kubelet that does not say which, undefined for others. */
export function nodeNameOf({ username, groups = [] }: UserInfo): string | undefined {
  if (!username.startsWith(NODE_PREFIX) || !groups.includes('system:nodes')) return undefined;
  return username.slice(NODE_PREFIX.length);
}

export class NodeAuthorizer {
  private readonly graph: NodeGraph;

  constructor(store: Store) {
    this.graph = new NodeGraph(store);
  }

  authorize(attributes: Attributes): Decision {
    const nodeName = nodeNameOf(attributes.user);
    if (nodeName === undefined) return NO_OPINION;
    if (nodeName === '') return no(`unknown node for user ${quote(attributes.user.username)}`);
    const { isResourceRequest, resource, apiGroup } = attributes;
    const check = isResourceRequest && this.checks[apiGroup ? `${resource}.${apiGroup}` : resource];
    if (check) return check(nodeName, attributes);
    return nodeRules().some((rule) => ruleAllows(rule, attributes)) ? ALLOWED : NO_OPINION;
  }

  private readonly checks: Readonly<
    Record<string, (nodeName: string, attributes: Attributes) => Decision>
  > = {
    [secrets.key]: (node, attributes) => this.readNamespaced(node, secrets.key, attributes),
    [configMaps.key]: (node, attributes) => this.readNamespaced(node, configMaps.key, attributes),
    [persistentVolumeClaims.key]: (node, attributes) =>
      attributes.subresource === 'status'
        ? this.updateStatus(node, persistentVolumeClaims.key, attributes)
        : this.get(node, persistentVolumeClaims.key, attributes),
    [persistentVolumes.key]: (node, attributes) =>
      this.get(node, persistentVolumes.key, attributes),
    [resourceClaims.key]: (node, attributes) => this.get(node, resourceClaims.key, attributes),
    [volumeAttachments.key]: (node, attributes) =>
      this.get(node, volumeAttachments.key, attributes),
    [serviceAccounts.key]: (node, attributes) => this.serviceAccount(node, attributes),
    [leases.key]: ownLease,
    [csiNodes.key]: ownCsiNode,
    [resourceSlices.key]: (node, attributes) => this.resourceSlice(node, attributes),
    [nodes.key]: ownNode,
    [pods.key]: (node, attributes) => this.pod(node, attributes),
  };

  private readNamespaced(nodeName: string, resource: string, attributes: Attributes): Decision {
    if (!READS.includes(attributes.verb)) return no('can only read resources of this type');
    if (attributes.subresource) return no('cannot read subresource');
    if (!attributes.namespace) return no('can only read namespaced object of this type');
    return this.related(nodeName, resource, attributes);
  }

  private get(nodeName: string, resource: string, attributes: Attributes): Decision {
    if (attributes.verb !== 'get') return no('can only get individual resources of this type');
    if (attributes.subresource) return no('cannot get subresource');
    return this.related(nodeName, resource, attributes);
  }

  private updateStatus(nodeName: string, resource: string, attributes: Attributes): Decision {
    if (!['update', 'patch'].includes(attributes.verb)) {
      return no('can only get/update/patch this type');
    }
    return this.related(nodeName, resource, attributes);
  }

  private serviceAccount(nodeName: string, attributes: Attributes): Decision {
    const { verb, subresource, name } = attributes;
    if (verb === 'get' && subresource === '') {
      return this.get(nodeName, serviceAccounts.key, attributes);
    }
    if (verb !== 'create' || name === '') {
      return no('can only create tokens for individual service accounts');
    }
    if (subresource !== 'token') return no('can only create token subresource of serviceaccount');
    return this.related(nodeName, serviceAccounts.key, attributes);
  }

  private pod(nodeName: string, attributes: Attributes): Decision {
    const { verb, subresource, name } = attributes;
    if (subresource === 'status' && (verb === 'update' || verb === 'patch')) return ALLOWED;
    if (subresource === 'eviction' && verb === 'create') return ALLOWED;
    if (subresource !== '') return NO_OPINION;
    if (verb === 'create' || verb === 'delete') return ALLOWED;
    if (verb === 'get') return this.get(nodeName, pods.key, attributes);
    if (verb !== 'list' && verb !== 'watch') return NO_OPINION;
    if (attributes.fieldEquals?.['spec.nodeName'] === nodeName) return ALLOWED;
    if (name !== '') return this.related(nodeName, pods.key, attributes);
    return no('can only list/watch pods with spec.nodeName field selector');
  }

  private resourceSlice(nodeName: string, attributes: Attributes): Decision {
    const { verb, subresource } = attributes;
    if (subresource) return no('cannot authorize ResourceSlice subresources');
    if (verb === 'create') return ALLOWED;
    if (['get', 'update', 'patch', 'delete'].includes(verb)) {
      return this.related(nodeName, resourceSlices.key, attributes);
    }
    if (!['watch', 'list', 'deletecollection'].includes(verb)) {
      return no(
        'only the following verbs are allowed for a ResourceSlice: ' +
          'get, watch, list, create, update, patch, delete, deletecollection',
      );
    }
    if (attributes.fieldEquals?.['spec.nodeName'] === nodeName) return ALLOWED;
    return no('can only list/watch/deletecollection resourceslices with nodeName field selector');
  }

  private related(nodeName: string, resource: string, attributes: Attributes): Decision {
    const { namespace, name } = attributes;
    if (name === '') return no('No Object name found');
    if (this.graph.isNeeded(nodeName, resource, namespace, name)) return ALLOWED;
    return no(`no relationship found between node '${nodeName}' and this object`);
  }
}

function ownLease(nodeName: string, { verb, namespace, name }: Attributes): Decision {
  if (!OWN_OBJECT_VERBS.includes(verb)) {
    return no('can only get, create, update, patch, or delete a node lease');
  }
  if (namespace !== LEASE_NAMESPACE) {
    return no(`can only access leases in the ${quote(LEASE_NAMESPACE)} system namespace`);
  }
  if (verb !== 'create' && name !== nodeName) {
    return no('can only access node lease with the same name as the requesting node');
  }
  return ALLOWED;
}

function ownCsiNode(nodeName: string, { verb, subresource, name }: Attributes): Decision {
  if (!OWN_OBJECT_VERBS.includes(verb)) {
    return no('can only get, create, update, patch, or delete a CSINode');
  }
  if (subresource) return no('cannot authorize CSINode subresources');
  if (verb !== 'create' && name !== nodeName) {
    return no('can only access CSINode with the same name as the requesting node');
  }
  return ALLOWED;
}

/** Only one's own Node can be read, also before it is there. */
function ownNode(nodeName: string, { verb, subresource, name }: Attributes): Decision {
  const isWrite = verb === 'update' || verb === 'patch';
  if (subresource === 'status') return isWrite ? ALLOWED : NO_OPINION;
  if (subresource !== '') return NO_OPINION;
  if (isWrite || verb === 'create') return ALLOWED;
  if (!READS.includes(verb)) return NO_OPINION;
  if (name === nodeName) return ALLOWED;
  const what = name ? `'${name}'` : 'all nodes';
  return no(`node '${nodeName}' cannot read ${what}, only its own Node object`);
}

function no(reason: string): Decision {
  return { allowed: false, reason };
}
