// The ReplicaSet controller. Upstream: pkg/controller/replicaset.
import { replicaSets } from '../../api/resource-ref';
import type { Controller } from '../controller';
import { selectsPod } from '../pod-ownership';
import { ReplicaLoop, type ReplicatedKind } from './replica-loop';

const REPLICA_SETS: ReplicatedKind = {
  ref: replicaSets as unknown as ReplicatedKind['ref'],
  matches: selectsPod as unknown as ReplicatedKind['matches'],
  countsTerminating: true,
};

export const replicaSetController: Controller = {
  name: 'replicaset',
  eventSource: 'replicaset-controller',
  workers: 5,
  start(context) {
    const loop = new ReplicaLoop(context, REPLICA_SETS);
    return { reconcile: (key) => loop.reconcile(key) };
  },
};
