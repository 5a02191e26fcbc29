// The roles and bindings that kubeadm makes when it installs a cluster and its addons, in the short
// form. Upstream: cmd/kubeadm/app/phases/{bootstraptoken,addons,kubeconfig,uploadconfig,kubelet}.
import {
  clusterRoleBindings,
  clusterRoles,
  roleBindings,
  roles,
} from '../../../api/extension-refs';
import type { ResourceRef } from '../../../api/resource-ref';
import { deepFreeze } from '../../../store/freeze';
import { parseBindings, parseRoles, RBAC_GROUP } from './parse-policy';

const CLUSTER_ROLES = `
kubeadm:get-nodes
 core nodes get
system:coredns
 core endpoints,services,pods,namespaces list,watch
 discovery.k8s.io endpointslices list,watch
`;

const CLUSTER_BINDINGS = `
cluster-admin=kubeadm:cluster-admins Group/kubeadm:cluster-admins
kubeadm:get-nodes Group/system:bootstrappers:kubeadm:default-node-token
system:node-bootstrapper=kubeadm:kubelet-bootstrap \
Group/system:bootstrappers:kubeadm:default-node-token
system:certificates.k8s.io:certificatesigningrequests:nodeclient=\
kubeadm:node-autoapprove-bootstrap Group/system:bootstrappers:kubeadm:default-node-token
system:certificates.k8s.io:certificatesigningrequests:selfnodeclient=\
kubeadm:node-autoapprove-certificate-rotation Group/system:nodes
system:node-proxier=kubeadm:node-proxier ServiceAccount/kube-proxy
system:coredns ServiceAccount/coredns
`;

const ROLES: Readonly<Record<string, string>> = {
  'kube-public': `
kubeadm:bootstrap-signer-clusterinfo
 core configmaps get cluster-info
`,
  'kube-system': `
kube-proxy
 core configmaps get kube-proxy
kubeadm:kubelet-config
 core configmaps get kubelet-config
kubeadm:nodes-kubeadm-config
 core configmaps get kubeadm-config
`,
};

const BINDINGS: Readonly<Record<string, string>> = {
  'kube-public': `
kubeadm:bootstrap-signer-clusterinfo User/system:anonymous
`,
  'kube-system': `
kube-proxy Group/system:bootstrappers:kubeadm:default-node-token
kubeadm:kubelet-config Group/system:nodes \
Group/system:bootstrappers:kubeadm:default-node-token
kubeadm:nodes-kubeadm-config Group/system:bootstrappers:kubeadm:default-node-token \
Group/system:nodes
`,
};

interface Seed {
  readonly ref: ResourceRef;
  readonly preset: string;
  objects(): readonly { readonly metadata: { name: string; namespace?: string } }[];
}

/** As `Extension.seeds` takes them. */
export const kubeadmPolicy: readonly Seed[] = [
  seed(clusterRoles, () => rolesIn('', CLUSTER_ROLES)),
  seed(clusterRoleBindings, () => bindingsIn('', CLUSTER_BINDINGS, 'ClusterRole')),
  seed(roles, () => Object.entries(ROLES).flatMap(([place, text]) => rolesIn(place, text))),
  seed(roleBindings, () =>
    Object.entries(BINDINGS).flatMap(([place, text]) => bindingsIn(place, text, 'Role')),
  ),
];

function seed(ref: ResourceRef, make: () => ReturnType<Seed['objects']>): Seed {
  let made: ReturnType<Seed['objects']> | undefined;
  return { ref, preset: 'kubeadm', objects: () => (made ??= deepFreeze(make())) };
}

function rolesIn(namespace: string, text: string): ReturnType<Seed['objects']> {
  return parseRoles(text).map(({ name, rules }) => ({
    metadata: metadataOf(name, namespace),
    rules,
  }));
}

function bindingsIn(namespace: string, text: string, kind: string): ReturnType<Seed['objects']> {
  return parseBindings(text).map(({ role, name, subjects }) => ({
    metadata: metadataOf(name, namespace),
    subjects,
    roleRef: { apiGroup: RBAC_GROUP, kind, name: role },
  }));
}

function metadataOf(name: string, namespace: string): { name: string; namespace?: string } {
  return { name, ...(namespace && { namespace }) };
}
