// The controllers of kube-controller-manager, in the order in which they are started and shown.
import { assert } from '../sim/assert';
import type { Controller } from './controller';
import { deploymentController } from './deployment/deployment';
import { replicaSetController } from './replicaset/replicaset';

export const CONTROLLERS: readonly Controller[] = [deploymentController, replicaSetController];

const names = new Set(CONTROLLERS.map(({ name }) => name));
assert(names.size === CONTROLLERS.length, 'controller names are unique');
