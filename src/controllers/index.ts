// The controllers of kube-controller-manager, in the order in which they are started and shown.
import { assert } from '../sim/assert';
import type { Controller } from './controller';
import { daemonSetController } from './daemonset/daemonset';
import { deploymentController } from './deployment/deployment';
import { endpointSliceController } from './endpointslice/endpointslice';
import { endpointsController } from './endpoints/endpoints';
import { garbageCollector } from './garbage-collector/garbage-collector';
import { namespaceController } from './namespace/namespace';
import { nodeIpamController } from './node-ipam/node-ipam';
import { nodeLifecycleController } from './node-lifecycle/node-lifecycle';
import { nodeTtlController } from './node-ttl/node-ttl';
import { podGarbageCollector } from './pod-gc/pod-gc';
import { replicaSetController } from './replicaset/replicaset';
import { rootCaController } from './root-ca/root-ca';
import { serviceAccountController } from './serviceaccount/serviceaccount';
import { taintEvictionController } from './taint-eviction/taint-eviction';

export const CONTROLLERS: readonly Controller[] = [
  deploymentController,
  replicaSetController,
  daemonSetController,
  endpointsController,
  endpointSliceController,
  nodeLifecycleController,
  taintEvictionController,
  nodeIpamController,
  nodeTtlController,
  podGarbageCollector,
  namespaceController,
  serviceAccountController,
  rootCaController,
  garbageCollector,
];

const names = new Set(CONTROLLERS.map(({ name }) => name));
assert(names.size === CONTROLLERS.length, 'controller names are unique');
