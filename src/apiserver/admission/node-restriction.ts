// What kubelets may change: their own Node, its Lease and CSINode, the status of their pods, mirror
// pods, and tokens of their pods. Only requests from outside are looked at: the kubelets of the
// simulation keep to themselves. Upstream: plugin/pkg/admission/noderestriction/admission.go.
import { Asn1Error } from '../../api/asn1';
import { decodeBase64 } from '../../api/base64';
import { deepEqual } from '../../api/deep-equal';
import {
  certificateSigningRequests,
  csiNodes,
  persistentVolumeClaims,
  resourceSlices,
} from '../../api/extension-refs';
import type { CertificateSigningRequest, ResourceSlice } from '../../api/extension-types';
import { quote } from '../../api/field-errors';
import type { KubeObject } from '../../api/object';
import { leases, nodes, pods, serviceAccounts } from '../../api/resource-ref';
import { forbidden, notFound } from '../../api/status-error';
import type { Node, Pod } from '../../api/types';
import { without } from '../../api/without';
import { parseCertificateRequest } from '../../api/x509';
import { nodeNameOf } from '../authorization/node-authorizer';
import { spokenName } from '../metadata';
import type { AdmissionRequest, AdmissionStep } from './chain';
import { forbiddenNodeLabels } from './node-labels';
import { checkMirrorPod } from './mirror-pods';

type Refuse = (why: string) => never;
type Check = (
  node: string,
  object: KubeObject,
  admission: AdmissionRequest,
  refuse: Refuse,
) => void;

const LEASE_NAMESPACE = 'kube-node-lease';
const KUBELET_SIGNERS = [
  'kubernetes.io/kubelet-serving',
  'kubernetes.io/kube-apiserver-client-kubelet',
];

export const nodeRestriction: AdmissionStep = {
  name: 'NodeRestriction',
  operations: ['CREATE', 'UPDATE', 'DELETE'],
  resources: [
    pods.key,
    nodes.key,
    persistentVolumeClaims.key,
    serviceAccounts.key,
    leases.key,
    csiNodes.key,
    resourceSlices.key,
    certificateSigningRequests.key,
  ],
  subresources: '*',
  admit(object, admission) {
    const { user } = admission.request;
    const node = user && nodeNameOf(user);
    if (node === undefined) return object;
    const name = admission.name || spokenName(object?.metadata ?? {});
    const refuse: Refuse = (why) => {
      throw forbidden(admission.ref, name, why);
    };
    if (node === '') refuse(`could not determine node from user ${quote(user!.username)}`);
    CHECKS[admission.ref.key]?.(node, object, admission, refuse);
    return object;
  },
};

const CHECKS: Readonly<Record<string, Check>> = {
  [pods.key]: checkPod,
  [nodes.key]: checkNode,
  [persistentVolumeClaims.key]: checkClaim,
  [serviceAccounts.key]: checkToken,
  [leases.key]: checkLease,
  [csiNodes.key]: checkCsiNode,
  [resourceSlices.key]: checkSlice,
  [certificateSigningRequests.key]: checkCertificateRequest,
};

function checkPod(
  node: string,
  object: KubeObject,
  admission: AdmissionRequest,
  refuse: Refuse,
): void {
  const { subresource, operation } = admission;
  switch (subresource) {
    case '':
      if (operation === 'CREATE') checkMirrorPod(node, object as Pod, admission.store, refuse);
      else if (operation === 'UPDATE') {
        const only = `node ${quote(node)} can only create and delete mirror pods`;
        refuse(`unexpected operation "UPDATE", ${only}`);
      } else if (podOf(admission).spec.nodeName !== node) {
        refuse(`node ${quote(node)} can only delete pods with spec.nodeName set to itself`);
      }
      return;
    case 'status':
      checkPodStatus(node, object as Pod, admission.old as Pod, refuse);
      return;
    case 'eviction':
      if (podOf(admission).spec.nodeName !== node) {
        refuse(`node ${node} can only evict pods with spec.nodeName set to itself`);
      }
      return;
    default: {
      const only = "only 'status' and 'eviction' are allowed";
      refuse(`unexpected pod subresource ${quote(subresource)}, ${only}`);
    }
  }
}

function checkPodStatus(node: string, pod: Pod, old: Pod, refuse: Refuse): void {
  if (old.spec.nodeName !== node) {
    const why = 'can only update pod status for pods with spec.nodeName set to itself';
    refuse(`node ${quote(node)} ${why}`);
  }
  if (!deepEqual(pod.metadata.labels ?? {}, old.metadata.labels ?? {})) {
    refuse(`node ${quote(node)} cannot update labels through pod status`);
  }
  const claims = (of: Pod): unknown => of.status.resourceClaimStatuses ?? [];
  if (!deepEqual(claims(pod), claims(old))) {
    refuse(`node ${quote(node)} cannot update resource claim statues`);
  }
}

function podOf({ store, namespace, name }: AdmissionRequest): Pod {
  const pod = store.get(pods.key, namespace, name);
  if (!pod) throw notFound({ group: '', resource: 'pod' }, name);
  return pod as Pod;
}

