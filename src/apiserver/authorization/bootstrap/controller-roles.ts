// The ClusterRoles of kube-controller-manager's controllers: each is bound to the ServiceAccount
// in kube-system that has the rest of its name.
// Upstream: plugin/pkg/auth/authorizer/rbac/bootstrappolicy/controller_policy.go, default gates.

export const CONTROLLER_ROLES = `
system:controller:attachdetach-controller
 core persistentvolumeclaims,persistentvolumes list,watch
 core nodes READ
 core nodes/status patch,update
 core pods list,watch
 EVENTS
 storage.k8s.io volumeattachments create,delete,get,list,watch
 storage.k8s.io csidrivers READ
 storage.k8s.io csinodes READ
system:controller:certificate-controller
 certificates.k8s.io certificatesigningrequests delete,get,list,watch
 certificates.k8s.io certificatesigningrequests/approval,certificatesigningrequests/status update
 certificates.k8s.io signers approve kubernetes.io/kube-apiserver-client-kubelet
 certificates.k8s.io signers sign kubernetes.io/kube-apiserver-client,\
kubernetes.io/kube-apiserver-client-kubelet,kubernetes.io/kubelet-serving,\
kubernetes.io/legacy-unknown
 authorization.k8s.io subjectaccessreviews create
 EVENTS
system:controller:clusterrole-aggregation-controller
 rbac.authorization.k8s.io clusterroles escalate,get,list,patch,update,watch
system:controller:cronjob-controller
 batch cronjobs get,list,update,watch
 batch jobs create,delete,get,list,patch,update,watch
 batch cronjobs/status update
 batch cronjobs/finalizers update
 core pods delete,list,watch
 EVENTS
system:controller:daemon-set-controller
 apps,extensions daemonsets READ
 apps,extensions daemonsets/status update
 apps,extensions daemonsets/finalizers update
 core nodes list,watch
 core pods create,delete,list,patch,watch
 core pods/binding create
 apps controllerrevisions create,delete,get,list,patch,update,watch
 EVENTS
system:controller:deployment-controller
 apps,extensions deployments get,list,update,watch
 apps,extensions deployments/status update
 apps,extensions deployments/finalizers update
 apps,extensions replicasets create,delete,get,list,patch,update,watch
 core pods get,list,update,watch
 EVENTS
system:controller:device-taint-eviction-controller
 core pods delete,get,list,watch
 core pods/status patch,update
 resource.k8s.io resourceclaims READ
 resource.k8s.io resourceslices READ
 resource.k8s.io deviceclasses READ
 EVENTS
system:controller:disruption-controller
 apps,extensions deployments READ
 apps,extensions replicasets READ
 core replicationcontrollers READ
 policy poddisruptionbudgets READ
 apps statefulsets READ
 policy poddisruptionbudgets/status update
 core pods/status patch,update
 * */scale get
 EVENTS
system:controller:endpoint-controller
 core pods,services READ
 core endpoints create,delete,get,list,update,watch
 core endpoints/restricted create
 EVENTS
system:controller:endpointslice-controller
 core nodes,pods,services READ
 core services/finalizers update
 discovery.k8s.io endpointslices create,delete,get,list,update,watch
 EVENTS
system:controller:endpointslicemirroring-controller
 core endpoints,services READ
 core services/finalizers update
 core endpoints/finalizers update
 discovery.k8s.io endpointslices create,delete,get,list,update,watch
 EVENTS
system:controller:ephemeral-volume-controller
 core pods READ
 core pods/finalizers update
 core persistentvolumeclaims create,get,list,watch
 EVENTS
system:controller:expand-controller
 core persistentvolumes get,list,patch,update,watch
 core persistentvolumeclaims/status patch,update
 core persistentvolumeclaims READ
 EVENTS
system:controller:generic-garbage-collector
 * * delete,get,list,patch,update,watch
 EVENTS
system:controller:horizontal-pod-autoscaler
 autoscaling horizontalpodautoscalers READ
 autoscaling horizontalpodautoscalers/status update
 * */scale get,update
 core pods list,watch
 metrics.k8s.io pods list,watch
 custom.metrics.k8s.io * READ
 external.metrics.k8s.io * READ
 EVENTS
system:controller:job-controller
 batch jobs get,list,patch,update,watch
 batch jobs/status update
 batch jobs/finalizers update
 core pods create,delete,list,patch,watch
 EVENTS
system:controller:legacy-service-account-token-cleaner
 core configmaps get kube-apiserver-legacy-service-account-token-tracking
 core secrets delete,patch
system:controller:namespace-controller
 core namespaces delete,get,list,watch
 core namespaces/finalize,namespaces/status update
 * * delete,deletecollection,get,list,watch
system:controller:node-controller
 core nodes delete,get,list,patch,update,watch
 core nodes/status patch,update
 core pods/status patch,update
 core pods delete,get,list,watch
 coordination.k8s.io leases READ
 EVENTS
system:controller:persistent-volume-binder
 core persistentvolumes create,delete,get,list,update,watch
 core persistentvolumes/status update
 core persistentvolumeclaims get,list,update,watch
 core persistentvolumeclaims/status update
 core pods create,delete,get,list,watch
 storage.k8s.io storageclasses READ
 core nodes list,watch
 EVENTS
 core events watch
system:controller:pod-garbage-collector
 core pods delete,list,watch
 core nodes READ
 core pods/status patch
system:controller:pv-protection-controller
 core persistentvolumes get,list,update,watch
 EVENTS
system:controller:pvc-protection-controller
 core persistentvolumeclaims get,list,update,watch
 core persistentvolumeclaims/status update
 core pods READ
 EVENTS
system:controller:replicaset-controller
 apps,extensions replicasets get,list,update,watch
 apps,extensions replicasets/status update
 apps,extensions replicasets/finalizers update
 core pods create,delete,list,patch,watch
 EVENTS
system:controller:replication-controller
 core replicationcontrollers get,list,update,watch
 core replicationcontrollers/status update
 core replicationcontrollers/finalizers update
 core pods create,delete,list,patch,watch
 EVENTS
system:controller:resource-claim-controller
 core pods READ
 core pods/finalizers update
 resource.k8s.io resourceclaims create,delete,get,list,watch
 resource.k8s.io resourceclaims,resourceclaims/status patch,update
 core pods/status patch,update
 EVENTS
 resource.k8s.io resourceclaims/binding patch,update
system:controller:resourcequota-controller
 * * list,watch
 core resourcequotas/status update
 EVENTS
system:controller:root-ca-cert-publisher
 core configmaps create,update
 EVENTS
system:controller:route-controller
 core nodes list,watch
 core nodes/status patch
 EVENTS
system:controller:selinux-warning-controller
 EVENTS
 core persistentvolumes READ
 core persistentvolumeclaims READ
 core pods READ
 storage.k8s.io csidrivers READ
system:controller:service-account-controller
 core serviceaccounts create
 EVENTS
system:controller:service-cidrs-controller
 networking.k8s.io servicecidrs get,list,patch,update,watch
 networking.k8s.io servicecidrs/finalizers patch,update
 networking.k8s.io servicecidrs/status patch,update
 networking.k8s.io ipaddresses READ
 EVENTS
system:controller:service-controller
 core services READ
 core services/status patch,update
 core nodes list,watch
 EVENTS
system:controller:statefulset-controller
 core pods list,watch
 apps statefulsets READ
 apps statefulsets/status update
 apps statefulsets/finalizers update
 core pods create,delete,get,patch,update
 apps controllerrevisions create,delete,get,list,patch,update,watch
 core persistentvolumeclaims create,get,list,watch
 core persistentvolumeclaims delete,update
 core pods/finalizers update
 EVENTS
system:controller:ttl-after-finished-controller
 batch jobs delete,get,list,watch
 EVENTS
system:controller:ttl-controller
 core nodes list,patch,update,watch
 EVENTS
system:controller:validatingadmissionpolicy-status-controller
 admissionregistration.k8s.io validatingadmissionpolicies READ
 admissionregistration.k8s.io validatingadmissionpolicies/status get,patch,update
 EVENTS
system:controller:volumeattributesclass-protection-controller
 core persistentvolumeclaims READ
 core persistentvolumes READ
 storage.k8s.io volumeattributesclasses get,list,update,watch
 EVENTS
`;
