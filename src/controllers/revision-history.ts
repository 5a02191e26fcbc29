// The ControllerRevisions of one kind of workload (StatefulSet, DaemonSet): what its template once
// was, as a patch that brings it back.
// Invariants: a revision's data never changes, only its number, which grows when the workload goes
// back to it; revisions of nobody that match the selector are adopted.
// Upstream: pkg/controller/history/controller_history.go.
import { deepEqual } from '../api/deep-equal';
import { controllerRevisions } from '../api/extension-refs';
import type { ControllerRevision } from '../api/extension-types';
import { selectsLabels, type LabelSelectorObject } from '../api/label-selector';
import type { KubeObject } from '../api/object';
import type { ResourceRef } from '../api/resource-ref';
import { isConflict, isNotFound } from '../api/status-error';
import { parseTime } from '../api/time';
import type { PodTemplateSpec } from '../api/types';
import type { Informer, InformerHandler } from '../client/informer';
import { adopt, checkMayAdopt } from './adoption';
import type { ControllerContext } from './controller';
import { controlledBy, indexByOwner, indexOrphans, orphansIn, ownedBy } from './owners';

export type RevisionOwner = KubeObject & {
  spec: { selector: LabelSelectorObject; template: unknown };
};

/** What a revision keeps: a strategic merge patch that puts the template back. */
export interface RevisionData {
  spec: { template: PodTemplateSpec & { $patch?: 'replace' } };
}

const MAX_PREFIX = 223;

export class RevisionHistory<O extends RevisionOwner> {
  readonly revisions: Informer<ControllerRevision>;

  constructor(
    private readonly context: ControllerContext,
    private readonly ownerRef: ResourceRef<O>,
    handler: InformerHandler<ControllerRevision> = {},
  ) {
    this.revisions = context.watch(controllerRevisions, handler);
    indexByOwner(this.revisions);
    indexOrphans(this.revisions);
  }

  /** Those of the owner, by number, with what it may adopt and now has adopted. */
  revisionsOf(owner: O): ControllerRevision[] {
    const { uid, namespace = '', deletionTimestamp } = owner.metadata;
    const { selector } = owner.spec;
    const matches = ({ metadata }: ControllerRevision): boolean =>
      selectsLabels(selector, metadata.labels);
    const owned = controlledBy(this.revisions, uid).filter(matches);
    const orphans = [...orphansIn(this.revisions, namespace)].filter(matches);
    if (orphans.length > 0 && !deletionTimestamp) this.adoptAll(owner, orphans);
    return [...owned, ...orphans].sort(byNumber);
  }

  /** How many revisions name the owner, without looking at them. */
  countOf({ metadata }: O): number {
    return ownedBy(this.revisions, metadata.uid).size;
  }

  /** Throws AlreadyExists. */
  create(draft: RevisionDraft): ControllerRevision {
    return this.context.client.create(controllerRevisions, draft);
  }

  /** As it is on the server. */
  get(namespace: string, name: string): ControllerRevision {
    return this.context.client.get(controllerRevisions, namespace, name);
  }

  /** Gives a revision another number, or labels. */
  change(
    revision: ControllerRevision,
    changes: { revision?: number; labels?: Record<string, string> },
  ): ControllerRevision {
    const { client } = this.context;
    const { namespace = '', name } = revision.metadata;
    const write = (old: ControllerRevision): ControllerRevision =>
      client.update(controllerRevisions, changed(old, changes));
    try {
      return write(revision);
    } catch (error) {
      if (!isConflict(error)) throw error;
      return write(this.get(namespace, name));
    }
  }

  /** One that is gone already is no failure. */
  delete({ metadata: { namespace = '', name } }: ControllerRevision): void {
    const ref = controllerRevisions as unknown as ResourceRef;
    try {
      this.context.client.delete(ref, namespace, name);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  private adoptAll(owner: O, orphans: readonly ControllerRevision[]): void {
    const { client } = this.context;
    checkMayAdopt(client, this.ownerRef, owner);
    for (const orphan of orphans) {
      adopt(client, this.ownerRef, owner, controllerRevisions as unknown as ResourceRef, orphan);
    }
  }
}

export type RevisionDraft = Pick<ControllerRevision, 'revision'> & {
  metadata: Partial<ControllerRevision['metadata']>;
  data?: ControllerRevision['data'];
};

const patches = new WeakMap<object, RevisionData>();

/** The patch that puts this template back; the same one for the same template. */
export function revisionData(template: PodTemplateSpec): RevisionData {
  let data = patches.get(template);
  if (!data) {
    data = { spec: { template: { ...template, $patch: 'replace' } } };
    patches.set(template, data);
  }
  return data;
}

const templates = new WeakMap<object, PodTemplateSpec>();

/** The template that a revision keeps; undefined when its data is something else. */
export function templateOf({ data }: ControllerRevision): PodTemplateSpec | undefined {
  const kept = (data as RevisionData | undefined)?.spec?.template;
  if (!kept) return undefined;
  let template = templates.get(kept);
  if (!template) {
    const { $patch: _patch, ...rest } = kept;
    template = rest;
    templates.set(kept, template);
  }
  return template;
}

/** Whether a revision keeps this template. */
export function keepsTemplate(revision: ControllerRevision, template: PodTemplateSpec): boolean {
  return deepEqual(revision.data, revisionData(template));
}

/** '<owner>-<hash>', cut so that it stays a name. */
export function revisionName(owner: string, hash: string): string {
  return `${owner.slice(0, MAX_PREFIX)}-${hash}`;
}

/** The number after the highest; `revisions` are in order. */
export function nextNumber(revisions: readonly ControllerRevision[]): number {
  return (revisions.at(-1)?.revision ?? 0) + 1;
}

function changed(
  old: ControllerRevision,
  { revision = old.revision, labels }: { revision?: number; labels?: Record<string, string> },
): ControllerRevision {
  if (!labels) return { ...old, revision };
  return { ...old, revision, metadata: { ...old.metadata, labels } };
}

function byNumber(left: ControllerRevision, right: ControllerRevision): number {
  return (
    left.revision - right.revision ||
    parseTime(left.metadata.creationTimestamp) - parseTime(right.metadata.creationTimestamp) ||
    (left.metadata.name < right.metadata.name ? -1 : 1)
  );
}
