// The controllers that come with the extension, in the order in which they are started and shown.
import { clusterRoleAggregationController } from './clusterrole-aggregation/clusterrole-aggregation';
import type { Controller } from './controller';
import { resourceQuotaController } from './resource-quota/resource-quota';

export const controllerExtension: readonly Controller[] = [clusterRoleAggregationController, resourceQuotaController];
