// The Roles that kube-apiserver makes in the system's namespaces, and whom it binds to them and to
// its ClusterRoles. Upstream: plugin/pkg/auth/authorizer/rbac/bootstrappolicy/namespace_policy.go.

export const KUBE_SYSTEM_ROLES = `
extension-apiserver-authentication-reader
 core configmaps READ extension-apiserver-authentication
system::leader-locking-kube-controller-manager
 core configmaps watch
 core configmaps get,update kube-controller-manager
 coordination.k8s.io leases create,get,list,update,watch
 coordination.k8s.io leasecandidates create,get,list,update,watch
system::leader-locking-kube-scheduler
 core configmaps watch
 core configmaps get,update kube-scheduler
 coordination.k8s.io leases create,get,list,update,watch
 coordination.k8s.io leasecandidates create,get,list,update,watch
system:controller:bootstrap-signer
 core secrets READ
system:controller:cloud-provider
 core configmaps create,get,list,watch
system:controller:token-cleaner
 core secrets delete,get,list,watch
 EVENTS
`;

export const KUBE_PUBLIC_ROLES = `
system:controller:bootstrap-signer
 core configmaps READ
 core configmaps update cluster-info
 EVENTS
`;

/** A binding a line: its role and, where it is another, its own name; then the subjects. */
export const KUBE_SYSTEM_BINDINGS = `
extension-apiserver-authentication-reader=system::extension-apiserver-authentication-reader \
User/system:kube-controller-manager User/system:kube-scheduler
system::leader-locking-kube-controller-manager User/system:kube-controller-manager \
ServiceAccount/kube-controller-manager
system::leader-locking-kube-scheduler User/system:kube-scheduler ServiceAccount/kube-scheduler
system:controller:bootstrap-signer ServiceAccount/bootstrap-signer
system:controller:cloud-provider ServiceAccount/cloud-provider
system:controller:token-cleaner ServiceAccount/token-cleaner
`;

export const KUBE_PUBLIC_BINDINGS = `
system:controller:bootstrap-signer ServiceAccount/bootstrap-signer
`;

export const CLUSTER_ROLE_BINDINGS = `
cluster-admin Group/system:masters
system:basic-user Group/system:authenticated
system:discovery Group/system:authenticated
system:kube-controller-manager User/system:kube-controller-manager
system:kube-dns ServiceAccount/kube-dns
system:kube-scheduler User/system:kube-scheduler
system:monitoring Group/system:monitoring
system:node
system:node-proxier User/system:kube-proxy
system:public-info-viewer Group/system:authenticated Group/system:unauthenticated
system:service-account-issuer-discovery Group/system:serviceaccounts
system:volume-scheduler User/system:kube-scheduler
`;
