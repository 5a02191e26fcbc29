// What a rule of the story is: it looks at one record of the trace and says what there is to tell,
// or nothing. A rule only reads; a family of rules may remember what it has said.
import type { Machine } from '../../api/machine';
import { controllerOf, type KubeObject, type OwnerReference } from '../../api/object';
import type { Pod } from '../../api/types';
import type { Informer } from '../../client/informer';
import type { TraceRecord } from '../../sim/trace';
import type { SceneComponent, SceneLink, SceneStory } from '../scene';
import type { StoryParts, StoryRule } from '../story-parts';

/** The cluster as a client would read it now. */
export interface StoryView {
  /** An object by the key of its resource ('deployments.apps'); undefined when there is none. */
  read<T extends KubeObject>(resource: string, namespace: string, name: string): T | undefined;
  /** The kind of the objects of a resource; undefined for what is not served. */
  kindOf(resource: string): string | undefined;
  podsOn(node: string): Iterable<Pod>;
}

/** Tells the story of what the trace says. */
export interface StoryTeller {
  /** The story of a record, or undefined for what is not worth one. */
  next(record: TraceRecord): SceneStory | undefined;
  /** What there is to tell of the control plane's programs. */
  programs(components: readonly SceneComponent[], atMs: number): SceneStory[];
}

export type MakeTeller = (view: StoryView, machines: Informer<Machine>) => StoryTeller;

export interface ToldOf<R extends StoryRule> {
  rule: R;
  parts: StoryParts[R];
  tone: SceneStory['tone'];
  about: SceneLink;
  /** What it comes from, when that is not what the writer was told last. */
  because?: SceneLink;
  /** Revision of an earlier write that it tells of, too: what that led to comes of this. */
  alsoOf?: number;
  /** Other objects that it tells of: what comes of them comes of this. */
  also?: readonly SceneLink[];
}

export type Told = { [R in StoryRule]: ToldOf<R> }[StoryRule];

export type TellRule = (record: TraceRecord, view: StoryView) => Told | undefined;

/** Rules by 'writer verb resource' of the records that they look at. */
export type RuleTable = Record<string, TellRule>;

/** Rules that belong together, made anew for each picture. */
export interface StoryFamily {
  table?: RuleTable;
  /** Looks at every write of a person before the general rules do. */
  act?: TellRule;
  /** Looks at the programs of the control plane whenever they may have changed. */
  programs?(components: readonly SceneComponent[]): Told[];
}

export function told<R extends StoryRule>(
  rule: R,
  parts: StoryParts[R],
  about: SceneLink,
  tone: SceneStory['tone'] = 'plain',
  because?: SceneLink,
): Told {
  return { rule, parts, about, tone, ...(because && { because }) } as Told;
}

/** What controllers add to the names of pods: five of the letters that make no words. */
const GENERATED = /^.+-([bcdfghjklmnpqrstvwxz2456789]{5})$/;

/** A link to an object; a generated name of a pod is cut to what tells it from its siblings. */
export function linkTo(kind: string, namespace: string, name: string): SceneLink {
  const short = (kind === 'Pod' && GENERATED.exec(name)?.[1]) || name;
  return { kind, namespace, name, text: `${kind} ${short}` };
}

/** A link to what a record is about, given its kind. */
export function linkOf(kind: string, { namespace, name }: TraceRecord): SceneLink {
  return linkTo(kind, namespace, name);
}

/** The object that a record is about, as it is now. */
export function objectOf<T extends KubeObject>(
  { resource, namespace, name }: TraceRecord,
  view: StoryView,
): T | undefined {
  const slash = resource.indexOf('/');
  return view.read<T>(slash < 0 ? resource : resource.slice(0, slash), namespace, name);
}

/** What a record is about and its controller; undefined when it has none. */
export function ownedBy<T extends KubeObject>(
  record: TraceRecord,
  view: StoryView,
): { object: T; owner: OwnerReference } | undefined {
  const object = objectOf<T>(record, view);
  const owner = object && controllerOf(object);
  return object && owner ? { object, owner } : undefined;
}

/** Resources of the kinds that own others. */
export const OWNER_RESOURCES: Record<string, string | undefined> = {
  Deployment: 'deployments.apps',
  ReplicaSet: 'replicasets.apps',
  StatefulSet: 'statefulsets.apps',
  DaemonSet: 'daemonsets.apps',
  Job: 'jobs.batch',
  CronJob: 'cronjobs.batch',
  Pod: 'pods',
};

/** Whether an owner is gone, or is on its way out. */
export function isGone({ kind, name, uid }: OwnerReference, namespace: string, view: StoryView) {
  const resource = OWNER_RESOURCES[kind];
  if (!resource) return false;
  const metadata = view.read(resource, namespace, name)?.metadata;
  return metadata?.uid !== uid || metadata.deletionTimestamp !== undefined;
}
