// The history of DaemonSets: which revision is the current one, kept as a ControllerRevision, and
// the older ones as many as spec.revisionHistoryLimit asks for.
// Invariants: of equal revisions the newest stays, and pods are labelled after it; a revision whose
// hash a pod still carries is not removed.
// Where the real one differs: it looks at all this in every reconcile; here only after the
// template, a revision or the pods' revisions have changed.
// Upstream: pkg/controller/daemon/update.go.
import type { ControllerRevision } from '../../api/extension-types';
import { controllerOf } from '../../api/object';
import { daemonSets, pods } from '../../api/resource-ref';
import { isAlreadyExists } from '../../api/status-error';
import type { DaemonSet, Pod, PodTemplateSpec } from '../../api/types';
import type { ControllerContext } from '../controller';
import { controllerReference } from '../owners';
import {
  keepsTemplate,
  nextNumber,
  revisionData,
  RevisionHistory,
  revisionName,
} from '../revision-history';
import type { DaemonHistory } from './daemon-history';
import { revisionHash } from './revision-hash';

const HASH_LABEL = 'controller-revision-hash';

interface Known {
  generation: number | undefined;
  collisionCount: number | undefined;
  hash: string;
}

export class DaemonSetHistory implements DaemonHistory {
  private readonly history: RevisionHistory<DaemonSet>;
  /** By DaemonSet uid; forgotten when a revision of it changes. */
  private readonly known = new Map<string, Known>();

  constructor(private readonly context: ControllerContext) {
    const changed = (revision: ControllerRevision): void => this.revisionChanged(revision);
    this.history = new RevisionHistory(context, daemonSets, {
      // One that comes with its owner is only taken note of: the next reconcile tidies up.
      added: (revision) =>
        controllerOf(revision) ? this.forgetOwners(revision) : changed(revision),
      updated: changed,
      deleted: changed,
    });
  }

  currentHash(daemonSet: DaemonSet, daemonPods: () => Iterable<Pod>): string {
    const { uid, generation } = daemonSet.metadata;
    const { collisionCount } = daemonSet.status;
    const known = this.known.get(uid);
    if (known && known.generation === generation && known.collisionCount === collisionCount) {
      return known.hash;
    }
    const hash = this.sync(daemonSet, daemonPods);
    this.known.set(uid, { generation, collisionCount, hash });
    return hash;
  }

  cleanUp(daemonSet: DaemonSet, daemonPods: () => Iterable<Pod>): void {
    const limit = daemonSet.spec.revisionHistoryLimit ?? 10;
    if (this.history.countOf(daemonSet) <= limit + 1) return;
    const template = daemonSet.spec.template as PodTemplateSpec;
    const old = this.labelled(daemonSet).filter((revision) => !keepsTemplate(revision, template));
    let excess = old.length - limit;
    if (excess <= 0) return;
    const live = new Set([...daemonPods()].map(({ metadata }) => metadata.labels?.[HASH_LABEL]));
    for (const revision of old) {
      if (excess <= 0) return;
      if (live.has(hashOf(revision))) continue;
      this.history.delete(revision);
      excess--;
    }
  }

  forget(uid: string): void {
    this.known.delete(uid);
  }

  private sync(daemonSet: DaemonSet, daemonPods: () => Iterable<Pod>): string {
    const template = daemonSet.spec.template as PodTemplateSpec;
    const all = this.labelled(daemonSet);
    const equal = all.filter((revision) => keepsTemplate(revision, template));
    const number = nextNumber(all.filter((revision) => !equal.includes(revision)));
    let current = equal.at(-1);
    if (!current) current = this.snapshot(daemonSet, number);
    else {
      if (equal.length > 1) this.removeDuplicates(current, equal, daemonPods());
      if (current.revision < number) current = this.history.change(current, { revision: number });
    }
    return hashOf(current);
  }

  /** The revisions of a DaemonSet; one that somebody else made is named as its own hash. */
  private labelled(daemonSet: DaemonSet): ControllerRevision[] {
    return this.history.revisionsOf(daemonSet).map((revision) => {
      const { labels, name } = revision.metadata;
      if (labels?.[HASH_LABEL] !== undefined) return revision;
      return this.history.change(revision, { labels: { ...labels, [HASH_LABEL]: name } });
    });
  }

  private removeDuplicates(
    kept: ControllerRevision,
    equal: readonly ControllerRevision[],
    daemonPods: Iterable<Pod>,
  ): void {
    const labels = { [HASH_LABEL]: hashOf(kept) };
    for (const { metadata } of daemonPods) {
      if (metadata.labels?.[HASH_LABEL] === labels[HASH_LABEL]) continue;
      this.context.client.patch(pods, metadata.namespace!, metadata.name, { metadata: { labels } });
    }
    for (const revision of equal) if (revision !== kept) this.history.delete(revision);
  }

  private snapshot(daemonSet: DaemonSet, number: number): ControllerRevision {
    const { name, namespace = '', annotations } = daemonSet.metadata;
    const template = daemonSet.spec.template as PodTemplateSpec;
    const hash = revisionHash(daemonSet);
    const metadata = {
      name: revisionName(name, hash),
      namespace,
      labels: { ...template.metadata?.labels, [HASH_LABEL]: hash },
      annotations,
      ownerReferences: [controllerReference(daemonSet, daemonSets)],
    };
    try {
      return this.history.create({
        metadata,
        data: revisionData(template) as never,
        revision: number,
      });
    } catch (error) {
      if (!isAlreadyExists(error)) throw error;
    }
    const existing = this.history.get(namespace, metadata.name);
    if (keepsTemplate(existing, template)) return existing;
    this.countCollision(daemonSet);
    throw new Error(`a ControllerRevision ${metadata.name} of another template exists already`);
  }

  private countCollision({ metadata }: DaemonSet): void {
    const { client } = this.context;
    const fresh = client.get(daemonSets, metadata.namespace!, metadata.name);
    const collisionCount = (fresh.status.collisionCount ?? 0) + 1;
    client.updateStatus(daemonSets, { ...fresh, status: { ...fresh.status, collisionCount } });
  }

  private forgetOwners({ metadata }: ControllerRevision): void {
    for (const { uid } of metadata.ownerReferences ?? []) this.known.delete(uid);
  }

  private revisionChanged({ metadata }: ControllerRevision): void {
    for (const { uid, kind, name } of metadata.ownerReferences ?? []) {
      if (kind !== daemonSets.kind || !this.known.delete(uid)) continue;
      this.context.enqueue(`${metadata.namespace}/${name}`);
    }
  }
}

function hashOf({ metadata }: ControllerRevision): string {
  return metadata.labels?.[HASH_LABEL] ?? metadata.name;
}
