// The controllers that come with the extension, in the order in which they are started and shown.
import { clusterRoleAggregationController } from './clusterrole-aggregation/clusterrole-aggregation';
import type { Controller } from './controller';
import { daemonSetWithHistory } from './daemonset/daemonset-with-history';
import { replicationController } from './replicaset/replication-controller';
import { resourceQuotaController } from './resource-quota/resource-quota';

export const controllerExtension: readonly Controller[] = [
  daemonSetWithHistory,
  replicationController,
  clusterRoleAggregationController,
  resourceQuotaController,
];
