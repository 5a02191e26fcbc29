// Makes, mends and deletes the pods of a StatefulSet, and says so in its Events.
// Invariant: what was done is counted, so that nothing is done again before the cache shows it.
// Upstream: pkg/controller/statefulset/stateful_pod_control.go.
import type { StatefulSet } from '../../api/extension-types';
import { pods } from '../../api/resource-ref';
import { isAlreadyExists, isConflict } from '../../api/status-error';
import type { Pod } from '../../api/types';
import type { ControllerContext } from '../controller';
import type { ClaimingPod } from './claim-owners';
import type { PodClaims } from './claims';
import {
  identityLabels,
  identityMatches,
  isInRange,
  ordinalOf,
  storageMatches,
  volumesOf,
} from './identity';
import type { NewPod } from './new-pod';

type Verb = 'create' | 'update' | 'delete';

const REASONS: Readonly<Record<Verb, string>> = {
  create: 'Create',
  update: 'Update',
  delete: 'Delete',
};

export class PodActions {
  created = 0;
  readonly deleted: string[] = [];

  constructor(
    private readonly context: ControllerContext,
    private readonly claims: PodClaims,
    private readonly set: StatefulSet,
  ) {}

  /** Throws what the server threw; that the pod exists already is told to nobody. */
  create(pod: NewPod, ordinal: number): void {
    const { set, claims } = this;
    const { name } = pod.metadata;
    const claiming = { name, uid: '', isWanted: true };
    this.telling('create', name, () => claims.create(set, claiming, ordinal));
    let failure: unknown;
    try {
      const { metadata } = this.context.client.create(pods, pod);
      this.created++;
      claiming.uid = metadata.uid;
    } catch (error) {
      if (isAlreadyExists(error)) throw error;
      failure = error;
    }
    this.telling('update', name, () => claims.followPolicy(set, claiming, ordinal));
    this.tell('create', name, failure);
    if (failure !== undefined) throw failure;
  }

  /** Makes claims that a pod waits for, and sees to their owners. */
  createMissingClaims(pod: Pod): void {
    const { set, claims } = this;
    const claiming = claimingPod(set, pod);
    claims.create(set, claiming, ordinalOf(pod));
    this.telling('update', pod.metadata.name, () =>
      claims.followPolicy(set, claiming, ordinalOf(pod)),
    );
  }

  /** Gives a pod back its name, labels, volumes and claims. */
  mend(pod: Pod): void {
    const { set, claims } = this;
    const { client } = this.context;
    const { name, namespace = '' } = pod.metadata;
    const claiming = claimingPod(set, pod);
    const ordinal = ordinalOf(pod);
    this.telling('update', name, () => {
      if (!storageMatches(set, pod)) claims.create(set, claiming, ordinal);
      claims.followPolicy(set, claiming, ordinal);
    });
    let failure: unknown;
    try {
      try {
        client.update(pods, mended(set, pod));
      } catch (error) {
        if (!isConflict(error)) throw error;
        client.update(pods, mended(set, client.get(pods, namespace, name)));
      }
    } catch (error) {
      failure = error;
    }
    this.tell('update', name, failure);
    if (failure !== undefined) throw failure;
  }

  delete(pod: Pod): void {
    const { namespace = '', name, uid } = pod.metadata;
    this.telling('delete', name, () => this.context.client.delete(pods, namespace, name));
    this.deleted.push(uid);
    this.tell('delete', name, undefined);
  }

  /** What `act` throws is told and thrown on. */
  private telling(verb: Verb, podName: string, act: () => void): void {
    try {
      act();
    } catch (error) {
      this.tell(verb, podName, error);
      throw error;
    }
  }

  private tell(verb: Verb, podName: string, failure: unknown): void {
    const { recorder } = this.context;
    const what = `${verb} Pod ${podName} in StatefulSet ${this.set.metadata.name}`;
    const reason = REASONS[verb];
    if (failure === undefined) {
      recorder.event(this.set, 'Normal', 'Successful' + reason, `${what} successful`);
      return;
    }
    const why = failure instanceof Error ? failure.message : JSON.stringify(failure);
    recorder.event(this.set, 'Warning', 'Failed' + reason, `${what} failed error: ${why}`);
  }
}

export function claimingPod(set: StatefulSet, pod: Pod): ClaimingPod {
  const { name, uid } = pod.metadata;
  return { name, uid, isWanted: isInRange(set, pod) };
}

function mended(set: StatefulSet, pod: Pod): Pod {
  const ordinal = ordinalOf(pod);
  const labels = identityMatches(set, pod)
    ? pod.metadata.labels
    : { ...pod.metadata.labels, ...identityLabels(set, ordinal) };
  const spec = storageMatches(set, pod)
    ? pod.spec
    : { ...pod.spec, volumes: volumesOf(set, ordinal, pod.spec.volumes) };
  return { ...pod, metadata: { ...pod.metadata, labels }, spec };
}
