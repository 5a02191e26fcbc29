// The extension: all of Kubernetes that a first picture can do without. One line each in the
// registries of its parts; what the API server itself runs or makes at start stands here.
import { moreWireTypes } from '../../generated/more-wire-types';
import {
  apiServices,
  flowSchemas,
  priorityLevelConfigurations,
  serviceCIDRs,
  storageClasses,
} from '../api/extension-refs';
import { events } from '../api/resource-ref';
import { admissionExtension } from '../apiserver/admission/extension';
import { accessProgram } from '../apiserver/authentication/access-program';
import { dynamicAdmission } from '../apiserver/admission/policies/dynamic-admission';
import { bootstrapPolicy } from '../apiserver/authorization/bootstrap/bootstrap-policy';
import { apiServiceProgram } from '../apiserver/aggregation/api-services';
import { customResourceProgram } from '../apiserver/customresources/custom-resources';
import { kubeadmPolicy } from '../apiserver/authorization/bootstrap/kubeadm-policy';
import { RequestMetrics } from '../apiserver/http/request-metrics';
import { BUILD_LABELS } from '../apiserver/http/server-pages';
import { fieldManagerProgram } from '../apiserver/fieldmanager/field-manager-program';
import { subresourceExtension } from '../apiserver/subresources/extension';
import { controllerExtension } from '../controllers/extension';
import { validatingAdmissionPolicyStatusController } from '../controllers/validatingadmissionpolicy-status/validatingadmissionpolicy-status';
import { standardClass } from '../controllers/provisioner/default-class';
import { kubeletExtension } from '../kubelet/extension';
import { resourceDefinitions } from '../resources';
import { eventView } from '../resources/core/event-view';
import type { ResourceDefinition } from '../resources/definition';
import { resourceExtension } from '../resources/extension';
import { imageExtension } from '../runtime/images/extension';
import { shellForesight } from '../runtime/script-plan';
import { admissionAnswerOf, hostOf } from '../runtime/program-host';
import { podPrograms } from '../runtime/programs/extension';
import { schedulerExtension } from '../scheduler/extension';
import { bootstrapFlowSchemas, bootstrapPriorityLevels } from '../resources/flowcontrol/bootstrap';
import { morePresets } from '../world/presets/extension';
import { apiServiceSeeds } from './api-service-seeds';
import { startCloudControllerManager } from './cloud/cloud-controller-manager';
import { startWorldExtras } from './etcd-snapshots';
import type { Extension, SeedObjects, ServerProgram } from './extension-parts';
import { growCluster, isGrown } from './growth/grow-cluster';
import { previewOf } from './growth/preview';
import { metricsApiProgram, metricsApiService } from './metrics-api';
import { withKeys } from './keyed-extension';
import { answerOfNetwork } from './pod-network';
import { policyChecker } from './policy-checker';
import { serviceAddressesProgram } from './service-addresses/service-addresses';
import { defaultRange } from './service-addresses/service-ranges';
import { standInKeys } from './stand-in-keys';

/** Events are served by two groups. */
const eventViews: ServerProgram = {
  name: 'events.k8s.io',
  start: (server) => {
    server.redefine({ ...server.definition(events as never), views: [eventView] });
  },
};

/** Counts requests for /metrics. */
const requestMetrics: ServerProgram = {
  name: 'metrics',
  start: ({ context, store }) => {
    context.services.metrics = new RequestMetrics(store, BUILD_LABELS);
  },
};

/** Admission webhooks are answered by the programs of pods. */
const webhookAnswers: ServerProgram = {
  name: 'webhooks',
  start: ({ context }) => {
    const { sim, services } = context;
    services.webhookAnswerOf = (podUid) => admissionAnswerOf(sim, podUid);
  },
};

const serverPrograms: readonly ServerProgram[] = [
  requestMetrics,
  dynamicAdmission,
  accessProgram,
  fieldManagerProgram,
  eventViews,
  customResourceProgram,
  apiServiceProgram,
  metricsApiProgram,
  serviceAddressesProgram,
  webhookAnswers,
];

const seeds: readonly SeedObjects[] = [
  { ref: priorityLevelConfigurations as never, objects: bootstrapPriorityLevels },
  { ref: flowSchemas as never, objects: bootstrapFlowSchemas },
  { ref: apiServices as never, objects: (now) => apiServiceSeeds(allDefinitions(), now) },
  { ref: apiServices as never, preset: 'kubeadm', objects: metricsApiService },
  { ref: apiServices as never, preset: 'k3s', objects: metricsApiService },
  { ref: serviceCIDRs as never, objects: defaultRange },
  ...bootstrapPolicy,
  ...kubeadmPolicy,
  {
    ref: storageClasses as never,
    preset: 'kubeadm',
    isStorage: true,
    objects: () => [standardClass()],
  },
];

function allDefinitions(): readonly ResourceDefinition[] {
  const core = resourceDefinitions as readonly unknown[] as readonly ResourceDefinition[];
  const withViews = core.map((each) =>
    each.ref.key === events.key ? { ...each, views: [eventView] } : each,
  );
  return [...withViews, ...resourceExtension];
}

/** All but what needs keys. */
export const unkeyedExtension: Extension = {
  wireTypes: moreWireTypes,
  definitions: resourceExtension,
  admission: admissionExtension,
  subresources: subresourceExtension,
  controllers: [...controllerExtension, validatingAdmissionPolicyStatusController(policyChecker)],
  schedulerPlugins: schedulerExtension,
  kubelet: kubeletExtension,
  images: imageExtension,
  scripts: shellForesight,
  answerOfNetwork,
  hostPrograms: hostOf(podPrograms),
  startCloudControllerManager,
  serverPrograms,
  worldPrograms: [fieldManagerProgram],
  startWorldExtras,
  seeds,
  presets: morePresets,
  preview: previewOf,
  grow: (options, whole) => (isGrown(options, whole) ? growCluster(options, whole) : undefined),
};

export const extension = withKeys(unkeyedExtension, standInKeys);
