// The ReplicationController controller: that of ReplicaSets, with a plain map for a selector.
// Upstream: pkg/controller/replication.
import { replicationControllers } from '../../api/extension-refs';
import type { ReplicationController } from '../../api/extension-types';
import { hasLabels } from '../../api/label-selector';
import type { Pod } from '../../api/types';
import type { Controller } from '../controller';
import { ReplicaLoop, type ReplicatedKind } from './replica-loop';

const REPLICATION_CONTROLLERS: ReplicatedKind = {
  ref: replicationControllers as unknown as ReplicatedKind['ref'],
  matches: selectsPod as unknown as ReplicatedKind['matches'],
  countsTerminating: false,
};

export const replicationController: Controller = {
  name: 'replicationcontroller',
  eventSource: 'replication-controller',
  workers: 5,
  start(context) {
    const loop = new ReplicaLoop(context, REPLICATION_CONTROLLERS);
    return { reconcile: (key) => loop.reconcile(key) };
  },
};

function selectsPod({ spec }: ReplicationController, { metadata }: Pod): boolean {
  return hasLabels(metadata.labels, spec.selector ?? {});
}