function checkNode(
  node: string,
  object: KubeObject,
  { name, operation, old }: AdmissionRequest,
  refuse: Refuse,
): void {
  const asked = name || object.metadata.name;
  if (asked !== node) refuse(`node ${quote(node)} is not allowed to modify node ${quote(asked)}`);
  if (operation === 'DELETE') return;
  const [next, before] = [object as Node, old as Node | undefined];
  const labels = forbiddenNodeLabels(next.metadata.labels, before?.metadata.labels);
  if (!before) {
    if (next.spec?.configSource) {
      refuse(`node ${quote(node)} is not allowed to create pods with a non-nil configSource`);
    }
    if (labels.length > 0) {
      const why = `is not allowed to set the following labels: ${labels.join(', ')}`;
      refuse(`node ${quote(node)} ${why}`);
    }
    return;
  }
  const { configSource } = next.spec ?? {};
  if (configSource && !deepEqual(configSource, before.spec.configSource)) {
    const why = 'is not allowed to update configSource to a new non-nil configSource';
    refuse(`node ${quote(node)} ${why}`);
  }
  if (!deepEqual(next.spec?.taints ?? [], before.spec.taints ?? [])) {
    refuse(`node ${quote(node)} is not allowed to modify taints`);
  }
  const owners = (of: Node): unknown => of.metadata.ownerReferences ?? [];
  if (!deepEqual(owners(next), owners(before))) {
    refuse(`node ${quote(node)} is not allowed to modify ownerReferences`);
  }
  if (labels.length > 0) refuse(`is not allowed to modify labels: ${labels.join(', ')}`);
}

interface Claim extends KubeObject {
  status?: Record<string, unknown>;
}

function checkClaim(
  node: string,
  object: KubeObject,
  { subresource, operation, old }: AdmissionRequest,
  refuse: Refuse,
): void {
  if (subresource !== 'status') refuse('may only update PVC status');
  if (operation !== 'UPDATE') refuse(`unexpected operation ${quote(operation)}`);
  if (deepEqual(fixedPart(object), fixedPart(old as Claim))) return;
  const only = 'is not allowed to update fields other than status.quantity and status.conditions';
  refuse(`node ${quote(node)} ${only}`);
}

/** What a kubelet may not change of a claim. */
function fixedPart({ metadata, status = {}, ...rest }: Claim): object {
  const fixed = without(status, ...KUBELET_STATUS);
  return {
    ...rest,
    metadata: without(metadata, 'resourceVersion', 'managedFields'),
    status: fixed,
  };
}

const KUBELET_STATUS = [
  'capacity',
  'conditions',
  'allocatedResources',
  'allocatedResourceStatuses',
];

function checkToken(
  node: string,
  object: KubeObject,
  admission: AdmissionRequest,
  refuse: Refuse,
): void {
  const { operation, subresource, store, namespace } = admission;
  if (operation !== 'CREATE' || subresource !== 'token') return;
  const { spec } = object as { spec?: { boundObjectRef?: Record<string, string> } } & KubeObject;
  const { apiVersion, kind, name = '', uid = '' } = spec?.boundObjectRef ?? {};
  if (apiVersion !== 'v1' || kind !== 'Pod' || name === '') {
    refuse('node requested token not bound to a pod');
  }
  if (uid === '') refuse('node requested token with a pod binding without a uid');
  const pod = store.get(pods.key, namespace, name) as Pod | undefined;
  if (!pod) throw notFound({ group: '', resource: 'pod' }, name);
  if (pod.metadata.uid !== uid) {
    refuse(
      `the UID in the bound object reference (${uid}) does not match the UID in record. ` +
        'The object might have been deleted and then recreated',
    );
  }
  if (pod.spec.nodeName !== node) {
    refuse('node requested token bound to a pod scheduled on a different node');
  }
}

function checkLease(
  node: string,
  { metadata }: KubeObject,
  { namespace, operation, name }: AdmissionRequest,
  refuse: Refuse,
): void {
  if (namespace !== LEASE_NAMESPACE) {
    refuse(`can only access leases in the ${quote(LEASE_NAMESPACE)} system namespace`);
  }
  if ((operation === 'CREATE' ? metadata.name : name) !== node) {
    refuse('can only access node lease with the same name as the requesting node');
  }
}

function checkCsiNode(
  node: string,
  { metadata }: KubeObject,
  { operation, name }: AdmissionRequest,
  refuse: Refuse,
): void {
  if ((operation === 'CREATE' ? metadata.name : name) === node) return;
  refuse('can only access CSINode with the same name as the requesting node');
}

function checkSlice(
  node: string,
  object: KubeObject,
  { operation }: AdmissionRequest,
  refuse: Refuse,
): void {
  if (operation === 'UPDATE' || (object as ResourceSlice).spec?.nodeName === node) return;
  const what = operation.toLowerCase();
  refuse(`can only ${what} ResourceSlice with the same NodeName as the requesting node`);
}

function checkCertificateRequest(
  node: string,
  object: KubeObject,
  { operation }: AdmissionRequest,
  refuse: Refuse,
): void {
  const { spec } = object as CertificateSigningRequest;
  if (operation !== 'CREATE' || !KUBELET_SIGNERS.includes(spec?.signerName)) return;
  try {
    const { commonName } = parseCertificateRequest(decodeBase64(spec.request ?? '')).subject;
    if (commonName === `system:node:${node}`) return;
  } catch (error) {
    if (!(error instanceof Asn1Error || error instanceof RangeError)) throw error;
    refuse(`unable to parse csr: ${error.message}`);
  }
  refuse(`can only create a node CSR with CN=system:node:${node}`);
}
