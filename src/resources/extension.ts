// The registry of the kinds that come with the extension, in the order of discovery. A kind that
// every page needs at once stands in `index.ts` instead.
import { controllerRevisionDefinition } from './apps/controllerrevisions';
import { statefulSetDefinition } from './apps/statefulsets';
import { horizontalPodAutoscalerDefinition } from './autoscaling/horizontalpodautoscalers';
import { componentStatusDefinition } from './core/componentstatuses';
import { persistentVolumeClaimDefinition } from './core/persistentvolumeclaims';
import { persistentVolumeDefinition } from './core/persistentvolumes';
import { podTemplateDefinition } from './core/podtemplates';
import { replicationControllerDefinition } from './core/replicationcontrollers';
import { cronJobDefinition } from './batch/cronjobs';
import { jobDefinition } from './batch/jobs';
import { selfSubjectReviewDefinition, tokenReviewDefinition } from './authentication/reviews';
import { accessReviewDefinitions } from './authorization/access-reviews';
import { csrDefinition } from './certificates/certificatesigningrequests';
import { mutatingAdmissionPolicyDefinition } from './admissionregistration/mutatingadmissionpolicies';
import { mutatingPolicyBindingDefinition } from './admissionregistration/mutatingadmissionpolicybindings';
import { validatingAdmissionPolicyDefinition } from './admissionregistration/validatingadmissionpolicies';
import { validatingPolicyBindingDefinition } from './admissionregistration/validatingadmissionpolicybindings';
import {
  mutatingWebhooksDefinition,
  validatingWebhooksDefinition,
} from './admissionregistration/webhookconfigurations';
import { apiServiceDefinition } from './apiregistration/apiservices';
import { flowSchemaDefinition } from './flowcontrol/flowschemas';
import { priorityLevelConfigurationDefinition } from './flowcontrol/prioritylevelconfigurations';
import { ipAddressDefinition } from './networking/ipaddresses';
import { serviceCidrDefinition } from './networking/servicecidrs';
import { runtimeClassDefinition } from './node/runtimeclasses';
import { deviceClassDefinition } from './resource/deviceclasses';
import { resourceClaimDefinition } from './resource/resourceclaims';
import { resourceClaimTemplateDefinition } from './resource/resourceclaimtemplates';
import { resourceSliceDefinition } from './resource/resourceslices';
import { customResourceDefinitionDefinition } from './apiextensions/customresourcedefinitions';
import type { ResourceDefinition } from './definition';
import { podDisruptionBudgetDefinition } from './policy/poddisruptionbudgets';
import { limitRangeDefinition } from './core/limitranges';
import { resourceQuotaDefinition } from './core/resourcequotas';
import { ingressClassDefinition } from './networking/ingressclasses';
import { ingressDefinition } from './networking/ingresses';
import { networkPolicyDefinition } from './networking/networkpolicies';
import { clusterRoleBindingDefinition } from './rbac/clusterrolebindings';
import { clusterRoleDefinition } from './rbac/clusterroles';
import { roleBindingDefinition } from './rbac/rolebindings';
import { roleDefinition } from './rbac/roles';
import { csiDriverDefinition } from './storage/csidrivers';
import { csiNodeDefinition } from './storage/csinodes';
import { csiStorageCapacityDefinition } from './storage/csistoragecapacities';
import { storageClassDefinition } from './storage/storageclasses';
import { volumeAttachmentDefinition } from './storage/volumeattachments';
import { volumeAttributesClassDefinition } from './storage/volumeattributesclasses';

export const resourceExtension = [
  customResourceDefinitionDefinition,
  componentStatusDefinition,
  persistentVolumeClaimDefinition,
  persistentVolumeDefinition,
  podTemplateDefinition,
  replicationControllerDefinition,
  controllerRevisionDefinition,
  statefulSetDefinition,
  horizontalPodAutoscalerDefinition,
  limitRangeDefinition,
  resourceQuotaDefinition,
  ingressClassDefinition,
  ingressDefinition,
  networkPolicyDefinition,
  selfSubjectReviewDefinition,
  tokenReviewDefinition,
  ...accessReviewDefinitions,
  csrDefinition,
  clusterRoleDefinition,
  clusterRoleBindingDefinition,
  roleDefinition,
  roleBindingDefinition,
  csiDriverDefinition,
  csiNodeDefinition,
  csiStorageCapacityDefinition,
  storageClassDefinition,
  volumeAttachmentDefinition,
  volumeAttributesClassDefinition,
  cronJobDefinition,
  jobDefinition,
  podDisruptionBudgetDefinition,
  mutatingAdmissionPolicyDefinition,
  mutatingPolicyBindingDefinition,
  mutatingWebhooksDefinition,
  validatingAdmissionPolicyDefinition,
  validatingPolicyBindingDefinition,
  validatingWebhooksDefinition,
  ipAddressDefinition,
  serviceCidrDefinition,
  runtimeClassDefinition,
  flowSchemaDefinition,
  priorityLevelConfigurationDefinition,
  deviceClassDefinition,
  resourceClaimDefinition,
  resourceClaimTemplateDefinition,
  resourceSliceDefinition,
  apiServiceDefinition,
] as readonly unknown[] as readonly ResourceDefinition[];
