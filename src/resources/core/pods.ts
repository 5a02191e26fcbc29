// Pods. Their spec comes mostly from a template whose parts are frozen and shared by many pods, so
// defaults and validation remember the parts that they have seen (see fill.ts) and a pod made from
// a known template costs a few microseconds.
// Upstream: pkg/registry/core/pod/strategy.go, pkg/apis/core/{v1/defaults.go,validation}.
import { pods } from '../../api/resource-ref';
import type { Pod } from '../../api/types';
import type { ResourceDefinition } from '../definition';
import { podColumns } from './pod/pod-columns';
import { podGracePeriod, prepareNewPod, preparePodStatus } from './pod/pod-preparation';
import { defaultPod } from './pod/pod-spec-defaults';
import { validatePodUpdate } from './pod/pod-update-validation';
import { warnOfPod } from './pod/warnings';
import { validateNewPod, validatePod, validatePodStatusUpdate } from './pod/pod-validation';

export const podDefinition: ResourceDefinition<Pod> = {
  ref: pods,
  singular: 'pod',
  listKind: 'PodList',
  shortNames: ['po'],
  categories: ['all'],
  subresources: ['binding', 'ephemeralcontainers', 'eviction', 'resize', 'status'],
  subresourceDetails: {
    binding: { kind: 'Binding', verbs: ['create'] },
    eviction: { kind: 'Eviction', group: 'policy', version: 'v1', verbs: ['create'] },
  },
  selectableFields: {
    'spec.nodeName': ({ spec }) => spec.nodeName ?? '',
    'spec.restartPolicy': ({ spec }) => spec.restartPolicy ?? '',
    'spec.schedulerName': ({ spec }) => spec.schedulerName ?? '',
    'spec.serviceAccountName': ({ spec }) => spec.serviceAccountName ?? '',
    'spec.hostNetwork': ({ spec }) => String(spec.hostNetwork ?? false),
    'status.phase': ({ status }) => status.phase ?? '',
    'status.podIP': ({ status }) => status.podIP ?? '',
    'status.podIPs': ({ status }) => status.podIP ?? '',
    'status.nominatedNodeName': ({ status }) => status.nominatedNodeName ?? '',
  },
  indexedField: 'spec.nodeName',
  hasGeneration: true,
  gracePeriodSeconds: podGracePeriod,
  returnsDeletedObject: true,
  applyDefaults: defaultPod,
  prepareForCreate: prepareNewPod,
  prepareForStatusUpdate: preparePodStatus,
  validate: validatePod,
  validateCreate: validateNewPod,
  validateUpdate: validatePodUpdate,
  validateStatusUpdate: validatePodStatusUpdate,
  warn: (pod, _old, warnings) => warnOfPod(pod.spec, pod, '', warnings),
  columns: podColumns,
};
