// The ClusterRoles that kube-apiserver makes for people and programs, as text that
// `parse-policy.ts` reads: a role's name with the roles that it is aggregated to, then its rules.
// Upstream: plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go, default feature gates.

export const CLUSTER_ROLES = `
admin <admin
cluster-admin
 * * *
 url * *
edit >admin <edit
system:aggregate-to-admin >admin
 authorization.k8s.io localsubjectaccessreviews create
 rbac.authorization.k8s.io rolebindings,roles ALL
system:aggregate-to-edit >edit
 core pods/attach,pods/exec,pods/portforward,pods/proxy,secrets,services/proxy READ
 core serviceaccounts impersonate
 core pods,pods/attach,pods/exec,pods/portforward,pods/proxy WRITE
 core pods/eviction create
 core configmaps,events,persistentvolumeclaims,replicationcontrollers,\
replicationcontrollers/scale,secrets,serviceaccounts,services,services/proxy WRITE
 core serviceaccounts/token create
 apps daemonsets,deployments,deployments/rollback,deployments/scale,replicasets,\
replicasets/scale,statefulsets,statefulsets/scale WRITE
 autoscaling horizontalpodautoscalers WRITE
 batch cronjobs,jobs WRITE
 extensions daemonsets,deployments,deployments/rollback,deployments/scale,ingresses,\
networkpolicies,replicasets,replicasets/scale,replicationcontrollers/scale WRITE
 policy poddisruptionbudgets WRITE
 networking.k8s.io ingresses,networkpolicies WRITE
 coordination.k8s.io leases ALL
 resource.k8s.io resourceclaims,resourceclaimtemplates WRITE
system:aggregate-to-view >view
 core configmaps,endpoints,persistentvolumeclaims,persistentvolumeclaims/status,pods,\
replicationcontrollers,replicationcontrollers/scale,serviceaccounts,services,services/status READ
 core bindings,events,limitranges,namespaces/status,pods/log,pods/status,\
replicationcontrollers/status,resourcequotas,resourcequotas/status READ
 core namespaces READ
 discovery.k8s.io endpointslices READ
 apps controllerrevisions,daemonsets,daemonsets/status,deployments,deployments/scale,\
deployments/status,replicasets,replicasets/scale,replicasets/status,statefulsets,\
statefulsets/scale,statefulsets/status READ
 autoscaling horizontalpodautoscalers,horizontalpodautoscalers/status READ
 batch cronjobs,cronjobs/status,jobs,jobs/status READ
 extensions daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,\
ingresses,ingresses/status,networkpolicies,replicasets,replicasets/scale,replicasets/status,\
replicationcontrollers/scale READ
 policy poddisruptionbudgets,poddisruptionbudgets/status READ
 networking.k8s.io ingresses,ingresses/status,networkpolicies READ
 resource.k8s.io resourceclaims,resourceclaims/status,resourceclaimtemplates READ
system:auth-delegator
 authentication.k8s.io tokenreviews create
 authorization.k8s.io subjectaccessreviews create
system:basic-user
 authorization.k8s.io selfsubjectaccessreviews,selfsubjectrulesreviews create
 authentication.k8s.io selfsubjectreviews create
system:certificates.k8s.io:certificatesigningrequests:nodeclient
 certificates.k8s.io certificatesigningrequests/nodeclient create
system:certificates.k8s.io:certificatesigningrequests:selfnodeclient
 certificates.k8s.io certificatesigningrequests/selfnodeclient create
system:certificates.k8s.io:kube-apiserver-client-approver
 certificates.k8s.io signers approve kubernetes.io/kube-apiserver-client
system:certificates.k8s.io:kube-apiserver-client-kubelet-approver
 certificates.k8s.io signers approve kubernetes.io/kube-apiserver-client-kubelet
system:certificates.k8s.io:kubelet-serving-approver
 certificates.k8s.io signers approve kubernetes.io/kubelet-serving
system:certificates.k8s.io:legacy-unknown-approver
 certificates.k8s.io signers approve kubernetes.io/legacy-unknown
system:discovery
 url /api,/api/*,/apis,/apis/*,/healthz,/livez,/openapi,/openapi/*,/readyz,/version,/version/ get
system:heapster
 core events,namespaces,nodes,pods READ
 extensions deployments READ
system:kube-aggregator
 core endpoints,services READ
system:kube-controller-manager
 EVENTS
 coordination.k8s.io leases create
 coordination.k8s.io leases get,update kube-controller-manager
 core secrets,serviceaccounts create
 core secrets delete
 core configmaps,namespaces,secrets,serviceaccounts get
 core secrets,serviceaccounts update
 authentication.k8s.io tokenreviews create
 authorization.k8s.io subjectaccessreviews create
 * * list,watch
 core serviceaccounts/token create
system:kube-dns
 core endpoints,services list,watch
system:kube-scheduler
 EVENTS
 coordination.k8s.io leases create
 coordination.k8s.io leases get,list,update,watch kube-scheduler
 core nodes READ
 core pods delete,get,list,watch
 core bindings,pods/binding create
 core pods/status patch,update
 core replicationcontrollers,services READ
 apps,extensions replicasets READ
 apps statefulsets READ
 policy poddisruptionbudgets READ
 core persistentvolumeclaims,persistentvolumes READ
 authentication.k8s.io tokenreviews create
 authorization.k8s.io subjectaccessreviews create
 storage.k8s.io csinodes READ
 storage.k8s.io volumeattachments READ
 core namespaces READ
 storage.k8s.io csidrivers READ
 storage.k8s.io csistoragecapacities READ
 resource.k8s.io deviceclasses READ
 resource.k8s.io resourceclaims get,list,patch,update,watch
 resource.k8s.io resourceclaims/status get,list,patch,update,watch
 core pods/finalizers get,list,patch,update,watch
 resource.k8s.io resourceslices READ
 resource.k8s.io resourceclaims/binding patch,update
system:kubelet-api-admin
 core nodes READ
 core nodes proxy
 core nodes/log,nodes/metrics,nodes/proxy,nodes/stats *
 core nodes/configz,nodes/healthz,nodes/pods *
system:monitoring
 url /healthz,/healthz/*,/livez,/livez/*,/metrics,/metrics/slis,/readyz,/readyz/* get
 url /flagz get
 url /statusz get
system:node
 authentication.k8s.io tokenreviews create
 authorization.k8s.io localsubjectaccessreviews,subjectaccessreviews create
 core services READ
 core nodes create,get,list,watch
 core nodes/status patch,update
 core nodes patch,update
 core events create,patch,update
 core pods READ
 core pods create,delete
 core pods/status patch,update
 core pods/eviction create
 core configmaps,secrets READ
 core persistentvolumeclaims,persistentvolumes get
 core endpoints get
 certificates.k8s.io certificatesigningrequests create,get,list,watch
 coordination.k8s.io leases create,delete,get,patch,update
 storage.k8s.io volumeattachments get
 core serviceaccounts/token create
 core persistentvolumeclaims/status get,patch,update
 storage.k8s.io csidrivers READ
 storage.k8s.io csinodes create,delete,get,patch,update
 node.k8s.io runtimeclasses READ
 resource.k8s.io resourceclaims get
 resource.k8s.io resourceslices deletecollection
 core serviceaccounts get
system:node-bootstrapper
 certificates.k8s.io certificatesigningrequests create,get,list,watch
system:node-problem-detector
 core nodes get
 core nodes/status patch
 EVENTS
system:node-proxier
 core endpoints,services list,watch
 core nodes READ
 EVENTS
 networking.k8s.io servicecidrs list,watch
 discovery.k8s.io endpointslices list,watch
system:persistent-volume-provisioner
 core persistentvolumes create,delete,get,list,watch
 core persistentvolumeclaims get,list,update,watch
 storage.k8s.io storageclasses READ
 core events watch
 EVENTS
system:public-info-viewer
 url /healthz,/livez,/readyz,/version,/version/ get
system:service-account-issuer-discovery
 url /.well-known/openid-configuration,/.well-known/openid-configuration/,/openid/v1/jwks,\
/openid/v1/jwks/ get
system:volume-scheduler
 core persistentvolumes get,list,patch,update,watch
 storage.k8s.io storageclasses READ
 core persistentvolumeclaims get,list,patch,update,watch
view >edit <view
`;
