// Which of Kubernetes' own programs makes an object, told by what it is; and what their names are
// in managedFields.
import { controllerOf, type KubeObject } from '../../api/object';

const CONTROLLER_MANAGER = 'kube-controller-manager';
const API_SERVER = 'kube-apiserver';

/** Kinds that only controllers make, unless a client outside did, which is then recorded. */
const CONTROLLERS_KINDS: ReadonlySet<string> = new Set([
  'ControllerRevision',
  'Endpoints',
  'EndpointSlice',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'ReplicaSet',
  'ResourceClaim',
  'ServiceAccount',
]);

const API_SERVER_KINDS: ReadonlySet<string> = new Set([
  'APIService',
  'IPAddress',
  'PriorityClass',
  'ServiceCIDR',
]);

const FLOW_CONTROL_KINDS: ReadonlySet<string> = new Set([
  'FlowSchema',
  'PriorityLevelConfiguration',
]);

const SYSTEM_NAMESPACES: ReadonlySet<string> = new Set([
  'default',
  'kube-node-lease',
  'kube-public',
  'kube-system',
]);

/** The manager's name. */
export function creatorOf(object: KubeObject): string {
  const { kind, metadata } = object;
  const { name, namespace = '', labels = {} } = metadata;
  const owner = controllerOf(object);
  if (owner) return owner.kind === 'Node' ? 'kubelet' : CONTROLLER_MANAGER;
  if (name === 'kubernetes' && namespace === 'default') return API_SERVER;
  if (name === 'kube-root-ca.crt') return CONTROLLER_MANAGER;
  if (kind === 'Event') return reporterOf(object);
  if (kind === 'Lease') return leaseHolder(object);
  if (CONTROLLERS_KINDS.has(kind)) return CONTROLLER_MANAGER;
  if (API_SERVER_KINDS.has(kind)) return API_SERVER;
  if (FLOW_CONTROL_KINDS.has(kind)) return 'api-priority-and-fairness-config-producer-v1';
  if ('kubernetes.io/bootstrapping' in labels) return API_SERVER;
  if (kind === 'Namespace') return SYSTEM_NAMESPACES.has(name) ? API_SERVER : 'kubectl-create';
  if (name === 'extension-apiserver-authentication') return API_SERVER;
  if (namespace.startsWith('kube-') || name.startsWith('kubeadm:')) return 'kubeadm';
  return 'kubectl-create';
}

function reporterOf(event: KubeObject): string {
  const { source, reportingComponent } = event as {
    source?: { component?: string };
    reportingComponent?: string;
  };
  const component = source?.component || reportingComponent || '';
  if (component === 'kubelet' || component === 'kube-proxy') return component;
  return component.endsWith('scheduler') ? 'kube-scheduler' : CONTROLLER_MANAGER;
}

function leaseHolder({ metadata: { name, namespace } }: KubeObject): string {
  if (namespace === 'kube-node-lease') return 'kubelet';
  return name === CONTROLLER_MANAGER || name === 'kube-scheduler' ? name : API_SERVER;
}

/** The manager's name of a component's actor: 'kubelet/n1' is kubelet. */
export function managerOfActor(actor: string): string {
  return actor.split(/[/ ]/)[0];
}
